import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LiveCursors } from '../../../src/platform/live/live-cursor.ts';

const cursors = new LiveCursors(randomBytes(32));
const SEAT = '0190c0de-0000-7000-8000-000000000001';
const STREAM = '0190c0de-0000-7000-8000-000000000002';
const OTHER = '0190c0de-0000-7000-8000-000000000003';

describe('a cursor', () => {
  it.each([0, 1, 255, 256, 70_000, 2 ** 31, 2 ** 48 - 1])('gives the place %i back to its seat and stream', (seq) => {
    expect(cursors.open(cursors.seal(seq, SEAT, STREAM), SEAT, STREAM)).toBe(seq);
  });

  it('is nothing for another seat, another stream, or another server’s secret', () => {
    const cursor = cursors.seal(7, SEAT, STREAM);
    expect(cursors.open(cursor, OTHER, STREAM)).toBeUndefined();
    expect(cursors.open(cursor, SEAT, OTHER)).toBeUndefined();
    expect(cursors.open(cursor, STREAM, SEAT)).toBeUndefined();
    expect(new LiveCursors(randomBytes(32)).open(cursor, SEAT, STREAM)).toBeUndefined();
  });

  it.each(['', '7', 'x'.repeat(22), '!'.repeat(22), 'A'.repeat(200), cursors.seal(7, SEAT, STREAM).slice(1)])('is not %j', (forged) => {
    expect(cursors.open(forged, SEAT, STREAM)).toBeUndefined();
  });

  it('does not open with any letter changed', () => {
    const cursor = cursors.seal(7, SEAT, STREAM);
    for (let i = 0; i < cursor.length - 1; i++) {
      const changed = cursor.slice(0, i) + (cursor[i] === 'A' ? 'B' : 'A') + cursor.slice(i + 1);
      expect(cursors.open(changed, SEAT, STREAM)).toBeUndefined();
    }
  });

  it('tells nothing of how many came before', () => {
    const [first, second] = [cursors.seal(1, SEAT, STREAM), cursors.seal(2, SEAT, STREAM)];
    expect(first).toHaveLength(second.length);
    const shared = [...first].filter((letter, i) => letter === second[i]).length;
    expect(shared).toBeLessThan(first.length / 2);
  });
});
