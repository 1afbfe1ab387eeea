import type { SmsSender, TextMessage } from '../../sdk/index.ts';

const MOST_AT_ONCE = 10;
const MOST_WAITING = 1_000;
const PATIENCE = 20_000;

/** What became of a message: handed over, not, or not even tried, because too many waited. */
export type TextOutcome = 'sent' | 'failed' | 'dropped';

export interface TextOutboxOptions {
  readonly sender: SmsSender;
  /** Milliseconds that a message has, from the moment that its turn comes; 20,000. */
  readonly patience?: number;
  /** Told of each message; `error` where it was not handed over. Neither holds a phone or a text. */
  observe?(outcome: TextOutcome, error?: unknown): void;
}

/**
 * Text messages on their way out. Nobody who asks for one waits for it: how long an answer takes says nothing of whether a phone is known,
 * nor of how its deliverer does. They are kept in memory: a code is good for minutes, and whoever gets none asks again.
 */
export class TextOutbox {
  readonly #options: TextOutboxOptions;
  readonly #waiting: (() => Promise<TextMessage>)[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  constructor(options: TextOutboxOptions) {
    this.#options = options;
  }

  /** @param compose looks up what the message says; called when its turn comes */
  post(compose: () => Promise<TextMessage>): void {
    if (this.#waiting.length >= MOST_WAITING || this.#stop.signal.aborted) this.#options.observe?.('dropped');
    else {
      this.#waiting.push(compose);
      this.#next();
    }
  }
  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#underWay.size) await Promise.all(this.#underWay);
  }
  /** Takes nothing more, and gives up what is not gone after some time. @param milliseconds */
  async close(milliseconds: number): Promise<void> {
    const givenUp = setTimeout(() => this.#stop.abort(), milliseconds);
    await this.settled();
    clearTimeout(givenUp);
    this.#stop.abort();
  }

  #next(): void {
    while (this.#underWay.size < MOST_AT_ONCE && this.#waiting.length) {
      const sending: Promise<void> = this.#send(this.#waiting.shift()!).finally(() => {
        this.#underWay.delete(sending);
        this.#next();
      });
      this.#underWay.add(sending);
    }
  }
  async #send(compose: () => Promise<TextMessage>): Promise<void> {
    const { sender, patience = PATIENCE, observe } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(patience)]);
    try {
      const message = await compose();
      await Promise.race([sender.send(message, signal), aborted(signal)]);
      observe?.('sent');
    } catch (error) {
      observe?.('failed', error);
    }
  }
}

/** Senders of plugins may not look at the signal. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
