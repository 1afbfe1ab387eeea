import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Attendance } from '../../../src/platform/database/attendance.ts';
import { type Asker, type Leave, NobodyWaitsError, Shares, ShareTakenError } from '../../../src/platform/database/shares.ts';

// Who may hold how many of ten connections: counted, with a clock that stands still unless it is moved.

let now = 0;
let shares: Shares;
beforeEach(() => {
  now = 0;
  shares = new Shares({ connections: 10, plugins: 1, now: () => now });
});

interface Entry {
  leave?: Leave;
  error?: Error;
}
/** Somebody who comes, and what has become of it. */
function come(asker: Asker, isSlow = false): Entry {
  const entry: Entry = {};
  const entered = shares.enter(asker, isSlow);
  if (typeof entered === 'function') entry.leave = entered;
  else
    entered.then(
      (leave) => {
        entry.leave = leave;
      },
      (error) => {
        entry.error = error;
      },
    );
  return entry;
}
const several = (count: number, asker: Asker, isSlow = false): Entry[] => Array.from({ length: count }, () => come(asker, isSlow));
const within = (entries: readonly Entry[]): number => entries.filter(({ leave }) => leave).length;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function leave(entry: Entry): Promise<void> {
  const gone = entry.leave!;
  entry.leave = undefined;
  gone();
  await settled();
}
const ann = { organization: 'north', seat: 'ann' };
const bob = { organization: 'north', seat: 'bob' };
const eve = { organization: 'south', seat: 'eve' };

describe('of ten connections', () => {
  it.each<[string, Asker, number]>([
    ['a seat holds three', ann, 3],
    ['an organization eight', { organization: 'north' }, 8],
    ['a plugin five, beside the core', { organization: 'north', plugin: 'chess' }, 5],
  ])('%s', (_, asker, most) => {
    expect(within(several(20, asker))).toBe(most);
  });
  it('a seat in each of many organizations: all ten', () => {
    const all = Array.from({ length: 20 }, (_, i) => come({ organization: `o${i}`, seat: `s${i}` }));
    expect(within(all)).toBe(10);
  });
  it('those who take long hold three, whoever they are, and others the rest', () => {
    const slow = Array.from({ length: 20 }, (_, i) => come({ organization: `o${i}`, seat: `s${i}` }, true));
    expect(within(slow)).toBe(3);
    expect([within([come(ann)]), within(several(6, { organization: 'south' }))]).toEqual([1, 6]);
  });
  it('one that asks by the hundred leaves room for a seat of its organization, and that for another organization', () => {
    several(200, ann);
    expect(within([come(bob)])).toBe(1);
    for (let i = 0; i < 20; i++) several(20, { organization: 'north', seat: `n${i}` });
    expect(within([come(eve)])).toBe(1);
  });
  it.each([1, 2, 3])('where there are %i, everybody has one at least', (connections) => {
    const few = new Shares({ connections, plugins: 20 });
    expect(few.enter({ ...ann, plugin: 'chess' }, true)).toBeTypeOf('function');
  });
});

