import type { TemplateBody } from '@guichet/forms';
import type { UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { adminRights, departmentClosure, departmentMembers, employees } from '../directory/index.ts';
import type { Reach } from './exploring.rules.ts';
import { approversOf, departmentsNamedIn } from './template-people.rules.ts';

/** The organization as it is now, as far as the flow hangs on it. Facts that nobody asks for are not read. */
export async function reachOf(use: UseCase, body: TemplateBody): Promise<Reach> {
  const approvers = approversOf(body);
  const named = [
    ...approvers.flatMap((one) => (one.by === 'EMPLOYEE' ? [one.employeeId] : [])),
    ...body.flow.cc.map((cc) => cc.employeeId),
  ];
  const departments = departmentsNamedIn(body);
  const rights = new Set(await heldRights(use));
  const forContacts = body.audience.contacts !== 'NONE';
  const asksOwner = body.flow.route === 'BY_HAND' || approvers.some(({ by }) => by === 'OWNER' || by === 'OWNERS_SUPERVISOR');
  const asksSupervisor = approvers.some(({ by }) => by === 'OWNERS_SUPERVISOR');
  return {
    employed: new Set(named.length ? await employed(use, named) : []),
    heldRights: rights,
    supervised: new Set(departments.length ? await supervised(use, departments) : []),
    hasClaimant: rights.has('FORMS'),
    unowned: forContacts && asksOwner ? await unowned(use, body) : undefined,
    unsupervised: forContacts && asksSupervisor ? await unsupervised(use, body) : undefined,
  };
}

async function employed(use: UseCase, ids: readonly string[]): Promise<string[]> {
  const db = use.on(employees);
  const found = await db.selectFrom('employees').select('id').where('id', 'in', ids).where('left_at', 'is', null).execute();
  return found.map(({ id }) => id);
}

async function heldRights(use: UseCase): Promise<string[]> {
  const found = await use
    .on(adminRights, employees)
    .selectFrom('admin_rights')
    .innerJoin('employees', 'employees.id', 'admin_rights.employee_id')
    .select('admin_right')
    .distinct()
    .where('department_id', 'is', null)
    .where('left_at', 'is', null)
    .execute();
  return found.map(({ admin_right }) => admin_right);
}

async function supervised(use: UseCase, ids: readonly string[]): Promise<string[]> {
  const found = await use
    .on(departmentMembers, employees)
    .selectFrom('department_members as member')
    .innerJoin('employees', 'employees.id', 'member.employee_id')
    .select('member.department_id')
    .distinct()
    .where('member.department_id', 'in', ids)
    .where('member.is_supervisor', '=', true)
    .where('left_at', 'is', null)
    .execute();
  return found.map(({ department_id }) => department_id);
}

/** A contact of the audience that nobody answers for: of certain tags none is looked for, because tags come and go. */
async function unowned(use: UseCase, { audience }: TemplateBody): Promise<string | undefined> {
  const named = typeof audience.contacts === 'object' ? audience.contacts.contactIds : [];
  const found = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('name')
    .where('owner_id', 'is', null)
    .where('deleted_at', 'is', null)
    .$if(audience.contacts !== 'ALL', (query) => query.where('id', 'in', [NOBODY, ...named]))
    .limit(1)
    .executeTakeFirst();
  return found?.name;
}
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A contact whose owner nobody else supervises, in no department of theirs and in none above it. */
async function unsupervised(use: UseCase, { audience }: TemplateBody): Promise<string | undefined> {
  const named = typeof audience.contacts === 'object' ? audience.contacts.contactIds : [];
  const found = await use
    .on(contacts, departmentMembers, departmentClosure)
    .selectFrom('contacts')
    .select('contacts.name')
    .where('contacts.owner_id', 'is not', null)
    .where('contacts.deleted_at', 'is', null)
    .$if(audience.contacts !== 'ALL', (query) => query.where('contacts.id', 'in', [NOBODY, ...named]))
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('department_members as own')
            .innerJoin('department_closure as tree', 'tree.descendant_id', 'own.department_id')
            .innerJoin('department_members as above', 'above.department_id', 'tree.ancestor_id')
            .select('own.employee_id')
            .whereRef('own.employee_id', '=', 'contacts.owner_id')
            .where('above.is_supervisor', '=', true)
            .whereRef('above.employee_id', '<>', 'contacts.owner_id'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return found?.name;
}
