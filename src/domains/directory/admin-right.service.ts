import { ADMIN_RIGHTS, adminRightChanged, invalid, type RightScope, type UseCase } from '../../sdk/index.ts';
import { adminRights, departmentClosure, employees } from './directory.entity.ts';
import { lastAdmin } from './directory.errors.ts';
import { type RightAct, tellRightNotYours } from './right-refusal.service.ts';

/** Rights of which somebody holds each for the whole organization, always (spec 2.3b). */
const NEVER_LOST: readonly string[] = ['DIRECTORY', 'CONTACTS'];
/** A module's own right is granted by those who hold this one for the whole organization. */
const OVER_MODULES = 'PLUGINS';

/** Rights over what has no departments: for some of them one could do nothing with it. */
const WHOLE_ALONE: readonly string[] = ['WINDOW', 'PLUGINS'];

/** @throws ValidationFailed for a right that has no use for departments */
export function refuseUseless(right: string, scope: RightScope): void {
  if (scope === 'ALL' || !WHOLE_ALONE.includes(right)) return;
  throw invalid(['input', 'departmentIds'], 'FOR_THE_WHOLE_ORGANIZATION', {
    en: `${right} is for the whole organization alone: leave the departments out.`,
    'zh-CN': `${right} 权限仅适用于全企业，请勿指定部门。`,
  });
}

/** Departments that one right is for at the most: past it lists would be cut. */
export const MOST_DEPARTMENTS = 20;

/** How far somebody holds a right as it is kept, under the turn of the directory; what the seat brings along may be a second old. */
export async function scopeOf(use: UseCase, employeeId: string, right: string): Promise<RightScope | undefined> {
  const rows = await use
    .on(adminRights)
    .selectFrom('admin_rights')
    .select('department_id')
    .where('employee_id', '=', employeeId)
    .where('admin_right', '=', right)
    .execute();
  const ids = rows.flatMap(({ department_id }) => department_id ?? []);
  if (ids.length < rows.length) return 'ALL';
  return rows.length ? ids : undefined;
}

/**
 * A right is granted and taken as far as one's own goes, and never one's own (spec 2.3b).
 * @param act what it is refused as
 * @throws RightNotYours
 */
export async function refuseBeyondOwn(
  use: UseCase,
  employeeId: string,
  right: string,
  scope: RightScope,
  act: RightAct = { act: 'GRANT' },
): Promise<void> {
  if (await mayGrant(use, employeeId, right, scope)) return;
  const needed = right in ADMIN_RIGHTS ? right : OVER_MODULES;
  throw await tellRightNotYours(use, { right, scope, needed, isOwn: employeeId === use.seat.id }, act);
}

/** Whether the seat could grant somebody a right so far. */
export async function mayGrant(use: UseCase, employeeId: string, right: string, scope: RightScope): Promise<boolean> {
  if (employeeId === use.seat.id) return false;
  const isOfModule = !(right in ADMIN_RIGHTS);
  const own = await scopeOf(use, use.seat.id, isOfModule ? OVER_MODULES : right);
  if (own === 'ALL') return true;
  return own !== undefined && !isOfModule && scope !== 'ALL' && (await covers(use, own, scope));
}

/**
 * Whoever decides whose a seat is, or ends it, could have granted and taken all the rights that it holds: else they would get by it what nobody
 * has granted them. The directory is held.
 * @throws RightNotYours
 */
export async function refuseMoreRights(use: UseCase, employeeId: string, path: readonly string[]): Promise<void> {
  const held = await use
    .on(adminRights)
    .selectFrom('admin_rights')
    .select('admin_right')
    .distinct()
    .where('employee_id', '=', employeeId)
    .orderBy('admin_right')
    .execute();
  for (const { admin_right: right } of held)
    await refuseBeyondOwn(use, employeeId, right, (await scopeOf(use, employeeId, right))!, { act: 'SEAT', path });
}

/** Whether all of some departments are among others and those below them. */
async function covers(use: UseCase, own: readonly string[], asked: readonly string[]): Promise<boolean> {
  const rows = await use
    .on(departmentClosure)
    .selectFrom('department_closure')
    .select('descendant_id')
    .where('ancestor_id', 'in', own)
    .where('descendant_id', 'in', asked)
    .execute();
  const covered = new Set(rows.map(({ descendant_id }) => descendant_id));
  return asked.every((id) => covered.has(id));
}

/**
 * For whoever takes rights away, or an employee: the directory is held.
 * @throws LastAdmin where nobody else who is employed holds DIRECTORY or CONTACTS for the whole organization
 */
export async function refuseLastAdmin(use: UseCase, employeeId: string, rights: readonly string[] = NEVER_LOST): Promise<void> {
  for (const right of rights.filter((one) => NEVER_LOST.includes(one))) {
    if ((await scopeOf(use, employeeId, right)) !== 'ALL') continue;
    if (!(await othersHold(use, employeeId, right, 'ALL'))) throw lastAdmin({ right }, ['input', 'employeeId']);
  }
}

/** Whether others who are employed hold a right so far, one of them or several together. */
export async function othersHold(use: UseCase, employeeId: string, right: string, scope: RightScope): Promise<boolean> {
  const held = await use
    .on(adminRights, employees)
    .selectFrom('admin_rights as held')
    .innerJoin('employees as holder', (join) =>
      join.onRef('holder.organization_id', '=', 'held.organization_id').onRef('holder.id', '=', 'held.employee_id'),
    )
    .select('held.department_id')
    .distinct()
    .where('held.admin_right', '=', right)
    .where('held.employee_id', '!=', employeeId)
    .where('holder.left_at', 'is', null)
    .execute();
  const ids = held.flatMap(({ department_id }) => department_id ?? []);
  if (ids.length < held.length) return true;
  return scope !== 'ALL' && ids.length > 0 && (await covers(use, ids, scope));
}

/** Grants a right beside what somebody holds of it: for the whole organization, or for departments and those below them. @returns whether it was not held so far. @throws ValidationFailed */
export async function grantRight(use: UseCase, employeeId: string, right: string, scope: RightScope): Promise<boolean> {
  const held = await scopeOf(use, employeeId, right);
  if (held === 'ALL') return false;
  if (scope === 'ALL') await takeRight(use, employeeId, right);
  const departments: readonly (string | null)[] = scope === 'ALL' ? [null] : scope.filter((id) => !held?.includes(id));
  if (departments.length + (held?.length ?? 0) > MOST_DEPARTMENTS) throw tooMany();
  const rows = departments.map((department_id) => ({ id: use.newId(), employee_id: employeeId, admin_right: right, department_id }));
  if (rows.length === 0) return false;
  use.on(adminRights).add(rows);
  await use.announce(adminRightChanged({ employeeId, right, granted: true }));
  return true;
}

const tooMany = () =>
  invalid(['input', 'departmentIds'], 'TOO_MANY', {
    en: `A right is for at most ${MOST_DEPARTMENTS} departments.`,
    'zh-CN': `每项权限最多适用于 ${MOST_DEPARTMENTS} 个部门。`,
  });

/** Takes a right away, however far it goes. */
export async function takeRight(use: UseCase, employeeId: string, right: string): Promise<void> {
  await use.on(adminRights).deleteFrom('admin_rights').where('employee_id', '=', employeeId).where('admin_right', '=', right).execute();
}
