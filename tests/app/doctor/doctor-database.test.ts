import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/app/doctor/finding.ts';
import { checkLogins } from '../../../src/app/doctor/logins.check.ts';
import { checkMigrations, checkSecret } from '../../../src/app/doctor/migrations.check.ts';
import { checkRoles } from '../../../src/app/doctor/roles.check.ts';
import { checkServer } from '../../../src/app/doctor/server.check.ts';
import { checkTables } from '../../../src/app/doctor/tables.check.ts';
import { migrationSets } from '../../../src/app/installation.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { MODULES } from '../../house/built-schemas.ts';

// What the doctor says of a database. What is made wrong is made in a transaction that is rolled back: roles belong to the whole server.

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase(migrationSets(MODULES));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function foundAfter(change: string, check: () => Promise<Finding[]>): Promise<string[]> {
  await client.query('begin');
  try {
    if (change) await client.query(change);
    return (await check()).map(({ level, found }) => `${level}: ${found}`);
  } finally {
    await client.query('rollback');
  }
}

describe('roles', () => {
  it.each([
    ['', 'ok: none may log in, own anything, or see past row level security'],
    ['alter role guichet_app bypassrls', 'failure: guichet_app may see past row level security'],
    ['alter role guichet_worker superuser', 'failure: guichet_worker may see past row level security'],
    ['alter role guichet_app login', 'failure: guichet_app may log in'],
    ['alter role guichet_identity createrole', 'failure: guichet_identity may make roles or databases, or replicate'],
    ['grant pg_read_all_data to guichet_app', 'failure: guichet_app has the rights of pg_read_all_data'],
    ['alter table tags owner to guichet_app', 'failure: guichet_app owns 1 tables or functions'],
    ['grant usage on schema identity to guichet_app', 'failure: guichet_app reaches the schema identity'],
  ])('after "%s": %s', async (change, expected) => {
    expect(await foundAfter(change, () => checkRoles(client))).toContain(expected);
  });
  it('that a login without rights can neither make nor act as', async () => {
    const change = 'create role doctors_patient; set local role doctors_patient';
    expect(await foundAfter(change, () => checkRoles(client))).toEqual([
      expect.stringMatching(/^failure: the login may not act as guichet_app, guichet_identity, guichet_worker/),
      'failure: the login may make no schemas in this database',
    ]);
  });
});

describe('logins', () => {
  const login = async (role: string): Promise<string> =>
    (await client.query<{ login: string }>('select login from server_logins where role = $1', [role])).rows[0]!.login;
  it('of a database that has none yet come with the next start', async () => {
    expect(await foundAfter('drop table server_logins', () => checkLogins(client))).toEqual([
      'ok: the next start makes those of requests, of signing in and of the worker',
    ]);
  });
  it('are named, each with its role', async () => {
    expect(await foundAfter('', () => checkLogins(client))).toEqual([
      expect.stringMatching(
        /^ok: guichet_requests_[0-9a-f]{8} becomes guichet_app, guichet_identity_[0-9a-f]{8} becomes guichet_identity, guichet_worker_[0-9a-f]{8} becomes guichet_worker, and nothing else$/,
      ),
    ]);
  });
  it.each<[string, (login: string) => string, (login: string) => string]>([
    ['do more', (name) => `alter role ${name} createdb`, (name) => `${name} may do more than log in`],
    ['become another', (name) => `grant guichet_worker to ${name}`, (name) => `${name} may become guichet_worker`],
    ['become another by their role', () => 'grant guichet_worker to guichet_app', (name) => `${name} may become guichet_worker`],
    ['become nothing', (name) => `revoke guichet_app from ${name}`, (name) => `${name} may not become guichet_app`],
    ['own something', (name) => `alter table tags owner to ${name}`, (name) => `${name} owns 1 tables`],
    ['are told', () => 'grant select on server_logins to guichet_app', () => 'others may read their passwords in server_logins'],
    ['are gone', () => `update server_logins set login = 'gone' where role = 'guichet_app'`, () => 'gone is not there'],
  ])('that %s', async (_, change, found) => {
    const name = await login('guichet_app');
    expect(await foundAfter(change(name), () => checkLogins(client))).toEqual([`failure: ${found(name)}`]);
  });
});

