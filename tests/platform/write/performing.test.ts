import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { course, probePlugin } from './probe.plugin.ts';

const ACT = `mutation ($input: ProbeActInput!) { probeAct(input: $input) { __typename ... on ProbeActSuccess { what } ... on UserError { code path } } }`;
const TWIN = ACT.replaceAll('robeAct', 'robeTwin').replaceAll('ProbeAct', 'ProbeTwin');
const HOUR = 3_600_000;

let now = Date.parse('2026-06-01T08:00:00Z');
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ plugins: [probePlugin], now: () => new Date(now) });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});
beforeEach(async () => {
  course.meanwhile = async () => {};
  course.heard.length = 0;
  await database.rows(`update organizations set name = 'before' where organization_id = $1`, [own.id]);
  await database.rows('delete from events where organization_id = $1', [own.id]);
});

const act = (seat: TestSeat, what: string, more: object = {}) => seat.ask(ACT, { input: { what, ...more } });
const answerOf = async (asked: ReturnType<typeof act>): Promise<string> => {
  const { data, errors } = await asked;
  return errors[0]?.extensions.code ?? data.probeAct.__typename;
};
const kept = async () => {
  const [organization] = await database.rows<{ name: string }>('select name from organizations where organization_id = $1', [own.id]);
  const events = await database.rows<{ kind: string }>(
    `select kind from events where organization_id = $1 and topic = 'PROBE' order by id`,
    [own.id],
  );
  return { name: organization!.name, events: events.map(({ kind }) => kind) };
};
const keys = async (key: string): Promise<number> => (await database.rows('select 1 from idempotency_keys where key = $1', [key])).length;

describe('a use case', () => {
  it('that succeeds keeps what it wrote and its events, with those of its listeners, in order', async () => {
    expect(await answerOf(act(own.owner, 'work'))).toBe('ProbeActSuccess');
    expect(course.heard).toEqual(['first work', 'second work']);
    expect(await kept()).toEqual({ name: 'work', events: ['work', 'first work', 'second work'] });
  });

  it.each([
    ['breaks', 'break', 'INTERNAL'],
    ['breaks in a listener', 'break in first', 'INTERNAL'],
    ['breaks in the last listener', 'break in second', 'INTERNAL'],
  ])('that %s leaves nothing', async (_, what, code) => {
    expect(await answerOf(act(own.owner, what, { idempotencyKey: what }))).toBe(code);
    expect(await kept()).toEqual({ name: 'before', events: [] });
    expect(await keys(what)).toBe(0);
  });

  it.each([
    ['is refused', 'refuse'],
    ['is refused by a listener', 'refuse in second'],
  ])('that %s leaves only what stands where it is refused', async (_, what) => {
    expect(await answerOf(act(own.owner, what, { idempotencyKey: what }))).toBe('ProbeRefused');
    expect(await kept()).toEqual({ name: `refused: ${what}`, events: [] });
    expect(await keys(what)).toBe(0);
  });

  it('after the first listener that refuses tells no other', async () => {
    await act(own.owner, 'refuse in first');
    expect(course.heard).toEqual(['first refuse in first']);
  });
});

describe('a mutation of a plugin for a role toward objects', () => {
  const keep = (seat: TestSeat, name: string) =>
    seat
      .ask(`mutation { ${name}(input: { what: "kept" }) { __typename } }`)
      .then(({ data, errors }) => errors[0]?.extensions.code ?? data[name].__typename);
  it('is done for nobody where it asks no object, however it came to forget it', async () => {
    for (const seat of [own.colleague, own.admin]) expect(await keep(seat, 'probeKeep')).toBe('INTERNAL');
    expect(await kept()).toEqual({ name: 'before', events: [] });
  });
  it('asks a right instead where it makes something new, of the whole organization', async () => {
    expect(await keep(own.admin, 'probeKeepAsked')).toBe('ProbeKeepAskedSuccess');
    expect((await kept()).name).toBe('kept');
    for (const seat of [own.colleague, own.scopedAdmin, own.formsAdmin]) expect(await keep(seat, 'probeKeepAsked')).toBe('FORBIDDEN');
  });
});

