import { asSeen } from '../../platform/text/name-taken.ts';

/** A department as the tree has it. */
export interface DepartmentNode {
  readonly id: string;
  readonly name: string;
  readonly parent_id: string | null;
}
export type FoundDepartment =
  | { readonly id: string; readonly fault?: undefined }
  | { readonly fault: 'UNKNOWN_DEPARTMENT' | 'AMBIGUOUS_DEPARTMENT'; readonly id?: undefined };

const SEPARATOR = '/';
const formOf = (path: string): string => path.normalize('NFKC').split(SEPARATOR).map(asSeen).join(SEPARATOR).toLowerCase();

/** Finds departments by their whole path, else by as much of its end as only one of them has. */
export function departmentFinder(departments: readonly DepartmentNode[]): (path: string) => FoundDepartment {
  const byId = new Map(departments.map((of) => [of.id, of]));
  const whole = new Map<string, string[]>();
  const ends = new Map<string, string[]>();
  const put = (to: Map<string, string[]>, path: string, id: string): unknown => to.set(path, [...(to.get(path) ?? []), id]);
  for (const { id } of departments) {
    let path = '';
    for (let at = byId.get(id); at; at = at.parent_id === null ? undefined : byId.get(at.parent_id)) {
      path = formOf(path ? `${at.name}${SEPARATOR}${path}` : at.name);
      put(at.parent_id === null ? whole : ends, path, id);
    }
  }
  return (path) => {
    const found = whole.get(formOf(path)) ?? ends.get(formOf(path)) ?? [];
    if (found.length === 1) return { id: found[0]! };
    return { fault: found.length === 0 ? 'UNKNOWN_DEPARTMENT' : 'AMBIGUOUS_DEPARTMENT' };
  };
}
