import type { Table } from '../database/table.ts';
import { type Role, type Rule, rule } from '../permissions/rule.ts';
import { standsInCursors } from '../read/cursors.ts';
import type { SortKey } from '../read/entity.ts';
import { DeclarationError } from './claims.ts';
import { columnOf } from './entity-columns.ts';

interface Sortable {
  readonly name: string;
  readonly table: Table;
  readonly key: string;
  readonly listedFor: readonly Role[];
  readonly orders?: Readonly<
    Record<string, { readonly column: string; readonly rule: Rule; readonly description: string; readonly isHidden?: boolean }>
  >;
}

/** What pages of a type can be ordered by: the age of its rows, and what its author offers. @throws DeclarationError */
export function sortKeysOf(type: Sortable): Readonly<Record<string, SortKey>> {
  const byAge: SortKey = {
    column: type.key,
    sqlType: 'uuid',
    description: 'When the object was made.',
    rule: rule('order', { roles: type.listedFor, description: 'Whoever lists the rows.' }),
  };
  const own = Object.entries(type.orders ?? {}).map(([order, of]) => {
    const sqlType = sortableType(type, order, of);
    return [order, { ...of, sqlType }] as const;
  });
  return { CREATED_AT: byAge, ...Object.fromEntries(own) };
}

function sortableType(
  { name, table, listedFor }: Sortable,
  order: string,
  { column, rule: { roles }, isHidden = false }: Pick<SortKey, 'column' | 'rule' | 'isHidden'>,
): string {
  const { sqlType, nullable } = columnOf(table, column);
  const plainType = sqlType.split(' ')[0]!;
  const refuse = (why: string, mend: string): never => {
    throw new DeclarationError(`${name} cannot be ordered by ${order}: ${why}`, mend);
  };
  const blind = listedFor.filter((role) => !roles.includes(role)).map((role) => role.name);
  if (blind.length) refuse(`${blind.join(', ')} may list it but not read the column`, 'take the order away, or let them read it');
  if (nullable) refuse(`${column} can be null, and rows without a value would be lost between pages`, 'give the column a default');
  if (!standsInCursors(plainType)) refuse(`a ${plainType} cannot stand in a cursor`, 'order by another column');
  if (isHidden && plainType !== 'integer')
    refuse('what is hidden is found again by its number', 'order by an integer, or let cursors show it');
  return plainType;
}
