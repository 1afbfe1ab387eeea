import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { encodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { globalIdSql, jsonObject, jsonValue } from '../../../src/platform/sql/json-sql.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase([]);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});
const textOf = async (expression: string): Promise<string> =>
  (await client.query<{ json: string }>(`select ${expression} as json`)).rows[0]!.json;

describe('an object', () => {
  it.each<[string, [string, string][], object]>([
    ['without fields', [], {}],
    [
      'of constants, which is a constant',
      [
        ['a', `'1'`],
        ['b', `'"it''s"'`],
        ['c', `'null'`],
      ],
      { a: 1, b: "it's", c: null },
    ],
    [
      'of expressions',
      [
        ['a', 'to_json(1 + 1)'],
        ['b', `to_json('x'::text)`],
      ],
      { a: 2, b: 'x' },
    ],
    [
      'of both in turn',
      [
        ['a', `'1'`],
        ['b', '1 + 1'],
        ['c', `'3'`],
        ['d', '2 + 2'],
      ],
      { a: 1, b: 2, c: 3, d: 4 },
    ],
    ['of what only looks like a constant', [['a', `'"x' || 'y"'`]], { a: 'xy' }],
  ])('is written %s', async (_, entries, value) => {
    expect(JSON.parse(await textOf(jsonObject(entries)))).toEqual(value);
  });
  it.each([1, 44, 45, 46, 90, 91, 500, 5_000])('of %i computed fields', async (count) => {
    const entries = Array.from({ length: count }, (_, i): [string, string] => [`f${i}`, `${i} + 0`]);
    const written = JSON.parse(await textOf(jsonObject(entries))) as Record<string, number>;
    expect(Object.keys(written)).toHaveLength(count);
    expect(Object.entries(written).every(([name, value]) => name === `f${value}`)).toBe(true);
  });
});

describe('a value', () => {
  it.each<[Parameters<typeof jsonValue>[0], string, unknown]>([
    ['number', '42', 42],
    ['number', '9007199254740991::bigint', Number.MAX_SAFE_INTEGER],
    ['boolean', 'true', true],
    ['boolean', '1 > 2', false],
    ['text', `'a"b\\'::text`, 'a"b\\'],
    ['text', `chr(1)`, '\u0001'],
    ['uuid', `'01980000-0000-7000-8000-00000000000a'::uuid`, '01980000-0000-7000-8000-00000000000a'],
    ['date', `date '2026-02-28'`, '2026-02-28'],
    ['instant', `timestamptz '2026-02-28 23:59:59.9996+00'`, '2026-02-28T23:59:59.999Z'],
    ['json', `'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
  ])('as %s: %s', async (form, expression, value) => {
    for (const nullable of [true, false])
      expect(JSON.parse(await textOf(`concat(${jsonValue(form, expression, nullable)})`))).toEqual(value);
  });
  it.each(['number', 'boolean', 'text', 'uuid', 'date', 'instant', 'json'] as const)('that is nothing, as %s', async (form) => {
    const types = { number: 'int', boolean: 'boolean', text: 'text', uuid: 'uuid', date: 'date', instant: 'timestamptz', json: 'jsonb' };
    expect(await textOf(jsonValue(form, `null::${types[form]}`, true))).toBe('null');
  });
  it('never holds a bare control character, so none can be taken for a refusal', async () => {
    const every = Array.from({ length: 31 }, (_, i) => `chr(${i + 1})`).join(' || ');
    for (const form of ['text', 'json'] as const) {
      const value = form === 'json' ? `jsonb_build_object(${every}, ${every})` : every;
      const text = await textOf(`concat(${jsonValue(form, value, false)})`);
      expect(/[\u0001-\u001f]/.test(text)).toBe(false);
    }
  });
});

describe('a global id', () => {
  it('is the same from PostgreSQL and from Node', async () => {
    const uuids = [uuidv7(), 'ffffffff-ffff-ffff-ffff-ffffffffffff', '3f3f3f3f-ffbe-7fff-bfff-fbefbefbefbe'];
    for (const type of ['Contact', 'BusinessForm', 'Tag', 'FormHistoryEntry']) {
      for (const uuid of uuids) expect(JSON.parse(await textOf(globalIdSql(type, `'${uuid}'::uuid`)))).toBe(encodeGlobalId(type, uuid));
    }
  });
});
