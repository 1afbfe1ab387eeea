import type { ExecutionResult } from 'graphql';
import type { NamedSubscription, StreamRequest } from '../schema/subscription.ts';
import type { LiveFeed } from './live-feed.ts';
import type { Question } from './live-question.ts';
import { Subscriber } from './subscriber.ts';

/** Who follows what. */
export interface Following {
  readonly token: string;
  readonly seatId: string;
  readonly organizationId: string;
  readonly subscription: NamedSubscription;
  readonly request: StreamRequest;
  /** UUID of the object that the subscription is about, if one. */
  readonly about: string | undefined;
}
/** What a stream needs done. Each is asked for by a stream that somebody reads, and has done with it before it is asked again. */
export interface StreamKeeper {
  /** Something waits to be answered and told. */
  ready(stream: LiveStream): void;
  /** Nothing waits, and the stream is not told with all others yet. */
  catchUp(stream: LiveStream): void;
  left(stream: LiveStream): void;
}
type Step = IteratorResult<ExecutionResult, void>;
const DONE: Step = { done: true, value: undefined };

/** One subscription under way: events wait in it until its reader takes their answers. Not a generator function, whose `return` would wait for the next event. */
export class LiveStream extends Subscriber implements AsyncGenerator<ExecutionResult, void, void> {
  readonly following: Following;
  question: Question | undefined;
  feed: LiveFeed | undefined;
  isCaughtUp = false;
  readonly #keeper: StreamKeeper;
  #reader: { resolve(step: Step): void; reject(error: unknown): void } | undefined;
  #isBusy = false;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;
  constructor(following: Following, keeper: StreamKeeper) {
    super(following.request.subject, following.subscription.topic.name);
    this.following = following;
    this.#keeper = keeper;
  }

  get isOver(): boolean {
    return this.#isOver;
  }
  /** Whether nothing of it is on its way. */
  get isIdle(): boolean {
    return !this.#isBusy && !this.#isOver;
  }
  protected noticed(): void {
    this.#look();
  }
  #look(): void {
    if (!this.#reader || !this.isIdle || (this.isCaughtUp && !this.hasSomething)) return;
    this.#isBusy = true;
    if (this.hasSomething) this.#keeper.ready(this);
    else this.#keeper.catchUp(this);
  }

  /** The answer to the event that was taken. */
  give(answer: ExecutionResult): void {
    const reader = this.#reader;
    this.#isBusy = false;
    this.#reader = undefined;
    reader?.resolve({ done: false, value: answer });
  }
  /** What was asked for is done, and has nothing to tell. */
  pass(): void {
    this.#isBusy = false;
    this.#look();
  }
  end(failure?: { readonly error: unknown }): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    this.#keeper.left(this);
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) this.#last().then(reader.resolve, reader.reject);
  }
  fail(error: unknown): void {
    this.end({ error });
  }
  async #last(): Promise<Step> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
    return DONE;
  }

  next(): Promise<Step> {
    if (this.#isOver) return this.#last();
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
      this.#look();
    });
  }
  async return(): Promise<Step> {
    this.end();
    return DONE;
  }
  async throw(error: unknown): Promise<Step> {
    this.end();
    throw error;
  }
  [Symbol.asyncIterator](): this {
    return this;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}
