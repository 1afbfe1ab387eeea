import type { Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Exchange, NotCarriedOutError, type Statement } from '../../../src/platform/database/exchange.ts';
import { createPool } from '../../../src/platform/database/pool.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { inSteps } from '../../support/in-steps.ts';

let database: TestDatabase;
let pool: pg.Pool;
let client: pg.PoolClient;
beforeAll(async () => {
  database = await createTestDatabase([]);
  pool = createPool({ ...patientPool, url: database.url, size: 1, onError: () => {} });
  client = await pool.connect();
  await client.query('create table notes (word text unique)');
});
afterAll(async () => {
  client?.release();
  await pool?.end();
  await database?.drop();
});

const note = (word: unknown) => ({ name: 'note', text: 'insert into notes values ($1)', values: [word] });
const words = { name: 'words', text: 'select word from notes order by word' };
const settled = async (...statements: Statement[]) => {
  const exchange = new Exchange();
  const asked = statements.map((statement) => exchange.add(statement));
  client.query(exchange);
  return (await Promise.allSettled(asked)).map((one) => (one.status === 'fulfilled' ? one.value.rows : one.reason));
};
const TAKEN = { code: '23505' };
const circle: Record<string, unknown> = {};
circle.self = circle;

inSteps('statements of one exchange', () => {
  it('see what those before them did, and each gets its own rows with their types', async () => {
    const [, before, , after, typed] = await settled(note('a'), words, note('b'), words, { text: 'select 1::int8 as one, true as yes' });
    expect(before).toEqual([{ word: 'a' }]);
    expect(after).toEqual([{ word: 'a' }, { word: 'b' }]);
    expect(typed).toEqual([{ one: 1, yes: true }]);
  });

  it('leave in one system call', async () => {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    const [one, several] = [vi.spyOn(stream, '_write'), vi.spyOn(stream, '_writev')];
    await settled(words, words, { text: 'select 1' });
    expect([one.mock.calls.length, several.mock.calls.length]).toEqual([0, 1]);
  });

  it('give rows as PostgreSQL sent them where these are asked for, and as objects where not', async () => {
    const yes = { name: 'yes', text: 'select true as yes' };
    expect(await settled({ ...yes, asTexts: true }, yes, { ...yes, asTexts: true })).toEqual([[['t']], [{ yes: true }], [['t']]]);
    expect(await settled(yes, { ...yes, asTexts: true })).toEqual([[{ yes: true }], [['t']]]);
  });

  it('are not carried out behind one that fails, which is told from its consequences', async () => {
    const missing = { name: 'missing', text: 'select word from nowhere' };
    const [begun, rows, failed, ...behind] = await settled({ text: 'begin' }, words, note('a'), note('c'), missing, { text: 'commit' });
    expect([begun, rows]).toEqual([[], [{ word: 'a' }, { word: 'b' }]]);
    expect(failed).toMatchObject(TAKEN);
    for (const one of behind) expect(one).toBeInstanceOf(NotCarriedOutError);
    await client.query('rollback');
  });

  it('are prepared again where they were passed over', async () => {
    const later = { name: 'later', text: 'select 7 as seven' };
    expect(await settled(note('a'), later)).toEqual([expect.objectContaining(TAKEN), expect.any(NotCarriedOutError)]);
    expect(await settled(later, later)).toEqual([[{ seven: 7 }], [{ seven: 7 }]]);
  });

  it('stop at one whose value cannot be written', async () => {
    const [first, failed, behind] = await settled(words, { text: 'select $1', values: [circle] }, note('c'));
    expect(first).toHaveLength(2);
    expect(failed).toBeInstanceOf(TypeError);
    expect(behind).toBeInstanceOf(NotCarriedOutError);
    expect(await settled(words)).toEqual([[{ word: 'a' }, { word: 'b' }]]);
  });

  it('all fail where the connection breaks', async () => {
    const other = new pg.Client(database.url);
    other.on('error', () => {});
    await other.connect();
    const exchange = new Exchange();
    const asked = [exchange.add({ text: 'select pg_terminate_backend(pg_backend_pid())' }), exchange.add(words)];
    other.query(exchange);
    for (const one of await Promise.allSettled(asked)) expect(one.status).toBe('rejected');
  });
});
