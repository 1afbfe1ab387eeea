import type { Attendance } from '../platform/database/attendance.ts';
import type { ReadDatabase } from '../platform/database/read-database.ts';
import { within } from '../platform/database/time-limit.ts';
import type { Language } from '../platform/language/language.ts';
import type { Crowd } from '../platform/read/crowd.ts';
import type { ReadAhead } from '../platform/read/read-ahead.ts';
import { ReadBatch, type ReadContext } from '../platform/read/read-batch.ts';
import type { DeclaredMutation } from '../platform/schema/mutation.ts';
import type { PatientContext } from '../platform/schema/plugin-field.ts';
import type { NamedSubscription, SubscriptionContext } from '../platform/schema/subscription.ts';
import type { MutationContext } from '../platform/schema/use-case-field.ts';
import { type Performer, perform } from '../platform/write/perform.ts';
import type { Switchboard } from '../platform/write/service.ts';
import type { Caller } from '../platform/write/use-case-request.ts';
import type { Seat } from '../sdk/index.ts';

/** Who signed in, beside the seat: what `signOut` and `switchSeat` need. */
export interface SignedIn {
  readonly token: string;
  readonly sessionId: string;
  readonly accountId: string;
  /** None for an account without a seat. */
  readonly seat: Seat | undefined;
}
/** The context of one request. */
export interface GraphContext extends ReadContext, MutationContext, SubscriptionContext, PatientContext {
  readonly signedIn: SignedIn | undefined;
  readonly language: Language;
  /** Address of the caller, for limits of signing in. */
  readonly address: string;
  /** Where the server was asked; empty where nobody knows. */
  readonly origin: string;
  readonly switchboard: Switchboard;
  /** One loader a request and name: values that do not come from a statement, one batch a level. */
  loader<T>(name: string, make: () => T): T;
}
export interface ContextParts {
  readonly reads: ReadDatabase;
  readonly performer: Performer;
  readonly switchboard: Switchboard;
  /** Plugins that are off for everybody. */
  readonly stopped: ReadonlySet<string>;
  /** Milliseconds that fields of plugins have, from the beginning of the request. */
  readonly patience: number;
  now(): Date;
  /** Told of plugins that make a statement fail. */
  reportFault(error: unknown, plugin: string): void;
  /** What is known of a token must be asked anew. */
  forget(token: string): void;
  follow(subscription: NamedSubscription, args: Readonly<Record<string, unknown>>, context: GraphContext): Promise<AsyncIterable<unknown>>;
}
export interface ContextRequest {
  readonly signedIn: SignedIn | undefined;
  /** Several seats that one execution answers: it is asked from the seat that stands for them. */
  readonly crowd?: Crowd;
  readonly language: Language;
  readonly address: string;
  /** What the caller says it is; empty by default. */
  readonly userAgent?: string;
  /** Where the server was asked; empty by default. */
  readonly origin?: string;
  /** Whether somebody waits for the answer. */
  readonly attendance?: Attendance;
}

/** The context of one request; of a subscription, there is one for its beginning and one for each event, of the moment of sending. */
class RequestContext implements GraphContext {
  readonly language: Language;
  readonly address: string;
  readonly origin: string;
  readonly switchboard: Switchboard;
  readonly reads: ReadBatch;
  readonly stopped: ReadonlySet<string>;
  readonly now: Date;
  readonly crowd: Crowd | undefined;
  readonly attendance: Attendance | undefined;
  readonly caller: Caller | undefined;
  readonly #request: ContextRequest;
  readonly #loaders = new Map<string, unknown>();
  readonly begun = performance.now();
  #renewed: Seat | undefined;
  readonly #parts: ContextParts;
  constructor(parts: ContextParts, request: ContextRequest) {
    const { crowd, language, address, userAgent = '', origin = '', attendance } = request;
    this.#parts = parts;
    this.#request = request;
    this.crowd = crowd;
    this.language = language;
    this.address = address;
    this.caller = address ? { address, userAgent } : undefined;
    this.origin = origin;
    this.switchboard = parts.switchboard;
    this.stopped = parts.stopped;
    this.attendance = attendance;
    this.reads = new ReadBatch(parts.reads, { seat: crowd ? undefined : request.signedIn?.seat?.id, attendance });
    this.now = parts.now();
  }
  get signedIn(): SignedIn | undefined {
    return this.#request.signedIn;
  }
  get seat(): Seat | undefined {
    return this.crowd ? this.crowd.seat : (this.#renewed ?? this.signedIn?.seat);
  }
  /** None where the server itself acts as a seat. */
  get sessionId(): string | undefined {
    return this.signedIn?.sessionId || undefined;
  }
  /** What is answered from now on is read by these facts. */
  renew(seat: Seat): void {
    this.#renewed = seat;
  }
  async perform(mutation: DeclaredMutation, input: Readonly<Record<string, unknown>>, ahead: ReadAhead): Promise<unknown> {
    const payload = await perform(this.#parts.performer, mutation, input, this, ahead);
    if (mutation.outside && this.signedIn) this.#parts.forget(this.signedIn.token);
    return payload;
  }
  follow(subscription: NamedSubscription, args: Readonly<Record<string, unknown>>): Promise<AsyncIterable<unknown>> {
    return this.#parts.follow(subscription, args, this);
  }
  reportFault(error: unknown, plugin: string): void {
    this.#parts.reportFault(error, plugin);
  }
  withinTime<T>(work: Promise<T>): Promise<T> {
    return within(work, this.#parts.patience - (performance.now() - this.begun));
  }
  loader<T>(name: string, make: () => T): T {
    if (!this.#loaders.has(name)) this.#loaders.set(name, make());
    return this.#loaders.get(name) as T;
  }
}

export const requestContext = (parts: ContextParts, request: ContextRequest): GraphContext => new RequestContext(parts, request);
