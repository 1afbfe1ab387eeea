import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/platform/schema/global-id.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { runProgram } from '../support/run-program.ts';

// `guichet jobs` as processes, beside a server on the same database.

let server: TestServer;
let database: RawDatabase;
let organization: string;
const run = (...args: string[]) => runProgram(['jobs', ...args], { DATABASE_URL: server.databaseUrl });
beforeAll(async () => {
  server = await startTestServer({ jobsAtOnce: 0 });
  database = await RawDatabase.open(server.databaseUrl);
  organization = (await server.organization()).id;
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
const id = (n: number): string => `0199aaaa-0000-7000-8000-00000000000${n}`;
const make = (n: number, state: string): Promise<unknown> =>
  database.rows(
    `insert into jobs (organization_id, id, kind, state, progress, total, errors, input, language, sent_at, created_at, finished_at)
     values ($1, $2, 'tally.count', $3, 2, 3, '[{"code": "BLANK", "message": "No name."}]', '{}', 'en', now(), now(), case when $3 in ('QUEUED', 'RUNNING') then null else now() end)`,
    [organization, id(n), state],
  );
const stateOf = async (n: number) => (await database.rows<{ state: string }>('select state from jobs where id = $1', [id(n)]))[0]!.state;

describe('guichet jobs', () => {
  beforeAll(async () => {
    for (const [n, state] of [
      [1, 'FAILED'],
      [2, 'QUEUED'],
      [3, 'SUCCEEDED'],
    ] as const)
      await make(n, state);
  });
  it('lists jobs of all organizations, without what they are about', async () => {
    const listed = await run('list', '--state', 'FAILED', '--json');
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toEqual([
      {
        ...{ id: id(1), organizationId: organization, kind: 'tally.count', state: 'FAILED', progress: 2, total: 3, attempts: 0 },
        ...{ codes: ['BLANK'], createdAt: expect.any(String), finishedAt: expect.any(String) },
      },
    ]);
    expect(await run('list', '--organization', id(9))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no organization'),
    });
    const { stdout } = await run('list', '--state', 'FAILED');
    expect(stdout).toMatch(new RegExp(`^${id(1)}  \\d{4}-\\d\\d-\\d\\dT\\S+Z  FAILED     tally\\.count  Test Works  2 of 3  BLANK\n$`));
  });
  it('lets one go on that failed, and no other', async () => {
    expect(await run('retry', encodeGlobalId('Job', id(1)))).toMatchObject({ code: 0 });
    expect(await stateOf(1)).toBe('QUEUED');
    expect(await run('retry', id(3))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has neither failed nor was it cancelled'),
    });
    expect(await run('retry', id(9))).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no job') });
    for (const wrong of ['7', encodeGlobalId('Employee', id(1))]) expect(await run('retry', wrong)).toMatchObject({ code: 2 });
  });
  it('cancels one that has not ended', async () => {
    expect(JSON.parse((await run('cancel', id(2), '--json')).stdout)).toEqual({ id: id(2), state: 'CANCELLED' });
    expect(await stateOf(2)).toBe('CANCELLED');
    expect(await run('cancel', id(3))).toMatchObject({ code: 1, stderr: expect.stringContaining('has ended already') });
    expect(await stateOf(3)).toBe('SUCCEEDED');
  });
});
