import type pg from 'pg';
import { cancelStatement } from './cancel.ts';
import { takeConnection } from './pool.ts';
import { type Asker, type Leave, NobodyWaitsError, type Shares } from './shares.ts';

/** Whatever a session can be left with: settings, its role, locks, channels, cursors, tables of its own. */
export const CLEANING = 'reset all; reset role; select pg_advisory_unlock_all(); unlisten *; close all; discard temp';

/** A connection that somebody holds until it is released. */
export class HeldConnection {
  readonly client: pg.PoolClient;
  readonly #after: Leave | undefined;
  #forgetAttendance: Leave | undefined;
  #cancelling: Promise<void> | undefined;
  constructor(client: pg.PoolClient, after?: Leave) {
    this.client = client;
    this.#after = after;
  }
  /** There are shares of what it was taken from. */
  get isShared(): boolean {
    return this.#after !== undefined;
  }
  /** Nobody waits any more for what is asked on it. */
  get isGivenUp(): boolean {
    return this.#cancelling !== undefined;
  }
  /** What PostgreSQL does on it is cancelled, and it is closed when it is released. */
  giveUp = (): void => {
    this.#cancelling ??= cancelStatement(this.client);
  };
  attendedBy({ attendance }: Asker): void {
    this.#forgetAttendance = attendance?.atEnd(this.giveUp);
  }
  /**
   * @param isBroken it is closed, not used again.
   * @param isToClean a plugin's statements went through it: the session is made what it was when it was opened, before anybody else has it.
   * Whoever waits for the answer does not wait for that.
   */
  release(isBroken: boolean, isToClean = false): void {
    this.#forgetAttendance?.();
    if (!isToClean || isBroken || this.isGivenUp) this.#giveBack(isBroken);
    else
      this.client.query(CLEANING).then(
        () => this.#giveBack(false),
        () => this.#giveBack(true),
      );
  }

  #giveBack(isBroken: boolean): void {
    this.client.release(isBroken || this.isGivenUp);
    // what is being cancelled is still at work, and counts as long
    if (this.#cancelling) void this.#cancelling.then(this.#after);
    else this.#after?.();
  }
}

/** Where connections come from: a pool, or the shares that somebody has of one. */
export type ConnectionSource = pg.Pool | SharedConnections;

/** The connections of requests, of which everybody has a share. */
export class Connections {
  readonly pool: pg.Pool;
  readonly shares: Shares;
  constructor(pool: pg.Pool, shares: Shares) {
    this.pool = pool;
    this.shares = shares;
  }
  for(asker: Asker): SharedConnections {
    return new SharedConnections(this, asker);
  }
}

/** What somebody may take of them. */
export class SharedConnections {
  readonly #all: Connections;
  readonly #asker: Asker;
  constructor(all: Connections, asker: Asker) {
    this.#all = all;
    this.#asker = asker;
  }
  /** @param isSlow it is known to take long. @throws ShareTakenError, NobodyWaitsError */
  async take(isSlow = false): Promise<HeldConnection> {
    const entered = this.#all.shares.enter(this.#asker, isSlow);
    const leave = typeof entered === 'function' ? entered : await entered;
    try {
      const held = new HeldConnection(await takeConnection(this.#all.pool), leave);
      if (this.#asker.attendance?.isOver) {
        held.client.release();
        throw new NobodyWaitsError();
      }
      held.attendedBy(this.#asker);
      return held;
    } catch (error) {
      leave();
      throw error;
    }
  }
}

/** @param isSlow it is known to take long. */
export const take = async (source: ConnectionSource, isSlow = false): Promise<HeldConnection> =>
  source instanceof SharedConnections ? source.take(isSlow) : new HeldConnection(await takeConnection(source));
