import { asOneName } from '../../sdk/core.ts';
import { SEPARATOR } from './department-name.rules.ts';

/** A department as the tree has it. */
export interface DepartmentNode {
  readonly id: string;
  readonly name: string;
  readonly parent_id: string | null;
}
export type FoundDepartment =
  | { readonly id: string; readonly fault?: undefined }
  | { readonly fault: 'UNKNOWN_DEPARTMENT' | 'AMBIGUOUS_DEPARTMENT'; readonly id?: undefined };

const formOf = (path: string): string => path.normalize('NFKC').split(SEPARATOR).map(asOneName).join(SEPARATOR);
const asWritten = (path: string): string =>
  path
    .split(SEPARATOR)
    .map((name) => name.trim().normalize('NFC'))
    .join(SEPARATOR);

/**
 * Finds departments by their whole path, else by as much of its end as only one of them has. A whole path as it is written comes first: names that
 * stood beside each other before they were one can be told apart so.
 */
export function departmentFinder(departments: readonly DepartmentNode[]): (path: string) => FoundDepartment {
  const written = pathsBy(departments, asWritten).whole;
  const { whole, ends } = pathsBy(departments, formOf);
  const find = (path: string): FoundDepartment => {
    const exact = written.get(asWritten(path));
    const form = exact ? '' : formOf(path);
    return only(exact ?? whole.get(form) ?? ends.get(form) ?? []);
  };
  const known = new Map<string, FoundDepartment>(); // thousands of rows name a few departments
  return (path) => {
    const found = known.get(path) ?? find(path);
    known.set(path, found);
    return found;
  };
}
const only = (ids: readonly string[]): FoundDepartment =>
  ids.length === 1 ? { id: ids[0]! } : { fault: ids.length === 0 ? 'UNKNOWN_DEPARTMENT' : 'AMBIGUOUS_DEPARTMENT' };

interface Paths {
  readonly whole: Map<string, string[]>;
  readonly ends: Map<string, string[]>;
}
function pathsBy(departments: readonly DepartmentNode[], form: (path: string) => string): Paths {
  const byId = new Map(departments.map((of) => [of.id, { ...of, name: form(of.name) }]));
  const [whole, ends]: [Paths['whole'], Paths['ends']] = [new Map(), new Map()];
  for (const { id } of departments) {
    let path = '';
    for (let at = byId.get(id); at; at = at.parent_id === null ? undefined : byId.get(at.parent_id)) {
      path = path ? `${at.name}${SEPARATOR}${path}` : at.name;
      put(at.parent_id === null ? whole : ends, path, id);
    }
  }
  return { whole, ends };
}
function put(to: Map<string, string[]>, path: string, id: string): void {
  const ids = to.get(path);
  if (ids) ids.push(id);
  else to.set(path, [id]);
}
