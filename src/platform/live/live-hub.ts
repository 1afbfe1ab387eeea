import pg from 'pg';
import type { LiveEvent } from '../schema/subscription.ts';
import type { EventObserver } from './event.metrics.ts';
import { lastPlaces, readEvents, type StreamPlace, streamState } from './event-reader.ts';
import { LiveFeed } from './live-feed.ts';
import { stampEvents } from './stamper.ts';
import { resyncRequired, type Subscriber } from './subscriber.ts';

const CHANNEL = 'guichet_events';
/** How often what NOTIFY may have lost is looked for. */
const POLL_MILLISECONDS = 500;
/** Whoever comes alone is served at once. While commits go on, this long passes before the next numbering, twice as long each time up to the most. */
const LEAST_REST_MILLISECONDS = 5;
const MOST_REST_MILLISECONDS = 40;
const MOST_NOTIFIED = 100;

export interface HubOptions {
  /** Sessions of the worker's role. */
  readonly pool: pg.Pool;
  /** Of the worker's login, for the connection that listens to other servers. */
  readonly url: string;
  readonly observe?: EventObserver;
  onError(error: unknown): void;
}

const PLACE = /^([0-9a-f-]{36}):(\d{1,15})$/u;
const placeOf = (text: string): StreamPlace | undefined => {
  const [, stream, seq] = PLACE.exec(text) ?? [];
  return stream === undefined ? undefined : { stream, seq: Number(seq) };
};
/** Undefined where it names none, or is none of ours: a server of another version may say it otherwise. */
const placesIn = (payload: string): readonly StreamPlace[] | undefined => {
  const places = payload.split(' ').map(placeOf);
  return places.every((place) => place !== undefined) ? places : undefined;
};

