import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../../src/platform/database/transaction.ts';
import { readEvents } from '../../../src/platform/live/event-reader.ts';
import { BY_INDEX, NUMBERING, stampEvents } from '../../../src/platform/live/stamper.ts';
import { type EventDatabase, eventDatabase } from './events.fixture.ts';

let database: EventDatabase;
beforeAll(async () => {
  database = await eventDatabase();
});
afterAll(() => database.stop());

const stamp = () => stampEvents(database.pools.worker);
const from = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** The plan of the numbering in a transaction that is undone, after what is given. */
async function planOf(raw: EventDatabase['raw'], ...before: string[]): Promise<string> {
  for (const text of ['begin', ...before]) await raw.rows(text);
  const lines = await raw.rows<{ 'QUERY PLAN': string }>(`explain ${NUMBERING}`);
  await raw.rows('rollback');
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

describe('events', () => {
  it('have no number, and no reader, before they are stamped', async () => {
    const { pools, organizationId } = database;
    const stream = randomUUID();
    await database.happen(stream, 'A', 'B');
    expect(await readEvents(pools.worker, organizationId, stream, 0)).toEqual([]);
    expect(await stamp()).toEqual([{ stream, seq: 2 }]);
    expect((await readEvents(pools.worker, organizationId, stream, 0)).map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ]);
    expect(await stamp()).toEqual([]);
  });

  it('are numbered by their commits: one that began earlier and commits later is not lost behind who has read on', async () => {
    const { pools, organizationId, write } = database;
    const stream = randomUUID();
    await inTransaction(pools.requests, organizationId, async (slow) => {
      await write(slow, stream, 'began first');
      await database.happen(stream, 'committed first');
      await stamp();
      expect(await database.numbered(stream)).toEqual([[1, 'committed first']]);
    });
    await stamp();
    expect((await readEvents(pools.worker, organizationId, stream, 1)).map(({ seq, kind }) => [seq, kind])).toEqual([[2, 'began first']]);
  });

  it('of a transaction that is undone never were', async () => {
    const { pools, organizationId, write } = database;
    const stream = randomUUID();
    const undone = inTransaction(pools.requests, organizationId, async (transaction) => {
      await write(transaction, stream, 'undone');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await database.happen(stream, 'done');
    await stamp();
    expect(await database.numbered(stream)).toEqual([[1, 'done']]);
  });

  it('keep the order of their transaction, and count for each stream apart', async () => {
    const { pools, organizationId, write } = database;
    const [inside, customer] = [randomUUID(), randomUUID()];
    await inTransaction(pools.requests, organizationId, async (transaction) => {
      for (const [stream, kind] of [
        [customer, 'IN_PROGRESS'],
        [inside, 'DECIDED'],
        [customer, 'COMPLETED'],
        [inside, 'APPROVED'],
      ] as const)
        await write(transaction, stream, kind);
    });
    await stamp();
    expect(await database.numbered(inside)).toEqual([
      [1, 'DECIDED'],
      [2, 'APPROVED'],
    ]);
    expect(await database.numbered(customer)).toEqual([
      [1, 'IN_PROGRESS'],
      [2, 'COMPLETED'],
    ]);
  });

  it('have numbers without a gap while ten connections write and several stampers number', async () => {
    const { pools, organizationId, write } = database;
    const streams = [randomUUID(), randomUUID(), randomUUID()];
    let writing = true;
    const stampers = Promise.all(
      from(3).map(async () => {
        while (writing) await stamp();
      }),
    );
    await Promise.all(
      from(300).map((i) =>
        inTransaction(pools.requests, organizationId, async (transaction) => {
          for (const stream of streams) await write(transaction, stream, `${i} first`);
          await write(transaction, streams[i % 3]!, `${i} second`);
        }),
      ),
    );
    writing = false;
    await stampers;
    await stamp();
    for (const stream of streams) {
      const numbered = await database.numbered(stream);
      expect(numbered.map(([seq]) => seq)).toEqual(from(400));
      expect(new Set(numbered.map(([, kind]) => kind)).size).toBe(400);
      for (const [seq, kind] of numbered.filter(([, kind]) => kind.endsWith('second')))
        expect(numbered.find(([, other]) => other === kind.replace('second', 'first'))![0]).toBeLessThan(seq);
    }
  });

  it('that wait are found by their index among 100,000 that have numbers, without a sort', async () => {
    const { raw, organizationId } = database;
    const stream = randomUUID();
    await raw.rows('set session_replication_role = replica'); // nobody checks 100,000 foreign keys
    await raw.rows(
      `insert into events (organization_id, id, stream, seq, topic, kind, subject_id, facts, at)
       select $1, gen_random_uuid(), $2, i, 'TEST', 'OLD', $2, '{}', now() from generate_series(1, 100000) i`,
      [organizationId, stream],
    );
    await raw.rows('insert into event_streams (organization_id, stream, last_seq) values ($1, $2, 100000)', [organizationId, stream]);
    await database.happen(stream, 'new');
    const plan = await planOf(raw, 'set local enable_bitmapscan = off');
    expect(plan).toMatch(/Index (Only )?Scan using events_unnumbered/);
    expect(plan).not.toMatch(/Seq Scan on events|Sort Key: events/);
    await stamp();
    expect((await database.numbered(stream)).at(-1)).toEqual([100_001, 'new']);
  });

  it('are each found by their place, also by a plan that was made when there were none, and is kept', async () => {
    const plan = await planOf(database.raw, BY_INDEX.text, 'truncate events', 'analyze events');
    expect(plan).toMatch(/Tid Scan on events\b/);
    expect(plan).not.toMatch(/events_pkey/);
  });
});
