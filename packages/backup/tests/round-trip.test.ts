import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBackup } from '../index.ts';
import {
  backedUp,
  FORMAT,
  LOGIN,
  makeDatabase,
  makeFolder,
  makeRoles,
  NOW,
  ownDatabase,
  removeFolder,
  restored,
  TABLES,
  within,
} from './shop.fixture.ts';

const TENANTS = ['it’s', 'other'];
const WORDS = ['', '\\.', '\\N', 'two\nlines', 'a\ttab', '\\', 'ünï 聯 😀', `'quoted"`];
const CONTENT = `select (select json_agg(one order by one.tenant, one.number) from shop."Odd things" one) as things,
  (select json_agg(word order by word collate "C") from shop.keyless) as words, (select json_agg(word) from notes) as notes`;
const GUARDS = `select 'trigger' as kind, tgname::text as name, tgenabled::text as how from pg_trigger where not tgisinternal
  union all select 'key', conname, convalidated::text from pg_constraint where contype = 'f'
  union all select 'rows', relname, relrowsecurity::text || relforcerowsecurity from pg_class where relrowsecurity order by 1, 2`;
const rows = (url: string, text: string) => within(url, async (client) => (await client.query(text)).rows);

let source: Awaited<ReturnType<typeof makeDatabase>>;
let forgetRoles: () => Promise<void>;
let folder: string;
let file: string;
beforeAll(async () => {
  forgetRoles = await makeRoles();
  source = await makeDatabase();
  await within(source.url, async (client) => {
    await client.query(`${TABLES} alter table shop.keyless disable trigger refuse`);
    for (const tenant of TENANTS)
      for (const word of WORDS) {
        await client.query(
          `insert into shop."Odd things" (tenant, "order", words, bytes, at, part) values ($1, $2, $3, $4, '2026-02-03 04:05:06.789012+09', 0.1::float8 + 0.2)`,
          [tenant, word, [word, null, 'NULL'], Buffer.from(word)],
        );
        await client.query('insert into shop.keyless values ($1)', [word]);
      }
    await client.query(
      `update shop."Odd things" set above = (select max(number) from shop."Odd things" last where last.tenant = "Odd things".tenant)`,
    );
    await client.query(
      `insert into notes values ('kept'); insert into theirs values ('not ours'); alter table shop.keyless enable trigger refuse`,
    );
  });
  folder = makeFolder();
  file = join(folder, 'whole');
  await backedUp(source.url, file);
});
afterAll(async () => {
  removeFolder(folder);
  await source.drop();
  await forgetRoles();
});

describe('a backup', () => {
  it('says what it holds: the tables that were selected, and nobody else’s', async () => {
    const { head, seal } = await checkBackup(file, FORMAT);
    expect(head).toMatchObject({ shop: '0.1.0', takenAt: NOW.toISOString() });
    expect(Object.entries(seal.tables).map(([name, sum]) => [name, sum.rows])).toEqual([
      ['public.notes', 1],
      ['shop."Odd things"', 2 * WORDS.length],
      ['shop.keyless', 2 * WORDS.length],
    ]);
  });
  it('is for its owner alone, leaves nothing beside it, and takes nobody’s place', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['whole']);
    await expect(backedUp(source.url, file)).rejects.toThrow(/is there already/);
  });
  it('of a login that row level security holds for has every tenant’s rows, byte for byte', async () => {
    const [own, other] = [await ownDatabase(LOGIN), join(makeFolder(), 'by-login')];
    await restored(own, file);
    await expect(rows(own, 'table shop."Odd things"')).rejects.toThrow('shop.tenant');
    await backedUp(own, other, TENANTS);
    const linesOf = (path: string): string[] => gunzipSync(readFileSync(path)).toString().split('\n').slice(1);
    expect(linesOf(other)).toEqual(linesOf(file));
    removeFolder(join(other, '..'));
  });
});

describe('a restore', () => {
  it('brings back the rows, and what guards them; numbers go on', async () => {
    const target = await ownDatabase();
    await restored(target, file);
    expect(await rows(target, CONTENT)).toEqual(await rows(source.url, CONTENT));
    expect(await rows(target, 'table theirs')).toEqual([]);
    expect(await rows(target, GUARDS)).toEqual(await rows(source.url, GUARDS));
    const next = await rows(target, `insert into shop."Odd things" (tenant, "order") values ('next', '') returning number`);
    expect(next).toEqual([{ number: 2 * WORDS.length + 1 }]);
  });
  it('corrects what it is told to', async () => {
    const target = await ownDatabase();
    await restored(target, file, { correct: async (client) => void (await client.query(`update notes set word = 'other'`)) });
    expect(await rows(target, 'table notes')).toEqual([{ word: 'other' }]);
  });
  it('leaves out what it is told to', async () => {
    const target = await ownDatabase();
    await restored(target, file, {
      isLeftOut: (name) => name.startsWith('shop.'),
      makeTables: async (client) => void (await client.query('create table notes (word text primary key)')),
    });
    expect(await rows(target, 'table notes')).toEqual([{ word: 'kept' }]);
  });
  it('refuses a database that holds anything', async () => {
    const target = await ownDatabase();
    await rows(target, 'create table theirs (n integer)');
    await expect(restored(target, file)).rejects.toThrow(/into an empty database only, and this one has tables \(public\.theirs\)/);
  });
  it.each([
    ['lacks one', 'drop table notes', /The table public\.notes is not made here as it was/],
    ['has another column', 'alter table notes add column more text', /The table public\.notes is not made here as it was/],
    ['has one more', 'create table gone (word text)', /The table public\.gone is not made here as it was/],
  ])('whose tables are not those of the backup, because it %s, is refused and leaves nothing', async (_case, change, message) => {
    const target = await ownDatabase();
    const makeTables: NonNullable<Parameters<typeof restored>[2]>['makeTables'] = async (client) =>
      void (await client.query(`${TABLES} ${change}`));
    await expect(restored(target, file, { makeTables })).rejects.toThrow(message);
    expect(await rows(target, `select from pg_tables where schemaname in ('public', 'shop')`)).toEqual([]);
  });
});
