import type pg from 'pg';
import { type Authenticated, authenticate, type IdentityDoor, openSessions } from '../domains/accounts/index.ts';
import { inTransaction } from '../platform/database/transaction.ts';
import type { RightScope, Seat } from '../sdk/index.ts';
import type { SignedIn } from './context.ts';
import type { LoadedModule } from './loaded-module.ts';

/** A right that was lost is lost within a second (promise 2): nothing about a seat is believed for longer. */
const BELIEVED_MILLISECONDS = 500;
const MOST_REMEMBERED = 20_000;

interface Remembered {
  readonly at: number;
  readonly found: Promise<SignedIn | undefined>;
}

/** Who is asking, from the token: the session, the seat, and what modules know of the seat. */
export class Seats {
  readonly #door: IdentityDoor;
  readonly #pool: pg.Pool;
  readonly #modules: readonly LoadedModule[];
  readonly #now: () => Date;
  readonly #remembered = new Map<string, Remembered>();
  constructor(door: IdentityDoor, pool: pg.Pool, modules: readonly LoadedModule[], now: () => Date) {
    this.#door = door;
    this.#pool = pool;
    this.#modules = modules;
    this.#now = now;
  }

  /** Undefined where the token is unknown, or its session or seat has ended. */
  signedIn(token: string): Promise<SignedIn | undefined> {
    const at = performance.now();
    const known = this.#remembered.get(token);
    if (known && at - known.at < BELIEVED_MILLISECONDS) return known.found;
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    const found = this.#find(token);
    this.#remembered.set(token, { at, found });
    found.catch(() => this.#remembered.delete(token));
    return found;
  }
  /** After an act of the seat's own that ends or changes it. */
  forget(token: string): void {
    this.#remembered.delete(token);
  }

  async #find(token: string): Promise<SignedIn | undefined> {
    const session = await authenticate(this.#door, token, this.#now());
    if (!session) return undefined;
    const { sessionId, accountId } = session;
    if (!session.organizationId || !session.seatId || !session.kind) return { token, sessionId, accountId, seat: undefined };
    const seat = await this.#seat(session.organizationId, session.seatId, session.kind);
    return seat && { token, sessionId, accountId, seat };
  }

  async #seat(organizationId: string, id: string, kind: NonNullable<Authenticated['kind']>): Promise<Seat | undefined> {
    const now = this.#now();
    const facts = await inTransaction(this.#pool, organizationId, (transaction) =>
      Promise.all(this.#modules.flatMap(({ seatFacts }) => (seatFacts ? [seatFacts(transaction, { id, kind, organizationId }, now)] : []))),
    );
    if (facts.some(({ gone }) => gone)) return undefined;
    const rights = new Map<string, RightScope>(facts.flatMap((one) => [...(one.rights ?? [])]));
    const traits = new Set(facts.flatMap((one) => one.traits ?? []));
    const pluginsOff = new Set(facts.flatMap((one) => one.pluginsOff ?? []));
    return { id, organizationId, kind, rights, traits, pluginsOff };
  }

  /** Those of some seats that have ended, for open sockets. */
  async ended(all: readonly SignedIn[]): Promise<Set<SignedIn>> {
    const open = await openSessions(
      this.#door,
      all.map(({ sessionId }) => sessionId),
      this.#now(),
    );
    const gone = await Promise.all(
      all.map(async (one) => !open.has(one.sessionId) || (one.seat !== undefined && !(await this.signedIn(one.token)))),
    );
    return new Set(all.filter((_, i) => gone[i]));
  }
}