/** Numbers events after their commits and hands them to the subscribers of this process; other servers are woken by NOTIFY (spec 6.5). */
export class LiveHub {
  readonly #options: HubOptions;
  readonly #feeds = new Map<string, LiveFeed>();
  #listener: pg.Client | undefined;
  #poll: NodeJS.Timeout | undefined;
  #waking: NodeJS.Timeout | undefined;
  #wokenAt = Number.NEGATIVE_INFINITY;
  #rest = LEAST_REST_MILLISECONDS;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  #caughtUp = 0;
  constructor(options: HubOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#poll = setInterval(() => this.#work(true), POLL_MILLISECONDS).unref();
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#waking);
    for (const feed of this.#feeds.values()) for (const subscriber of feed.subscribers()) subscriber.end();
    await this.#working;
    await this.#listener?.end().catch(() => {});
  }
  /** Numbers and hands out what has been committed so far. */
  settle(): Promise<void> {
    this.#work(false);
    return this.#working;
  }
  /** Something was committed that has events. */
  wake(): void {
    if (this.#waking) return;
    const due = Math.max(0, this.#wokenAt + this.#rest - performance.now());
    this.#rest = due > 0 ? Math.min(MOST_REST_MILLISECONDS, 2 * this.#rest) : LEAST_REST_MILLISECONDS;
    const begin = (): void => {
      this.#waking = undefined;
      this.#wokenAt = performance.now();
      this.#work(false);
    };
    this.#waking = setTimeout(begin, due);
  }

  /**
   * Gives a subscriber a place in a stream: `after` an event, by default the present.
   * @returns the feed that it now has a place in, until it leaves.
   * @throws RESYNC_REQUIRED where events after that place are gone.
   */
  async join(organizationId: string, stream: string, subscriber: Subscriber, after: number | undefined): Promise<LiveFeed> {
    const feed = await this.#use(organizationId, stream);
    try {
      if (after !== undefined) await this.#refuseGone(feed, after);
    } catch (error) {
      this.leave(feed, subscriber);
      throw error;
    }
    subscriber.position = after ?? feed.position;
    return feed;
  }
  /** How many subscribers have caught up, each once, since the server was started. */
  get caughtUp(): number {
    return this.#caughtUp;
  }
  /** A subscriber takes an event, to be told of it. */
  taken({ at }: LiveEvent): void {
    this.#options.observe?.taken(at);
  }
  leave(feed: LiveFeed, subscriber: Subscriber): void {
    feed.remove(subscriber);
    if (--feed.uses === 0) this.#feeds.delete(feed.stream);
  }
  /**
   * Offers some of what a subscriber has missed; where that is nothing, the subscriber is told with all others from this moment on, without a gap.
   * @returns whether it is. @throws RESYNC_REQUIRED where events are gone.
   */
  async catchUp(feed: LiveFeed, subscriber: Subscriber): Promise<boolean> {
    if (this.#stopped) subscriber.end();
    else if (subscriber.position < feed.position)
      for (const event of await this.#missed(feed, subscriber.position)) subscriber.offer(event);
    else if (feed.uses > 0) {
      feed.add(subscriber);
      this.#caughtUp++;
    }
    return feed.has(subscriber);
  }

  async #refuseGone({ organizationId, stream }: LiveFeed, after: number): Promise<void> {
    const { purged, last } = await streamState(this.#options.pool, organizationId, stream);
    if (after < purged || after > last) throw resyncRequired();
  }
  /** Places have no gaps: where the next one is not there, it has been deleted meanwhile. */
  async #missed({ organizationId, stream }: LiveFeed, after: number): Promise<LiveEvent[]> {
    const events = await readEvents(this.#options.pool, organizationId, stream, after);
    if (events[0]?.seq !== after + 1) throw resyncRequired();
    return events;
  }

  /** The feed of a stream, counted as used from this moment on. */
  async #use(organizationId: string, stream: string): Promise<LiveFeed> {
    if (!this.#feeds.has(stream)) {
      const { last: position } = await streamState(this.#options.pool, organizationId, stream);
      if (!this.#feeds.has(stream)) this.#feeds.set(stream, new LiveFeed(organizationId, stream, position));
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
        const places = poll ? await lastPlaces(this.#options.pool, [...this.#feeds.values()]) : [];
        await Promise.all([stamped.length && this.#notify(stamped), ...[...stamped, ...places].map((place) => this.#deliver(place))]);
      })
      .catch((error: unknown) => this.#options.onError(error));
  }

  async #notify(stamped: readonly StreamPlace[]): Promise<void> {
    const payload = stamped.length <= MOST_NOTIFIED ? stamped.map(({ stream, seq }) => `${stream}:${seq}`).join(' ') : '';
    await this.#options.pool.query({ name: 'tell', text: 'select pg_notify($1, $2)', values: [CHANNEL, payload] });
  }

  async #deliver({ stream, seq }: StreamPlace): Promise<void> {
    const feed = this.#feeds.get(stream);
    if (!feed || seq <= feed.position) return;
    feed.goal = Math.max(feed.goal, seq);
    feed.reading ??= this.#read(feed);
    await feed.reading;
  }
  async #read(feed: LiveFeed): Promise<void> {
    try {
      while (feed.position < feed.goal) {
        const begun = performance.now();
        const events = await readEvents(this.#options.pool, feed.organizationId, feed.stream, feed.position);
        if (events.length === 0) feed.goal = feed.position;
        else this.#handOut(feed, events, begun);
      }
    } finally {
      feed.reading = undefined;
    }
  }

  #handOut(feed: LiveFeed, events: readonly LiveEvent[], begun: number): void {
    const { observe } = this.#options;
    let subscribers = 0;
    for (const event of events) {
      const { offered, overflown } = feed.offer(event);
      subscribers = Math.max(subscribers, offered);
      for (let i = 0; i < overflown; i++) observe?.overflown();
    }
    observe?.handedOut(events.length, subscribers, (performance.now() - begun) / 1000);
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.url });
    client.on('error', (error) => this.#options.onError(error));
    client.on('end', () => void this.#listenAgain(client));
    client.on('notification', ({ payload = '' }) => {
      const places = placesIn(payload);
      if (!places) return this.#work(true);
      for (const place of places) this.#deliver(place).catch((error: unknown) => this.#options.onError(error));
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
