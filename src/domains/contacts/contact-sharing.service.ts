import { contactShareDecided, contactShared, contactUnshared, invalid, notFound, type Sharee, type UseCase } from '../../sdk/index.ts';
import { departments, employees } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { recordChanges } from './contact-history.service.ts';
import { contactShares } from './contact-share.entity.ts';
import { contactShareRequests } from './share-request.entity.ts';

export interface NewShare extends Sharee {
  readonly contactId: string;
  readonly until: Date | null;
  readonly reason: string | null;
  /** Of the input field that names the sharee; `employeeId` or `departmentId` by default. */
  readonly path?: readonly string[];
}

/**
 * Shares a contact whose row is locked, or changes the end and reason of a share that is there.
 * @returns the share's id.
 * @throws ValidationFailed
 */
export async function shareContact(use: UseCase, { contactId, until, reason, path, ...sharee }: NewShare): Promise<string> {
  const { employeeId, departmentId } = sharee;
  const name = await shareeName(use, sharee, path);
  if (until && until <= use.now)
    throw invalid(['input', 'until'], 'PAST', { en: 'A share ends in the future.', 'zh-CN': '共享的结束时间必须晚于现在。' });
  if (employeeId) await refuseOwner(use, contactId, employeeId, path);
  const known = await shareNow(use, contactId, sharee);
  const column = columnOf(sharee);
  const granted = { granted_by: use.seat.id, reason, since: known?.since ?? use.now, until };
  const share = await use
    .on(contactShares)
    .insertInto('contact_shares')
    .values({
      organization_id: use.organizationId,
      id: use.newId(),
      contact_id: contactId,
      employee_id: employeeId,
      department_id: departmentId,
      ...granted,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'contact_id', column]).where(column, 'is not', null).doUpdateSet(granted),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  if (employeeId) await grantPending(use, [contactId], employeeId, reason);
  const [before, after] = [known ? said(name, known.until) : null, said(name, until)];
  if (before === after) return share.id;
  recordChanges(use, contactId, [{ field: 'sharedWith', old: before, new: after }]);
  await use.announce(contactShared({ contactId, ...sharee, until }));
  return share.id;
}

/** Ends a share of a contact whose row is locked. @throws NotFound where it is not shared with them. */
export async function unshareContact(use: UseCase, contactId: string, sharee: Sharee): Promise<void> {
  const name = await shareeName(use, sharee);
  const known = await shareNow(use, contactId, sharee);
  if (!known) throw notFound({}, ['input', sharee.employeeId ? 'employeeId' : 'departmentId']);
  await use.on(contactShares).deleteFrom('contact_shares').where('id', '=', known.id).execute();
  recordChanges(use, contactId, [{ field: 'sharedWith', old: said(name, known.until), new: null }]);
  await use.announce(contactUnshared({ contactId, ...sharee }));
}

const columnOf = ({ employeeId }: Sharee) => (employeeId ? 'employee_id' : 'department_id');
/** Whoever is given a share has what they asked for, with what is said of it. */
export async function grantPending(use: UseCase, contactIds: readonly string[], askerId: string, answer: string | null): Promise<void> {
  const granted = await use
    .on(contactShareRequests)
    .updateTable('contact_share_requests')
    .set({ state: 'GRANTED', decided_at: use.now, decided_by: use.seat.id, answer })
    .where((of) => of('contact_id', '=', of.fn.any(of.val([...contactIds]))))
    .where('asker_id', '=', askerId)
    .where('state', '=', 'PENDING')
    .returning(['id', 'contact_id'])
    .execute();
  for (const { id: requestId, contact_id: contactId } of granted)
    await use.announce(contactShareDecided({ requestId, contactId, askerId, granted: true }));
}

/** A share as it stands in the history. */
export const said = (name: string, until: Date | null): string => (until ? `${name} until ${until.toISOString()}` : name);

/** The share with somebody, unless it has ended by itself. */
const shareNow = (use: UseCase, contactId: string, sharee: Sharee) =>
  use
    .on(contactShares)
    .selectFrom('contact_shares')
    .select(['id', 'since', 'until'])
    .where('contact_id', '=', contactId)
    .where(columnOf(sharee), '=', sharee.employeeId ?? sharee.departmentId)
    .where((of) => of.or([of('until', 'is', null), of('until', '>', use.now)]))
    .executeTakeFirst();

/** @throws ValidationFailed unless exactly one is named, and where the employee has left. */
async function shareeName(
  use: UseCase,
  { employeeId, departmentId }: Sharee,
  path: readonly string[] = ['input', 'employeeId'],
): Promise<string> {
  if ((employeeId === null) === (departmentId === null))
    throw invalid(['input'], 'ONE_SHAREE', { en: 'Name an employee or a department.', 'zh-CN': '请指定一名员工或一个部门。' });
  if (departmentId) return departmentName(use, departmentId);
  const { name, left_at } = await use
    .on(employees)
    .selectFrom('employees')
    .select(['name', 'left_at'])
    .where('id', '=', employeeId as string)
    .forShare()
    .executeTakeFirstOrThrow();
  if (left_at) throw invalid(path, 'LEFT', { en: 'This employee has left the organization.', 'zh-CN': '该员工已离职。' });
  return name;
}

/** It stays until this is committed, or was removed before. @throws NotFound */
async function departmentName(use: UseCase, departmentId: string): Promise<string> {
  const found = await use
    .on(departments)
    .selectFrom('departments')
    .select('name')
    .where('id', '=', departmentId)
    .forKeyShare()
    .executeTakeFirst();
  if (!found) throw notFound({}, ['input', 'departmentId']);
  return found.name;
}

async function refuseOwner(
  use: UseCase,
  contactId: string,
  employeeId: string,
  path: readonly string[] = ['input', 'employeeId'],
): Promise<void> {
  const { owner_id } = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('owner_id')
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow();
  if (owner_id === employeeId)
    throw invalid(path, 'IS_OWNER', {
      en: 'This employee is the owner of the contact.',
      'zh-CN': '该员工已是此联系人的负责人。',
    });
}
