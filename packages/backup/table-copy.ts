import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import type { StoredTable } from './stored-tables.ts';

/** Values are written alike, whatever the server's own settings are; and nothing is cut off because it takes long. */
const SETTINGS = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;
export const forCopying = async (client: pg.ClientBase): Promise<void> => void (await client.query(SETTINGS));

/** What row level security lets through: to a role, the rows that belong to the value of a setting. */
export interface RowGuard {
  readonly role: string;
  /** Name of the setting, such as `shop.tenant`. */
  readonly setting: string;
  /** All values that it can have: the rows of each are read, in this order. */
  values(client: pg.ClientBase): Promise<readonly string[]>;
}
/** Rows come whole, or of one value of a setting after the other, where the login itself may not see past row level security. */
export type RowAccess = 'all' | (Omit<RowGuard, 'values'> & { readonly values: readonly string[] });

/** The rows of a table as COPY writes them, in the order of its key. The transaction is the caller's. */
export async function* rowsOf(client: pg.ClientBase, table: StoredTable, access: RowAccess): AsyncGenerator<Buffer> {
  const text = `copy (select ${table.columns.join(', ')} from ${table.name} order by ${table.order.join(', ')}) to stdout`;
  if (access === 'all' || !table.forced) {
    // rather an error than rows that are missing without a word
    await client.query('set local row_security = off');
    yield* client.query(copyStreams.to(text));
    return;
  }
  await client.query(`set local row_security = on; set local role ${pg.escapeIdentifier(access.role)}`);
  for (const value of access.values) {
    await client.query('select set_config($1, $2, true)', [access.setting, value]);
    yield* client.query(copyStreams.to(text));
  }
  await client.query('set local role none');
}

/** Writes rows that `rowsOf` has read into a table of the same columns. */
export async function writeRows(client: pg.ClientBase, { name, columns }: StoredTable, rows: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(rows, client.query(copyStreams.from(`copy ${name} (${columns.join(', ')}) from stdin`)));
}
