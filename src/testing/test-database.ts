import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '@guichet/embedded-postgres';
import pg from 'pg';
import { type MigrationSet, migrate } from '../platform/database/migrations.ts';
import { memoryFolder } from './memory-folder.ts';

/** Where the tests' PostgreSQL is; the suite's set-up starts one for all files and says so here. */
const SERVER = 'GUICHET_TEST_DATABASE';
/** A PostgreSQL to test on instead of the embedded one: the URL of a superuser. */
const GIVEN = 'GUICHET_TEST_DATABASE_URL';
const LOCK = 718_203_967;

export interface TestServerDatabase {
  readonly url: string;
  stop(): Promise<void>;
}
/** A PostgreSQL for tests: the one that was given, or an embedded one without syncing to disk, gone afterwards. */
export async function startTestPostgres(): Promise<TestServerDatabase> {
  const given = process.env[GIVEN];
  if (given) {
    process.env[SERVER] = given;
    return { url: given, stop: async () => {} };
  }
  const dataDir = await mkdtemp(join(memoryFolder(), 'guichet-test-'));
  await chmod(dataDir, 0o711); // as root, PostgreSQL runs as another user, who must get there
  const embedded = await startEmbeddedDatabase({ dataDir, database: 'guichet', durable: false });
  process.env[SERVER] = embedded.url;
  const stop = async (): Promise<void> => {
    await embedded.leave();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: embedded.url, stop };
}

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own for one file or test: a copy of one that was migrated once for these migrations (milliseconds). */
export async function createTestDatabase(sets: readonly MigrationSet[]): Promise<TestDatabase> {
  const given = process.env[SERVER];
  const own = given ? undefined : await startTestPostgres();
  const server = given ?? own!.url;
  const template = await templateOf(server, sets);
  const name = `test_${randomBytes(6).toString('hex')}`;
  // copied as files: nothing here is worth a line in the log of what is written
  await asOwner(server, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  const drop = async (): Promise<void> => {
    await asOwner(server, (client) => dropDatabase(client, name));
    await own?.stop();
  };
  return { url: withDatabase(server, name), drop };
}

const STILL_IN_USE = '55006';
/**
 * Whoever is leaving is waited for: PostgreSQL gives them five seconds. Thrown out, a connection that its pool has forgotten already would fail
 * whatever test runs by then.
 */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  try {
    await client.query(`drop database ${name}`);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== STILL_IN_USE) throw error;
    await client.query(`drop database ${name} with (force)`);
  }
}

async function templateOf(server: string, sets: readonly MigrationSet[]): Promise<string> {
  const name = `template_${createHash('sha256').update(JSON.stringify(sets)).digest('hex').slice(0, 16)}`;
  await asOwner(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const making = `${name}_making`;
    await client.query(`drop database if exists ${making} with (force)`);
    await client.query(`create database ${making}`);
    await migrate(withDatabase(server, making), sets);
    await client.query(`alter database ${making} rename to ${name}`);
  });
  return name;
}

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
