import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onJob, retryJob } from '../../../src/platform/jobs/job-operation.ts';
import { readGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { course, tallyPlugin } from './tally.plugin.ts';

const START = `mutation ($input: TallyStartInput!) { tallyStart(input: $input) { __typename ... on TallyStartSuccess { job { id state } } } }`;
const JOB =
  '{ id kind state progress total message errors { row path code message } createdAt finishedAt startedBy { id } viewerCan { cancel } }';
const READ = `query ($id: ID!) { job(id: $id) ${JOB} }`;

let now = Date.parse('2026-06-01T08:00:00Z');
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ plugins: [tallyPlugin], now: () => new Date(now) });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
beforeEach(() => {
  course.inStep = async () => {};
  course.between = async () => {};
});
const start = async (seat: TestSeat, input: object): Promise<string> => (await seat.does(START, { input })).job.id;
const read = async (seat: TestSeat, id: string) => (await seat.query(READ, { id })).job;
const uuidOf = (id: string): string => readGlobalId(id)!.uuid;
const marks = async (id: string): Promise<number[]> =>
  (await database.rows<{ step: number }>('select step from plg_tally.marks where job_id = $1 order by id', [uuidOf(id)])).map(
    ({ step }) => step,
  );

describe('a job', () => {
  it('is done after the use case that started it, as its seat, once', async () => {
    const id = await start(own.owner, { steps: 3 });
    await server.runtime.jobs.settled();
    expect(await read(own.owner, id)).toEqual({
      ...{ id, kind: 'tally.count', state: 'SUCCEEDED', progress: 3, total: 3, message: 'step 3', errors: [] },
      ...{ createdAt: expect.any(String), finishedAt: expect.any(String), startedBy: { id: own.owner.id }, viewerCan: { cancel: true } },
    });
    const found = await database.rows<{ step: number; actor_id: string }>(
      'select step, actor_id from plg_tally.marks where job_id = $1 order by step',
      [uuidOf(id)],
    );
    expect(found).toEqual([1, 2, 3].map((step) => ({ step, actor_id: uuidOf(own.owner.id) })));
  });
  it('was never there where its use case fails', async () => {
    const before = await database.contents('jobs', 'pgboss.job', 'events');
    const { errors } = await own.owner.ask(START, { input: { steps: 1, refused: true } });
    expect(errors[0]!.extensions.code).toBe('INTERNAL');
    await server.runtime.jobs.settled();
    expect(await database.contents('jobs', 'pgboss.job', 'events')).toEqual(before);
  });
  it('is one for one idempotency key, however often it is asked for at once', async () => {
    const input = { steps: 2, idempotencyKey: 'once' };
    const ids = await Promise.all([1, 2, 3, 4].map(() => start(own.owner, input)));
    expect(new Set(ids).size).toBe(1);
    await server.runtime.jobs.settled();
    expect(await marks(ids[0]!)).toEqual([1, 2]);
  });
  it('tells faults of rows, and goes on', async () => {
    const id = await start(own.owner, { steps: 2, fault: 'rows' });
    await server.runtime.jobs.settled();
    const fault = { path: ['name'], code: 'BLANK', message: 'No name.' };
    expect(await read(own.owner, id)).toMatchObject({
      state: 'SUCCEEDED',
      errors: [
        { ...fault, row: 1 },
        { ...fault, row: 2 },
      ],
    });
  });
  it('ends with what it says itself, and what it had done stays', async () => {
    const id = await start(own.owner, { steps: 3, fault: 'ends' });
    await server.runtime.jobs.settled();
    const errors = [{ row: null, path: [], code: 'TALLY_FULL', message: 'It is full.' }];
    expect(await read(own.owner, id)).toMatchObject({ state: 'FAILED', progress: 1, errors });
    expect(await marks(id)).toEqual([1]);
  });
});

