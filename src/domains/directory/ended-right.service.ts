import { ADMIN_RIGHTS, adminRightWords, type RightScope, type UseCase } from '../../sdk/index.ts';
import { grantRight, mayGrant, othersHold } from './admin-right.service.ts';
import { adminRights, departmentMembers, departments, type EndedScope, employmentEnds, type NamedDepartment } from './directory.entity.ts';

/** A right that ends. */
export interface EndedRight {
  readonly right: string;
  /** Names; none where it was for the whole organization. */
  readonly departments: readonly string[];
  /** Nobody who is employed holds it so far then. */
  readonly unheld: boolean;
}
/** A right that had ended, and whether it was given back. */
export interface ReturnedRight {
  readonly right: string;
  readonly departments: readonly string[];
  readonly returned: boolean;
}
/** What came of bringing somebody back. */
export interface Resumed {
  readonly rights: readonly ReturnedRight[];
  /** Names of departments that are not there any more. */
  readonly lostDepartments: readonly string[];
}

const scopeIn = ({ departments: over }: EndedScope): RightScope => (over.length ? over.map(({ id }) => id) : 'ALL');

/** The rights that end when somebody loses all of theirs, or one; the directory is held, and nothing has ended yet. */
export async function endingRights(use: UseCase, employeeId: string, only?: string): Promise<EndedRight[]> {
  const ending: EndedRight[] = [];
  for (const held of await rightsOf(use, employeeId)) {
    if (only !== undefined && held.right !== only) continue;
    const unheld = !(await othersHold(use, employeeId, held.right, scopeIn(held)));
    ending.push({ right: held.right, departments: held.departments.map(({ name }) => name), unheld });
  }
  return ending;
}

/** Takes all rights away from one who leaves, and keeps what they had: it may be given back. The directory is held. */
export async function endRights(use: UseCase, employeeId: string): Promise<void> {
  const had = { ended_at: use.now, rights: await rightsOf(use, employeeId), sat_in: await departmentsOf(use, employeeId) };
  const ends = use.on(employmentEnds);
  await ends.deleteFrom('employment_ends').where('employee_id', '=', employeeId).execute();
  ends.add({ employee_id: employeeId, ...had });
  await use.on(adminRights).deleteFrom('admin_rights').where('employee_id', '=', employeeId).execute();
}

/**
 * Gives back what somebody had who is employed again: each right where whoever brings them back could grant it, or nobody holds it so far, and as
 * far as its departments are still there. Nobody can have granted them anything meanwhile. The directory is held.
 */
export async function giveBackRights(use: UseCase, employeeId: string): Promise<Resumed> {
  const [ended] = await use
    .on(employmentEnds)
    .deleteFrom('employment_ends')
    .where('employee_id', '=', employeeId)
    .returning(['rights', 'sat_in'])
    .execute();
  if (!ended) return { rights: [], lostDepartments: [] };
  const there = new Set((await departmentsOf(use, employeeId)).map(({ id }) => id));
  const rights: ReturnedRight[] = [];
  for (const one of ended.rights) rights.push(...(await giveBack(use, employeeId, one)));
  return { rights, lostDepartments: ended.sat_in.filter(({ id }) => !there.has(id)).map(({ name }) => name) };
}

async function giveBack(use: UseCase, employeeId: string, { right, departments: had }: EndedScope): Promise<ReturnedRight[]> {
  const there = await stillThere(use, had);
  const [left, gone] = [had.filter(({ id }) => there.has(id)), had.filter(({ id }) => !there.has(id))];
  const told = (of: readonly NamedDepartment[], returned: boolean) => ({ right, departments: of.map(({ name }) => name), returned });
  const kept = gone.length ? [told(gone, false)] : [];
  if (gone.length && !left.length) return kept;
  const scope = scopeIn({ right, departments: left });
  const may = (await mayGrant(use, employeeId, right, scope)) || !(await othersHold(use, employeeId, right, scope));
  if (may) await grantRight(use, employeeId, right, scope);
  return [told(left, may), ...kept];
}

async function stillThere(use: UseCase, had: readonly NamedDepartment[]): Promise<ReadonlySet<string>> {
  if (had.length === 0) return new Set();
  const ids = had.map(({ id }) => id);
  const rows = await use.on(departments).selectFrom('departments').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

/** A right whose module is not loaded is none that could be told of, or given. */
async function rightsOf(use: UseCase, employeeId: string): Promise<EndedScope[]> {
  const rows = await use
    .on(adminRights, departments)
    .selectFrom('admin_rights as held')
    .leftJoin('departments as department', 'department.id', 'held.department_id')
    .select(['held.admin_right as right', 'department.id', 'department.name'])
    .where('held.employee_id', '=', employeeId)
    .orderBy('held.admin_right')
    .orderBy('department.sort_name')
    .execute();
  const known = new Set<string>([...Object.keys(ADMIN_RIGHTS), ...use.registered(adminRightWords)]);
  const by = Map.groupBy(rows, ({ right }) => right);
  return [...by]
    .filter(([right]) => known.has(right))
    .map(([right, of]) => ({ right, departments: of.flatMap(({ id, name }) => (id && name !== null ? [{ id, name }] : [])) }));
}

const departmentsOf = (use: UseCase, employeeId: string): Promise<NamedDepartment[]> =>
  use
    .on(departmentMembers, departments)
    .selectFrom('department_members as own')
    .innerJoin('departments as department', 'department.id', 'own.department_id')
    .select(['department.id', 'department.name'])
    .where('own.employee_id', '=', employeeId)
    .orderBy('department.sort_name')
    .execute();
