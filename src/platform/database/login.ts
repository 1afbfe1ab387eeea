import pg from 'pg';
import { errorCode, UnusableDatabaseError } from './database.errors.ts';

const CONNECT_WITHIN_MS = 10_000;
const OLDEST = { number: 150_000, name: 'PostgreSQL 15' };

/**
 * Runs `work` in a session of the login itself, which may migrate; everything else runs in the roles of pools.
 * @throws UnusableDatabaseError where the database cannot be reached, refuses the login, or is too old
 */
export async function asLogin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    await assertNewEnough(client);
    return await work(client);
  } finally {
    await client.end(); // gives locks back as well
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined); // what breaks the session fails its query too
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new UnusableDatabaseError(`Cannot log in at ${client.host}:${client.port}, as DATABASE_URL says: ${reasonOf(error)}.`);
  }
}

/** Where a name has several addresses, the error holds one for each, and says nothing itself. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return (message || errorCode(error) || String(error)).replace(/\.$/, '');
}

async function assertNewEnough(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const [found] = rows;
  if (found!.number < OLDEST.number) throw new UnusableDatabaseError(`${OLDEST.name} or later is needed; this is ${found!.name}.`);
}
