import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RightsWatch } from '../../src/app/rights-watch.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { WatchedPool } from '../support/watched-pool.ts';

let server: TestServer;
let organization: TestOrganization;
let owner: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  organization = await server.organization();
  owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await server.stop();
});

const version = async (): Promise<number> => {
  const { rows } = await owner.query<{ version: number }>('select version from rights_versions where organization_id = $1', [
    organization.id,
  ]);
  return Number(rows[0]?.version ?? 0);
};
const change = (sql: string): Promise<unknown> => owner.query(sql.replaceAll(':own', `organization_id = '${organization.id}'`));
const WHO = '{ viewer { name } contacts(list: ORGANIZATION, first: 1) { totalCount } }';

/** Asks again and again until the code of the answer is this one. */
const untilAnswered = (seat: TestSeat, query: string, code: string | undefined): Promise<void> =>
  expect.poll(async () => (await seat.ask<never>(query)).errors[0]?.extensions.code).toBe(code);

describe('a version of rights', () => {
  it.each([
    ['an employee leaves', 'update employees set left_at = left_at where :own'],
    ['somebody becomes a supervisor', 'update department_members set is_supervisor = is_supervisor where :own'],
    ['a department moves', 'update department_closure set depth = depth where :own'],
    ['a right is changed', 'update admin_rights set department_id = department_id where :own'],
    ['a contact is deleted', 'update contacts set deleted_at = deleted_at where :own'],
    ['a certification changes', 'update organizations set certification = certification where :own'],
    ['a member of the window changes', 'update window_members set joined_at = joined_at where :own'],
    [
      'a plugin is switched',
      `insert into plugin_states (organization_id, plugin, updated_at) select organization_id, 'ordering', now() from organizations where :own`,
    ],
  ])('is raised once where %s', async (_, sql) => {
    const before = await version();
    await change(sql);
    expect(await version()).toBe(before + 1);
  });

  it('stays where nothing that decides seats has changed', async () => {
    const before = await version();
    await change('update contacts set remark = name where :own');
    await change('update employees set position = name where :own');
    expect(await version()).toBe(before);
  });

  it('goes back with the change', async () => {
    const before = await version();
    await owner.query('begin');
    await change('delete from admin_rights where :own');
    await owner.query('rollback');
    expect(await version()).toBe(before);
  });
});

describe('a right that is lost', () => {
  it('is lost without another sign-in, and one that is won is won', async () => {
    const { admin } = organization;
    expect((await admin.ask(WHO)).errors).toEqual([]);
    await change(`update admin_rights set admin_right = 'AUDIT', id = gen_random_uuid(), department_id = (select id from departments where :own limit 1)
      where :own and admin_right = 'CONTACTS' and department_id is null`);
    await untilAnswered(admin, WHO, 'FORBIDDEN');
    await change(
      `update admin_rights set admin_right = 'CONTACTS', department_id = null where :own and admin_right = 'AUDIT' and department_id is not null`,
    );
    await untilAnswered(admin, WHO, undefined);
  });

  it('is lost with the seat and with the session', async () => {
    const { colleague, sharee } = organization;
    expect((await colleague.ask('{ viewer { name } }')).errors).toEqual([]);
    await change(`update employees set left_at = now() where :own and name = 'The colleague'`);
    await untilAnswered(colleague, '{ viewer { name } }', 'UNAUTHENTICATED');
    await sharee.query('{ viewer { name } }');
    await owner.query(`update identity.sessions set ended_at = now() where organization_id = $1`, [organization.id]);
    await untilAnswered(sharee, '{ viewer { name } }', 'UNAUTHENTICATED');
  });
});

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a look at what has changed', () => {
  /** A watch at a time of its own, whose looks end when they are told to. */
  const watched = () => {
    let time = 0;
    let isStale: (of: { sessionId: string; organizationId: string; version: number }) => boolean = () => false;
    const remembered = new Set([organization.id]);
    const looks: (() => void)[] = [];
    const ask = () => new Promise<{ rows: [] }>((resolve) => looks.push(() => resolve({ rows: [] })));
    const door = { pool: { query: async () => ({ rows: [] }) } } as never;
    const watch = new RightsWatch({
      door,
      worker: { query: ask } as never,
      now: () => new Date(0),
      elapsed: () => time,
      organizations: () => remembered,
      changed: (test) => {
        isStale = test;
      },
    });
    /** Whether somebody who asks at a moment is answered before the look that is under way ends. */
    const isBelievedAt = async (moment: number): Promise<boolean> => {
      time = moment;
      let believed = false;
      void watch.look().then(() => {
        believed = true;
      });
      await nextTurn();
      return believed;
    };
    const isForgotten = (organizationId: string): boolean => isStale({ sessionId: 'one', organizationId, version: 1 });
    return { looks, isBelievedAt, remembered, isForgotten };
  };

  it('is taken a quarter of a second after the last at the earliest, and waited for once that is 300 ms ago', async () => {
    const { looks, isBelievedAt } = watched();
    expect([await isBelievedAt(0), looks.length]).toEqual([false, 1]);
    looks[0]!();
    await nextTurn();
    expect([await isBelievedAt(249), looks.length]).toEqual([true, 1]);
    expect([await isBelievedAt(250), looks.length]).toEqual([true, 2]);
    expect([await isBelievedAt(299), looks.length]).toEqual([true, 2]);
    expect([await isBelievedAt(300), looks.length]).toEqual([false, 2]);
  });

  it('counts from its beginning: what changed while it was under way may have been missed', async () => {
    const { looks, isBelievedAt } = watched();
    await isBelievedAt(0);
    await isBelievedAt(200);
    looks[0]!();
    await nextTurn();
    expect(await isBelievedAt(300)).toBe(false);
    expect(looks).toHaveLength(2);
  });

  it('judges those that it asked about, and nobody who came while it was under way', async () => {
    const { looks, isBelievedAt, remembered, isForgotten } = watched();
    await isBelievedAt(0);
    remembered.add('come since');
    looks[0]!();
    await nextTurn();
    expect([organization.id, 'come since'].map(isForgotten)).toEqual([true, false]);
    await isBelievedAt(300);
    looks[1]!();
    await nextTurn();
    expect([organization.id, 'come since'].map(isForgotten)).toEqual([true, true]);
  });
});

describe('a token that is asked with again', () => {
  it('costs no look at its session and its facts', async () => {
    const other = await server.organization();
    await other.owner.query('{ viewer { name } }');
    const [identity, requests] = [new WatchedPool(server.runtime.pools.identity), new WatchedPool(server.runtime.pools.requests)];
    for (let i = 0; i < 50; i++) await other.owner.query('{ __typename }');
    expect(requests.statements).toEqual([]);
    expect(identity.connections).toBeLessThan(10);
  });
});
