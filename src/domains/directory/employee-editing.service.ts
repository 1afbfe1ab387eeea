import { employeeMoved, type HiringChoice, invalid, RAISED, type RowOf, type UseCase, versionConflict } from '../../sdk/index.ts';
import { employees } from './directory.entity.ts';
import { type Personal, refuseStaffNumberTaken } from './employee-adding.service.ts';
import {
  coverDepartments,
  departmentsChanged,
  type Membership,
  mainOf,
  membershipsOf,
  type Seating,
  seatIn,
  seatingOf,
} from './employee-departments.service.ts';
import { mendedPhone } from './employee-phone.service.ts';
import { findAnew } from './employee-search.service.ts';
import { directory } from './permissions.ts';
import { refuseGrowth } from './right-growth.service.ts';

/** What is left out stays; an empty text takes a value away. */
export interface EmployeeEdit extends Partial<Personal> {
  readonly departmentIds?: readonly string[];
  readonly mainDepartmentId?: string;
  /** As it was typed; of somebody who has not signed in yet. */
  readonly phone?: string;
  /** What becomes of a contact with this phone. */
  readonly onContact?: HiringChoice;
}

/** An employee whose row is locked, with where they sit. */
export type EmployeeNow = RowOf<typeof employees> & { readonly memberships: readonly Membership[] };

/**
 * Finds and locks an employee whom the seat's right covers.
 * @throws NotFound, FORBIDDEN
 */
export async function holdEmployee(use: UseCase, employeeId: string): Promise<EmployeeNow> {
  await use.authorize('Employee', employeeId, directory.manage, { path: ['input', 'employeeId'] });
  const row = await use.on(employees).selectFrom('employees').selectAll().where('id', '=', employeeId).executeTakeFirstOrThrow();
  return { ...row, memberships: await membershipsOf(use, employeeId) };
}

/** @throws VersionConflict, with the employee as they are, where they have changed since they were read */
export function expectEmployee({ id, version }: EmployeeNow, expected: number): void {
  if (version !== expected) throw versionConflict({ current: { type: 'Employee', uuid: id } }, ['input', 'expectedVersion']);
}

/** @throws ValidationFailed for one who has left */
export function stillEmployed({ left_at }: { readonly left_at: Date | null }): void {
  if (left_at)
    throw invalid(['input', 'employeeId'], 'LEFT', { en: 'This employee has left the organization.', 'zh-CN': '该员工已离职。' });
}

/**
 * The departments of which an edit says something else than is so must be covered by the seat's right; and nobody gains by it what the seat could
 * not grant them.
 * @throws NotFound, FORBIDDEN, RightNotYours
 */
export async function coverEdit(use: UseCase, { memberships }: EmployeeNow, edit: EmployeeEdit): Promise<void> {
  const main = edit.mainDepartmentId === undefined ? [] : [edit.mainDepartmentId];
  await coverDepartments(use, main, () => ['input', 'mainDepartmentId']);
  const named = seatingNamed(edit, memberships);
  const path = edit.departmentIds ? ['input', 'departmentIds'] : ['input', 'mainDepartmentId'];
  if (!named) return;
  await coverDepartments(use, departmentsChanged(memberships, mainOf(named)), () => path);
  const from = memberships.map(({ department_id }) => department_id);
  await refuseGrowth(use, { to: named.departmentIds.filter((id) => !from.includes(id)), from, path });
}

/** Edits an employee (spec 10.1). @param before as it is, under the lock. @throws ValidationFailed, and what mending the phone is refused with */
export async function updateEmployee(use: UseCase, before: EmployeeNow, edit: EmployeeEdit): Promise<void> {
  stillEmployed(before);
  const { phone: typed, onContact } = edit;
  const phone = typed === undefined ? before.phone : await mendedPhone(use, before, { typed, onContact });
  const after = { ...textsAfter(before, edit), phone };
  const named = seatingNamed(edit, before.memberships);
  const seating = named && seatingOf(use, named);
  const isMoved = seating !== undefined && departmentsChanged(before.memberships, seating).length > 0;
  const isEdited = COLUMNS.some((column) => after[column] !== before[column]);
  if (!isMoved && !isEdited) return;
  refuseStaffNumberTaken(use);
  use.on(employees).change({ id: before.id }, { ...after, version: RAISED });
  if (isEdited) findAnew(use, before.id);
  if (!isMoved) return;
  await seatIn(use, before.id, before.memberships, seating);
  const from = before.memberships.map(({ department_id }) => department_id);
  await use.announce(employeeMoved({ employeeId: before.id, from, to: [...seating.keys()] }));
}

const textsAfter = (before: EmployeeNow, edit: EmployeeEdit) => ({
  name: edit.name ?? before.name,
  name_verified: edit.nameVerified ?? before.name_verified,
  nickname: emptied(edit.nickname, before.nickname),
  staff_number: emptied(edit.staffNumber, before.staff_number),
  position: emptied(edit.position, before.position),
  seniority_date: edit.seniorSince ?? before.seniority_date,
});
const COLUMNS = ['phone', 'name', 'name_verified', 'nickname', 'staff_number', 'position', 'seniority_date'] as const;
const emptied = (given: string | undefined, now: string | null): string | null => (given === undefined ? now : given || null);

/** The main department stays where it is not named and still one of them. */
function seatingNamed({ departmentIds, mainDepartmentId }: EmployeeEdit, before: readonly Membership[]): Seating | undefined {
  if (departmentIds === undefined && mainDepartmentId === undefined) return undefined;
  const ids = departmentIds ?? before.map(({ department_id }) => department_id);
  const former = before.find(({ is_main }) => is_main)?.department_id;
  const kept = former !== undefined && ids.includes(former) ? former : undefined;
  return { departmentIds: ids, mainDepartmentId: mainDepartmentId ?? kept };
}