describe('a turn', () => {
  it('is taken by the first who waits for what has become free', async () => {
    const own = several(5, ann);
    await leave(own[0]!);
    expect(own.map(({ leave: held }) => held !== undefined)).toEqual([false, true, true, true, false]);
    await leave(own[1]!);
    expect(own.map(({ leave: held }) => held !== undefined)).toEqual([false, false, true, true, true]);
    expect(shares.waiting.seat).toBe(0);
  });
  it('is not kept from others by one who waits for more than one share', async () => {
    const busy = several(3, ann);
    const filling = several(5, { organization: 'north' });
    const waits = several(4, ann);
    const other = come(bob);
    expect(within([other])).toBe(0);
    await leave(filling[0]!);
    expect([within(busy), within(waits), within([other])]).toEqual([3, 0, 1]);
  });
  it('is taken by all for whom something has become free', async () => {
    const slow = several(3, { organization: 'north' }, true);
    several(5, { organization: 'north' });
    const waiting = [come(eve, true), come(bob)];
    expect(within(waiting)).toBe(0);
    await leave(slow[0]!);
    expect(within(waiting)).toBe(2);
  });
  it('that comes frees all that it held', async () => {
    const all = several(3, { ...ann, plugin: 'chess' }, true);
    for (const one of all) await leave(one);
    expect(within(several(10, { organization: 'north' }))).toBe(8);
    expect(within(several(10, eve))).toBe(2);
  });
  it('is given up where nobody waits for it, and the next has it', async () => {
    const attendance = new Attendance();
    const held = several(3, ann);
    const first = come({ ...ann, attendance });
    const second = come(ann);
    attendance.end();
    await settled();
    expect(first.error).toBeInstanceOf(NobodyWaitsError);
    await leave(held[0]!);
    expect(within([first, second])).toBe(1);
    expect(shares.waiting.seat).toBe(0);
  });
  it('is not waited for by more than 250 of a seat: the next are refused at once, and told for whose share', async () => {
    several(3, ann);
    const waiting = several(250, ann);
    const over = come(ann);
    await settled();
    expect([within(waiting), waiting.filter(({ error }) => error).length]).toEqual([0, 0]);
    expect([over.error, (over.error as ShareTakenError).of]).toEqual([expect.any(ShareTakenError), 'seat']);
    expect(within([come(bob)])).toBe(1);
    expect(shares.refused).toMatchObject({ seat: 1, organization: 0 });
  });
  it('that has come is not waited for any more, whatever becomes of it: 250 may wait again', async () => {
    const attendance = new Attendance();
    const first = several(3, ann);
    const waited = [come({ ...ann, attendance }), ...several(249, ann)];
    for (const one of first) await leave(one);
    attendance.end(); // what it was given up for is done
    for (const one of waited.slice(0, -3)) await leave(one);
    expect(within(waited)).toBe(3);
    const again = several(250, ann);
    const over = come(ann);
    await settled();
    expect([again.filter(({ error }) => error).length, over.error]).toEqual([0, expect.any(ShareTakenError)]);
  });
  it('does not come for ever: after 5 s it is refused', async () => {
    vi.useFakeTimers();
    try {
      const held = several(8, { organization: 'north' });
      const late = come(bob);
      await vi.advanceTimersByTimeAsync(4_999);
      expect(late.error).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      expect((late.error as ShareTakenError).of).toBe('organization');
      expect(within(held)).toBe(8);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the time of a seat', () => {
  it('one connection may be held all the time', async () => {
    const own = come(ann);
    now += 3_600_000;
    expect(within(several(5, ann))).toBe(2);
    await leave(own);
  });
  it('more than one for two seconds leaves it one', async () => {
    const own = several(3, ann);
    now += 1_001;
    const more = several(2, ann);
    await leave(own[0]!);
    await leave(own[1]!);
    expect(within(more)).toBe(0);
    await leave(own[2]!);
    expect(within(more)).toBe(1);
  });
  it('and that one among all who take long', async () => {
    for (const [i, seat] of ['ann', 'bob', 'cid', 'dan'].entries()) {
      const own = several(3, { organization: 'north', seat });
      now += 100_000 / 4 ** i; // what one spends the others are given back
      for (const one of own) await leave(one);
    }
    const again = ['dan', 'cid', 'bob', 'ann'].map((seat) => come({ organization: 'north', seat }));
    expect(within(again)).toBe(3);
    expect(within([come({ organization: 'north', seat: 'fay' })])).toBe(1);
    await leave(again[0]!);
    expect(within(again)).toBe(3);
  });
  it.each([
    ['not yet', 2_999, 1],
    ['it is', 3_000, 3],
  ])('is given back while it holds nothing: %s after %i ms', async (_, after, most) => {
    const own = several(3, ann);
    now += 2_500; // 5 s of connections beyond the one, of which 2 s are its own
    for (const one of own) await leave(one);
    now += after;
    expect(within(several(5, ann))).toBe(most);
  });
  it('is remembered of those alone who took much', async () => {
    for (let i = 0; i < 20_000; i++) await Promise.resolve(shares.enter({ organization: 'north', seat: `n${i}` })).then((gone) => gone());
    expect(shares.known).toBeLessThanOrEqual(10_000);
  });
  it.each<[string, (churn: () => Promise<void>) => Promise<unknown>, unknown]>([
    [
      'has spent its time',
      async (churn) => {
        const own = several(3, ann);
        now += 100_000;
        for (const one of own) await leave(one);
        await churn();
        return within(several(5, ann));
      },
      1,
    ],
    [
      'holds all that it may',
      async (churn) => {
        several(3, ann);
        await churn();
        return within([come(ann)]);
      },
      0,
    ],
    [
      'holds nothing, but waits by the hundred',
      async (churn) => {
        several(8, { organization: 'north' });
        several(250, ann);
        await churn();
        const over = come(ann);
        await settled();
        return over.error?.name;
      },
      'ShareTakenError',
    ],
  ])('is not forgotten of one that %s, however many come and go', async (_, act, expected) => {
    const churn = async (): Promise<void> => {
      for (let i = 0; i < 10_001; i++) await leave(come({ organization: 'south', seat: `s${i}` }));
    };
    expect(await act(churn)).toBe(expected);
  });
});
