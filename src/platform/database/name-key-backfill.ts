import { KEY_SEPARATOR, NAME_IN_KEY, nameKey } from '../names/name-key.ts';
import { nameKeysOf } from './name-keys.ts';
import type { Table } from './table.ts';
import type { Transaction } from './transaction.ts';

const BATCH = 500;

/**
 * Gives rows whose key is not that of their name the right one: rows that are older than the key, or that a server wrote which did not know
 * it. Each call is one batch; rows that somebody else holds are left for the next time.
 * @param after id of the last row of the batch before.
 * @returns the same of this one; undefined at the end.
 */
export async function keyNames(
  { client }: Transaction,
  table: Table,
  organization: string,
  after: string | undefined,
): Promise<string | undefined> {
  let last: string | undefined;
  for (const { key, name, of } of nameKeysOf(table)) {
    const start = `left(${name}, ${NAME_IN_KEY})`;
    const { rows } = await client.query<{ id: string; name: string }>(
      `select id, ${name} as name from ${table.name} where organization_id = $1 and id > $2
         and right(${key}, length(${start}) + 1) <> $3 || ${start} order by id limit ${BATCH} for update skip locked`,
      [organization, after ?? '00000000-0000-0000-0000-000000000000', KEY_SEPARATOR],
    );
    if (rows.length === 0) continue;
    await client.query(
      `update ${table.name} keyed set ${key} = made.key from unnest($2::uuid[], $3::text[]) made (id, key)
       where keyed.organization_id = $1 and keyed.id = made.id`,
      [organization, rows.map(({ id }) => id), rows.map((row) => nameKey(row.name, of))],
    );
    last = rows.at(-1)!.id;
  }
  return last;
}
