import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLimit } from '../../src/app/write-limit.ts';
import type { Seat } from '../../src/sdk/index.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

const seat = (id: string): Seat => ({
  id,
  organizationId: '',
  kind: 'EMPLOYEE',
  rights: new Map(),
  traits: new Set(),
  pluginsOff: new Set(),
});

describe('the bucket of a seat', () => {
  /** How many of `tries` writes get through, and after how many seconds the first that did not may come again. */
  async function writes(limit: ReturnType<typeof writeLimit>, tries: number, id = 'a'): Promise<{ done: number; retryAfter?: number }> {
    for (let done = 0; done < tries; done++) {
      const refused = await limit(seat(id)).catch((error: { extensions: { code: string; retryAfter: number } }) => error.extensions);
      if (refused) return { done, retryAfter: refused.retryAfter };
    }
    return { done: tries };
  }

  it('holds 100, and fills evenly', async () => {
    let now = 0;
    const limit = writeLimit(60, () => now);
    expect(await writes(limit, 200)).toEqual({ done: 100, retryAfter: 1 });
    now += 999;
    expect(await writes(limit, 1)).toEqual({ done: 0, retryAfter: 1 });
    now += 1;
    expect(await writes(limit, 2)).toEqual({ done: 1, retryAfter: 1 });
    now += 10_000;
    expect(await writes(limit, 20)).toEqual({ done: 10, retryAfter: 1 });
    now += 3_600_000;
    expect(await writes(limit, 200)).toEqual({ done: 100, retryAfter: 1 });
  });

  it('is its own, and not filled by a clock that goes back', async () => {
    let now = 1_000_000;
    const limit = writeLimit(2, () => now);
    expect(await writes(limit, 101)).toEqual({ done: 100, retryAfter: 30 });
    expect(await writes(limit, 50, 'b')).toEqual({ done: 50 });
    now = 0;
    expect(await writes(limit, 50, 'b')).toEqual({ done: 50 });
    expect(await writes(limit, 1, 'b')).toEqual({ done: 0, retryAfter: 30 });
  });

  it('has no bottom where there is no limit', async () => {
    expect(
      await writes(
        writeLimit(0, () => 0),
        5000,
      ),
    ).toEqual({ done: 5000 });
  });
});

describe('writes over HTTP', () => {
  let server: TestServer;
  let now = new Date('2026-06-01T08:00:00Z');
  beforeAll(async () => {
    server = await startTestServer({ writesPerMinute: 6, now: () => now });
  });
  afterAll(() => server.stop());

  it('past the limit are refused with the time to wait; reading is not, nor are others', async () => {
    const { owner, colleague, sharee } = await server.organization();
    const write = (n: number): string => `t${n}: addContact(input: { name: "", phone: "1", tagIds: [] }) { __typename }`;
    const writes = (seat: TestSeat, count: number) =>
      seat.ask(`mutation { ${Array.from({ length: count }, (_, i) => write(i)).join(' ')} }`);
    const taken = { data: { t0: { __typename: 'ValidationFailed' } }, errors: [] };
    for (let done = 0; done < 100; done += 10) expect(await writes(owner, 10)).toMatchObject(taken);
    const limited = { extensions: { code: 'RATE_LIMITED', retryAfter: 10, requestId: expect.any(String) }, path: ['t0'] };
    expect(await writes(owner, 1)).toMatchObject({ data: { t0: null }, errors: [limited] });
    expect(await owner.query('{ viewer { name } }')).toEqual({ viewer: { name: 'The owner' } });
    expect(await writes(colleague, 1)).toMatchObject(taken);
    now = new Date(now.getTime() + 10_000);
    expect(await writes(owner, 1)).toMatchObject(taken);
    // What is done outside any organization, such as opening a session of another seat, is a write like any other.
    const switches = Array.from({ length: 10 }, (_, i) => `t${i}: switchSeat(input: { seatId: "${sharee.id}" }) { __typename }`);
    const switching = () => sharee.ask(`mutation { ${switches.join(' ')} }`);
    for (let done = 0; done < 100; done += 10) expect((await switching()).errors).toEqual([]);
    expect((await switching()).errors[0]).toMatchObject(limited);
  });
});
