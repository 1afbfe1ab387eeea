import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { tallyPlugin } from './tally.plugin.ts';

const WORKER = fileURLToPath(new URL('./tally.worker.ts', import.meta.url));
const START = `mutation ($input: TallyStartInput!) { tallyStart(input: $input) { __typename ... on TallyStartSuccess { job { id } } } }`;
const STEPS_A_KILL = 60;

/** Kills workers in the middle of a job, so many, and looks what is there in the end: each step once. */
export function killWorkers(kills: number): void {
  let server: TestServer;
  let own: TestOrganization;
  let database: RawDatabase;
  let worker: ChildProcess | undefined;
  beforeAll(async () => {
    server = await startTestServer({ plugins: [tallyPlugin], jobsAtOnce: 0 });
    own = await server.organization();
    database = await RawDatabase.open(server.databaseUrl);
  });
  afterAll(async () => {
    worker?.kill('SIGKILL');
    await database?.close();
    await server?.stop();
  });
  const jobOf = async (id: string) =>
    (await database.rows<{ state: string; progress: number }>('select state, progress from jobs where id = $1', [id]))[0]!;
  const startWorker = async (): Promise<void> => {
    worker = spawn(process.execPath, [WORKER, server.databaseUrl], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(worker.stdout!, 'data');
  };
  const killWorker = async (): Promise<void> => {
    const gone = once(worker!, 'exit');
    worker!.kill('SIGKILL');
    await gone;
    // ten seconds later: who showed itself last is not heard of any more
    await database.rows(`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute' where state = 'active'`);
  };

  it(`${kills} workers killed in one job: each step is done once`, async () => {
    const steps = (kills + 1) * STEPS_A_KILL;
    const id = readGlobalId((await own.owner.does(START, { input: { steps } })).job.id)!.uuid;
    for (let kill = 1; kill <= kills; kill++) {
      await startWorker();
      // somewhere in the work of this one, in the middle of a step or between two
      const from = (kill - 1) * STEPS_A_KILL;
      await expect.poll(async () => (await jobOf(id)).progress, { interval: 5 }).toBeGreaterThan(from + ((kill * 7) % 30));
      await killWorker();
    }
    await startWorker();
    await expect.poll(async () => (await jobOf(id)).state).toBe('SUCCEEDED');
    const marks = await database.rows<{ step: number }>('select step from plg_tally.marks where job_id = $1 order by step', [id]);
    expect(marks.map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
  });
}
