import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { APP_ROLE, ORGANIZATION_SETTING } from '../server-roles.ts';
import { isUuid } from '../uuid.ts';
import type { StoredTable } from './backup-tables.ts';

/** Values are written alike, whatever the server's own settings are; and nothing is cut off because it takes long. */
const SETTINGS = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;
export const forCopying = async (client: pg.ClientBase): Promise<void> => void (await client.query(SETTINGS));

/** Rows come whole, or of one organization after the other, where the login itself may not see past row level security. */
export type RowAccess = 'all' | { readonly organizations: readonly string[] };

/** The rows of a table as COPY writes them, in the order of its key. The transaction is the caller's. */
export async function* rowsOf(client: pg.ClientBase, table: StoredTable, access: RowAccess): AsyncGenerator<Buffer> {
  const text = `copy (select ${table.columns.join(', ')} from ${table.name} order by ${table.order.join(', ')}) to stdout`;
  if (access === 'all' || !table.forced) {
    // rather an error than rows that are missing without a word
    await client.query('set local row_security = off');
    yield* client.query(copyStreams.to(text));
    return;
  }
  await client.query(`set local row_security = on; set local role ${APP_ROLE}`);
  for (const organization of access.organizations) {
    if (!isUuid(organization)) throw new Error('An organization has a UUID.');
    await client.query(`set local ${ORGANIZATION_SETTING} = '${organization}'`);
    yield* client.query(copyStreams.to(text));
  }
  await client.query('set local role none');
}

/** Writes rows that `rowsOf` has read into a table of the same columns. */
export async function writeRows(client: pg.ClientBase, { name, columns }: StoredTable, rows: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(rows, client.query(copyStreams.from(`copy ${name} (${columns.join(', ')}) from stdin`)));
}
