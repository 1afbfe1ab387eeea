import type { TransactionClient } from '../../sdk/core.ts';
import { momentOfProof } from './account-seat.service.ts';

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
 * The session that asks has proven the new number, and goes along alone: no other has, and nobody knows into whose hands it has come. Those that act
 * as seats which went end, those that the person came with as well, but for one that acts as a seat of theirs which stays, and all where the former
 * number is left without a seat.
 */
export async function moveSession(client: TransactionClient, moving: MovingPerson, now: Date): Promise<void> {
  const { sessionId, from, to, former, phone, mover, person, isEmptied } = moving;
  const provenAt = await momentOfProof(client, phone, now);
  const values = [sessionId, to, person, provenAt];
  await client.query('update identity.sessions set account_id = $2, person = $3, proven_at = $4 where id = $1', values);
  await client.query(
    `update identity.sessions set ended_at = $2 where id in (
       select own.id from identity.sessions own left join identity.seats seat using (organization_id, seat_id)
       where own.account_id = $1 and own.ended_at is null
         and ($3 or seat.phone <> $4 or (own.person = $5::uuid and seat.person is distinct from $5::uuid))
       order by own.id for update of own)`,
    [from, now, isEmptied, former, mover ?? null],
  );
}

/** The code for the number that one has proves it once more. */
export const proveAgain = async (client: TransactionClient, sessionId: string, phone: string, now: Date): Promise<unknown> =>
  client.query('update identity.sessions set proven_at = $2 where id = $1', [sessionId, await momentOfProof(client, phone, now)]);
