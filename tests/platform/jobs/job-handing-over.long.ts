import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobQueue } from '../../../src/platform/jobs/job-queue.ts';
import { readGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { course, tallyPlugin } from './tally.plugin.ts';

const START = `mutation ($input: TallyStartInput!) { tallyStart(input: $input) { __typename ... on TallyStartSuccess { job { id } } } }`;

let idle: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  idle = await startTestServer({ plugins: [tallyPlugin], jobsAtOnce: 0 });
  own = await idle.organization();
  database = await RawDatabase.open(idle.databaseUrl);
});
afterAll(async () => {
  await database?.close();
  await idle?.stop();
});
beforeEach(() => {
  course.inStep = async () => {};
  course.between = async () => {};
});
const working = (): Promise<TestServer> => startTestServer({ plugins: [tallyPlugin], databaseUrl: idle.databaseUrl });
const start = async (steps: number): Promise<string> => readGlobalId((await own.owner.does(START, { input: { steps } })).job.id)!.uuid;
const jobOf = async (id: string) =>
  (await database.rows<{ state: string; attempts: number }>('select state, attempts from jobs where id = $1', [id]))[0]!;
const marks = async (id: string): Promise<number[]> =>
  (await database.rows<{ step: number }>('select step from plg_tally.marks where job_id = $1 order by id', [id])).map(({ step }) => step);

describe('a server that works on no jobs', () => {
  it('starts them all the same: another does them', async () => {
    const id = await start(2);
    await idle.runtime.jobs.settled();
    expect((await jobOf(id)).state).toBe('QUEUED');
    const other = await working();
    await other.runtime.jobs.settled();
    expect([(await jobOf(id)).state, await marks(id)]).toEqual(['SUCCEEDED', [1, 2]]);
    await other.stop();
  });
});

describe('jobs of many organizations (nobody may starve the others)', () => {
  const started = async (seat: TestSeat): Promise<string> => readGlobalId((await seat.does(START, { input: { steps: 1 } })).job.id)!.uuid;
  const withQueue = async (work: (queue: JobQueue) => Promise<void>): Promise<void> => {
    await database.rows('update jobs set finished_at = now() where finished_at is null');
    await database.rows('delete from pgboss.job');
    const queue = new JobQueue(idle.runtime.pools.worker, (error) => expect.unreachable(String(error)));
    await work(queue).finally(() => queue.close());
    await database.rows('update jobs set finished_at = now() where finished_at is null');
    await database.rows('delete from pgboss.job');
  };
  const many = async (seat: TestSeat, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push(await started(seat));
    return ids;
  };
  const send = (queue: JobQueue) => queue.send(idle.runtime.now());
  /** One by one: those that are taken together come in any order. */
  const taken = async (queue: JobQueue, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push(...(await queue.take(1)).map(({ jobId }) => jobId));
    return ids;
  };

  it('take turns: the first of one goes before the second of another, sent before or at once', () =>
    withQueue(async (queue) => {
      const theirs = await many(own.owner, 20);
      await send(queue);
      const other = await idle.organization({ name: 'Other Works' });
      const last = await many(other.owner, 2);
      await send(queue);
      expect(new Set(await taken(queue, 2))).toEqual(new Set([theirs[0], last[0]]));
      expect(new Set(await taken(queue, 2))).toEqual(new Set([theirs[1], last[1]]));
      expect(await taken(queue, 18)).toEqual(theirs.slice(2));
    }));
  it('take turns by seat within an organization', () =>
    withQueue(async (queue) => {
      const theirs = await many(own.owner, 5);
      const colleagues = await started(own.colleague);
      await send(queue);
      expect(await taken(queue, 6)).toEqual([...theirs.slice(0, 3), colleagues, ...theirs.slice(3)]);
    }));
  it('are not passed for ever: what began long before goes first', () =>
    withQueue(async (queue) => {
      const theirs = await many(own.owner, 3);
      await database.rows(`update jobs set created_at = created_at - interval '1 hour' where id = any($1)`, [theirs]);
      const other = await idle.organization({ name: 'Late Works' });
      const last = await started(other.owner);
      await send(queue);
      expect(await taken(queue, 4)).toEqual([...theirs, last]);
    }));
});

describe('a server that stops', () => {
  it('gives back what it has in hand, and another goes on with it', async () => {
    const stopping = await working();
    const reached = Promise.withResolvers<void>();
    course.between = async (step, signal) => {
      if (step !== 2) return;
      course.between = async () => {};
      reached.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const id = await start(3);
    await reached.promise;
    await stopping.stop();
    expect([await jobOf(id), await marks(id)]).toEqual([{ state: 'QUEUED', attempts: 0 }, [1]]);
    const next = await working();
    await next.runtime.jobs.settled();
    expect([(await jobOf(id)).state, await marks(id)]).toEqual(['SUCCEEDED', [1, 2, 3]]);
    await next.stop();
  });
});

describe('several servers', () => {
  it('do each job once', async () => {
    const servers = await Promise.all([working(), working(), working()]);
    const ids = await Promise.all(Array.from({ length: 12 }, () => start(3)));
    for (const id of ids) await expect.poll(async () => (await jobOf(id)).state).toBe('SUCCEEDED');
    for (const id of ids) expect(await marks(id)).toEqual([1, 2, 3]);
    for (const one of servers) await one.stop();
  });
});
