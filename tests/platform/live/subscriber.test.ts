import { describe, expect, it } from 'vitest';
import { MOST_WAITING } from '../../../src/platform/live/subscriber.ts';
import type { LiveEvent } from '../../../src/platform/schema/subscription.ts';
import { TestSubscriber } from './subscriber.fixture.ts';

const event = (seq: number, subjectId = ''): LiveEvent => ({
  seq,
  topic: 'T',
  kind: 'K',
  at: new Date(0),
  seatId: null,
  subjectId,
  facts: {},
});
const take = async (subscriber: TestSubscriber): Promise<number | undefined> => (await subscriber.next())?.seq;
function subscriberAfter(position: number, subject?: string): TestSubscriber {
  const subscriber = new TestSubscriber(subject);
  subscriber.position = position;
  return subscriber;
}

describe('a subscriber', () => {
  it('takes events in order, each once, and none from before its place', async () => {
    const subscriber = subscriberAfter(3);
    for (const seq of [2, 3, 4, 4, 5]) subscriber.offer(event(seq));
    expect([await take(subscriber), await take(subscriber)]).toEqual([4, 5]);
    const waiting = take(subscriber);
    subscriber.offer(event(5));
    subscriber.offer(event(6));
    expect(await waiting).toBe(6);
  });

  it('of one object takes its events alone, and has passed those of others', async () => {
    const subscriber = subscriberAfter(0, 'mine');
    for (const [seq, subject] of [
      [1, 'other'],
      [2, 'mine'],
      [3, 'other'],
    ] as const)
      subscriber.offer(event(seq, subject));
    expect(await take(subscriber)).toBe(2);
    expect([subscriber.hasSomething, subscriber.position]).toEqual([false, 3]);
  });

  it('that takes too little gets what it had waiting, and then must read afresh', async () => {
    const subscriber = subscriberAfter(0);
    for (let seq = 1; seq <= MOST_WAITING + 50; seq++) subscriber.offer(event(seq));
    for (let seq = 1; seq <= MOST_WAITING; seq++) expect(await take(subscriber)).toBe(seq);
    await expect(subscriber.next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
    subscriber.offer(event(MOST_WAITING + 51));
    await expect(subscriber.next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
  });

  it('may have as many waiting as are allowed', async () => {
    const subscriber = subscriberAfter(0);
    for (let seq = 1; seq <= MOST_WAITING; seq++) subscriber.offer(event(seq));
    for (let seq = 1; seq <= MOST_WAITING; seq++) expect(await take(subscriber)).toBe(seq);
    const waiting = take(subscriber);
    subscriber.offer(event(MOST_WAITING + 1));
    expect(await waiting).toBe(MOST_WAITING + 1);
  });
});
