import { rateLimited } from '../platform/read/refusal.ts';
import type { Seat } from '../sdk/index.ts';

const BURST = 100;
const MOST_REMEMBERED = 50_000;

/**
 * Writes of a seat: so many a minute, with bursts of 100 (targets 2). A bucket that fills evenly.
 * @param perMinute 0 for no limit. @param now milliseconds
 */
export function writeLimit(perMinute: number, now: () => number): (seat: Seat) => Promise<void> {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMillisecond = perMinute / 60_000;
  return async ({ id }) => {
    if (perMinute === 0) return;
    const at = now();
    const known = buckets.get(id);
    const left = known ? Math.min(BURST, known.left + Math.max(0, at - known.at) * perMillisecond) : BURST;
    if (left < 1) {
      const retryAfter = Math.ceil((1 - left) / perMillisecond / 1000);
      throw rateLimited({ en: 'You write faster than is allowed; try again shortly.', 'zh-CN': '操作过于频繁，请稍后再试。' }, retryAfter);
    }
    buckets.delete(id); // the seat that has not written for longest stands first
    if (buckets.size >= MOST_REMEMBERED) buckets.delete(buckets.keys().next().value!);
    buckets.set(id, { left: left - 1, at });
  };
}
