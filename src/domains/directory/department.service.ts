import { invalid, RAISED, supervisionChanged, type UseCase, versionConflict } from '../../sdk/index.ts';
import { refuseUnwritable } from './department-name.rules.ts';
import { coverPlace, departmentNow, plant, replant } from './department-tree.service.ts';
import { Department, departmentMembers, departments, employees } from './directory.entity.ts';
import { directory } from './permissions.ts';
import { refuseGrowth } from './right-growth.service.ts';

const ID = ['input', 'departmentId'];
export type DepartmentNow = Awaited<ReturnType<typeof departmentNow>>;

const NAME = ['input', 'name'];
const NAMES = ['departments_below', 'departments_on_top', 'departments_below_as_one', 'departments_on_top_as_one'];
/** Beside each other, no two departments have one name, in whatever case and width it is typed. */
function refuseNameTaken(use: UseCase, path: readonly string[] = NAME): void {
  for (const index of NAMES)
    use.refuseTaken(index, () =>
      invalid(path, 'TAKEN', { en: 'There is a department of this name beside it.', 'zh-CN': '同级部门中已有该名称。' }),
    );
}

/** Finds and locks a department that the seat's right covers. @throws NotFound, FORBIDDEN */
export async function holdDepartment(use: UseCase, departmentId: string): Promise<DepartmentNow> {
  await use.authorize('Department', departmentId, directory.manage, { path: ID });
  return departmentNow(use, departmentId);
}
/**
 * Of these departments those that are there, which stay until all is written: none is removed meanwhile. Locked in the order of their ids. For
 * whoever keeps the id of a department that is no key of the database's.
 */
export async function stayingDepartments(use: UseCase, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const found = await use.on(departments).selectFrom('departments').select('id').where('id', 'in', ids).orderBy('id').forShare().execute();
  return new Set(found.map(({ id }) => id));
}
/** @throws VersionConflict, with the department as it is, where it has changed since it was read; nothing where nobody says what they read */
export function expectDepartment(now: DepartmentNow, expected: number | undefined): DepartmentNow {
  if (expected === undefined || now.version === expected) return now;
  throw versionConflict({ current: { type: 'Department', uuid: now.id } }, ['input', 'expectedVersion']);
}

/** Adds a department at a place that is covered; the directory is held. @returns its id. @throws ValidationFailed */
export async function addDepartment(use: UseCase, name: string, parentId: string | null): Promise<string> {
  refuseUnwritable(name, NAME);
  refuseNameTaken(use);
  const { id } = use.em.create(Department, { name, parentId });
  await use.em.flush(); // the tree refers to the row
  await plant(use, id, parentId);
  return id;
}

/** @throws ValidationFailed where there is one of that name beside it */
export function renameDepartment(use: UseCase, now: DepartmentNow, name: string): void {
  if (name === now.name) return;
  refuseUnwritable(name, NAME);
  refuseNameTaken(use);
  use.on(departments).change({ id: now.id }, { name, spared_name: null, version: RAISED });
}

/**
 * The places that a department leaves and comes to must be covered, too: whoever is above loses sight of what is in it, or gains it. That nobody
 * gains by it what the seat could not grant them.
 * @throws NotFound, FORBIDDEN, RightNotYours
 */
export async function coverMove(use: UseCase, now: DepartmentNow, parentId: string | null): Promise<void> {
  await coverPlace(use, parentId);
  if (now.parent_id === parentId) return;
  await coverPlace(use, now.parent_id, ID);
  await refuseGrowth(use, { to: parentId === null ? [] : [parentId], from: [now.id], path: ['input', 'parentId'] });
}

/** Moves a department with all that is below it; the directory is held. @throws DepartmentCycle, ValidationFailed */
export async function moveDepartment(use: UseCase, now: DepartmentNow, parentId: string | null): Promise<void> {
  if (now.parent_id === parentId) return;
  await replant(use, now.id, parentId);
  refuseNameTaken(use, ['input', 'parentId']);
  use.on(departments).change({ id: now.id }, { parent_id: parentId, version: RAISED });
  await use.announce(supervisionChanged({ departmentIds: [now.id] }));
}

/** Those who are employed, by their ids. */
export const membersOf = (use: UseCase, departmentId: string) =>
  use
    .on(departmentMembers, employees)
    .selectFrom('department_members as member')
    .innerJoin('employees as person', (join) =>
      join.onRef('person.organization_id', '=', 'member.organization_id').onRef('person.id', '=', 'member.employee_id'),
    )
    .select(['person.id', 'member.is_supervisor'])
    .where('member.department_id', '=', departmentId)
    .where('person.left_at', 'is', null)
    .orderBy('person.id')
    .execute();

export const countBelow = async (use: UseCase, id: string): Promise<number> => {
  const { count } = await use
    .on(departments)
    .selectFrom('departments')
    .select((of) => of.fn.countAll().as('count'))
    .where('parent_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(count);
};
