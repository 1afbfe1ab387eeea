import type { Table } from '../database/table.ts';
import { Sql, sql } from './sql.ts';

const [LEAST, MOST] = ['-2147483648', '2147483647'];

/**
 * Where a row stands now in an order of whole numbers.
 * @param isAbove what is asked for are the greater ones. Of a row that is gone it is all: a page is read once more, and none is lost.
 */
export function placeNow(
  { table, column, keyColumn }: { readonly table: Table; readonly column: string; readonly keyColumn: string },
  { organization, key }: { readonly organization: Sql; readonly key: Sql },
  isAbove: boolean,
): Sql {
  const own = sql`own.organization_id = ${organization} and ${new Sql(`own.${keyColumn}`)} = ${key}`;
  return sql`coalesce((select ${new Sql(`own.${column}`)} from ${new Sql(table.name)} own where ${own}), ${new Sql(isAbove ? LEAST! : MOST!)})`;
}
