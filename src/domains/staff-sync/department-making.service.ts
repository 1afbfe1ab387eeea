import { asOneName } from '../../sdk/core.ts';
import type { DepartmentPath, UseCase } from '../../sdk/index.ts';
import { addDepartment, departments } from '../directory/index.ts';

/** Makes the departments that are not there; the directory is held. @param paths each behind those above it. @returns the ids of the new ones */
export async function makeDepartments(use: UseCase, paths: readonly DepartmentPath[]): Promise<string[]> {
  const rows = await use.on(departments).selectFrom('departments').select(['id', 'name', 'parent_id']).orderBy('id').execute();
  const written = new Map(rows.map(({ id, name, parent_id }) => [placeOf(parent_id, name), id]));
  const known = new Map(rows.toReversed().map(({ id, name, parent_id }) => [placeOf(parent_id, asOneName(name)), id]));
  const made: string[] = [];
  for (const path of paths) {
    let parent: string | null = null;
    for (const name of path) {
      const place: string = placeOf(parent, asOneName(name));
      const found: string | undefined = written.get(placeOf(parent, name)) ?? known.get(place);
      const id: string = found ?? (await addDepartment(use, name, parent));
      if (!found) made.push(id);
      known.set(place, id);
      parent = id;
    }
  }
  return made;
}
const placeOf = (parent: string | null, name: string): string => `${parent ?? ''}/${name}`;
