import { GraphQLError } from 'graphql';
import type { LiveEvent } from '../graphql/schema/subscription.ts';

/** Events that wait for a subscriber who does not take them; past it the subscription ends (promise 8). */
export const MOST_WAITING = 1_000;

/** What a subscriber gets between events, twice a second: time to ask whether its seat may still follow. */
export const ASK_AGAIN = 'ASK_AGAIN';

export const resyncRequired = (): GraphQLError =>
  new GraphQLError('Events were missed: read afresh, then follow on from there.', { extensions: { code: 'RESYNC_REQUIRED' } });

/** One subscriber's queue. Costs nobody else anything, however slow it is. */
export class Subscriber {
  position: number;
  readonly #queue: LiveEvent[] = [];
  #wake: (() => void) | undefined;
  #isDue = false;
  #overflown = false;
  #ended = false;
  constructor(position: number) {
    this.position = position;
  }
  /** @returns false at the event that makes the queue run over. */
  offer(event: LiveEvent): boolean {
    if (event.seq <= this.position || this.#overflown) return true;
    this.position = event.seq;
    if (this.#queue.length >= MOST_WAITING) this.#overflown = true;
    else this.#queue.push(event);
    this.#wake?.();
    return !this.#overflown;
  }
  askAgain(): void {
    this.#isDue = true;
    this.#wake?.();
  }
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }
  /** The next event; undefined at the end. @throws RESYNC_REQUIRED after the queue has run over and what was in it is taken. */
  async next(): Promise<LiveEvent | typeof ASK_AGAIN | undefined> {
    for (;;) {
      if (this.#ended) return undefined;
      if (this.#isDue) {
        this.#isDue = false;
        return ASK_AGAIN;
      }
      const event = this.#queue.shift();
      if (event) return event;
      if (this.#overflown) throw resyncRequired();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
