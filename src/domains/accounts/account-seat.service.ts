import type pg from 'pg';
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

/** The live seats of a phone, that to be taken without a choice first: the last used, else the oldest (spec 2.1). */
export async function seatsOfPhone(client: pg.ClientBase | pg.Pool, phone: string, demoOnly: boolean): Promise<SeatEntry[]> {
  const { rows } = await client.query<SeatRow>(
    `select ${COLUMNS} from identity.seats seat
     where seat.phone = $1 and seat.ended_at is null and (seat.is_demo or not $2::boolean)
     order by seat.last_used_at desc nulls last, seat.created_at, seat.seat_id`,
    [phone, demoOnly],
  );
  return rows.map(entryOf);
}

/** The seats that a session's account can switch to, the oldest first. */
export async function seatsOfSession(client: pg.ClientBase | pg.Pool, sessionId: string): Promise<SeatEntry[]> {
  const { rows } = await client.query<SeatRow>(
    `select ${COLUMNS} from identity.sessions session
     join identity.accounts account on account.id = session.account_id
     join identity.seats seat on seat.phone = account.phone and seat.ended_at is null and (seat.is_demo or not session.demo_only)
     where session.id = $1
     order by seat.created_at, seat.seat_id`,
    [sessionId],
  );
  return rows.map(entryOf);
}

/** The named one among seats; undefined where it is not among them. */
export const findSeat = (seats: readonly SeatEntry[], named: NamedSeat): SeatEntry | undefined =>
  seats.find(({ seatId, kind }) => seatId === named.seatId && kind === named.kind);
