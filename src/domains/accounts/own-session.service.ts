import { inPlainTransaction } from '../../sdk/core.ts';
import { notFound } from '../../sdk/index.ts';
import { lockAccountOf } from './account-seat.service.ts';
import type { IdentityDoor, SeatEntry } from './identity.door.ts';

/** One of an account's sessions, as its owner sees it. */
export interface OwnSession {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly seat: SeatEntry | undefined;
}
interface SessionRow {
  readonly id: string;
  readonly created_at: Date;
  readonly last_used_at: Date;
  readonly organization_id: string | null;
  readonly seat_id: string | null;
  readonly kind: SeatEntry['kind'] | null;
}

/**
 * Sessions `other` of the account of session $1 that reach nothing which it does not reach itself: one that was opened without proof of the phone
 * knows only its like, and one that proved it knows none that has proven it since it was given other seats.
 */
const OF_THE_SAME_ACCOUNT = `identity.sessions own
  join identity.accounts account on account.id = own.account_id
  join identity.sessions other on other.account_id = own.account_id and (other.demo_only or not own.demo_only)
  where own.id = $1 and not exists (
    select from identity.seats since
    where since.phone = account.phone and since.ended_at is null and since.given_at > own.proven_at and since.given_at <= other.proven_at)`;
const MOST_LISTED = 100;

/** The open sessions of a session's account, the newest first, at most 100. */
export async function listSessions({ pool, settings }: IdentityDoor, sessionId: string, now: Date): Promise<OwnSession[]> {
  const { rows } = await pool.query<SessionRow>(
    `select found.*, seat.kind from (
       select other.id, other.created_at, other.last_used_at, other.organization_id, other.seat_id from ${OF_THE_SAME_ACCOUNT}
         and other.ended_at is null and other.expires_at > $2 and other.last_used_at > $3) found
     left join identity.seats seat using (organization_id, seat_id)
     where found.seat_id is null or seat.ended_at is null
     order by found.id desc limit ${MOST_LISTED}`,
    [sessionId, now, new Date(now.getTime() - settings.sessionIdle)],
  );
  return rows.map(({ id, created_at, last_used_at, organization_id, seat_id, kind }) => ({
    sessionId: id,
    createdAt: created_at,
    lastUsedAt: last_used_at,
    seat: organization_id && seat_id && kind ? { organizationId: organization_id, seatId: seat_id, kind } : undefined,
  }));
}

/**
 * Ends sessions of a session's account: those named, or all, this one too; also one that somebody is just opening.
 * @returns how many were open until now.
 * @throws NotFound where one of the named is not the account's; then none is ended.
 */
export async function endSessions(
  { pool }: IdentityDoor,
  sessionId: string,
  named: readonly string[] | undefined,
  now: Date,
): Promise<number> {
  return inPlainTransaction(pool, async ({ client }) => {
    await lockAccountOf(client, sessionId, 'ends');
    const { rows } = await client.query<{ id: string; was_open: boolean }>(
      `select other.id, other.ended_at is null as was_open from ${OF_THE_SAME_ACCOUNT}
         and ${named ? 'other.id = any($2::uuid[])' : 'other.ended_at is null'}
       order by other.id for update of other`,
      named ? [sessionId, named] : [sessionId],
    );
    if (named && rows.length < new Set(named).size) throw notFound({}, ['input', 'sessionIds']);
    const open = rows.filter((row) => row.was_open).map(({ id }) => id);
    await client.query('update identity.sessions set ended_at = $2 where id = any($1::uuid[])', [open, now]);
    return open.length;
  });
}
