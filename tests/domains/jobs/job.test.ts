import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stampEvents } from '../../../src/platform/live/stamper.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { course, tallyPlugin } from '../../platform/jobs/tally.plugin.ts';

const START = `mutation ($input: TallyStartInput!) { tallyStart(input: $input) { __typename ... on TallyStartSuccess { job { id } } } }`;
const CANCEL = `mutation ($id: ID!) { cancelJob(input: { jobId: $id }) { __typename ... on CancelJobSuccess { job { id state } } ... on UserError { code } } }`;
const READ = `query ($id: ID!) { job(id: $id) { id state viewerCan { cancel } } node(id: $id) { id } }`;
const LIST = `query ($where: JobFilter) { jobs(first: 100, where: $where) { totalCount nodes { id } } }`;
const FOLLOW = `subscription ($id: ID!, $after: EventCursor) { job(id: $id, after: $after) { kind job { state progress } } }`;

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [tallyPlugin] });
  own = await server.organization();
  other = await server.organization({ name: 'Other Works' });
});
afterAll(() => server?.stop());
beforeEach(() => {
  course.inStep = async () => {};
  course.between = async () => {};
});
const start = async (seat: TestSeat, steps = 1): Promise<string> => (await seat.does(START, { input: { steps } })).job.id;
const cancel = async (seat: TestSeat, id: string) => (await seat.query(CANCEL, { id })).cancelJob;
const stateOf = async (id: string) => (await own.owner.query(READ, { id })).job.state;
const listed = async (seat: TestSeat, where?: object): Promise<string[]> =>
  (await seat.query(LIST, { where })).jobs.nodes.map(({ id }: { id: string }) => id);
/** Stops a job before a step, until it is told to go on. */
function stopBefore(step: number) {
  const reached = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  course.between = async (at) => {
    if (at !== step) return;
    reached.resolve();
    await goesOn.promise;
  };
  return { reached: reached.promise, goOn: goesOn.resolve };
}

describe('a job is there', () => {
  let id: string;
  beforeAll(async () => {
    id = await start(own.owner);
    await server.runtime.jobs.settled();
  });
  it.each(['owner', 'admin'] as const)('for %s: who started it, and who has the right of its kind', async (key) => {
    expect(await own[key].query(READ, { id })).toEqual({ job: { id, state: 'SUCCEEDED', viewerCan: { cancel: true } }, node: { id } });
    expect(await listed(own[key])).toContain(id);
  });
  it.each(['supervisor', 'colleague', 'sharee'] as const)('not for %s, of whom neither is so', async (key) => {
    expect(await own[key].query(READ, { id })).toEqual({ job: null, node: null });
    expect(await listed(own[key])).toEqual([]);
    expect(await cancel(own[key], id)).toMatchObject({ __typename: 'NotFound' });
  });
  it('not for another organization, its admin neither', async () => {
    expect(await other.admin.query(READ, { id })).toEqual({ job: null, node: null });
    expect(await listed(other.admin)).toEqual([]);
    expect(await cancel(other.admin, id)).toMatchObject({ __typename: 'NotFound' });
  });
  it('under its kind and state, and no other', async () => {
    expect(await listed(own.owner, { kind: { equals: 'tally.count' }, state: { in: ['SUCCEEDED'] } })).toContain(id);
    expect(await listed(own.owner, { state: { in: ['FAILED'] } })).toEqual([]);
    expect(await listed(own.owner, { kind: { equals: 'tally.other' } })).toEqual([]);
  });
});

describe('Job.result', () => {
  const RESULT = `query ($id: ID!) { job(id: $id) { state result { __typename ... on TallyOutcome { counted note } ... on Employee { id name } } } }`;
  const resultOf = async (fault?: string) => {
    const { job } = await own.owner.does(START, { input: { steps: 2, fault } });
    const before = await own.owner.query(RESULT, { id: job.id });
    await server.runtime.jobs.settled();
    return [before.job.result, (await own.owner.query(RESULT, { id: job.id })).job.result];
  };

  it('has values of a type without a table', async () => {
    expect(await resultOf()).toEqual([null, { __typename: 'TallyOutcome', counted: 2, note: 'Done \u0001 "well".' }]);
  });
  it('leads to a row, by the rules of its type', async () => {
    expect(await resultOf('shows seat')).toEqual([null, { __typename: 'Employee', id: own.owner.id, name: expect.any(String) }]);
  });
});

