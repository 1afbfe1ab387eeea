import type pg from 'pg';
import { type Authenticated, authenticate, type IdentityDoor, openSessions, sessionOf } from '../domains/accounts/index.ts';
import { keptSeat } from '../platform/permissions/seat.ts';
import { noteVersion } from '../platform/permissions/seat-version.ts';
import type { RightScope, Seat, SeatFacts, Transaction } from '../sdk/index.ts';
import type { SignedIn } from './context.ts';
import type { LoadedModule } from './loaded-module.ts';
import { RightsWatch } from './rights-watch.ts';
import { seatFacts, seatFactsWithin } from './seat-facts.ts';

/** What is remembered of a token is not used for longer than this: sessions grow old, and their use is written down. */
const REMEMBERED_MILLISECONDS = 60_000;
/**
 * Who goes on asking has it found anew before that, while the answer is what is remembered: nobody waits for it, and those who came in one
 * moment, such as the followers of a form, are not all looked up in one moment a minute later.
 */
const RENEWED_AFTER = { least: 30_000, step: 500, steps: 50 };
const MOST_REMEMBERED = 20_000;

interface Remembered {
  readonly at: number;
  readonly moment: number;
  readonly found: Promise<Found | undefined>;
  /** Milliseconds after which it is found anew for whoever goes on asking. */
  readonly renewedAfter: number;
  /** What was found, once it is. */
  now?: Found;
  isRenewing?: boolean;
}
interface Found extends SignedIn {
  /** The organization's version of rights, read before the facts. */
  readonly version: number;
}
export interface SeatsOptions {
  readonly door: IdentityDoor;
  readonly pools: { readonly requests: pg.Pool; readonly worker: pg.Pool; readonly watch: pg.Pool };
  readonly modules: readonly LoadedModule[];
  /** Plugins that are off for everybody. */
  readonly stopped: ReadonlySet<string>;
  /** Told of plugins that fail to say what they know of a seat. */
  onError(error: unknown, plugin: string): void;
  now(): Date;
}

/**
 * Who is asking, from the token: the session, the seat, and what modules know of the seat. Remembered, and believed only while the watch
 * has looked within the last second whether a session has ended or rights have changed (promise 2).
 */
export class Seats {
  readonly #options: SeatsOptions;
  readonly #watch: RightsWatch;
  readonly #remembered = new Map<string, Remembered>();
  #count = 0;
  constructor(options: SeatsOptions) {
    this.#options = options;
    this.#watch = new RightsWatch({
      door: { ...options.door, pool: options.pools.watch },
      worker: options.pools.worker,
      now: options.now,
      organizations: () => new Set([...this.#remembered.values()].flatMap(({ now }) => now?.seat?.organizationId ?? [])),
      changed: (isStale) => this.#forgetThose(isStale),
    });
  }