describe('a key', () => {
  it('gives the earlier answer and does nothing twice, whatever the order of the input', async () => {
    const input = { idempotencyKey: 'again', other: 'more' };
    expect((await act(own.owner, 'once', input)).data.probeAct).toEqual({ __typename: 'ProbeActSuccess', what: 'once' });
    const replayed = await own.owner.ask(ACT, { input: { other: 'more', what: 'once', idempotencyKey: 'again' } });
    expect(replayed.data.probeAct).toEqual({ __typename: 'ProbeActSuccess', what: 'once' });
    expect((await kept()).events).toEqual(['once', 'first once', 'second once']);
  });

  it('with other input is refused, and what was done stays', async () => {
    await act(own.owner, 'first input', { idempotencyKey: 'mismatch' });
    const { data } = await act(own.owner, 'second input', { idempotencyKey: 'mismatch' });
    expect(data.probeAct).toEqual({ __typename: 'IdempotencyMismatch', code: 'IDEMPOTENCY_MISMATCH', path: ['input', 'idempotencyKey'] });
    expect((await kept()).name).toBe('first input');
  });

  it('for another mutation of the same input is refused, also once the first may be used again', async () => {
    const input = { what: 'of both', idempotencyKey: 'by name' };
    const twin = async () => (await own.owner.ask(TWIN, { input })).data.probeTwin.__typename;
    expect(await answerOf(act(own.owner, 'of both', { idempotencyKey: 'by name' }))).toBe('ProbeActSuccess');
    expect(await twin()).toBe('IdempotencyMismatch');
    now += 72 * HOUR + 1;
    expect([await twin(), await twin()]).toEqual(['ProbeTwinSuccess', 'ProbeTwinSuccess']);
    expect(await answerOf(act(own.owner, 'of both', { idempotencyKey: 'by name' }))).toBe('IdempotencyMismatch');
    expect((await kept()).events.filter((kind) => kind === 'of both')).toHaveLength(2);
  });

  it('of a refusal is free: the next one with it is done', async () => {
    await act(own.owner, 'refuse', { idempotencyKey: 'free' });
    expect(await answerOf(act(own.owner, 'work', { idempotencyKey: 'free' }))).toBe('ProbeActSuccess');
  });

  it('is the seat’s own', async () => {
    await act(own.owner, 'of the owner', { idempotencyKey: 'own' });
    expect(await answerOf(act(own.colleague, 'of the colleague', { idempotencyKey: 'own' }))).toBe('ProbeActSuccess');
    expect(await keys('own')).toBe(2);
    for (const [seat, what] of [
      [own.owner, 'of the owner'],
      [own.colleague, 'of the colleague'],
    ] as const)
      expect((await act(seat, what, { idempotencyKey: 'own' })).data.probeAct).toEqual({ __typename: 'ProbeActSuccess', what });
  });

  it('is used again after 72 hours, not before', async () => {
    await act(own.owner, 'early', { idempotencyKey: 'old' });
    now += 72 * HOUR;
    expect(await answerOf(act(own.owner, 'late', { idempotencyKey: 'old' }))).toBe('IdempotencyMismatch');
    now += 1;
    expect(await answerOf(act(own.owner, 'late', { idempotencyKey: 'old' }))).toBe('ProbeActSuccess');
    expect(await answerOf(act(own.owner, 'early', { idempotencyKey: 'old' }))).toBe('IdempotencyMismatch');
    expect((await act(own.owner, 'late', { idempotencyKey: 'old' })).data.probeAct.what).toBe('late');
    expect((await kept()).events.filter((kind) => kind === 'late')).toHaveLength(1);
  });

  it('has 1 to 64 characters', async () => {
    for (const idempotencyKey of ['', 'x'.repeat(65)])
      expect(await answerOf(act(own.owner, 'work', { idempotencyKey }))).toBe('BAD_REQUEST');
    expect(await answerOf(act(own.owner, 'work', { idempotencyKey: 'x'.repeat(64) }))).toBe('ProbeActSuccess');
  });
});

describe('a twin of one that is under way', () => {
  /** Stops the next use case in its middle. @returns when it is there, and what lets it go on. */
  function halfway(): { there: Promise<void>; goOn(): void } {
    const [there, on] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    course.meanwhile = async () => {
      course.meanwhile = async () => {};
      there.resolve();
      await on.promise;
    };
    return { there: there.promise, goOn: () => on.resolve() };
  }
  const waiting = async (): Promise<number> =>
    (await database.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length;

  it('waits for it and gives its answer', async () => {
    const { there, goOn } = halfway();
    const input = { idempotencyKey: 'twin' };
    const first = act(own.owner, 'twin', input);
    await there;
    const second = act(own.owner, 'twin', input);
    await expect.poll(waiting).toBe(1);
    goOn();
    expect([await answerOf(first), await answerOf(second)]).toEqual(['ProbeActSuccess', 'ProbeActSuccess']);
    expect((await kept()).events).toEqual(['twin', 'first twin', 'second twin']);
  });

  it('does it itself where the first is refused after all', async () => {
    const { there, goOn } = halfway();
    const first = act(own.owner, 'refuse', { idempotencyKey: 'heir' });
    await there;
    const second = act(own.owner, 'inherited', { idempotencyKey: 'heir' });
    await expect.poll(waiting).toBe(1);
    goOn();
    expect([await answerOf(first), await answerOf(second)]).toEqual(['ProbeRefused', 'ProbeActSuccess']);
    expect((await kept()).events).toEqual(['inherited', 'first inherited', 'second inherited']);
  });
});
