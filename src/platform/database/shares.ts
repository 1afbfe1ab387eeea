import { ConstantError } from '../log/constant.error.ts';
import type { Attendance } from './attendance.ts';

/** For whom the database works. Each that is named has a share of the connections. */
export interface Asker {
  /** Id. */
  readonly organization: string;
  /** Id of a seat; none where the server works for several at once. */
  readonly seat?: string;
  /** The plugin whose code asks; none for the core. */
  readonly plugin?: string;
  /** Whether somebody still waits for the answer; without it, what is asked is done to its end. */
  readonly attendance?: Attendance;
}
/** Whose a share is; `slow`: of all together who take long; `pool`: of all. */
export type ShareKind = 'seat' | 'organization' | 'plugin' | 'slow' | 'pool';

/** Somebody has as much under way as they may, and their turn did not come. */
export class ShareTakenError extends ConstantError {
  override readonly name = 'ShareTakenError';
  readonly of: ShareKind;
  constructor(of: ShareKind) {
    super('What is under way already has to be done first.');
    this.of = of;
  }
}
/** It was given up before its turn came. */
export class NobodyWaitsError extends ConstantError {
  override readonly name = 'NobodyWaitsError';
  constructor() {
    super('Nobody waits for this any more.');
  }
}

/** How many may wait in one share. */
const MOST_WAITING: Readonly<Record<ShareKind, number>> = { seat: 250, organization: 5_000, plugin: 1_000, slow: 1_000, pool: 10_000 };
/** Milliseconds of connections that a seat has beside the one that it may use all the time. */
const BUDGET = 2_000;
/** A seat that holds nothing and has spent less than this is forgotten. */
const FORGOTTEN_BELOW = 100;
const MOST_KNOWN = 10_000;

class Share {
  held = 0;
  waiting = 0;
  /** Milliseconds of connections that were held beyond one all the time, as of the moment `#at`. */
  #spent = 0;
  #at = 0;
  readonly kind: ShareKind;
  readonly #most: number;
  constructor(kind: ShareKind, most: number) {
    this.kind = kind;
    this.#most = most;
  }
  get isFree(): boolean {
    return this.held < (this.hasSpent ? 1 : this.#most);
  }
  get hasSpent(): boolean {
    return this.#spent > BUDGET;
  }
  get isForgettable(): boolean {
    return this.held === 0 && this.waiting === 0 && this.#spent < FORGOTTEN_BELOW;
  }
  reckon(now: number): void {
    if (this.kind !== 'seat') return; // time is reckoned of seats alone: what others take is theirs
    this.#spent = Math.max(0, this.#spent + (this.held - 1) * (now - this.#at));
    this.#at = now;
  }
}
interface Waiter {
  readonly shares: readonly Share[];
  enter(): void;
}
/** Gives the places back. */
export type Leave = () => void;

export interface ShareSizes {
  /** Connections that there are. */
  readonly connections: number;
  /** Plugins among which, with the core, they are divided. */
  readonly plugins: number;
  /** Milliseconds that anybody waits for a turn. */
  readonly patience?: number;
  /** Milliseconds, from anywhere. */
  now?(): number;
}

/**
 * Who may hold how many of the connections of requests at once (targets 2): what one asks for by the hundred, or for long, only its own work
 * waits for. Where nobody has too much, entering is a few additions.
 *
 * - a seat a third of them; one, and that among all who take long, once it has held more than one for a while (2 s of connections);
 * - all who take long, or wait for a lock that another holds, a third together;
 * - an organization all but a fifth;
 * - a plugin as many as each of the plugins and the core.
 */
export class Shares {
  readonly #most: Readonly<Record<ShareKind, number>>;
  readonly #patience: number;
  readonly #now: () => number;
  readonly #known = new Map<string, Share>();
  readonly #waiters = new Set<Waiter>();
  readonly #slow: Share;
  readonly #pool: Share;
  #counted: Record<ShareKind, number> = { seat: 0, organization: 0, plugin: 0, slow: 0, pool: 0 };

