import { forbidden, invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { departmentClosure, departments } from './directory.entity.ts';
import { departmentCycle } from './directory.errors.ts';
import { directory } from './permissions.ts';

/** Levels of the tree; no company has as many. */
const MOST_LEVELS = 20;
const PARENT = ['input', 'parentId'];

/** The place in the tree must be covered by the seat's right; above all departments, it must be for the whole organization. @throws NotFound, FORBIDDEN */
export async function coverPlace(use: UseCase, parentId: string | null, path: readonly string[] = PARENT): Promise<void> {
  if (parentId !== null) await use.authorize('Department', parentId, directory.manage, { path });
  else if (use.seat.rights.get('DIRECTORY') !== 'ALL') throw forbidden(directory.manage);
}

/** Puts a new department, which stands nowhere yet, below another one; null for the top. @throws ValidationFailed past 20 levels */
export async function plant(use: UseCase, id: string, parentId: string | null): Promise<void> {
  const above = parentId === null ? [] : await aboveOf(use, parentId);
  refuseTooDeep(above.length + 1);
  const rows = [{ id, depth: -1 }, ...above].map((one) => ({ ancestor_id: one.id, descendant_id: id, depth: one.depth + 1 }));
  use.on(departmentClosure).add(rows);
}

/** Hangs a department with all that is below it under another one. @throws DepartmentCycle, ValidationFailed past 20 levels */
export async function replant(use: UseCase, id: string, parentId: string | null): Promise<void> {
  const [below, above] = [await belowOf(use, id), parentId === null ? [] : await aboveOf(use, parentId)];
  const inside = below.map((one) => one.id);
  if (parentId !== null && inside.includes(parentId)) throw departmentCycle({}, PARENT);
  refuseTooDeep(above.length + 1 + Math.max(...below.map(({ depth }) => depth)));
  await use
    .on(departmentClosure)
    .deleteFrom('department_closure')
    .where('descendant_id', 'in', inside)
    .where('ancestor_id', 'not in', inside)
    .execute();
  const rows = above.flatMap((over) =>
    below.map((under) => ({ ancestor_id: over.id, descendant_id: under.id, depth: over.depth + under.depth + 1 })),
  );
  if (rows.length) use.on(departmentClosure).add(rows);
}

/** The department and all above it, each with its distance. */
export const aboveOf = (use: UseCase, id: string) =>
  use
    .on(departmentClosure)
    .selectFrom('department_closure')
    .select(['ancestor_id as id', 'depth'])
    .where('descendant_id', '=', id)
    .orderBy('depth')
    .execute();
/** The department and all below it, each with its distance. */
export const belowOf = (use: UseCase, id: string) =>
  use
    .on(departmentClosure)
    .selectFrom('department_closure')
    .select(['descendant_id as id', 'depth'])
    .where('ancestor_id', '=', id)
    .orderBy('depth')
    .execute();

function refuseTooDeep(levels: number): void {
  if (levels > MOST_LEVELS)
    throw invalid(PARENT, 'TOO_DEEP', {
      en: `Departments stand at most ${MOST_LEVELS} levels deep.`,
      'zh-CN': `部门最多 ${MOST_LEVELS} 级。`,
    });
}

/** A department as it is, whose row is locked. @throws NotFound */
export async function departmentNow(use: UseCase, id: string) {
  const row = await use.on(departments).selectFrom('departments').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound({}, ['input', 'departmentId']);
  return row;
}
