import type { Table } from '../database/table.ts';
import { type Role, type Rule, rule } from '../permissions/rule.ts';
import type { SortKey, ValuesOfRows } from '../read/entity.ts';
import { standsInCursors } from '../sql/cursors.ts';
import { checkTable } from '../sql/sql.ts';
import { DeclarationError } from './claims.ts';
import { columnOf } from './entity-columns.ts';

interface Sortable {
  readonly name: string;
  readonly table: Table;
  readonly key: string;
  readonly listedFor: readonly Role[];
  readonly orders?: Readonly<Record<string, OfferedOrder<string>>>;
}
/** What pages can be ordered by: a column, or the values of a field that the caller names. */
export type OfferedOrder<Column extends string> = { readonly rule: Rule; readonly description: string } & (
  | { readonly column: Column; readonly isHidden?: boolean; readonly values?: undefined }
  | { readonly values: ValuesOfRows; readonly column?: undefined }
);

/** What pages of a type can be ordered by: the age of its rows, and what its author offers. @throws DeclarationError */
export function sortKeysOf(type: Sortable): Readonly<Record<string, SortKey>> {
  const byAge: SortKey = {
    column: type.key,
    sqlType: 'uuid',
    description: 'When the object was made.',
    rule: rule('order', { roles: type.listedFor, description: 'Whoever lists the rows.' }),
  };
  const own = Object.entries(type.orders ?? {}).map(([order, of]) => {
    const { values } = of;
    if (!values) return [order, { ...of, sqlType: sortableType(type, order, of) }] as const;
    refuseBlind(type, order, of.rule);
    for (const name of [values.key, 'field', 'nth', 'term']) columnOf(checkTable(values.table), name);
    return [order, { ...of, column: type.key, sqlType: 'text' }] as const;
  });
  return { CREATED_AT: byAge, ...Object.fromEntries(own) };
}

const refuse = ({ name }: Sortable, order: string, why: string, mend: string): never => {
  throw new DeclarationError(`${name} cannot be ordered by ${order}: ${why}`, mend);
};
function refuseBlind(type: Sortable, order: string, { roles }: Rule): void {
  const blind = type.listedFor.filter((role) => !roles.includes(role)).map((role) => role.name);
  if (blind.length)
    refuse(type, order, `${blind.join(', ')} may list it but not read the column`, 'take the order away, or let them read it');
}

function sortableType(
  type: Sortable,
  order: string,
  { column, rule, isHidden = false }: Pick<SortKey, 'column' | 'rule' | 'isHidden'>,
): string {
  const { sqlType, nullable } = columnOf(type.table, column);
  const plainType = sqlType.split(' ')[0]!;
  refuseBlind(type, order, rule);
  if (nullable)
    refuse(type, order, `${column} can be null, and rows without a value would be lost between pages`, 'give the column a default');
  if (!standsInCursors(plainType)) refuse(type, order, `a ${plainType} cannot stand in a cursor`, 'order by another column');
  if (isHidden && plainType !== 'integer')
    refuse(type, order, 'what is hidden is found again by its number', 'order by an integer, or let cursors show it');
  return plainType;
}
