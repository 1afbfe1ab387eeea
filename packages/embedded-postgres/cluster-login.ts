import pg from 'pg';
import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';

export const SUPERUSER = 'postgres';

export interface LoginAddress {
  readonly port: number;
  readonly password: string;
  readonly database: string;
}

/** `ready`: logged in. `absent`: the server is there, the database is not. `unready`: nobody answers, or not yet. */
export type LoginOutcome = 'ready' | 'absent' | 'unready';

const UNREADY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03']);

/**
 * Logs in, runs `work` and logs out.
 * @throws EmbeddedDatabaseError when the password is refused; whatever else `work` or the server says
 */
export async function tryLogin(address: LoginAddress, database: string, work: (client: pg.Client) => Promise<void>): Promise<LoginOutcome> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: address.port,
    user: SUPERUSER,
    password: address.password,
    database,
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    return refusal(error);
  }
  try {
    await work(client);
    return 'ready';
  } finally {
    await client.end();
  }
}

/** Makes the database if it is not there. The caller holds the lock. */
export async function ensureDatabase(address: LoginAddress): Promise<void> {
  await tryLogin(address, 'postgres', async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [address.database]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(address.database)}`);
  });
}

/**
 * Refuses a running server whose commits are not safe.
 * @throws EmbeddedDatabaseError when `fsync` is off
 */
export async function assertDurable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ fsync: string }>(`select current_setting('fsync') as fsync`);
  if (rows[0]?.fsync === 'on') return;
  throw new EmbeddedDatabaseError('The running embedded PostgreSQL was started without fsync, for tests: stop it first.', 'folder');
}

export function superuserUrl(address: LoginAddress): string {
  return `postgres://${SUPERUSER}:${address.password}@127.0.0.1:${address.port}/${encodeURIComponent(address.database)}`;
}

function refusal(error: unknown): LoginOutcome {
  const code = errorCode(error);
  if (code === '3D000') return 'absent';
  if (code === '28P01')
    throw new EmbeddedDatabaseError(
      'The embedded PostgreSQL refuses the password kept beside it: restore the file "password" of its folder.',
    );
  // The driver gives no code when the server hangs up or does not answer in time.
  if (code === undefined || UNREADY.has(code)) return 'unready';
  throw error;
}
