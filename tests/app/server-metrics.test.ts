import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_WAITING } from '../../src/platform/live/subscriber.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { TestSubscriber } from '../platform/live/subscriber.fixture.ts';
import { APPROVE, orderFor, placeOrder } from '../support/form-moves.ts';
import { tasksNow } from '../support/live-places.ts';
import { RawDatabase } from '../support/raw-database.ts';

const POOL = 2;
const MY_TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ poolSize: POOL, writesPerMinute: 60 });
  own = await server.organization();
});
afterAll(() => server.stop());

/** The value of a figure, as whoever scrapes it reads it; 0 where it has none yet. */
async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line ? Number(line.slice(name.length + 1)) : 0;
}
/** By how much a figure grows while something is done. */
async function growth(name: string, work: () => Promise<unknown>): Promise<number> {
  const before = await figure(name);
  await work();
  return (await figure(name)) - before;
}

describe('use cases', () => {
  it.each<[string, string, string, () => Promise<unknown>]>([
    ['that are done', 'placeOrder', 'done', () => placeOrder(own.customer)],
    ['that are refused, by the refusal’s code', 'approveFormTask', 'NOT_FOUND', () => own.owner.ask(APPROVE, { input: { taskId: 'x' } })],
    [
      'that are forbidden',
      'approveFormTask',
      'FORBIDDEN',
      async () => own.supervisor.ask(APPROVE, { input: { taskId: (await orderFor(own.owner, own.customer)).task.id } }),
    ],
    ['outside of organizations', 'signOut', 'done', () => own.scopedAdmin.does('mutation { signOut { __typename } }')],
  ])('%s are counted by mutation: %s %s', async (_, mutation, outcome, work) => {
    expect(await growth(`guichet_use_cases_total{mutation="${mutation}",outcome="${outcome}"}`, work)).toBe(1);
  });

  it('that come too fast are counted as such', async () => {
    const limited = 'guichet_use_cases_total{mutation="approveFormTask",outcome="RATE_LIMITED"}';
    const ask = () => own.sharee.ask(APPROVE, { input: { taskId: 'x' } });
    expect(await growth(limited, () => Promise.all(Array.from({ length: 103 }, ask)))).toBeGreaterThanOrEqual(1);
  });

  it('are timed, and so are their statements counted', async () => {
    const done = () => placeOrder(own.customer);
    expect(await growth('guichet_use_case_seconds_count{mutation="placeOrder"}', done)).toBe(1);
    expect(await growth('guichet_use_case_statements_sum', done)).toBeGreaterThan(3);
    expect(await growth('guichet_use_case_statements_count', done)).toBe(1);
  });
});

describe('reads', () => {
  it('are one statement a root field', async () => {
    const ask = () => own.owner.query('{ viewer { name } contacts { nodes { name tags { name } } } }');
    expect(await growth('guichet_read_statements_total', ask)).toBe(2);
  });

  it('of a document that is known make no plan again', async () => {
    const ask = () => own.owner.query('{ once: contacts { nodes { name } } }');
    expect(await growth('graphql_documents_total{result="examined"}', ask)).toBe(1);
    expect(await growth('graphql_documents_total{result="known"}', ask)).toBe(1);
    expect(await growth('guichet_plans_total{result="made"}', ask)).toBe(0);
    expect(await growth('guichet_plans_total{result="known"}', ask)).toBe(1);
    expect(await growth('graphql_documents_total{result="refused"}', () => own.owner.ask('{'))).toBe(1);
    expect(await figure('graphql_remembered_documents')).toBeGreaterThan(1);
  });
});

describe('a pool', () => {
  it('shows what is busy, who waits, and for how long they did', async () => {
    const pool = server.runtime.pools.requests;
    const held = await Promise.all(Array.from({ length: POOL }, () => pool.connect()));
    const busy = 'guichet_pool_connections{pool="requests",state="busy"}';
    expect(await figure(busy)).toBe(POOL);
    expect(await figure('guichet_pool_connections{pool="requests",state="most"}')).toBe(POOL);
    const waited = await growth('guichet_pool_wait_seconds_count{pool="requests"}', async () => {
      const asked = own.owner.query('{ organization { name } }');
      await expect.poll(() => figure('guichet_pool_waiting{pool="requests"}')).toBe(1);
      for (const client of held) client.release();
      await asked;
    });
    expect(waited).toBe(1);
    expect([await figure(busy), await figure('guichet_pool_waiting{pool="requests"}')]).toEqual([0, 0]);
  });
});

describe('events', () => {
  it('show how far the numbering lags, and the sending', async () => {
    const live = own.owner.follow(MY_TASKS, { after: await tasksNow(server, own.owner) });
    await placeOrder(own.customer);
    await live.next();
    // whoever has caught up is told live
    expect(
      await growth('guichet_event_sending_seconds_count', async () => {
        await placeOrder(own.customer);
        await live.next();
      }),
    ).toBeGreaterThan(0);
    await live.stop();
    for (const name of ['guichet_event_numbering_seconds', 'guichet_stamper_seconds']) {
      expect(await figure(`${name}_count`)).toBeGreaterThan(1);
      expect(await figure(`${name}_sum`)).toBeLessThan(60);
    }
  });

  it('that run over a subscriber’s queue are counted, once a subscriber', async () => {
    const overflows = 'guichet_subscriber_overflows_total';
    const { hub } = server.runtime;
    const subscriber = new TestSubscriber();
    const feed = await hub.join(own.id, own.id, subscriber, undefined);
    await hub.catchUp(feed, subscriber);
    const database = await RawDatabase.open(server.databaseUrl);
    const write = (count: number) =>
      database.rows(
        `insert into events (organization_id, id, stream, topic, kind, subject_id, facts, at)
         select $1, gen_random_uuid(), $1, 'TEST', 'MOVED', $1, '{}', now() from generate_series(1, $2)`,
        [own.id, count],
      );
    await write(MOST_WAITING + 50);
    hub.wake();
    await expect.poll(() => figure(overflows)).toBe(1);
    await database.close();
    hub.leave(feed, subscriber);
  });
});

it('a server says which program it is', async () => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  expect(text).toMatch(/guichet_build_info\{version="\d+\.\d+\.\d+[^"]*",node="v\d+[^"]*"\} 1/);
});
