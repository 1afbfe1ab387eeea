import type { WebSocket } from 'ws';
import type { Client } from '../load.ts';
import type { LiveData, LiveForm } from './live-data.ts';
import type { Followed, LiveDialect } from './live-dialect.ts';

/** An event: when its maker was answered, and when it came to whom it concerned. */
interface Event {
  readonly followed: Followed;
  readonly expected: number;
  answered?: number;
  readonly arrivals: number[];
}
export interface Turn {
  /** Milliseconds from the answer to the arrivals, of events of one form each. */
  readonly own: readonly number[];
  /** Of the form that all follow. */
  readonly hot: readonly number[];
  /** Deliveries a second, over the time from the first event to the last arrival. */
  readonly perSecond: number;
}
export interface Pace {
  readonly ms: number;
  /** Events a second. */
  readonly hot: number;
  readonly own: number;
}
const PATIENCE = 30_000;
const QUIET = 1_000;
const BATCH = 50;

/** The sockets of one contestant, with what has come to them. */
export class Audience {
  readonly #data: LiveData;
  readonly #dialect: LiveDialect;
  readonly #client: Client;
  readonly #sockets: WebSocket[] = [];
  readonly #hot: Event[] = [];
  readonly #own = new Map<number, Event>();
  readonly #heard: number[] = [];
  #deliveries = 0;
  #nextOwn = 0;
  #arrived: (() => void) | undefined;
  constructor(data: LiveData, dialect: LiveDialect, client: Client) {
    this.#data = data;
    this.#dialect = dialect;
    this.#client = client;
  }

  async open(port: number): Promise<void> {
    const { sockets, hot } = this.#data;
    for (let from = 0; from < sockets.length; from += BATCH) {
      const some = sockets.slice(from, from + BATCH).map((socket, i) => {
        this.#heard[from + i] = 0;
        return this.#dialect.open(port, socket, hot[0], (of) => this.#told(from + i, of));
      });
      this.#sockets.push(...(await Promise.all(some)));
    }
    // nobody says that a subscription is under way: events are made until one has come to everybody
    while (this.#heard.includes(0)) {
      const event = await this.#publishHot();
      await Promise.race([this.#complete([event]), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    }
    await this.#quiet();
    this.#hot.length = 0;
    this.#heard.fill(0);
  }
  /** Resolves when nothing has come for a while. */
  async #quiet(): Promise<void> {
    for (let heard = -1; heard !== this.#deliveries; ) {
      heard = this.#deliveries;
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    }
  }
  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  #told(socket: number, of: Followed): void {
    const at = performance.now();
    this.#deliveries++;
    const event = of === 'own' ? this.#own.get(socket) : this.#hot[this.#heard[socket]!++];
    event?.arrivals.push(at);
    if (event && event.arrivals.length === event.expected) this.#arrived?.();
  }

  /** Events at a steady pace. */
  async steady({ ms, hot, own }: Pace): Promise<Turn> {
    const begun = performance.now();
    const made = await Promise.all([
      this.#paced(begun, ms, hot, () => this.#publishHot()),
      this.#paced(begun, ms, own, () => this.#publishOwn()),
    ]);
    return this.#settle(made.flat(), begun);
  }
  /** Events of the form that all follow, one as soon as the other is made. */
  async flood(count: number): Promise<Turn> {
    const begun = performance.now();
    const made: Event[] = [];
    for (let i = 0; i < count; i++) made.push(await this.#publishHot());
    return this.#settle(made, begun);
  }

  async #paced(begun: number, ms: number, perSecond: number, make: () => Promise<Event>): Promise<Event[]> {
    const made: Promise<Event>[] = [];
    for (let at = 0; at < ms; at += 1_000 / perSecond) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + at - performance.now())));
      made.push(make());
    }
    return Promise.all(made);
  }

  async #settle(made: readonly Event[], begun: number): Promise<Turn> {
    await this.#complete(made);
    const delays = (of: Followed): number[] =>
      made.flatMap(({ followed, answered, arrivals }) => (followed === of ? arrivals.map((at) => Math.max(0, at - answered!)) : []));
    const [own, hot] = [delays('own'), delays('hot')];
    const last = made.reduce((latest, { arrivals }) => arrivals.reduce((a, b) => Math.max(a, b), latest), begun);
    return { own, hot, perSecond: ((own.length + hot.length) * 1_000) / (last - begun) };
  }
  async #complete(made: readonly Event[]): Promise<void> {
    const until = performance.now() + PATIENCE;
    while (made.some(({ arrivals, expected }) => arrivals.length < expected)) {
      const left = until - performance.now();
      if (left <= 0)
        throw new Error(
          `Events have not come to everybody who follows them: ${made.filter((e) => e.arrivals.length < e.expected).map((e) => `${e.followed} ${e.arrivals.length}/${e.expected}`)}`,
        );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #publishHot(): Promise<Event> {
    const event: Event = { followed: 'hot', expected: this.#sockets.length, arrivals: [] };
    this.#hot.push(event);
    const { hot } = this.#data;
    const form = hot[this.#taken++];
    if (!form) throw new Error('There are no more tasks to approve.');
    return this.#publish(event, form);
  }
  #taken = 0;
  #publishOwn(): Promise<Event> {
    const event: Event = { followed: 'own', expected: 1, arrivals: [] };
    const { sockets } = this.#data;
    const socket = this.#nextOwn++;
    if (socket >= sockets.length) throw new Error('There are no more forms to approve.');
    this.#own.set(socket, event);
    return this.#publish(event, sockets[socket]!.form);
  }
  async #publish(event: Event, form: LiveForm): Promise<Event> {
    const { seats } = this.#data;
    const next = seats.find(({ id }) => id !== form.seat.id)!;
    const answer = await this.#dialect.publish(this.#client, event.followed, form, next);
    if (!answer.includes('"data"') || answer.includes('"errors"') || answer.includes('{}}}')) throw new Error(`Not published: ${answer}`);
    event.answered = performance.now();
    return event;
  }
}
