import type pg from 'pg';
import { type TransactionClient, uuidv7 } from '../../sdk/core.ts';
import type { IdentityDoor, SeatEntry } from './identity.door.ts';
import { drawToken, hashToken } from './sign-in-code.rules.ts';

/** Who a token stands for; without a seat it can only list seats, switch and sign out (spec 2.1). */
export interface Authenticated {
  readonly sessionId: string;
  readonly accountId: string;
  readonly organizationId: string | undefined;
  readonly seatId: string | undefined;
  readonly kind: SeatEntry['kind'] | undefined;
}
/** A session that was just opened: the only moment at which its token is known. */
export interface OpenedSession {
  readonly token: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly seat: SeatEntry | undefined;
}
export interface NewSession {
  readonly accountId: string;
  readonly seat: SeatEntry | undefined;
  readonly demoOnly: boolean;
  /** As whom the session it was switched from came to its number by a change; null where that was signed in to with the number. */
  readonly person: string | null;
  /** When its number was proven: by signing in, or by the session that it was switched from. */
  readonly provenAt: Date;
  readonly expiresAt: Date;
}

/** Parameters: $1 what sessions are sought by, $2 now, $3 the earliest last use, $4 whether this is a demo server. */
const LIVE = `identity.sessions session
  join identity.accounts account on account.id = session.account_id
  left join identity.seats seat on seat.organization_id = session.organization_id and seat.seat_id = session.seat_id
  where session.ended_at is null and session.expires_at > $2 and session.last_used_at > $3
    and (session.seat_id is null or (seat.ended_at is null and seat.phone = account.phone))
    and (not session.demo_only or session.seat_id is null or seat.is_demo)
    and ($4::boolean or not (session.demo_only or coalesce(seat.is_demo, false)))`;

const liveParameters = ({ settings }: IdentityDoor, sought: unknown, now: Date): unknown[] => [
  sought,
  now,
  new Date(now.getTime() - settings.sessionIdle),
  settings.demo,
];

/** Opens a session. Its token is handed out here and kept nowhere; the table has its hash. */
export async function createSession(client: TransactionClient, session: NewSession, now: Date): Promise<OpenedSession> {
  const token = drawToken();
  const { accountId, seat, demoOnly, person, provenAt, expiresAt } = session;
  const [organizationId, seatId] = [seat?.organizationId ?? null, seat?.seatId ?? null];
  const sessionId = uuidv7();
  await client.query(
    `insert into identity.sessions (id, token_hash, account_id, organization_id, seat_id, demo_only, created_at, last_used_at, expires_at, person,
       proven_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)`,
    [sessionId, hashToken(token), accountId, organizationId, seatId, demoOnly, now, expiresAt, person, provenAt],
  );
  return { token, sessionId, accountId, seat };
}

interface LiveRow {
  readonly id: string;
  readonly account_id: string;
  readonly organization_id: string | null;
  readonly seat_id: string | null;
  readonly kind: SeatEntry['kind'] | null;
  readonly last_used_at: Date;
}

/**
 * Who a token stands for, in one statement; a second one notes the use, at most once a minute.
 * @returns undefined for a token that is unknown, ended, idle for too long or too old, or whose seat is gone.
 */
export async function authenticate(door: IdentityDoor, token: string, now: Date): Promise<Authenticated | undefined> {
  const hash = hashToken(token);
  if (!hash) return undefined;
  const { rows } = await door.pool.query<LiveRow>({
    name: 'authenticate',
    text: `select session.id, session.account_id, session.organization_id, session.seat_id, seat.kind, session.last_used_at
     from ${LIVE} and session.token_hash = $1`,
    values: liveParameters(door, hash, now),
  });
  const row = rows[0];
  if (!row) return undefined;
  if (now.getTime() - row.last_used_at.getTime() >= door.settings.useNotedEvery) await noteUse(door.pool, row.id, now);
  return authenticated(row);
}

const authenticated = (row: LiveRow): Authenticated => ({
  sessionId: row.id,
  accountId: row.account_id,
  organizationId: row.organization_id ?? undefined,
  seatId: row.seat_id ?? undefined,
  kind: row.kind ?? undefined,
});

/** Who a session stands for; undefined where it is no more. It is no use of it. */
export async function sessionOf(door: IdentityDoor, sessionId: string, now: Date): Promise<Authenticated | undefined> {
  const { rows } = await door.pool.query<LiveRow>({
    name: 'session_of',
    text: `select session.id, session.account_id, session.organization_id, session.seat_id, seat.kind, session.last_used_at
     from ${LIVE} and session.id = $1::uuid`,
    values: liveParameters(door, sessionId, now),
  });
  return rows[0] && authenticated(rows[0]);
}

/**
 * Rows that somebody else holds are passed over: a request does not wait for a note. A seat is used from its first signing in on, not by a session
 * that was opened without a code.
 */
const noteUse = (pool: pg.Pool, sessionId: string, now: Date): Promise<unknown> =>
  pool.query({
    name: 'note_use',
    text: `with used as (
       update identity.sessions set last_used_at = $2
       where id in (select id from identity.sessions where id = $1 and last_used_at < $2 for update skip locked)
       returning organization_id, seat_id)
     update identity.seats seat set last_used_at = $2
     where seat.last_used_at is not null and (seat.organization_id, seat.seat_id) in (
       select one.organization_id, one.seat_id from identity.seats one join used using (organization_id, seat_id) for update of one skip locked)`,
    values: [sessionId, now],
  });

/** Which of many sessions are still live, in one statement: asked each second for those that have open sockets. */
export async function openSessions(door: IdentityDoor, sessionIds: readonly string[], now: Date): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const { rows } = await door.pool.query<{ id: string }>(
    `select session.id from ${LIVE} and session.id = any($1::uuid[])`,
    liveParameters(door, sessionIds, now),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Sessions that were ended after a moment: few, so servers that remember sessions ask for them again and again. */
export async function sessionsEndedSince({ pool }: IdentityDoor, since: Date): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'sessions_ended',
    text: 'select id from identity.sessions where ended_at > $1',
    values: [since],
  });
  return new Set(rows.map(({ id }) => id));
}
