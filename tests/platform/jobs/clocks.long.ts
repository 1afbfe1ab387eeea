import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextStrike } from '../../../src/platform/jobs/next-strike.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { inSteps } from '../../support/in-steps.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { tallyPlugin } from './tally.plugin.ts';

describe('a clock strikes next', () => {
  it.each([
    ['30 3 * * *', 'Asia/Shanghai', '2026-06-01T08:00:00Z', '2026-06-01T19:30:00Z'],
    ['30 3 * * *', 'UTC', '2026-06-01T08:00:00Z', '2026-06-02T03:30:00Z'],
    ['30 3 * * *', 'Asia/Shanghai', '2026-06-01T19:30:00Z', '2026-06-02T19:30:00Z'],
    ['0 9 * * 1', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T07:00:00Z'],
  ])('%s in %s after %s: %s', async (cron, zone, after, next) => {
    expect(await nextStrike(cron, zone, new Date(after))).toEqual(new Date(next));
  });
  it('not by an expression or a zone that is none', async () => {
    await expect(nextStrike('61 3 * * *', 'UTC', new Date())).rejects.toThrow();
    await expect(nextStrike('30 3 * * *', 'Asia/Nowhere', new Date())).rejects.toThrow();
  });
});

describe('a clock of a module', () => {
  let now = Date.parse('2026-06-01T08:00:00Z');
  let servers: TestServer[];
  let own: TestOrganization;
  let elsewhere: TestOrganization;
  let database: RawDatabase;
  beforeAll(async () => {
    const options = { plugins: [tallyPlugin], now: () => new Date(now) };
    const first = await startTestServer(options);
    own = await first.organization();
    elsewhere = await first.organization({ name: 'Elsewhere' });
    database = await RawDatabase.open(first.databaseUrl);
    await database.rows(`update organizations set time_zone = 'UTC' where organization_id = $1`, [elsewhere.id]);
    servers = [first, await startTestServer({ ...options, databaseUrl: first.databaseUrl })];
  });
  afterAll(async () => {
    await database?.close();
    for (const server of [...(servers ?? [])].reverse()) await server.stop();
  });
  /** Both servers look at the same moment. */
  async function look(winds = false): Promise<number[]> {
    await Promise.all(servers.map(({ runtime }) => runtime.clocks.look(winds)));
    for (const { runtime } of servers) await runtime.jobs.settled();
    const count = async ({ id }: TestOrganization): Promise<number> =>
      (await database.rows('select 1 from plg_tally.marks where organization_id = $1', [id])).length;
    return [await count(own), await count(elsewhere)];
  }

  inSteps('from night to night', () => {
    it('does not strike when it is wound up', async () => {
      expect(await look(true)).toEqual([0, 0]);
      expect(await database.rows(`select 1 from clock_turns where clock = 'tally.nightly'`)).toHaveLength(2);
    });
    it('strikes in the time of the organization, for all servers once', async () => {
      now = Date.parse('2026-06-01T19:29:59Z');
      expect(await look()).toEqual([0, 0]);
      now = Date.parse('2026-06-01T19:30:00Z');
      expect(await look()).toEqual([1, 0]);
      now = Date.parse('2026-06-02T03:30:00Z');
      expect(await look()).toEqual([1, 1]);
      expect(await look(true)).toEqual([1, 1]);
    });
    it('strikes once for all that was missed', async () => {
      now = Date.parse('2026-06-09T12:00:00Z');
      expect(await look()).toEqual([2, 2]);
      expect(await look()).toEqual([2, 2]);
    });
    it('strikes alone where it is named; there is none by another name', async () => {
      const struck = async (): Promise<string[]> =>
        (await database.rows<{ kind: string }>(`select distinct kind from jobs where created_at = $1`, [new Date(now)])).map(
          ({ kind }) => kind,
        );
      now = Date.parse('2026-06-11T12:00:00Z');
      await servers[0]!.strike('jobs.purge');
      expect(await struck()).toEqual(['jobs.purge']);
      await servers[0]!.strike('tally.nightly');
      expect((await struck()).sort()).toEqual(['jobs.purge', 'tally.nightly']);
      await expect(servers[0]!.strike('tally.never')).rejects.toThrow('No module has a clock tally.never.');
    });
    it('is nobody’s work: no seat sees its job', async () => {
      const { jobs } = await own.admin.query('{ jobs { totalCount } }');
      expect(jobs.totalCount).toBe(0);
      const kinds = await database.rows(`select distinct kind, state, started_by from jobs where kind = 'tally.nightly'`);
      expect(kinds).toEqual([{ kind: 'tally.nightly', state: 'SUCCEEDED', started_by: null }]);
    });
  });
});
