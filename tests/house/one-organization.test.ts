import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLEANING } from '../../src/platform/database/connections.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { documentFor, type RootField, rootFields, variablesFor } from '../rules/root-questions.ts';
import { makeWorld, type World } from '../rules/world.fixture.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { WatchedPool } from '../support/watched-pool.ts';
import { MODULES } from './built-schemas.ts';

// Promise 11: every statement names one organization, for each of its tables. All statements that a server sends are looked at, while every
// query and mutation of the schema is asked of it.

const TABLES = MODULES.flatMap(({ tables = [] }) => tables.map(({ name }) => name));

let server: TestServer;
let world: World;
let database: RawDatabase;
let requests: WatchedPool;
let worker: WatchedPool;
beforeAll(async () => {
  server = await startTestServer();
  requests = new WatchedPool(server.runtime.pools.requests);
  worker = new WatchedPool(server.runtime.pools.worker);
  database = await RawDatabase.open(server.databaseUrl);
  world = await makeWorld(server);
  const { admin, customer } = world.seats;
  for (const root of [...rootFields('staff', 'query'), ...rootFields('staff', 'mutation')]) await ask(root, admin);
  for (const root of [...rootFields('portal', 'query'), ...rootFields('portal', 'mutation')]) await ask(root, customer);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** Asks with ids of objects that are there, so that as much as possible is done. What ends the session would end the asking. */
async function ask(root: RootField, seat: World['seats']['admin']): Promise<void> {
  if (['signOut', 'endSessions', 'switchPlugin', 'requestSignInCode'].includes(root.field.name)) return;
  const ids = new Map<string, string>();
  const variables = variablesFor(root, (type) => {
    ids.set(type, type === 'Contact' ? world.contacts.customer : '');
    return `some ${type}`;
  });
  for (const type of ids.keys()) ids.set(type, ids.get(type) || (await anyId(type)));
  const filled = JSON.parse(JSON.stringify(variables).replace(/"some (\w+)"/g, (_, type: string) => JSON.stringify(ids.get(type))));
  await seat.ask(documentFor(root, filled), filled);
}
async function anyId(type: string): Promise<string> {
  if (type === 'Session') return 'none';
  const { table, key } = server.runtime.schemas.entity(type);
  const [row] = await database.rows<{ id: string }>(
    `select ${key} as id from ${table.name} where organization_id = $1 order by 1 desc limit 1`,
    [world.ours.id],
  );
  return encodeGlobalId(type, row!.id);
}

const WORDS = 'where|set|on|inner|left|join|order|limit|for|group|returning|values|select|cross|using|union|default';
/** Where a statement speaks of a table of organizations: the name by which it is known there. */
function mentions(text: string): string[] {
  return TABLES.flatMap((table) => {
    const mention = new RegExp(
      `(?:\\b(?:from|join|update|into|using) |, )${table.replace('.', '\\.')}\\b(?! *\\.)(?: as\\b)?(?: (?!(?:${WORDS})\\b)(\\w+))?`,
      'g',
    );
    return [...text.matchAll(mention)].map(([, alias]) => alias ?? table);
  });
}
/** Mentions of tables without the organization beside them. */
function unnamed(statement: string): string[] {
  const text = statement.replaceAll('"', '').replace(/\s+/g, ' ');
  const all = mentions(text);
  const names = (alias: string): boolean =>
    text.includes(`${alias}.organization_id = `) ||
    text.includes(`= ${alias}.organization_id`) ||
    new RegExp(`into ${alias.replace('.', '\\.')}(?: as \\w+)? \\([^)]*\\borganization_id\\b`).test(text) ||
    new RegExp(`update ${alias.replace('.', '\\.')} set [^()]* where organization_id = \\$`).test(text) ||
    (all.length === 1 && /\borganization_id = \$/.test(text));
  return all.filter((alias) => !names(alias)).map((alias) => `${alias} in ${text}`);
}
const sent = (pool: WatchedPool): string[] => [...new Set(pool.checkouts.flat().map(({ text }) => text))];

describe('a request', () => {
  it('speaks of organizations’ rows only in transactions that name one, and once', () => {
    for (const checkout of requests.checkouts) {
      const texts = checkout.map(({ text }) => text).filter((text) => text !== CLEANING); // of what comes back from a plugin
      const spoken = texts.findIndex((text) => mentions(text.replaceAll('"', '')).length > 0);
      if (spoken < 0) continue;
      const named = texts.flatMap((text, i) => (text.includes('guichet.organization') ? [i] : []));
      expect([texts[0], named]).toEqual([expect.stringMatching(/^begin/), [expect.toSatisfy((at: number) => at < spoken)]]);
      expect(['commit', 'rollback']).toContain(texts.at(-1));
    }
  });
  it('names it in every statement, for every table', () => {
    const statements = sent(requests);
    expect(statements.filter((text) => mentions(text.replaceAll('"', '')).length > 0).length).toBeGreaterThan(100);
    expect(statements.flatMap(unnamed)).toEqual([]);
  });
});

describe('the worker', () => {
  /** What numbers the events of each, looks whose rights have changed, and looks for jobs that nobody has done yet. */
  const OVER_ALL = [
    /with due as .*partition by organization_id, stream/s,
    /from rights_versions where/,
    /select distinct organization_id as id from notices/,
    /select distinct organization_id as organization, seat_id as id, seat_kind as kind, channel from notification_deliveries/,
    /from jobs\s+where [^;]*finished_at is null/,
  ];

  it('goes over all organizations in the few statements that are listed here', () => {
    const over = sent(worker).filter((text) => unnamed(text).length > 0);
    expect(over.filter((text) => !OVER_ALL.some((known) => known.test(text)))).toEqual([]);
  });
});
