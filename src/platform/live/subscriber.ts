import type { GraphQLError } from 'graphql';
import type { LiveEvent } from '../schema/subscription.ts';
import { toldError } from '../schema/told-error.ts';

/** Events that wait for a subscriber who does not take them; past it the subscription ends (promise 8). */
export const MOST_WAITING = 1_000;

export const resyncRequired = (): GraphQLError =>
  toldError('RESYNC_REQUIRED', {
    en: 'Events were missed: read afresh, then follow on from there.',
    'zh-CN': '有事件未能送达：请重新读取，再从那里继续订阅。',
  });

const NONE: readonly LiveEvent[] = [];

/** One subscriber's place and queue. Costs nobody else anything, however slow it is. */
export abstract class Subscriber {
  position = 0;
  /** The one object whose events it is given; all by default. */
  readonly subject: string | undefined;
  /** The one topic whose events it is given; all by default. */
  readonly topic: string | undefined;
  #waiting: readonly LiveEvent[] = NONE;
  #overflown = false;
  constructor(subject?: string, topic?: string) {
    this.subject = subject;
    this.topic = topic;
  }

  /** There is something to take. */
  protected abstract noticed(): void;
  /** Nothing more will come. */
  abstract end(): void;

  /** @returns false at the event that makes the queue run over. */
  offer(event: LiveEvent): boolean {
    if (event.seq <= this.position || this.#overflown) return true;
    this.position = event.seq;
    if (this.subject !== undefined && event.subjectId !== this.subject) return true;
    if (this.topic !== undefined && event.topic !== this.topic) return true;
    if (this.#waiting.length >= MOST_WAITING) this.#overflown = true;
    else if (this.#waiting === NONE) this.#waiting = [event];
    else (this.#waiting as LiveEvent[]).push(event);
    this.noticed();
    return !this.#overflown;
  }
  get hasSomething(): boolean {
    return this.#overflown || this.#waiting.length > 0;
  }
  /** The event that came first of those that wait. @throws RESYNC_REQUIRED after the queue has run over and what was in it is taken. */
  take(): LiveEvent | undefined {
    const [event] = this.#waiting;
    if (!event && this.#overflown) throw resyncRequired();
    if (this.#waiting.length <= 1) this.#waiting = NONE;
    else (this.#waiting as LiveEvent[]).shift();
    return event;
  }
}
