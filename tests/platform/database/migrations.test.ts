import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { UnusableDatabaseError } from '../../../src/platform/database/database.errors.ts';
import { migrate, planMigrations } from '../../../src/platform/database/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';

import { inSteps } from '../../support/in-steps.ts';
import { dropOwningLogin } from '../../support/owning-login.ts';
import { RawDatabase } from '../../support/raw-database.ts';

const first = { name: '0001-first', sql: 'create table first (n int)' };
const second = { name: '0002-second', sql: 'create table second (n int)' };
const shop = (...migrations: { name: string; sql: string }[]) => [{ module: 'shop', migrations }];

let database: TestDatabase;
let owner: RawDatabase;
beforeAll(async () => {
  database = await createTestDatabase([]);
  owner = await RawDatabase.open(database.url);
});
afterAll(async () => {
  await owner.close();
  await database.drop();
});

/** The one line that says why. */
async function refusal(url: string, sets: Parameters<typeof migrate>[1] = []): Promise<string> {
  const error = await migrate(url, sets).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnusableDatabaseError);
  const { message } = error as Error;
  expect(message.split('\n')).toHaveLength(1);
  return message;
}
const other = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

inSteps('migrating', () => {
  it('applies what is missing, once, also when two do it at the same time', async () => {
    expect(await planMigrations(database.url, shop(first))).toEqual([{ module: 'shop', name: '0001-first' }]);
    const done = await Promise.all([migrate(database.url, shop(first)), migrate(database.url, shop(first))]);
    expect(done.flat()).toEqual([{ module: 'shop', name: '0001-first' }]);
    expect(await planMigrations(database.url, shop(first, second))).toEqual([{ module: 'shop', name: '0002-second' }]);
  });

  it('names the one that fails, and undoes it', async () => {
    const broken = { name: '0002-broken', sql: 'create table half (n int); select 1 / 0' };
    expect(await refusal(database.url, shop(first, broken))).toBe('Migration shop/0002-broken failed: division by zero');
    expect(await owner.rows(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
  });

  it('refuses a database that is newer, but not one whose module is not here', async () => {
    await migrate(database.url, shop(first, second));
    expect(await refusal(database.url, shop(first))).toContain('does not know shop/0002-second: start the version that was used last');
    await expect(planMigrations(database.url, shop(first))).rejects.toThrow(UnusableDatabaseError);
    expect(await migrate(database.url, [])).toEqual([]);
  });

  it('refuses files that were changed after they had been applied', async () => {
    const edited = { ...first, sql: `${first.sql};` };
    expect(await refusal(database.url, shop(edited, second))).toContain('Migration shop/0001-first was changed');
  });
});

describe('a database that cannot be used', () => {
  it('refuses the password', async () => {
    const wrong = other((url) => {
      url.password = 'wr0ng';
    });
    expect(await refusal(wrong)).toMatch(/^Cannot log in at 127\.0\.0\.1:\d+, as DATABASE_URL says: password authentication failed/);
  });

  it('is not there', async () => {
    const absent = other((url) => {
      url.pathname = '/absent';
    });
    expect(await refusal(absent)).toContain('database "absent" does not exist');
  });

  it.each(['localhost', '127.0.0.1'])('has nobody listening at %s', async (host) => {
    expect(await refusal(`postgres://a:s3cret@${host}:1/b`)).toMatch(/^Cannot log in at \S+:1, as DATABASE_URL says: .*ECONNREFUSED/);
  });

  it('is no PostgreSQL', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await refusal(`postgres://a:s3cret@127.0.0.1:${port}/b`)).toContain(`Cannot log in at 127.0.0.1:${port}`);
  });
});

describe('a login that is no superuser', () => {
  const login = `login_${randomBytes(4).toString('hex')}`;
  const url = (): string =>
    other((own) => {
      own.username = login;
      own.password = 'secret';
      own.pathname = `/${login}`;
    });
  beforeAll(async () => {
    await owner.rows(`create role ${login} login password 'secret'`);
    await owner.rows(`create database ${login} owner ${login}`);
  });
  afterAll(() => dropOwningLogin(owner, login));

  it('is told that it may not make the roles and their logins; once they are there, it migrates without CREATEROLE', async () => {
    expect(await refusal(url(), shop(first))).toMatch(/^The user of DATABASE_URL may not make the roles .*CREATEROLE\.$/);
    await owner.rows(`grant guichet_app, guichet_identity, guichet_worker to ${login} with admin option`);
    expect(await refusal(url(), shop(first))).toMatch(
      /^The user of DATABASE_URL may not make the logins of requests: .* with admin option\.$/,
    );
    await owner.rows(`alter role ${login} createrole`);
    expect(await migrate(url(), shop(first))).toHaveLength(1);
    await owner.rows(`alter role ${login} nocreaterole`);
    expect(await migrate(url(), shop(first, second))).toHaveLength(1);
  });

  it('checks a new foreign key against every row, past row level security that binds it too', async () => {
    const forced = (table: string) => `alter table ${table} enable row level security, force row level security;
      create policy own on ${table} to guichet_app using (shop = (select current_setting('shop.own')::int));`;
    const tables = `create table shelf (shop int, n int, primary key (shop, n)); create table good (shop int, shelf int);
      insert into shelf values (1, 1); insert into good values (1, 1), (2, 2); ${forced('shelf')} ${forced('good')}`;
    const key = 'alter table good add constraint good_shelf foreign key (shop, shelf) references shelf (shop, n)';
    const filled = [...shop(first, second), { module: 'goods', migrations: [{ name: '0001-initial', sql: tables }] }];
    await migrate(url(), filled);
    const keyed = (sql: string) => [
      ...filled.slice(0, 1),
      { module: 'goods', migrations: [...filled[1]!.migrations, { name: '0002-key', sql }] },
    ];
    expect(await refusal(url(), keyed(key))).toContain('violates foreign key constraint "good_shelf"');
    const lacking = `insert into shelf values (2, 2); ${key}`;
    expect(await migrate(url(), keyed(lacking))).toHaveLength(1);
    const own = await RawDatabase.open(url());
    onTestFinished(() => own.close());
    await expect(own.rows('select from good')).rejects.toThrow(/shop\.own/);
    await expect(own.rows('select from shelf')).rejects.toThrow(/shop\.own/);
  });
});
