import type pg from 'pg';
import type { TransactionClient } from '../../sdk/core.ts';
import type { SeatEntry } from './identity.door.ts';

interface SeatRow {
  readonly organization_id: string;
  readonly seat_id: string;
  readonly kind: SeatEntry['kind'];
}
/** A seat as an input names it: its type and its UUID. */
export type NamedSeat = Pick<SeatEntry, 'seatId' | 'kind'>;

const COLUMNS = 'seat.organization_id, seat.seat_id, seat.kind';
const entryOf = (row: SeatRow): SeatEntry => ({ organizationId: row.organization_id, seatId: row.seat_id, kind: row.kind });

/** Which seats can be signed in to. */
export interface Openable {
  /** Only those of demo organizations: where nothing proves the phone. */
  readonly demoOnly: boolean;
  /** This is a demo server. On all others the seats of demo organizations are closed: strangers may have their numbers. */
  readonly demo: boolean;
}

/** The live seats of a phone, that to be taken without a choice first: the last used, else the oldest (spec 2.1). */
export async function seatsOfPhone(client: TransactionClient | pg.Pool, phone: string, { demoOnly, demo }: Openable): Promise<SeatEntry[]> {
  const { rows } = await client.query<SeatRow>(
    `select ${COLUMNS} from identity.seats seat
     where seat.phone = $1 and seat.ended_at is null and (seat.is_demo or not $2::boolean) and ($3::boolean or not seat.is_demo)
     order by seat.last_used_at desc nulls last, seat.created_at, seat.seat_id`,
    [phone, demoOnly, demo],
  );
  return rows.map(entryOf);
}

/**
 * The seats that a session reaches, the oldest first: those that its number had when it proved it. What the number was given since may be of whoever
 * has it by now. @param demo this is a demo server
 */
export async function seatsOfSession(client: TransactionClient | pg.Pool, sessionId: string, demo: boolean): Promise<SeatEntry[]> {
  const { rows } = await client.query<SeatRow>(
    `select ${COLUMNS} from identity.sessions session
     join identity.accounts account on account.id = session.account_id
     join identity.seats seat on seat.phone = account.phone and seat.ended_at is null and (seat.is_demo or not session.demo_only)
       and seat.given_at <= session.proven_at
     where session.id = $1 and ($2::boolean or not seat.is_demo)
     order by seat.created_at, seat.seat_id`,
    [sessionId, demo],
  );
  return rows.map(entryOf);
}

/** The named one among seats; undefined where it is not among them. */
export const findSeat = (seats: readonly SeatEntry[], named: NamedSeat): SeatEntry | undefined =>
  seats.find(({ seatId, kind }) => seatId === named.seatId && kind === named.kind);

/**
 * Locks the live seats of a phone: whoever ends one, or gives it another phone, has done so, or waits. Of what signing in and ending stand on,
 * the account is locked first, then seats, then sessions, each in the order of their ids.
 */
export const lockSeatsOfPhone = (client: TransactionClient, phone: string): Promise<unknown> =>
  client.query('select from identity.seats where phone = $1 and ended_at is null order by organization_id, seat_id for no key update', [
    phone,
  ]);

/**
 * The moment at which a session proves a phone: now, or when the last of its seats was given to it, where the server that gave it has a clock that is
 * ahead. It reaches all of them.
 */
export async function momentOfProof(client: TransactionClient, phone: string, now: Date): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>(
    'select greatest($2::timestamptz, max(given_at)) as at from identity.seats where phone = $1 and ended_at is null',
    [phone, now],
  );
  return rows[0]!.at;
}

/**
 * Locks the account of a session: those who open sessions of it hold it together, whoever ends some holds it alone. What is read afterwards is
 * what the others have left.
 * @returns its phone; undefined where there is no such session
 */
export async function lockAccountOf(client: TransactionClient, sessionId: string, act: 'opens' | 'ends'): Promise<string | undefined> {
  const { rows } = await client.query<{ phone: string }>(
    `select account.phone from identity.sessions session join identity.accounts account on account.id = session.account_id
     where session.id = $1 for ${act === 'ends' ? 'update' : 'share'} of account`,
    [sessionId],
  );
  return rows[0]?.phone;
}
