import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPools, type Pools } from '../../../src/app/databases.ts';
import { migrationSets } from '../../../src/app/installation.ts';
import { UnusableDatabaseError } from '../../../src/platform/database/database.errors.ts';
import { migrate } from '../../../src/platform/database/migrations.ts';
import { loginUrls } from '../../../src/platform/database/server-logins.ts';
import { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from '../../../src/platform/database/server-roles.ts';
import { inTransaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { MODULES } from '../../house/built-schemas.ts';
import { RawDatabase } from '../../support/raw-database.ts';

// The logins of a database's pools: each may become its one role, whatever is said in its sessions.

const SETS = migrationSets(MODULES);
const OTHERS = { requests: [IDENTITY_ROLE, WORKER_ROLE], identity: [APP_ROLE, WORKER_ROLE], worker: [APP_ROLE, IDENTITY_ROLE] } as const;
const POOLS = Object.keys(OTHERS) as (keyof typeof OTHERS)[];
const DENIED = '42501';

let database: TestDatabase;
let owner: RawDatabase;
let pools: Pools;
beforeAll(async () => {
  database = await createTestDatabase(SETS);
  owner = await RawDatabase.open(database.url);
  await migrate(database.url, SETS); // what a database gives to everybody is not part of a copy
  pools = await openPools(database.url, 2, () => {}, patientPool);
});
afterAll(async () => {
  await pools?.end();
  await owner?.close();
  await database?.drop();
});

const kept = (): Promise<{ role: string; login: string; password: string }[]> =>
  owner.rows('select role, login, password from server_logins order by role');
/** A session of a pool, outside of what guards statements. */
async function session(pool: keyof typeof OTHERS): Promise<pg.PoolClient> {
  const client = await pools[pool].connect();
  onTestFinished(() => client.release(true));
  return client;
}
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

describe('a session', () => {
  it.each(POOLS)('of %s that gives up its role is the login, which reaches nothing', async (pool) => {
    const client = await session(pool);
    const { login } = (await kept()).find(({ role }) => role === `guichet_${pool === 'requests' ? 'app' : pool}`)!;
    await client.query('set role none');
    const { rows } = await client.query(
      'select current_user::text as name, r.rolsuper as super from pg_roles r where r.rolname = current_user',
    );
    expect(rows).toEqual([{ name: login, super: false }]);
    for (const table of ['contacts', 'organizations', 'events', 'identity.accounts', 'server_logins', 'plugin_stops', 'schema_migrations'])
      expect([table, await refusal(client.query(`select from ${table}`))]).toEqual([table, DENIED]);
    expect(await refusal(client.query('create table public.mine ()'))).toBe(DENIED);
    expect(await refusal(client.query('create temporary table mine ()'))).toBe(DENIED);
  });
  it.each(POOLS)('of %s becomes no other', async (pool) => {
    const client = await session(pool);
    const { rows } = await client.query<{ name: string }>(
      `select rolname as name from pg_roles where rolname <> session_user and rolname <> current_user`,
    );
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining([...OTHERS[pool]]));
    for (const { name } of rows) {
      expect([name, await refusal(client.query(`set role "${name}"`))]).toEqual([name, DENIED]);
      expect([name, await refusal(client.query(`set session authorization "${name}"`))]).toEqual([name, DENIED]);
    }
  });
  it('of requests sees no other organization by giving up its role and taking it again', async () => {
    const client = await session('requests');
    await client.query('set role none');
    await client.query(`set role ${APP_ROLE}`);
    expect(await refusal(client.query('select from contacts'))).toMatch(/42704|22P02/);
  });
  it('is never one of the login that migrates', async () => {
    const { rows } = await pools.requests.query<{ name: string }>('select session_user::text as name');
    const [migrating] = await owner.rows<{ name: string }>('select session_user::text as name');
    expect(rows[0]!.name).not.toBe(migrating!.name);
    const sessions = `select distinct usename::text as name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    expect(await owner.rows(sessions)).not.toContainEqual({ name: migrating!.name });
  });
});

describe('the logins', () => {
  it('are made once, and are those of a copy', async () => {
    const before = await kept();
    expect(before.map(({ role }) => role)).toEqual([APP_ROLE, IDENTITY_ROLE, WORKER_ROLE]);
    expect(await migrate(database.url, SETS)).toEqual([]);
    expect(await kept()).toEqual(before);
    const copy = await createTestDatabase(SETS);
    onTestFinished(() => copy.drop());
    expect(await loginUrls(copy.url)).toEqual(
      Object.fromEntries(
        Object.entries(await loginUrls(database.url)).map(([role, url]) => [role, url.replace(/\/test_\w+/, new URL(copy.url).pathname)]),
      ),
    );
    await (await openPools(copy.url, 2, () => {}, patientPool)).end();
  });
  it('are no words of a log of statements', async () => {
    const { password } = (await kept())[0]!;
    const [stored] = await owner.rows<{ hash: string }>(
      'select rolpassword as hash from pg_authid where rolname = (select login from server_logins limit 1)',
    );
    expect(stored!.hash).toMatch(/^SCRAM-SHA-256\$4096:/);
    expect(stored!.hash).not.toContain(password);
  });
  it('come to a database of 0.1 at its next migration, whose rows stay', async () => {
    const old = await createTestDatabase(SETS);
    const raw = await RawDatabase.open(old.url);
    onTestFinished(async () => {
      await raw.close();
      await old.drop();
    });
    const organization = uuidv7();
    await raw.rows(`insert into organizations (organization_id, name, certification, created_at) values ($1, 'Old', 'TEAM', now())`, [
      organization,
    ]);
    await raw.rows('drop table server_logins');
    await expect(openPools(old.url, 2, () => {}, patientPool)).rejects.toThrow('server_logins');
    await migrate(old.url, SETS);
    const opened = await openPools(old.url, 2, () => {}, patientPool);
    onTestFinished(() => opened.end());
    const names = await inTransaction(
      opened.requests,
      organization,
      async ({ client }) => (await client.query('select name from organizations')).rows,
    );
    expect(names).toEqual([{ name: 'Old' }]);
    const made = await raw.rows<{ login: string }>('select login from server_logins');
    const known = await kept();
    for (const { login } of made) expect(known.map((one) => one.login)).not.toContain(login);
  });
  it('are used wherever the URL says what it says', async () => {
    const { hostname, port, username, password, pathname } = new URL(database.url);
    const words = new URLSearchParams({ host: hostname, port, user: username, password });
    const opened = await openPools(`postgres://${pathname}?${words}`, 2, () => {}, patientPool);
    const { rows } = await opened.requests.query<{ name: string }>('select session_user::text as name');
    await opened.end();
    expect(rows[0]!.name).toMatch(/^guichet_requests_[0-9a-f]{8}$/);
  });
});

describe('a start is refused where a login', () => {
  let own: TestDatabase;
  let raw: RawDatabase;
  // Copies of the same database share their logins: what is done to these, nobody else's pools must meet.
  beforeAll(async () => {
    own = await createTestDatabase(SETS);
    raw = await RawDatabase.open(own.url);
    await raw.rows('drop table server_logins');
    await migrate(own.url, SETS);
  });
  afterAll(async () => {
    await raw?.close();
    await own?.drop();
  });
  it.each<[string, (login: string) => string, (login: string) => string, RegExp]>([
    [
      'may make roles',
      (login) => `alter role ${login} createrole`,
      (login) => `alter role ${login} nocreaterole`,
      /may do more than log in/,
    ],
    [
      'passes row level security',
      (login) => `alter role ${login} bypassrls`,
      (login) => `alter role ${login} nobypassrls`,
      /may do more than log in/,
    ],
    [
      'may become another role',
      (login) => `grant ${WORKER_ROLE} to ${login}`,
      (login) => `revoke ${WORKER_ROLE} from ${login}`,
      /may become guichet_worker/,
    ],
    ['owns a table', (login) => `create table theirs (); alter table theirs owner to ${login}`, () => 'drop table theirs', /owns 1 tables/],
    [
      'has another password',
      (login) => `alter role ${login} password 'other'`,
      (login) => `drop role ${login}`,
      /cannot log in .*pg_hba\.conf/,
    ],
  ])('%s', async (_, change, back, message) => {
    const opened = (): Promise<Pools> => openPools(own.url, 2, () => {}, patientPool);
    const [{ login }] = (await raw.rows<{ login: string }>('select login from server_logins order by role')) as [{ login: string }];
    await raw.rows(change(login));
    const error: unknown = await opened().then(
      (pools) => pools.end(),
      (refusal: unknown) => refusal,
    );
    await raw.rows(back(login));
    await migrate(own.url, SETS);
    await (await opened()).end();
    expect(error).toBeInstanceOf(UnusableDatabaseError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message.split('\n')).toHaveLength(1);
  });
});