describe('row level security', () => {
  it.each([
    ['', /^ok: forced on \d+ tables$/],
    ['alter table contacts no force row level security', /^failure: not forced on public\.contacts$/],
    ['alter table plg_ordering.orders disable row level security', /^failure: not forced on plg_ordering\.orders$/],
    ['create table bare (organization_id uuid); grant select on bare to guichet_app', /^failure: not forced on public\.bare$/],
    [
      'create policy all_of_them on tags to guichet_app using (true)',
      /^failure: the policy all_of_them on public\.tags shows more than one organization$/,
    ],
    ['create policy open_to_all on tags using (true)', /^failure: the policy open_to_all on public\.tags/],
    ['create view seen as select * from tags; grant select on seen to guichet_app', /^failure: not forced on public\.seen$/],
  ])('after "%s": %s', async (change, expected) => {
    expect(await foundAfter(change, () => checkTables(client))).toEqual([expect.stringMatching(expected)]);
  });
});

describe('migrations', () => {
  const check = () => checkMigrations(client, MODULES);
  it.each([
    ['', /^ok: all \d+ are applied$/],
    [
      `delete from schema_migrations where module = 'ordering'`,
      /^warning: \d+ are not applied yet \(ordering\/0001-initial, ordering\/0002-keys-to-the-organization, /,
    ],
    [`update schema_migrations set checksum = 'x' where module = 'forms'`, /^failure: Migration forms\/0001-initial was changed/],
    [
      `insert into schema_migrations values ('forms', '0009-later', 'x')`,
      /^failure: The database is newer than this version of Guichet, which does not know forms\/0009-later/,
    ],
  ])('after "%s": %s', async (change, expected) => {
    expect((await foundAfter(change, check))[0]).toMatch(expected);
  });
  it('of a plugin that is gone', async () => {
    expect(await foundAfter(`insert into schema_migrations values ('lending', '0001-initial', 'x')`, check)).toContain(
      'warning: the tables of "lending" are there, and the plugin is not',
    );
  });
  it('are not compared where a plugin cannot be loaded', async () => {
    expect((await checkMigrations(client, undefined))[0]!.level).toBe('warning');
  });
});

describe('the server', () => {
  const check = (poolSize = 10, clock?: () => number) => foundAfter('', () => checkServer(client, poolSize, clock));
  it('admits as many connections as a server needs, or not', async () => {
    expect(await check(10)).toContainEqual(expect.stringMatching(/^(ok|warning): a server needs 17; of \d+, \d+ are in use$/));
    expect(await check(1_000)).toContainEqual(expect.stringMatching(/^failure: a server needs 1007, and PostgreSQL admits \d+$/));
  });
  it.each([
    [0, 'ok'],
    [5_000, 'warning'],
    [-5_000, 'warning'],
    [90_000, 'failure'],
  ])('whose clock is %d ms away: %s', async (away, level) => {
    expect(await check(10, () => Date.now() + away)).toContainEqual(expect.stringMatching(new RegExp(`^${level}: this machine's clock`)));
  });
  it('of tests does not keep what was answered, and the doctor sees it', async () => {
    expect(await check()).toContain('failure: fsync, full_page_writes, synchronous_commit are off: what was answered could be lost');
  });
});

describe('the secret', () => {
  it.each([
    ['', /^ok: the next start makes it$/],
    [`insert into identity.secrets values ('server', decode(repeat('ab', 32), 'hex'))`, /^ok: kept in the database$/],
    [`insert into identity.secrets values ('server', 'short')`, /^failure: the one in the database is too short$/],
  ])('after "%s": %s', async (change, expected) => {
    expect(await foundAfter(change, () => checkSecret(client, false))).toEqual([expect.stringMatching(expected)]);
  });
  it('is given', async () => expect((await checkSecret(client, true))[0]!.level).toBe('ok'));
});
