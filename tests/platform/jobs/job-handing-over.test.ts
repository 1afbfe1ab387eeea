import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
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