describe('a file that a job has made', () => {
  it('is read under the job, its bytes too, and nowhere by others', async () => {
    const { job } = await own.owner.does(START, { input: { steps: 1, fault: 'shows file' } });
    await server.runtime.jobs.settled();
    const FILE = `query ($id: ID!) { job(id: $id) { result { ... on File { id name url } } } }`;
    for (const seat of [own.owner, own.admin]) {
      const { result } = (await seat.query(FILE, { id: job.id })).job;
      expect(result.name).toBe('steps.csv');
      const bytes = await fetch(new URL(result.url, server.url), { headers: { authorization: `Bearer ${seat.token}` } });
      expect([bytes.status, await bytes.text()]).toEqual([200, 'step\n1\n']);
    }
    expect(await own.colleague.query(FILE, { id: job.id })).toEqual({ job: null });
  });
});

describe('cancelJob', () => {
  it('ends a job before its next step; what it had done stays', async () => {
    const stopped = stopBefore(2);
    const id = await start(own.owner, 3);
    await stopped.reached;
    expect(await cancel(own.owner, id)).toMatchObject({ __typename: 'CancelJobSuccess', job: { state: 'RUNNING' } });
    stopped.goOn();
    await server.runtime.jobs.settled();
    expect((await own.owner.query(`query ($id: ID!) { job(id: $id) { state progress finishedAt } }`, { id })).job).toEqual({
      ...{ state: 'CANCELLED', progress: 1, finishedAt: expect.any(String) },
    });
  });
  it('reaches who is at it without waiting for a step', async () => {
    course.between = (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    const id = await start(own.owner);
    await expect.poll(() => stateOf(id)).toBe('RUNNING');
    await cancel(own.admin, id);
    await expect.poll(() => stateOf(id)).toBe('CANCELLED');
  });
  it('is done once more without harm, and refused for what has come to its end', async () => {
    const stopped = stopBefore(1);
    const id = await start(own.owner);
    await stopped.reached;
    const answers = await Promise.all([1, 2, 3].map(() => cancel(own.owner, id)));
    expect(answers.map(({ __typename }) => __typename)).toEqual(Array(3).fill('CancelJobSuccess'));
    stopped.goOn();
    await server.runtime.jobs.settled();
    expect(await cancel(own.owner, id)).toMatchObject({ __typename: 'CancelJobSuccess', job: { state: 'CANCELLED' } });
    course.between = async () => {};
    const done = await start(own.owner);
    await server.runtime.jobs.settled();
    expect(await cancel(own.owner, done)).toMatchObject({ code: 'JOB_ALREADY_ENDED' });
  });
});

describe('Subscription.job', () => {
  it('tells each step and the end, to who started it and to admins', async () => {
    const stopped = stopBefore(1);
    const id = await start(own.owner, 2);
    await stopped.reached;
    await stampEvents(server.runtime.pools.worker); // what has no number yet would be told as well
    const following = [own.owner.follow(FOLLOW, { id }), own.admin.follow(FOLLOW, { id })];
    for (const one of following) await one.opened;
    stopped.goOn();
    for (const one of following) {
      const told = [await one.next(), await one.next(), await one.next()];
      expect(told.map(({ kind }) => kind)).toEqual(['PROGRESS', 'PROGRESS', 'SUCCEEDED']);
      expect(told[2].job).toEqual({ state: 'SUCCEEDED', progress: 2 });
      await one.stop();
    }
  });
  it('misses nothing after the place at which the job was read', async () => {
    const stopped = stopBefore(1);
    const id = await start(own.owner, 1);
    await stopped.reached;
    await stampEvents(server.runtime.pools.worker); // what came before has its number
    const { job } = await own.owner.query(`query ($id: ID!) { job(id: $id) { liveCursor } }`, { id });
    stopped.goOn();
    await server.runtime.jobs.settled();
    const following = own.owner.follow(FOLLOW, { id, after: job.liveCursor });
    expect((await following.next()).kind).toMatch(/RUNNING|PROGRESS/);
    await following.stop();
  });
  it('is refused to whoever cannot see the job', async () => {
    const id = await start(own.owner);
    for (const seat of [own.colleague, other.admin]) {
      const following = seat.follow(FOLLOW, { id });
      await expect(following.next()).rejects.toThrow();
      await following.stop();
    }
    await server.runtime.jobs.settled();
  });
});