  /** Undefined where the token is unknown, or its session or seat has ended. */
  async signedIn(token: string): Promise<SignedIn | undefined> {
    if (this.#remembered.has(token)) await this.#watch.look();
    const known = this.#remembered.get(token);
    const age = known ? this.#ageOf(known) : Number.POSITIVE_INFINITY;
    if (!known || age >= REMEMBERED_MILLISECONDS) return this.#remember(token, this.#find(token));
    if (age >= known.renewedAfter) this.#renew(token, known);
    return known.found;
  }
  /** Who a session stands for, found afresh: for links, which name it. Undefined where it, or its seat, has ended. */
  async ofSession(sessionId: string): Promise<Seat | undefined> {
    const session = await sessionOf(this.#options.door, sessionId, this.#options.now());
    if (!session?.organizationId || !session.seatId || !session.kind) return undefined;
    return this.#seat(session.organizationId, session.seatId, session.kind);
  }
  /** After an act of the seat's own that ends or changes it. */
  forget(token: string): void {
    this.#remembered.delete(token);
  }

  #ageOf({ at, moment }: Remembered): number {
    return Math.max(performance.now() - at, Math.abs(this.#options.now().getTime() - moment));
  }

  #remember(token: string, found: Promise<Found | undefined>): Promise<Found | undefined> {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.delete(oldest!);
    const { least, step, steps } = RENEWED_AFTER;
    const renewedAfter = least + step * (this.#count++ % steps);
    const entry: Remembered = { at: performance.now(), moment: this.#options.now().getTime(), found, renewedAfter };
    this.#remembered.set(token, entry);
    const unlessReplaced = (): void => {
      if (this.#remembered.get(token) === entry) this.#remembered.delete(token);
    };
    found.then((known) => {
      if (known) entry.now = known;
      else unlessReplaced();
    }, unlessReplaced);
    return found;
  }
  /** What was forgotten meanwhile stays forgotten. Where it cannot be found, what is remembered is good until it is too old. */
  #renew(token: string, known: Remembered): void {
    if (known.isRenewing) return;
    known.isRenewing = true;
    const found = this.#find(token);
    found.then(
      () => {
        if (this.#remembered.get(token) === known) void this.#remember(token, found);
      },
      () => {
        known.isRenewing = false;
      },
    );
  }

  #forgetThose(
    isStale: (found: { readonly sessionId: string; readonly organizationId: string | undefined; readonly version: number }) => boolean,
  ): void {
    for (const [token, { now }] of this.#remembered) {
      if (now && isStale({ sessionId: now.sessionId, organizationId: now.seat?.organizationId, version: now.version }))
        this.#remembered.delete(token);
    }
  }

  async #find(token: string): Promise<Found | undefined> {
    const session = await authenticate(this.#options.door, token, this.#options.now());
    if (!session) return undefined;
    const { sessionId, accountId, organizationId, seatId, kind } = session;
    if (!organizationId || !seatId || !kind) return { token, sessionId, accountId, seat: undefined, version: 0 };
    const version = await this.#watch.versionOf(organizationId);
    const seat = await this.#seat(organizationId, seatId, kind);
    return seat && Object.freeze({ token, sessionId, accountId, seat: noteVersion(seat, version), version });
  }

  /** A seat as it is now, without a token: for what the server does in its name. Undefined where it has ended. */
  async seatNow(organizationId: string, id: string, kind: Seat['kind']): Promise<Seat | undefined> {
    const version = await this.#watch.versionOf(organizationId);
    const seat = await this.#seat(organizationId, id, kind);
    return seat && noteVersion(seat, version);
  }

  /** A seat as a transaction sees it, which takes no other connection. Undefined where it has ended. @throws where a plugin fails */
  async seatWithin(transaction: Transaction, { organizationId, id, kind }: Seat): Promise<Seat | undefined> {
    const { modules, now } = this.#options;
    return this.#made({ organizationId, id, kind }, await seatFactsWithin(modules, transaction, { id, kind, organizationId }, now()));
  }

  async #seat(organizationId: string, id: string, kind: NonNullable<Authenticated['kind']>): Promise<Seat | undefined> {
    const { modules, pools, onError, now } = this.#options;
    const asked = { id, kind, organizationId };
    return this.#made(asked, await seatFacts({ modules, pool: pools.requests, onError }, asked, now()));
  }
  #made({ id, organizationId, kind }: Pick<Seat, 'id' | 'kind' | 'organizationId'>, facts: readonly SeatFacts[]): Seat | undefined {
    if (facts.some(({ gone }) => gone)) return undefined;
    const rights = new Map<string, RightScope>(facts.flatMap((one) => [...(one.rights ?? [])]));
    const traits = new Set(facts.flatMap((one) => one.traits ?? []));
    const pluginsOff = new Set([...this.#options.stopped, ...facts.flatMap((one) => one.pluginsOff ?? [])]);
    return keptSeat({ id, organizationId, kind, rights, traits, pluginsOff });
  }

  /** Those of some seats that have ended, for open sockets. */
  async ended(all: readonly SignedIn[]): Promise<Set<SignedIn>> {
    const { door, now } = this.#options;
    const sessions = new Map(all.map((one) => [one.token, one]));
    const open = await openSessions(
      door,
      [...sessions.values()].map(({ sessionId }) => sessionId),
      now(),
    );
    const isGone = async ({ sessionId, seat, token }: SignedIn): Promise<boolean> =>
      !open.has(sessionId) || (seat !== undefined && !(await this.signedIn(token)));
    const gone = new Map(await Promise.all([...sessions].map(async ([token, one]) => [token, await isGone(one)] as const)));
    return new Set(all.filter(({ token }) => gone.get(token)));
  }
}
