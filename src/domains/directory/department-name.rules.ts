import { invalid } from '../../sdk/index.ts';

/** Between the names of a path, as tables and sources write it. */
export const SEPARATOR = '/';

/** Whether a path can be written with it: in any width it holds no separator. */
export const isDepartmentName = (name: string): boolean => !name.normalize('NFKC').includes(SEPARATOR);

/** A name as that of a department: an organization's own may be one that no path holds. */
export const asDepartmentName = (name: string): string => (isDepartmentName(name) ? name : name.replaceAll(/[/\uff0f\s]+/g, ' ').trim());

/** @throws ValidationFailed for a name that no table and no source could write */
export function refuseUnwritable(name: string, path: readonly string[]): void {
  if (isDepartmentName(name)) return;
  throw invalid(path, 'HOLDS_SEPARATOR', {
    en: 'The name of a department holds no “/”: tables write departments as Sales/East.',
    'zh-CN': '部门名称不能包含“/”：表格以“销售部/华东”的形式书写部门。',
  });
}
