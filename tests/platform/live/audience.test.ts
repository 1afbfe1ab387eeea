import { afterEach, describe, expect, it, vi } from 'vitest';
import { Audience, type AudienceParts } from '../../../src/platform/live/audience.ts';
import type { LiveStream } from '../../../src/platform/live/live-stream.ts';

afterEach(() => void vi.useRealTimers());

/** As little of a stream as is looked at while nothing happens. */
const idleStream = (token: string): LiveStream => ({ following: { token }, isIdle: true, end: () => {} }) as unknown as LiveStream;

/** How often each of some sessions is asked for in the course of some milliseconds. */
async function asked(sessions: readonly string[], milliseconds: number): Promise<number[]> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  const times = new Map(sessions.map((token) => [token, 0]));
  const seatOf = async (token: string): Promise<undefined> => void times.set(token, times.get(token)! + 1);
  const audience = new Audience({
    seatOf,
    reaching: async () => new Set(),
    onError: (error: unknown) => expect.fail(String(error)),
  } as unknown as AudienceParts);
  for (const token of sessions) audience.enter(idleStream(token));
  await vi.advanceTimersByTimeAsync(milliseconds);
  return [...times.values()];
}

describe('everybody who follows', () => {
  // A right that is lost is lost within a second (promise 2): what is known of a seat may be 300 ms old besides.
  it.each([1, 9, 10, 11, 1_000])('is asked twice a second whether they still may, of %i', async (size) => {
    const sessions = Array.from({ length: size }, (_, i) => `session ${i}`);
    expect(Math.min(...(await asked(sessions, 550)))).toBeGreaterThanOrEqual(1);
    expect(Math.min(...(await asked(sessions, 1_050)))).toBeGreaterThanOrEqual(2);
  });
});
