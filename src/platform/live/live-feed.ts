import type { LiveEvent } from '../schema/subscription.ts';
import type { Subscriber } from './subscriber.ts';

/** A stream that is followed in this process: how far it has been read, and who is told. */
export class LiveFeed {
  readonly organizationId: string;
  readonly stream: string;
  position: number;
  reading: Promise<void> | undefined;
  /** The last place that is known to have an event; also where a reading is under way that may have begun before it. */
  goal: number;
  /** Subscribers that have it, those still catching up included. */
  uses = 0;
  readonly #ofAll = new Set<Subscriber>();
  readonly #bySubject = new Map<string, Set<Subscriber>>();
  constructor(organizationId: string, stream: string, position: number) {
    this.organizationId = organizationId;
    this.stream = stream;
    this.position = position;
    this.goal = position;
  }

  add(subscriber: Subscriber): void {
    const { subject } = subscriber;
    if (subject === undefined) this.#ofAll.add(subscriber);
    else if (this.#bySubject.has(subject)) this.#bySubject.get(subject)!.add(subscriber);
    else this.#bySubject.set(subject, new Set([subscriber]));
  }
  remove(subscriber: Subscriber): void {
    this.#ofAll.delete(subscriber);
    const { subject } = subscriber;
    const same = subject === undefined ? undefined : this.#bySubject.get(subject);
    if (same?.delete(subscriber) && same.size === 0) this.#bySubject.delete(subject!);
  }
  has(subscriber: Subscriber): boolean {
    const { subject } = subscriber;
    return subject === undefined ? this.#ofAll.has(subscriber) : this.#bySubject.get(subject)?.has(subscriber) === true;
  }
  /** Gives an event to those whom it may concern. @returns how many they are, and of how many the queue has run over. */
  offer(event: LiveEvent): { readonly offered: number; readonly overflown: number } {
    this.position = event.seq;
    const ofSubject = this.#bySubject.get(event.subjectId);
    let overflown = 0;
    for (const some of [this.#ofAll, ofSubject ?? []]) for (const subscriber of some) if (!subscriber.offer(event)) overflown++;
    return { offered: this.#ofAll.size + (ofSubject?.size ?? 0), overflown };
  }
  *subscribers(): Iterable<Subscriber> {
    yield* this.#ofAll;
    for (const same of this.#bySubject.values()) yield* same;
  }
}
