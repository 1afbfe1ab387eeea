import type { TransactionClient } from '../../sdk/core.ts';
import { momentOfProof } from './account-seat.service.ts';
import type { SeatEntry } from './identity.door.ts';

// What becomes of sessions when a person goes on to another number. The accounts of both, and the seats of both, are locked.

/** A person who goes on, and whose session asks. */
interface MovingPerson {
  readonly sessionId: string;
  /** Account of the number as yet. */
  readonly from: string;
  /** Account of the new number. */
  readonly to: string;
  /** Their number as yet, E.164. */
  readonly former: string;
  /** The new one. */
  readonly phone: string;
  /** Who goes, of those who are at the former number; undefined where only seats go that were nobody's. */
  readonly mover: string | null | undefined;
  /** Who they are at the new number. */
  readonly person: string;
  /** The former number is left without a seat. */
  readonly isEmptied: boolean;
}

/** Those that whoever had the number until now has opened. */
export const endSessionsOf = (client: TransactionClient, accountId: string, now: Date): Promise<unknown> =>
  client.query(
    `update identity.sessions set ended_at = $2 where id in (
       select id from identity.sessions where account_id = $1 and ended_at is null order by id for update)`,
    [accountId, now],
  );

/**
 * The sessions that are surely the person's: this one, and those that they came with, but for one that acts as a seat of theirs which stays. One that
 * was signed in to with a number that others have too may be of any of them, whatever seat it acts as; so may one that proved it before the last of
 * what goes was given to it. @param lastGiven when that was, by `lastGivenOf` before the seats have moved
 */
export async function moveSessions(
  client: TransactionClient,
  { sessionId, from, to, mover, isEmptied, former, phone, person }: MovingPerson,
  lastGiven: string,
  now: Date,
): Promise<void> {
  const provenAt = await momentOfProof(client, phone, now);
  await client.query(
    `update identity.sessions set account_id = $2, person = $3, proven_at = $9 where id in (
       select id from identity.sessions own
       where account_id = $1 and ended_at is null and proven_at >= $8 and (
         id = $4 or (person is null and $6::boolean) or (person = $5::uuid and not exists (
           select from identity.seats seat
           where (seat.organization_id, seat.seat_id) = (own.organization_id, own.seat_id) and seat.phone = $7 and seat.person = $5::uuid)))
       order by id for update)`,
    [from, to, person, sessionId, mover ?? null, isEmptied, former, lastGiven, provenAt],
  );
}

/** When the last of the seats that go was given to the former number. */
export async function lastGivenOf(client: TransactionClient, going: readonly SeatEntry[]): Promise<string> {
  const { rows } = await client.query<{ at: string }>(
    `select coalesce(max(given_at), '-infinity')::text as at from identity.seats
     where (organization_id, seat_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    columnsOf(going),
  );
  return rows[0]!.at;
}
/** Organizations and ids of seats, as columns. */
export const columnsOf = (seats: readonly SeatEntry[]): [string[], string[]] => [
  seats.map(({ organizationId }) => organizationId),
  seats.map(({ seatId }) => seatId),
];

/** The code for the number that one has proves it once more. */
export const proveAgain = async (client: TransactionClient, sessionId: string, phone: string, now: Date): Promise<unknown> =>
  client.query('update identity.sessions set proven_at = $2 where id = $1', [sessionId, await momentOfProof(client, phone, now)]);

/** Sessions that act as seats of another number: one of the two who were at a number has gone, and the other had switched to a seat of theirs. */
export const endSessionsElsewhere = (client: TransactionClient, accountIds: readonly string[], now: Date): Promise<unknown> =>
  client.query(
    `update identity.sessions set ended_at = $2 where id in (
       select session.id from identity.sessions session join identity.seats seat using (organization_id, seat_id)
       join identity.accounts account on account.id = session.account_id
       where account.id = any($1::uuid[]) and session.ended_at is null and seat.phone <> account.phone order by session.id for update of session)`,
    [accountIds, now],
  );
