import { forbidden, notFound, RAISED, shared, type UseCase, versionConflict } from '../../sdk/index.ts';
import { changeOwner, contacts } from '../contacts/index.ts';
import { departmentClosure, departmentMembers, departments, employees } from '../directory/index.ts';
import { claimDepartments, contactClaiming, contactClaims } from './claiming.entity.ts';
import { claimQuotaReached, contactAlreadyOwned } from './claiming.errors.ts';
import { claiming } from './permissions.ts';

const PATH = ['input', 'contactId'];

/**
 * Gives a contact that nobody answers for, whose row is locked, to the seat: whoever comes second finds an owner.
 * @throws FORBIDDEN where the seat's departments may not claim, ContactAlreadyOwned, ClaimQuotaReached
 */
export async function claimContact(use: UseCase, contactId: string): Promise<void> {
  const most = await mostOf(use);
  if (most === undefined) throw forbidden(claiming.claim);
  const contact = await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', '=', contactId).executeTakeFirstOrThrow();
  if (contact.owner_id !== null) throw contactAlreadyOwned({}, PATH);
  await takeClaim(use, contactId, most);
  const me = await use.on(employees).selectFrom('employees').select(['id', 'name']).where('id', '=', use.seat.id).executeTakeFirstOrThrow();
  await changeOwner(use, contactId, me);
}

/** One claim of an employee behind the other, so that the count is exact. @throws ClaimQuotaReached */
async function takeClaim(use: UseCase, contactId: string, most: number): Promise<void> {
  await use.takeTurn(`claims:${use.seat.id}`);
  const tables = use.on(contactClaims);
  const { held } = await tables
    .selectFrom('contact_claims')
    .select((of) => of.fn.countAll<string>().as('held'))
    .where('employee_id', '=', use.seat.id)
    .executeTakeFirstOrThrow();
  if (Number(held) >= most) throw claimQuotaReached({ most });
  await tables
    .insertInto('contact_claims')
    .values({ organization_id: use.organizationId, contact_id: contactId, employee_id: use.seat.id, claimed_at: use.now })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'contact_id']).doUpdateSet({ employee_id: use.seat.id, claimed_at: use.now }),
    )
    .execute();
}

/** How many the seat may hold; undefined where none of its departments may claim. */
async function mostOf(use: UseCase): Promise<number | undefined> {
  const found = await use
    .on(contactClaiming, claimDepartments, departmentClosure, departmentMembers)
    .selectFrom('contact_claiming as settings')
    .innerJoin('contact_claim_departments as allowed', 'allowed.organization_id', 'settings.organization_id')
    .innerJoin('department_closure as tree', (join) =>
      join.onRef('tree.organization_id', '=', 'allowed.organization_id').onRef('tree.ancestor_id', '=', 'allowed.department_id'),
    )
    .innerJoin('department_members as mine', (join) =>
      join.onRef('mine.organization_id', '=', 'tree.organization_id').onRef('mine.department_id', '=', 'tree.descendant_id'),
    )
    .select('settings.most')
    .where('mine.employee_id', '=', use.seat.id)
    .where('settings.most', '>', 0)
    .executeTakeFirst();
  return found?.most;
}

/** Once, at the end: whoever owns a contact in another way, or lost it, holds no claim of it. */
export const endClaims = shared<string>('contact-claiming.ends', async (use, contactIds) => {
  await use
    .on(contactClaims, contacts)
    .deleteFrom('contact_claims')
    .where('contact_id', 'in', [...new Set(contactIds)])
    .where('contact_id', 'not in', (of) =>
      of
        .selectFrom('contacts')
        .select('contacts.id')
        .whereRef('contacts.id', '=', 'contact_claims.contact_id')
        .whereRef('contacts.owner_id', '=', 'contact_claims.employee_id')
        .where('contacts.deleted_at', 'is', null),
    )
    .execute();
});

/** Says who may claim, and how many. @throws NotFound, VersionConflict */
export async function updateClaiming(
  use: UseCase,
  { departmentIds, most, expectedVersion }: { departmentIds: readonly string[]; most: number; expectedVersion: number },
): Promise<void> {
  await use.takeTurn('contact-claiming');
  const settings = use.on(contactClaiming);
  const now = await settings.selectFrom('contact_claiming').select('version').executeTakeFirst();
  if ((now?.version ?? 0) !== expectedVersion)
    throw versionConflict({ current: { type: 'ContactClaiming', uuid: use.organizationId } }, ['input', 'expectedVersion']);
  if (now) settings.change({ organization_id: use.organizationId } as never, { most, version: RAISED });
  else settings.add({ most });
  const allowed = use.on(claimDepartments);
  await allowed.deleteFrom('contact_claim_departments').execute();
  if (departmentIds.length === 0) return;
  const ids = [...new Set(departmentIds)];
  const there = await use.on(departments).selectFrom('departments').select('id').where('id', 'in', ids).forKeyShare().execute();
  if (there.length < ids.length) throw notFound({}, ['input', 'departmentIds']);
  allowed.add(ids.map((department_id) => ({ department_id })));
}
