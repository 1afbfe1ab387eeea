import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';

const NAME = 'server';
const BYTES = 32;
const LEAST_CHARACTERS = 32;

/**
 * The one secret that codes, cursors and links are sealed with; all servers of a database share it. It is made when it is first asked for:
 * of servers that ask at the same time, one makes it and all get that one.
 * @param pool whose sessions run as `guichet_identity`.
 * @param given the setting `GUICHET_SECRET`, which takes its place.
 * @throws where the given one is shorter than 32 characters.
 */
export async function serverSecret(pool: pg.Pool, given?: string): Promise<Buffer> {
  if (given !== undefined) return derived(given);
  await pool.query('insert into identity.secrets (name, value) values ($1, $2) on conflict do nothing', [NAME, randomBytes(BYTES)]);
  const { rows } = await pool.query<{ value: Buffer }>('select value from identity.secrets where name = $1', [NAME]);
  return rows[0]!.value;
}

function derived(given: string): Buffer {
  if (given.length < LEAST_CHARACTERS)
    throw new Error(`GUICHET_SECRET has ${given.length} characters; it needs at least ${LEAST_CHARACTERS}.`);
  return createHash('sha256').update(given).digest();
}
