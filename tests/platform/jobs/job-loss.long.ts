import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loseJob } from '../../../src/platform/jobs/job-loss.ts';
import { onJob, retryJob } from '../../../src/platform/jobs/job-operation.ts';
import { type HandedOut, JobQueue } from '../../../src/platform/jobs/job-queue.ts';
import { readGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { course, tallyPlugin } from './tally.plugin.ts';

// A job that servers take up again and again, and never are done with: each dies of it (docs/decisions/jobs-sent-from-their-rows.md).

const START = `mutation ($input: TallyStartInput!) { tallyStart(input: $input) { __typename ... on TallyStartSuccess { job { id } } } }`;
const READ = 'query ($id: ID!) { job(id: $id) { state progress finishedAt errors { code message } } }';
const INBOX = '{ notifications { nodes { kind job { id } } } }';

let idle: TestServer;
let own: TestOrganization;
let database: RawDatabase;
/** A server that takes jobs up and never is done with them. */
let dying: JobQueue;
beforeAll(async () => {
  idle = await startTestServer({ plugins: [tallyPlugin], jobsAtOnce: 0 });
  own = await idle.organization();
  database = await RawDatabase.open(idle.databaseUrl);
  dying = new JobQueue(idle.runtime.pools.worker, (error) => {
    throw error;
  });
});
afterAll(async () => {
  await dying?.close();
  await database?.close();
  await idle?.stop();
});
beforeEach(() => {
  course.inStep = async () => {};
  course.between = async () => {};
});

const start = async (): Promise<string> => (await own.owner.does(START, { input: { steps: 2 } })).job.id;
const uuidOf = (id: string): string => readGlobalId(id)!.uuid;
const read = async (id: string) => (await own.owner.query(READ, { id })).job;
async function takenUp(): Promise<HandedOut> {
  await dying.send(new Date());
  const [handedOut] = await dying.take(1);
  return handedOut!;
}
/** It was taken up as often as it may be, and whoever has it shows itself no more. */
const givenUp = ({ message }: HandedOut) =>
  database.rows(`update pgboss.job set retry_count = retry_limit, heartbeat_on = now() - interval '1 hour' where id = $1`, [message]);
const eventsOf = async (id: string) =>
  (await database.rows<{ kind: string }>('select kind from events where subject_id = $1 order by id', [uuidOf(id)])).map(
    ({ kind }) => kind,
  );

describe('a job that no server is done with', () => {
  it('is FAILED with its reason, once the queue has given it up; its starter is told; retried, it is done', async () => {
    const id = await start();
    await givenUp(await takenUp());
    const working = await startTestServer({ plugins: [tallyPlugin], databaseUrl: idle.databaseUrl });
    try {
      await expect.poll(async () => (await read(id)).state).toBe('FAILED');
      expect(await read(id)).toMatchObject({
        finishedAt: expect.any(String),
        errors: [{ code: 'TRIED_TOO_OFTEN', message: expect.any(String) }],
      });
      expect(await eventsOf(id)).toEqual(['QUEUED', 'FAILED']);
      await expect.poll(async () => (await own.owner.query(INBOX)).notifications.nodes).toContainEqual({ kind: 'JOB_DONE', job: { id } });
      const { jobParts, pools } = idle.runtime;
      expect(await onJob(jobParts, pools.worker, uuidOf(id), (use) => retryJob(use, uuidOf(id)))).toBe(true);
      await expect.poll(async () => (await read(id)).state).toBe('SUCCEEDED');
      expect(await read(id)).toMatchObject({ progress: 2, errors: [] });
    } finally {
      await working.stop();
    }
  });
  it('is not ended by a message that came before another sending of it', async () => {
    const id = await start();
    const first = await takenUp();
    await database.rows(`update jobs set sent_at = sent_at + interval '1 minute' where id = $1`, [uuidOf(id)]);
    await loseJob(idle.runtime.jobParts, dying, first);
    expect((await read(id)).state).toBe('QUEUED');
    await database.rows(`update jobs set sent_at = sent_at - interval '1 minute' where id = $1`, [uuidOf(id)]);
    await loseJob(idle.runtime.jobParts, dying, first);
    expect((await read(id)).state).toBe('FAILED');
  });
  it('stays as it has ended meanwhile', async () => {
    const id = await start();
    const handedOut = await takenUp();
    await database.rows(`update jobs set state = 'SUCCEEDED', finished_at = now() where id = $1`, [uuidOf(id)]);
    await loseJob(idle.runtime.jobParts, dying, handedOut);
    expect(await read(id)).toMatchObject({ state: 'SUCCEEDED', errors: [] });
  });
});
