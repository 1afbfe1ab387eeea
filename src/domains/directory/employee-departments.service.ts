import { forbidden, invalid, isForbidden, notFound, type UseCase } from '../../sdk/index.ts';
import { keepSupervised } from './department-past.service.ts';
import { departmentMembers } from './directory.entity.ts';
import { directory } from './permissions.ts';

/** Where somebody sits, as an input names it. */
export interface Seating {
  readonly departmentIds: readonly string[];
  /** The first department, where it is left out. */
  readonly mainDepartmentId?: string;
}
/** A department that an employee is in. */
export interface Membership {
  readonly department_id: string;
  readonly is_main: boolean;
  readonly is_supervisor: boolean;
}

export const membershipsOf = (use: UseCase, employeeId: string): Promise<Membership[]> =>
  use
    .on(departmentMembers)
    .selectFrom('department_members')
    .select(['department_id', 'is_main', 'is_supervisor'])
    .where('employee_id', '=', employeeId)
    .orderBy('joined_at')
    .orderBy('department_id')
    .execute();

/**
 * Finds and locks departments that the seat's right covers, by one question.
 * @param placeOf where the id at a place of `ids` stands in the input.
 * @throws NotFound, FORBIDDEN
 */
export async function coverDepartments(use: UseCase, ids: readonly string[], placeOf: (at: number) => readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const refused = await use.authorizeEach('Department', [...new Set(ids)], directory.manage);
  const unknown = ids.findIndex((id) => refused.has(id) && !isForbidden(refused.get(id)));
  if (unknown >= 0) throw notFound({}, placeOf(unknown));
  if (refused.size > 0) throw forbidden(directory.manage);
}

/** @throws ValidationFailed where the main department is none of the departments, or an admin of departments names none. */
export function seatingOf(use: UseCase, { departmentIds, mainDepartmentId }: Seating): ReadonlyMap<string, boolean> {
  const ids = [...new Set(departmentIds)];
  if (mainDepartmentId !== undefined && !ids.includes(mainDepartmentId)) throw notAmong();
  if (ids.length === 0 && use.seat.rights.get('DIRECTORY') !== 'ALL') throw noDepartment();
  return mainOf({ departmentIds: ids, mainDepartmentId });
}
/** Each department, and whether it is the main one. */
export const mainOf = ({ departmentIds, mainDepartmentId = departmentIds[0] }: Seating): ReadonlyMap<string, boolean> =>
  new Map(departmentIds.map((id) => [id, id === mainDepartmentId]));
const notAmong = () =>
  invalid(['input', 'mainDepartmentId'], 'NOT_A_MEMBER', {
    en: 'The main department is one of the employee’s departments.',
    'zh-CN': '主部门须为该员工所在部门之一。',
  });
const noDepartment = () =>
  invalid(['input', 'departmentIds'], 'TOO_FEW', {
    en: 'Name a department that your right covers.',
    'zh-CN': '请指定您管理范围内的部门。',
  });

/** Departments of which a change of seating says something else than is so: those that the seat's right must cover. */
export function departmentsChanged(before: readonly Membership[], after: ReadonlyMap<string, boolean>): string[] {
  const now = new Map(before.map(({ department_id, is_main }) => [department_id, is_main]));
  return [...new Set([...now.keys(), ...after.keys()])].filter((id) => now.get(id) !== after.get(id));
}

/** Makes an employee sit where it is said. Whoever stays in a department keeps supervising it, and the day on which they joined. */
export async function seatIn(
  use: UseCase,
  employeeId: string,
  before: readonly Membership[],
  after: ReadonlyMap<string, boolean>,
): Promise<void> {
  const gone = before.filter(({ department_id }) => !after.has(department_id)).map(({ department_id }) => department_id);
  const tables = use.on(departmentMembers);
  if (before.some(({ department_id, is_supervisor }) => is_supervisor && gone.includes(department_id)))
    await keepSupervised(use, employeeId, gone);
  if (gone.length)
    await tables.deleteFrom('department_members').where('employee_id', '=', employeeId).where('department_id', 'in', gone).execute();
  const changed = before.filter(({ department_id, is_main }) => after.has(department_id) && after.get(department_id) !== is_main);
  // the former main department first: there is one at the most at any moment
  for (const { department_id } of changed.toSorted((a, b) => Number(b.is_main) - Number(a.is_main)))
    await tables
      .updateTable('department_members')
      .set({ is_main: after.get(department_id)! })
      .where('employee_id', '=', employeeId)
      .where('department_id', '=', department_id)
      .execute();
  const fresh = [...after].filter(([id]) => !before.some(({ department_id }) => department_id === id));
  if (fresh.length)
    tables.add(
      fresh.map(([department_id, is_main]) => ({
        department_id,
        employee_id: employeeId,
        is_main,
        is_supervisor: false,
        joined_at: use.now,
      })),
    );
}
