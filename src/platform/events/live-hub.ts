import pg from 'pg';
import type { LiveEvent } from '../graphql/schema/subscription.ts';
import type { EventObserver } from './event.metrics.ts';
import { EVENT_PAGE, lastPlaces, readEvents, streamState } from './event-reader.ts';
import { type StampedStream, stampEvents } from './stamper.ts';
import { ASK_AGAIN, resyncRequired, Subscriber } from './subscriber.ts';

const CHANNEL = 'guichet_events';
/** How often what NOTIFY may have lost is looked for, and subscribers are made to ask for their rights (promise 2). */
const POLL_MILLISECONDS = 500;
/** One waking a process in this time, however many commits there are. */
const WAKE_MILLISECONDS = 5;
const MOST_NOTIFIED = 100;

interface Feed {
  readonly organizationId: string;
  readonly stream: string;
  position: number;
  readonly subscribers: Set<Subscriber>;
  reading: Promise<void> | undefined;
  /** There may be more than was read, also where a reading is under way. */
  isBehind: boolean;
  /** Readers that have it, those still catching up included. */
  uses: number;
}
export interface HubOptions {
  /** Sessions of the worker's role. */
  readonly pool: pg.Pool;
  /** The login's URL, for the connection that listens to other servers. */
  readonly url: string;
  readonly observe?: EventObserver;
  onError(error: unknown): void;
}

/** Numbers events after their commits and hands them to the subscribers of this process; other servers are woken by NOTIFY (spec 6.5). */
export class LiveHub {
  readonly #options: HubOptions;
  readonly #feeds = new Map<string, Feed>();
  #listener: pg.Client | undefined;
  #poll: NodeJS.Timeout | undefined;
  #waking: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  constructor(options: HubOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#poll = setInterval(() => {
      this.#work(true);
      for (const { subscribers } of this.#feeds.values()) for (const subscriber of subscribers) subscriber.askAgain();
    }, POLL_MILLISECONDS).unref();
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#waking);
    for (const { subscribers } of this.#feeds.values()) for (const subscriber of subscribers) subscriber.end();
    await this.#working;
    await this.#listener?.end().catch(() => {});
  }
  /** Something was committed that has events. */
  wake(): void {
    this.#waking ??= setTimeout(() => {
      this.#waking = undefined;
      this.#work(false);
    }, WAKE_MILLISECONDS);
  }

  /**
   * Events of a stream, in order, each once; in between ASK_AGAIN, for what its reader has to look at now and then.
   * @param after place to go on from; the present one by default.
   * @param signal ends it at once, also while it waits for an event.
   * @throws RESYNC_REQUIRED where events after that place are gone, or the reader is too slow.
   */
  async *events(
    organizationId: string,
    stream: string,
    after: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<LiveEvent | typeof ASK_AGAIN, void, void> {
    const feed = await this.#use(organizationId, stream);
    const subscriber = new Subscriber(after ?? feed.position);
    const end = (): void => subscriber.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      if (signal.aborted) return;
      if (after !== undefined) await this.#refuseGone(feed, after);
      // Reads what was missed until the feed is caught up with; then it joins without a gap, in the same moment.
      while (!this.#stopped && subscriber.position < feed.position) {
        for (const event of await this.#missed(feed, subscriber.position)) {
          subscriber.position = event.seq;
          yield event;
        }
      }
      if (this.#stopped) return;
      feed.subscribers.add(subscriber);
      for (let event = await subscriber.next(); event; event = await subscriber.next()) {
        if (event !== ASK_AGAIN) this.#options.observe?.taken(event.at);
        yield event;
      }
    } finally {
      signal.removeEventListener('abort', end);
      feed.subscribers.delete(subscriber);
      if (--feed.uses === 0) this.#feeds.delete(stream);
    }
  }

  async #refuseGone({ organizationId, stream }: Feed, after: number): Promise<void> {
    const { purged, last } = await streamState(this.#options.pool, organizationId, stream);
    if (after < purged || after > last) throw resyncRequired();
  }
  /** Places have no gaps: where the next one is not there, it has been deleted meanwhile. */
  async #missed({ organizationId, stream }: Feed, after: number): Promise<LiveEvent[]> {
    const events = await readEvents(this.#options.pool, organizationId, stream, after);
    if (events[0]?.seq !== after + 1) throw resyncRequired();
    return events;
  }

  /** The feed of a stream, counted as used from this moment on. */
  async #use(organizationId: string, stream: string): Promise<Feed> {
    if (!this.#feeds.has(stream)) {
      const { last: position } = await streamState(this.#options.pool, organizationId, stream);
      const feed: Feed = { organizationId, stream, position, subscribers: new Set(), reading: undefined, isBehind: false, uses: 0 };
      if (!this.#feeds.has(stream)) this.#feeds.set(stream, feed);
    }
    const feed = this.#feeds.get(stream)!;
    feed.uses++;
    return feed;
  }

  #work(poll: boolean): void {
    this.#working = this.#working
      .then(async () => {
        if (this.#stopped) return;
        const stamped = await stampEvents(this.#options.pool, this.#options.observe);
        if (stamped.length) await this.#notify(stamped);
        const streams = poll ? await this.#behind() : stamped.map(({ stream }) => stream);
        await Promise.all([...new Set([...streams, ...stamped.map(({ stream }) => stream)])].map((stream) => this.#deliver(stream)));
      })
      .catch((error: unknown) => this.#options.onError(error));
  }

  async #behind(): Promise<string[]> {
    const places = await lastPlaces(this.#options.pool, [...this.#feeds.values()]);
    return [...this.#feeds.values()].filter(({ stream, position }) => (places.get(stream) ?? 0) > position).map(({ stream }) => stream);
  }

  async #notify(stamped: readonly StampedStream[]): Promise<void> {
    const payload = stamped.length <= MOST_NOTIFIED ? stamped.map(({ stream }) => stream).join(' ') : '';
    await this.#options.pool.query('select pg_notify($1, $2)', [CHANNEL, payload]);
  }

  async #deliver(stream: string): Promise<void> {
    const feed = this.#feeds.get(stream);
    if (!feed) return;
    feed.isBehind = true;
    feed.reading ??= this.#read(feed);
    await feed.reading;
  }
  async #read(feed: Feed): Promise<void> {
    try {
      while (feed.isBehind) {
        feed.isBehind = false;
        const begun = performance.now();
        const events = await readEvents(this.#options.pool, feed.organizationId, feed.stream, feed.position);
        for (const event of events) {
          feed.position = event.seq;
          for (const subscriber of feed.subscribers) if (!subscriber.offer(event)) this.#options.observe?.overflown();
        }
        if (events.length) this.#options.observe?.handedOut(events.length, feed.subscribers.size, (performance.now() - begun) / 1000);
        if (events.length === EVENT_PAGE) feed.isBehind = true;
      }
    } finally {
      feed.reading = undefined;
    }
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.url });
    client.on('error', (error) => this.#options.onError(error));
    client.on('end', () => void this.#listenAgain(client));
    client.on('notification', ({ payload }) => {
      const streams = payload ? payload.split(' ') : [...this.#feeds.keys()];
      for (const stream of streams) this.#deliver(stream).catch((error: unknown) => this.#options.onError(error));
    });
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#listener = client;
  }
  /** The poll makes up for what is missed meanwhile. */
  async #listenAgain(former: pg.Client): Promise<void> {
    if (this.#stopped || this.#listener !== former) return;
    this.#listener = undefined;
    const retry = (): void => void setTimeout(() => void (this.#stopped || this.#listen().catch(retry)), POLL_MILLISECONDS).unref();
    retry();
  }
}
