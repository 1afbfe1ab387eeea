import type { FieldDefinition, StoredValue, StoredValues } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { files } from '../files/index.ts';

/** Names of what values refer to, by their ids. */
export interface NamesOfValues {
  readonly employees: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
}
const byId = (rows: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ id, name }) => [id, name]));

/** Names of all employees and files in some values of some fields: those who have left too. */
export async function namesIn(use: UseCase, fields: readonly FieldDefinition[], of: readonly StoredValues[]): Promise<NamesOfValues> {
  const kinds = kindsOf(use);
  const named = of.flatMap((values) =>
    fields.flatMap((field) => {
      const value = values[field.id];
      return value === undefined ? [] : (kinds.of(field.kind)?.references?.(value, field) ?? []);
    }),
  );
  const people = [...new Set(named.flatMap((one) => one.employees ?? []))];
  const kept = [...new Set(named.flatMap((one) => one.files ?? []))];
  return {
    employees: people.length
      ? byId(await use.on(employees).selectFrom('employees').select(['id', 'name']).where('id', 'in', people).execute())
      : new Map(),
    files: kept.length ? byId(await use.on(files).selectFrom('files').select(['id', 'name']).where('id', 'in', kept).execute()) : new Map(),
  };
}

/** A value as people read it, in the language of whoever acts; null where there is none. */
export const textOf = (use: UseCase, field: FieldDefinition, value: StoredValue | undefined, names: NamesOfValues): string | null =>
  value === undefined
    ? null
    : kindsOf(use).text(field, value, {
        language: use.language,
        employee: (id) => names.employees.get(id),
        file: (id) => names.files.get(id),
      });
