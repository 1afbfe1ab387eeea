import { contactShared, contactUnshared, invalid, notFound, type Sharee, type UseCase } from '../../sdk/index.ts';
import { departments, employees } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { recordChanges } from './contact-history.service.ts';
import { contactShares } from './contact-share.entity.ts';

export interface NewShare extends Sharee {
  readonly contactId: string;
  readonly until: Date | null;
  readonly reason: string | null;
}

/**
 * Shares a contact whose row is locked, or changes the end and reason of a share that is there.
 * @returns the share's id.
 * @throws ValidationFailed
 */
export async function shareContact(use: UseCase, { contactId, employeeId, departmentId, until, reason }: NewShare): Promise<string> {
  const name = await shareeName(use, { employeeId, departmentId });
  if (until && until <= use.now) throw invalid(['input', 'until'], 'PAST', 'A share ends in the future.');
  if (employeeId) await refuseOwner(use, contactId, employeeId);
  const column = employeeId ? 'employee_id' : 'department_id';
  const share = await use
    .on({ contact_shares: contactShares })
    .insertInto('contact_shares')
    .values({
      organization_id: use.organizationId,
      id: use.newId(),
      contact_id: contactId,
      employee_id: employeeId,
      department_id: departmentId,
      granted_by: use.seat.id,
      reason,
      since: use.now,
      until,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'contact_id', column])
        .where(column, 'is not', null)
        .doUpdateSet({ granted_by: use.seat.id, reason, since: use.now, until }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordChanges(use, contactId, [{ field: 'sharedWith', old: null, new: name }]);
  await use.announce(contactShared({ contactId, employeeId, departmentId, until }));
  return share.id;
}

/** Ends a share of a contact whose row is locked. @throws NotFound where it is not shared with them. */
export async function unshareContact(use: UseCase, contactId: string, sharee: Sharee): Promise<void> {
  const name = await shareeName(use, sharee);
  const column = sharee.employeeId ? 'employee_id' : 'department_id';
  const ended = await use
    .on({ contact_shares: contactShares })
    .deleteFrom('contact_shares')
    .where('contact_id', '=', contactId)
    .where(column, '=', sharee.employeeId ?? sharee.departmentId)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw notFound({}, ['input', sharee.employeeId ? 'employeeId' : 'departmentId']);
  await recordChanges(use, contactId, [{ field: 'sharedWith', old: name, new: null }]);
  await use.announce(contactUnshared({ contactId, ...sharee }));
}

/** @throws ValidationFailed unless exactly one is named, and where the employee has left. */
async function shareeName(use: UseCase, { employeeId, departmentId }: Sharee): Promise<string> {
  if ((employeeId === null) === (departmentId === null)) throw invalid(['input'], 'ONE_SHAREE', 'Name an employee or a department.');
  if (departmentId) {
    return (await use.on({ departments }).selectFrom('departments').select('name').where('id', '=', departmentId).executeTakeFirstOrThrow())
      .name;
  }
  const { name, left_at } = await use
    .on({ employees })
    .selectFrom('employees')
    .select(['name', 'left_at'])
    .where('id', '=', employeeId as string)
    .executeTakeFirstOrThrow();
  if (left_at) throw invalid(['input', 'employeeId'], 'LEFT', 'This employee has left the organization.');
  return name;
}

async function refuseOwner(use: UseCase, contactId: string, employeeId: string): Promise<void> {
  const { owner_id } = await use
    .on({ contacts })
    .selectFrom('contacts')
    .select('owner_id')
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow();
  if (owner_id === employeeId) throw invalid(['input', 'employeeId'], 'IS_OWNER', 'This employee is the owner of the contact.');
}
