import type { FieldDefinition, Reference, TakenValues } from '../../platform/fields/index.ts';
import { filesService, type Issue, invalid, type UseCase } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';

/** Employees whom values name and who are not there; the others are held until the values are. */
export async function unknownEmployees(use: UseCase, { employees: named }: Pick<TakenValues, 'employees'>): Promise<Issue[]> {
  if (named.length === 0) return [];
  const ids = [...new Set(named.map(({ id }) => id))].sort();
  const found = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('id', 'in', ids)
    .where('left_at', 'is', null)
    .orderBy('id')
    .forShare()
    .execute();
  const known = new Set(found.map(({ id }) => id));
  return named.filter(({ id }) => !known.has(id)).map(({ path }) => ({ path, code: 'NO_EMPLOYEE', message: NO_EMPLOYEE }));
}
const NO_EMPLOYEE = { en: 'There is no such employee.', 'zh-CN': '没有此员工。' };

/** Kinds of file that are pictures. */
export const PICTURES = ['PNG', 'JPEG', 'GIF', 'WEBP'] as const;
const isPicture = (kind: string): boolean => (PICTURES as readonly string[]).includes(kind);

export interface Attaching {
  /** What they hang on from now on. */
  readonly to: { readonly type: string; readonly id: string };
  /** Files that hang on it already. */
  readonly kept?: ReadonlySet<string>;
  /** What a file of a field was sent for. */
  purposeOf(field: FieldDefinition): string;
}
/**
 * Hangs the files that values name on what the values belong to.
 * @throws NotFound, ValidationFailed
 */
export async function attachFiles(use: UseCase, files: readonly Reference[], { to, kept, purposeOf }: Attaching): Promise<void> {
  for (const { id, field, path } of files) {
    if (kept?.has(id)) continue;
    const { kind } = await use.service(filesService).attach(use, { uploadId: id, purpose: purposeOf(field), to, path });
    if (field.kind !== 'FILE' && !isPicture(kind))
      throw invalid(path, 'NOT_AN_IMAGE', { en: 'A picture, please.', 'zh-CN': '请上传图片。' });
  }
}
