import { Subscriber } from '../../../src/platform/live/subscriber.ts';
import type { LiveEvent } from '../../../src/platform/schema/subscription.ts';

/** A subscriber that hands out what it is offered, one after the other. */
export class TestSubscriber extends Subscriber {
  isOver = false;
  #wake: () => void = () => {};
  protected noticed(): void {
    this.#wake();
  }
  end(): void {
    this.isOver = true;
    this.#wake();
  }
  /** The next event; undefined at the end. */
  async next(): Promise<LiveEvent | undefined> {
    while (!this.hasSomething && !this.isOver)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.isOver ? undefined : this.take();
  }
}
