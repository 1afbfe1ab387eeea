import type pg from 'pg';
import { transactionOf } from '../../sdk/core.ts';
import { service, type Transaction, type UseCase } from '../../sdk/index.ts';
import type { SeatEntry } from './identity.door.ts';

/** What the index of seats works with: a use case, whose transaction and organization it keeps to. */
export type SeatIndexUse = Pick<UseCase, 'organizationId' | 'now'> & ({ readonly transaction: Transaction } | UseCase);

/** Seats of one kind. */
export interface NewSeats {
  /** Phones are E.164. */
  readonly seats: readonly { readonly seatId: string; readonly phone: string }[];
  readonly kind: SeatEntry['kind'];
  readonly isDemo: boolean;
}

/**
 * The index of seats, kept by those who make and end them, in their own transactions.
 */
export interface SeatIndex {
  /** Makes a seat known, or again known that had ended. @param seat.phone E.164 */
  add(use: SeatIndexUse, seat: { seatId: string; kind: SeatEntry['kind']; phone: string; isDemo: boolean }): Promise<void>;
  /** Makes many seats known, by few questions. */
  addAll(use: SeatIndexUse, given: NewSeats): Promise<void>;
  /** Ends seats and their sessions. Unknown ones are passed over. */
  end(use: SeatIndexUse, seatIds: readonly string[]): Promise<void>;
  /** The seat has another phone (E.164); its sessions, opened by the former one, end. */
  movePhone(use: SeatIndexUse, seatId: string, phone: string): Promise<void>;
  /** Two seats that have one number are one person's, as admins have decided: the first goes where the account of the other goes. */
  join(use: SeatIndexUse, seatId: string, besideId: string): Promise<void>;
  /** How many sessions of a seat are open. */
  sessions(use: SeatIndexUse, seatId: string): Promise<number>;
  /** Whether somebody has signed in to a live seat with the phone that it has: staff cannot change that phone (spec 3.7). */
  isUsed(use: SeatIndexUse, seatId: string): Promise<boolean>;
  /**
   * The phone (E.164) by which a seat is signed in to, also one that has ended: an ended seat follows its account too. Whoever brings a seat back
   * brings it back to this one. It stays so until the use case ends. @returns undefined where there never was such a seat
   */
  phoneOf(use: SeatIndexUse, seatId: string): Promise<string | undefined>;
  /**
   * Whether anybody's seat, in any organization and ended or not, is at a phone (E.164): a seat that is moved there becomes theirs too. Nobody
   * changes their phone to it or from it until the use case ends; so it is asked before seats are held.
   */
  isTaken(use: SeatIndexUse, phone: string): Promise<boolean>;
  /** Live seats that are signed in to with some phones (E.164). */
  having(use: SeatIndexUse, phones: readonly string[]): Promise<readonly SeatHaving[]>;
}
export interface SeatHaving {
  readonly seatId: string;
  readonly kind: SeatEntry['kind'];
  readonly phone: string;
}
export const seatIndex = service<SeatIndex>('accounts.seats');

/** Of one statement: thousands would come near to the time that one has. */
const MOST_SEATS = 1_000;

/** By functions of the database, which hold to the organization of the transaction: requests themselves do not reach the schema identity. */
export const theSeatIndex: SeatIndex = {
  add: (use, { seatId, kind, phone, isDemo }) =>
    change(use, 'select seat_index_add($1, $2, $3, $4, $5)', [seatId, kind, phone, isDemo, use.now]),
  addAll: async (use, { seats, kind, isDemo }) => {
    for (let at = 0; at < seats.length; at += MOST_SEATS) {
      const some = seats.slice(at, at + MOST_SEATS);
      await change(use, 'select seat_index_add(seat, $1, phone, $2, $3) from unnest($4::uuid[], $5::text[]) as given (seat, phone)', [
        kind,
        isDemo,
        use.now,
        some.map(({ seatId }) => seatId),
        some.map(({ phone }) => phone),
      ]);
    }
  },
  end: (use, seatIds) => change(use, 'select seat_index_end($1, $2)', [seatIds, use.now]),
  movePhone: (use, seatId, phone) => change(use, 'select seat_index_move($1, $2, $3)', [seatId, phone, use.now]),
  join: (use, seatId, besideId) => change(use, 'select seat_index_join($1, $2)', [seatId, besideId]),
  sessions: async (use, seatId) => {
    const { rows } = await clientOf(use).query<{ open: number }>({
      name: 'seat_index_sessions',
      text: 'select seat_index_sessions($1, $2) as open',
      values: [seatId, use.now],
    });
    return rows[0]!.open;
  },
  isUsed: async (use, seatId) => {
    const { rows } = await clientOf(use).query<{ used: boolean | null }>({
      name: 'seat_index_is_used',
      text: 'select seat_index_is_used($1) as used',
      values: [seatId],
    });
    return rows[0]!.used ?? false;
  },
  phoneOf: async (use, seatId) => {
    const { rows } = await clientOf(use).query<{ phone: string | null }>({
      name: 'seat_index_phone',
      text: 'select seat_index_phone($1) as phone',
      values: [seatId],
    });
    return rows[0]!.phone ?? undefined;
  },
  isTaken: async (use, phone) => {
    const { rows } = await clientOf(use).query<{ taken: boolean }>({
      name: 'seat_index_is_taken',
      text: 'select seat_index_is_taken($1) as taken',
      values: [phone],
    });
    return rows[0]!.taken;
  },
  having: async (use, phones) => {
    const { rows } = await clientOf(use).query<SeatHaving>({
      name: 'seat_index_having',
      text: 'select seat as "seatId", seat_kind as kind, seat_phone as phone from seat_index_having($1)',
      values: [phones],
    });
    return rows;
  },
};

const clientOf = (use: SeatIndexUse) => ('transaction' in use ? use.transaction : transactionOf(use)).client;

async function change(use: SeatIndexUse, text: string, values: unknown[]): Promise<void> {
  const client = clientOf(use);
  await client.query({ name: nameOf(text), text, values });
}

const nameOf = (text: string): string => `${/seat_index_\w+/.exec(text)![0]}${text.includes('unnest') ? '_all' : ''}`;

/** All organizations: each has seats, of its employees at the least. @param client of the login, which owns the schema, or of identity's role */
export async function organizationsWithSeats(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select distinct organization_id as id from identity.seats order by 1');
  return rows.map(({ id }) => id);
}
