import { type FieldDefinition, type GivenValue, NO_ID, type Reference, type TakenValues } from '../../sdk/core.ts';
import { filesService, type Issue, invalid, type UseCase } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';

/**
 * Values as a contact gives them, who knows employees by the ids of the portal: whom they do not know is nobody.
 * @param known UUIDs of the employees whom the contact may name
 */
export async function asNamedByContact(
  use: UseCase,
  given: readonly GivenValue[],
  known: readonly string[],
): Promise<readonly GivenValue[]> {
  if (!given.some(namesSomebody)) return given;
  const found = known.length
    ? await use.on(employees).selectFrom('employees').select(['id', 'portal_id']).where('id', 'in', known).execute()
    : [];
  const ids = new Map(found.map(({ id, portal_id }) => [portal_id, id]));
  const named = ({ employeeId, lines, ...value }: GivenValue): GivenValue => ({
    ...value,
    ...(employeeId === undefined ? {} : { employeeId: employeeId === null ? null : (ids.get(employeeId) ?? NO_ID) }),
    ...(lines === undefined ? {} : { lines: lines?.map((line) => ({ ...line, values: line.values.map(named) })) ?? null }),
  });
  return given.map(named);
}
const namesSomebody = ({ employeeId, lines }: GivenValue): boolean =>
  typeof employeeId === 'string' || (lines ?? []).some(({ values }) => values.some(namesSomebody));

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
