import { isKnown } from '../database/known-tables.ts';
import type { ColumnName, Table } from '../database/table.ts';
import { DeclarationError } from '../schema/claims.ts';

/**
 * A piece of SQL. Pieces are made by the tag `sql` and by handles of rows and seats alone, so a value of a request can only enter a
 * statement as a parameter.
 */
export class Sql {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Writes a piece of SQL from other pieces: columns of rows, facts of the seat, parameters. Strings do not fit in, so no value of a request
 * becomes part of a statement's text.
 *
 * @example
 * where: (row, { argument }) => sql`${row.tool} = ${argument('tool', 'text')} and ${row.due} is null`
 */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  return new Sql(strings.reduce((text, part, i) => text + (pieces[i - 1] as Sql).text + part));
}

/** Conditions that all hold; true where there are none. One that holds an `or` stays in brackets: it decides for itself alone. */
export const allOf = (conditions: readonly Sql[]): Sql => {
  const bracketed = ({ text }: Sql): string => (/\bor\b/i.test(text) ? `(${text})` : text);
  return new Sql(conditions.map(bracketed).join(' and ') || 'true');
};
/** Conditions of which one holds; false where there are none. */
export const anyOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0
    ? new Sql('false')
    : new Sql(conditions.length === 1 ? conditions[0]!.text : `(${conditions.map(({ text }) => text).join(' or ')})`);
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The columns of one row in a statement, by name. */
export type RowHandle<T extends Table = Table> = { readonly [Name in ColumnName<T>]: Sql };
export type RowHandles<Through extends Record<string, Table>> = { readonly [Alias in keyof Through]: RowHandle<Through[Alias]> };

export const rowHandle = <T extends Table>(table: T, alias: string): RowHandle<T> =>
  Object.fromEntries(Object.keys(table.columns).map((name) => [name, new Sql(`${alias}.${name}`)])) as RowHandle<T>;

export const rowHandles = <Through extends Record<string, Table>>(through: Through): RowHandles<Through> =>
  Object.fromEntries(Object.entries(through).map(([alias, table]) => [alias, rowHandle(table, alias)])) as RowHandles<Through>;

/** Facts about the asking seat: always parameters, so that one statement serves every seat. */
export interface SeatSql {
  readonly me: Sql;
  readonly organization: Sql;
  /** The moment of the request. */
  readonly now: Sql;
  /** Departments that an admin right of the seat is limited to, as `uuid[]`; empty where it holds none or for the whole organization. */
  scope(right: string): Sql;
  /** Admin rights that the seat holds for the whole organization, as `text[]`: for rows that name the right themselves. */
  readonly wholeRights: Sql;
  /** Departments of the admin rights that the seat holds for some alone, as `jsonb` by right: for rows that name right and departments. */
  readonly limitedRights: Sql;
}

/** `from` items of some tables and the condition that they belong to the organization: nobody can leave it out. */
export const tablesSql = (through: Record<string, Table>, seat: SeatSql): ReturnType<typeof tablesOf> => {
  const aliases = Object.keys(through);
  return aliases.length === 0 ? { tables: [], conditions: [] } : tablesOf(through, seat.organization);
};
export function tablesOf(through: Record<string, Table>, organization: Sql): { tables: string[]; conditions: Sql[] } {
  return {
    tables: Object.entries(through).map(([alias, table]) => `${checkTable(table).name} ${alias}`),
    conditions: Object.keys(through).map((alias) => sql`${new Sql(alias)}.organization_id = ${organization}`),
  };
}

/** @throws DeclarationError for a table that no loaded module declares: whoever made it up would read another's rows past their rules */
export function checkTable(table: Table): Table {
  if (isKnown(table)) return table;
  const fault = `no module that is loaded declares the table ${table.name} as it is used`;
  throw new DeclarationError(fault, 'name its entity in `entities`, or take its reference from the SDK');
}
