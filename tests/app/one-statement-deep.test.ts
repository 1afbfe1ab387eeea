import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/platform/database/transaction.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { deepPlugin, said, WAYS_OF_SENDING } from './one-statement-deep.plugin.ts';

// A plugin whose statement would be more than a statement: it is refused, by every way of sending; behind it stands the login, and what a
// session was left with is gone before the next request has it.

let server: TestServer;
let seats: TestOrganization;
let owner: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ plugins: [deepPlugin], poolSize: 1 });
  seats = await server.organization();
  owner = await RawDatabase.open(server.databaseUrl);
  clean = await sessionNow();
  expect(clean).toMatchObject({ role: 'guichet_app', organization: '', locks: 0, own: null });
});
afterAll(async () => {
  await owner?.close();
  await server?.stop();
});

const ACT = 'mutation ($way: String!) { deepAct(input: { way: $way }) { __typename ... on DeepActSuccess { done } } }';
const act = (way: string) => seats.owner.ask(ACT, { way });
const INTERNAL = [{ extensions: { code: 'INTERNAL' } }];
/** What the one session of the pool is when nobody has it. */
async function sessionNow(): Promise<unknown> {
  const text = `select current_user::text as role, current_setting('statement_timeout') as timeout, coalesce(current_setting('guichet.organization', true), '') as organization,
    (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks, to_regclass('pg_temp.contacts')::text as own`;
  const { rows } = await server.runtime.pools.requests.query(text);
  return rows[0];
}
let clean: unknown;

describe('a use case that sends', () => {
  it.each(WAYS_OF_SENDING)('a plain statement, by %s, is done', async (way) => {
    said.text = 'select 1 as one';
    expect(await act(way)).toEqual({ data: { deepAct: { __typename: 'DeepActSuccess', done: 'yes' } }, errors: [] });
  });
  it.each(
    [
      'set local role none',
      'reset role',
      `do $$ begin execute 'set local role none'; end $$`,
      'copy contacts to stdout',
      'call raise_rights_version()',
      'commit',
      `select set_config('guichet.organization', '${crypto.randomUUID()}', true)`,
      `select set_config('role', 'none', false)`,
      'select pg_advisory_lock(1)',
    ].flatMap((text) => WAYS_OF_SENDING.map((way) => [text, way] as const)),
  )('%s, by %s, has done nothing', async (text, way) => {
    said.text = text;
    const { data, errors } = await act(way);
    expect([data, errors]).toMatchObject([{ deepAct: null }, INTERNAL]);
    expect(await sessionNow()).toEqual(clean);
  });
});

describe('a read beside the read path', () => {
  it('is refused the same', async () => {
    said.text = 'set local role none';
    expect((await seats.owner.ask('{ deepRead }')).errors).toMatchObject(INTERNAL);
    said.text = 'select 1';
    expect(await seats.owner.ask('{ deepRead }')).toEqual({ data: { deepRead: 'yes' }, errors: [] });
  });
});

describe('an expression in a statement of the read path', () => {
  it('is refused the same, and takes nothing else with it', async () => {
    const { data, errors } = await seats.owner.ask('{ viewer { name } contacts { nodes { deepWord } } }');
    expect(data).toEqual({ viewer: { name: 'The owner' }, contacts: null });
    expect(errors).toMatchObject([{ path: ['contacts'], extensions: { code: 'INTERNAL' } }]);
  });
});

describe('a function of the database that a plugin calls', () => {
  beforeAll(() =>
    owner.rows(`create function linger() returns void language plpgsql as $$ begin
      perform set_config('role', 'none', false), set_config('statement_timeout', '1', false), set_config('guichet.organization', gen_random_uuid()::text, false);
      perform pg_advisory_lock(7);
      create temporary table contacts (id uuid);
    end $$`),
  );
  it.each(['deepAct', 'deepRead'])('leaves nothing in the session, called by %s', async (field) => {
    said.text = field === 'deepAct' ? 'select linger()' : `select set_lingering()`;
    if (field === 'deepRead')
      await owner.rows(`create function set_lingering() returns void language plpgsql as $$ begin
        perform set_config('role', 'none', false), set_config('statement_timeout', '1', false), pg_advisory_lock(7);
      end $$`);
    await (field === 'deepAct' ? act('client') : seats.owner.ask('{ deepRead }'));
    expect(await sessionNow()).toEqual(clean);
    expect((await seats.admin.query('{ contacts { nodes { name } } }')).contacts.nodes).toHaveLength(3);
  });
});

describe('what a use case holds of its connection', () => {
  it('is asking, and nothing behind it', async () => {
    const seen: unknown[] = [];
    await inTransaction(server.runtime.pools.requests, seats.id, async ({ client }) => {
      seen.push(Object.keys(client), Object.getPrototypeOf(client) === Object.prototype, Object.isFrozen(client));
    });
    expect(seen).toEqual([['query'], true, true]);
  });
});