describe('a job that fails', () => {
  it('is tried again later, from its last step', async () => {
    let failures = 0;
    course.inStep = async (step) => {
      if (step === 2 && failures++ === 0) throw new Error('Nobody thought of it.');
    };
    const id = await start(own.owner, { steps: 3 });
    await server.runtime.jobs.settled();
    expect(await read(own.owner, id)).toMatchObject({ state: 'QUEUED', progress: 1, errors: [] });
    now += 4_900;
    await server.runtime.jobs.settled();
    expect(await read(own.owner, id)).toMatchObject({ state: 'QUEUED' });
    now += 200;
    await server.runtime.jobs.settled();
    expect(await read(own.owner, id)).toMatchObject({ state: 'SUCCEEDED', progress: 3 });
    expect(await marks(id)).toEqual([1, 2, 3]);
  });
  it('again and again is FAILED at the fifth try, with a reason', async () => {
    let tries = 0;
    course.inStep = async () => {
      tries++;
      throw new Error('Nobody thought of it.');
    };
    const id = await start(own.owner, { steps: 1 });
    for (const seconds of [0, 5, 20, 80, 320, 3_600]) {
      now += seconds * 1_000;
      await server.runtime.jobs.settled();
    }
    expect(tries).toBe(5);
    expect(await read(own.owner, id)).toMatchObject({ state: 'FAILED', errors: [{ code: 'INTERNAL' }] });
    expect(await marks(id)).toEqual([]);
    // the operator has it tried as often again
    course.inStep = async () => {};
    const { jobParts, pools } = server.runtime;
    expect(await onJob(jobParts, pools.worker, uuidOf(id), (use) => retryJob(use, uuidOf(id)))).toBe(true);
    await server.runtime.jobs.settled();
    expect(await read(own.owner, id)).toMatchObject({ state: 'SUCCEEDED', errors: [] });
  });
  it('by taking too long twice is FAILED, with words', async () => {
    let tries = 0;
    course.inStep = async () => {
      tries++;
      throw Object.assign(new pg.DatabaseError('canceling statement due to statement timeout', 0, 'error'), { code: '57014' });
    };
    const id = await start(own.owner, { steps: 1 });
    for (const seconds of [0, 5, 15, 3_600]) {
      now += seconds * 1_000;
      await server.runtime.jobs.settled();
    }
    expect(tries).toBe(2);
    expect(await read(own.owner, id)).toMatchObject({ state: 'FAILED', errors: [{ code: 'LIMIT_EXCEEDED' }] });
    course.inStep = async () => {};
  });
});

describe('the rights of a job', () => {
  it('are those that its seat has when it runs: of who has left nothing is done', async () => {
    course.between = async (step) => {
      if (step === 2) await database.rows(`update employees set left_at = now() where id = $1`, [uuidOf(own.colleague.id)]);
    };
    const id = await start(own.colleague, { steps: 3 });
    await server.runtime.jobs.settled();
    const [row] = await database.rows<{ state: string; code: string }>(`select state, errors->0->>'code' as code from jobs where id = $1`, [
      uuidOf(id),
    ]);
    expect(row).toEqual({ state: 'FAILED', code: 'SEAT_GONE' });
    expect(await marks(id)).toEqual([1]);
  });
});

describe('whoever takes a job up later', () => {
  it('shuts out the one before: what that one had under way is not written', async () => {
    const blocked = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    course.between = async (step) => {
      if (step !== 2) return;
      course.between = async () => {};
      reached.resolve();
      await blocked.promise;
    };
    const id = await start(own.owner, { steps: 3 });
    await reached.promise;
    // as the queue does with the job of a server that shows itself no more
    await database.rows(`update pgboss.job set state = 'retry', retry_count = retry_count + 1 where data->>'job' = $1`, [uuidOf(id)]);
    await expect.poll(async () => (await read(own.owner, id)).state).toBe('SUCCEEDED');
    expect(await marks(id)).toEqual([1, 2, 3]);
    blocked.resolve();
    await server.runtime.jobs.settled();
    expect(await marks(id)).toEqual([1, 2, 3]);
    expect(await read(own.owner, id)).toMatchObject({ state: 'SUCCEEDED', progress: 3 });
  });
});