  constructor({ connections, plugins, patience = 5_000, now = () => performance.now() }: ShareSizes) {
    const part = (of: number): number => Math.max(1, Math.floor(of));
    const third = part(connections / 3);
    const [organization, plugin] = [part(connections * 0.8), part(connections / (plugins + 1))];
    this.#most = { seat: third, organization, plugin, slow: third, pool: connections };
    this.#patience = patience;
    this.#now = now;
    this.#slow = new Share('slow', third);
    this.#pool = new Share('pool', connections);
  }

  /** How many wait for a turn now, by the first share that they wait for. */
  get waiting(): Readonly<Record<ShareKind, number>> {
    const counts = { seat: 0, organization: 0, plugin: 0, slow: 0, pool: 0 };
    for (const { shares } of this.#waiters) counts[shares.find(({ isFree }) => !isFree)?.kind ?? 'pool']++;
    return counts;
  }
  /** How many were refused because their turn did not come. */
  get refused(): Readonly<Record<ShareKind, number>> {
    return this.#counted;
  }
  /** How many shares are remembered: of those who hold something, wait, or have held much of late. */
  get known(): number {
    return this.#known.size;
  }

  /**
   * @param isSlow it is known to take long.
   * @returns what gives the places back, to be called once. @throws ShareTakenError, NobodyWaitsError
   */
  enter(asker: Asker, isSlow = false): Leave | Promise<Leave> {
    const shares = this.#sharesOf(asker, isSlow);
    const leave = (): void => this.#leave(shares);
    if (!shares.every(({ isFree }) => isFree)) return this.#turn(shares, asker.attendance).then(() => leave);
    this.#hold(shares);
    return leave;
  }

  /** In the order in which one who waits is told what for. */
  #sharesOf({ seat, plugin, organization }: Asker, isSlow: boolean): readonly Share[] {
    const own = seat === undefined ? [] : [this.#share('seat', seat)];
    for (const share of own) share.reckon(this.#now());
    const among = isSlow || own.some(({ hasSpent }) => hasSpent) ? [this.#slow] : [];
    const plugins = plugin === undefined ? [] : [this.#share('plugin', plugin)];
    return [...own, ...plugins, ...among, this.#share('organization', organization), this.#pool];
  }
  #share(kind: ShareKind, id: string): Share {
    const key = `${kind} ${id}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MOST_KNOWN) this.#forget();
    const share = new Share(kind, this.#most[kind]);
    this.#known.set(key, share);
    return share;
  }
  #forget(): void {
    const now = this.#now();
    for (const [key, share] of this.#known) {
      share.reckon(now);
      if (share.isForgettable) this.#known.delete(key);
    }
  }

  #hold(shares: readonly Share[]): void {
    const now = this.#now();
    for (const share of shares) {
      share.reckon(now);
      share.held++;
    }
  }
  #leave(shares: readonly Share[]): void {
    const now = this.#now();
    for (const share of shares) {
      share.reckon(now);
      share.held--;
    }
    let left = shares.length; // each place that has become free lets one in at most
    for (const waiter of this.#waiters) {
      if (!waiter.shares.every(({ isFree }) => isFree)) continue;
      waiter.enter();
      if (--left === 0) break;
    }
  }

  /** Resolves when the places are held. */
  #turn(shares: readonly Share[], attendance: Attendance | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const full = shares.find(({ kind, waiting }) => waiting >= MOST_WAITING[kind]);
      if (full) return reject(this.#refusal(full));
      const leaveQueue = (): void => {
        clearTimeout(timer);
        attended?.();
        this.#waiters.delete(waiter);
        for (const share of shares) share.waiting--;
      };
      const waiter: Waiter = {
        shares,
        enter: () => {
          leaveQueue();
          this.#hold(shares);
          resolve();
        },
      };
      const giveUp = (error: Error): void => {
        leaveQueue();
        reject(error);
      };
      const timer = setTimeout(() => giveUp(this.#refusal(shares.find(({ isFree }) => !isFree) ?? this.#pool)), this.#patience);
      const attended = attendance?.atEnd(() => giveUp(new NobodyWaitsError()));
      this.#waiters.add(waiter);
      for (const share of shares) share.waiting++;
    });
  }
  #refusal({ kind }: Share): ShareTakenError {
    this.#counted[kind]++;
    return new ShareTakenError(kind);
  }
}
