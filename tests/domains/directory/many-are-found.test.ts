import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { csv, imported } from './employee-import.fixture.ts';

// What is written for many goes in statements of a bounded size: a database cancels what takes long, as production does here.

const MOST = 120;
const LONG = 60;
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ statementTimeout: 5_000 });
  own = await server.organization();
});
afterAll(() => server.stop());

/** A word that no other has a part of. */
const word = (seed: number): string => createHash('sha256').update(String(seed)).digest('hex').slice(0, LONG);
const table = (nickname: (i: number) => string): Buffer =>
  csv('Staff number,Name,Phone,Nickname', ...people.map(({ phone }, i) => `M-${i},${word(i)},${phone},${nickname(i)}`));
const people = Array.from({ length: MOST }, () => ({ phone: newPhone() }));
const found = async (search: string): Promise<number> =>
  (await own.admin.query('query ($search: String) { employees(search: $search) { totalCount } }', { search })).employees.totalCount;
const kindsOfJobs = async () =>
  (await rowsOf<{ kind: string; progress: number }>(server, own, 'select kind, progress from jobs order by id')).map(
    ({ kind, progress }) => [kind, progress],
  );

describe('a table of many long names (spec 10.1)', () => {
  it('is taken in, and everybody is found behind it, in steps of their own', async () => {
    expect(
      (
        await imported(
          server,
          own.admin,
          table((i) => word(i + 1_000)),
        )
      ).result,
    ).toMatchObject({ applied: true, created: MOST });
    expect(await found(word(7).slice(20))).toBe(1);
    expect(await found(word(1_003).slice(1))).toBe(1);
    expect(await kindsOfJobs()).toEqual([
      ['directory.importEmployees', MOST],
      ['directory.makeFindable', MOST],
    ]);
  });
  it('finds nobody by what they were called any more', async () => {
    expect(
      (
        await imported(
          server,
          own.admin,
          table((i) => `new ${word(i + 2_000)}`),
        )
      ).result,
    ).toMatchObject({ applied: true, updated: MOST });
    expect([await found(word(1_003).slice(1)), await found(word(2_003).slice(1)), await found(word(3).slice(1))]).toEqual([0, 1, 1]);
  });
  it('of few is found at once', async () => {
    expect((await imported(server, own.admin, csv('Staff number,Name,Phone', `F-1,Lu Yan,${newPhone()}`))).result).toMatchObject({
      created: 1,
    });
    expect(await found('lu ya')).toBe(1);
    expect((await kindsOfJobs()).length).toBe(5);
  });
});
