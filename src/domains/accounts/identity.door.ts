import type pg from 'pg';
import { type Seat, service } from '../../sdk/index.ts';
import type { TextOutbox } from './text-outbox.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Limits of signing in (targets 2) and lengths of sessions (spec 2.1). Durations are milliseconds. */
export interface SignInSettings {
  /** The code `246810` opens seats of organizations marked as demo. */
  readonly demo: boolean;
  readonly codeLifetime: number;
  /** Wrong or right: what comes after them is refused. */
  readonly triesPerCode: number;
  /** The span in which codes that were asked for are counted. */
  readonly codeWindow: number;
  readonly codesPerNumber: number;
  readonly codesPerAddress: number;
  /** The same two for the demo's phones, on a demo server. */
  readonly demoCodesPerNumber: number;
  readonly demoCodesPerAddress: number;
  readonly sessionIdle: number;
  readonly sessionAge: number;
  /** The use of a session is written down at most once in this time. */
  readonly useNotedEvery: number;
}

export const DEFAULT_SIGN_IN_SETTINGS: SignInSettings = {
  demo: false,
  codeLifetime: 5 * MINUTE,
  triesPerCode: 5,
  codeWindow: HOUR,
  codesPerNumber: 10,
  codesPerAddress: 20,
  demoCodesPerNumber: 1_000,
  demoCodesPerAddress: 1_000,
  sessionIdle: 30 * DAY,
  sessionAge: 90 * DAY,
  useNotedEvery: MINUTE,
};

/** What the app hands to this module, and to nobody else: identity lies outside tenancy (architecture 5). */
export interface IdentityDoor {
  /** Its sessions run as `guichet_identity`. */
  readonly pool: pg.Pool;
  /** The server's secret (`serverSecret`), the same on all servers of one database. */
  readonly secret: Buffer;
  /** The way out for text messages: nobody waits for them. */
  readonly texts: TextOutbox;
  readonly names: SeatNames;
  readonly settings: SignInSettings;
  /** E.164 numbers of the demo's seats; they have limits of their own on a demo server. */
  readonly demoPhones: ReadonlySet<string>;
}
export const identityDoor = service<IdentityDoor>('accounts.identity');

/** A seat as the index of seats knows it. */
export interface SeatEntry {
  readonly organizationId: string;
  readonly seatId: string;
  readonly kind: Seat['kind'];
}

/** Tells organizations that somebody's own phone has changed; the app provides it, for it works in their transactions. */
export interface PhoneTelling {
  /**
   * One organization follows one change, in one transaction; a second time nothing happens.
   * @returns those of some of its seats for which it keeps the former number, because somebody else there has the new one: its admins have yet to decide.
   */
  tell(change: { readonly changeId: string; readonly organizationId: string }, seats?: readonly SeatEntry[]): Promise<readonly SeatEntry[]>;
}
export const phoneTelling = service<PhoneTelling>('accounts.phoneTelling');

/** Names of seats in any organization, which lie in other domains' tables; the app provides it. */
export interface SeatNames {
  /** @returns names in the order of `seats`, one each. */
  names(seats: readonly SeatEntry[]): Promise<readonly { readonly organizationName: string; readonly name: string }[]>;
}
export const seatNames = service<SeatNames>('accounts.seatNames');
