import { describe, expect, it } from 'vitest';
import { ASK_AGAIN, MOST_WAITING, Subscriber } from '../../../src/platform/events/subscriber.ts';
import type { LiveEvent } from '../../../src/platform/graphql/schema/subscription.ts';

const event = (seq: number): LiveEvent => ({ seq, topic: 'T', kind: 'K', at: new Date(0), seatId: null, subjectId: '', facts: {} });
const take = async (subscriber: Subscriber): Promise<unknown> => {
  const next = await subscriber.next();
  return next === ASK_AGAIN ? next : next?.seq;
};

describe('a subscriber', () => {
  it('takes events in order, each once, and none from before its place', async () => {
    const subscriber = new Subscriber(3);
    for (const seq of [2, 3, 4, 4, 5]) subscriber.offer(event(seq));
    expect([await take(subscriber), await take(subscriber)]).toEqual([4, 5]);
    const waiting = take(subscriber);
    subscriber.offer(event(5));
    subscriber.offer(event(6));
    expect(await waiting).toBe(6);
  });

  it('that takes too little gets what it had waiting, and then must read afresh', async () => {
    const subscriber = new Subscriber(0);
    for (let seq = 1; seq <= MOST_WAITING + 50; seq++) subscriber.offer(event(seq));
    for (let seq = 1; seq <= MOST_WAITING; seq++) expect(await take(subscriber)).toBe(seq);
    await expect(subscriber.next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
    subscriber.offer(event(MOST_WAITING + 51));
    await expect(subscriber.next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
  });

  it('may have as many waiting as are allowed', async () => {
    const subscriber = new Subscriber(0);
    for (let seq = 1; seq <= MOST_WAITING; seq++) subscriber.offer(event(seq));
    for (let seq = 1; seq <= MOST_WAITING; seq++) expect(await take(subscriber)).toBe(seq);
    const waiting = take(subscriber);
    subscriber.offer(event(MOST_WAITING + 1));
    expect(await waiting).toBe(MOST_WAITING + 1);
  });

  it('is asked again once, however often it was due, and before what waits', async () => {
    const subscriber = new Subscriber(0);
    subscriber.offer(event(1));
    subscriber.askAgain();
    subscriber.askAgain();
    expect([await take(subscriber), await take(subscriber)]).toEqual([ASK_AGAIN, 1]);
    const waiting = take(subscriber);
    subscriber.askAgain();
    expect(await waiting).toBe(ASK_AGAIN);
  });

  it('ends at once, whether it waits or has events waiting', async () => {
    const idle = new Subscriber(0);
    const waiting = take(idle);
    idle.end();
    expect(await waiting).toBeUndefined();
    const busy = new Subscriber(0);
    busy.offer(event(1));
    busy.end();
    expect(await take(busy)).toBeUndefined();
  });
});
