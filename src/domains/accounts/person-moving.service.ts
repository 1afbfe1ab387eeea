import { type TransactionClient, unauthenticated, uuidv7 } from '../../sdk/core.ts';
import { forbidden } from '../../sdk/index.ts';
import type { SeatEntry } from './identity.door.ts';

// Several people may be at one number: whoever goes on to another takes along what is theirs.

/** A change that organizations are to be told of. */
export interface PhoneChange {
  readonly changeId: string;
  /** Seats that have the new number, whose organizations follow. */
  readonly seats: readonly SeatEntry[];
  /** Live seats that the former number keeps. */
  readonly staying: readonly SeatEntry[];
}

/** Who goes where. */
interface Going {
  readonly sessionId: string;
  /** Account of the number as yet. */
  readonly from: string;
  /** The new number, E.164; the person has proven it. */
  readonly phone: string;
}

/**
 * The person of a session goes on to another number, with the seats and the sessions that are theirs.
 * @returns undefined where the session has gone on to another number at this moment
 * @throws UNAUTHENTICATED where the session has ended by now; FORBIDDEN where it proves no phone and the number has seats beyond the demo's
 */
export async function moveTo(client: TransactionClient, going: Going, now: Date): Promise<PhoneChange | undefined> {
  const { sessionId, from } = going;
  const to = await lockAccounts(client, going, now);
  if (to === from) return { changeId: uuidv7(), seats: [], staying: [] };
  const mover = await moverOf(client, going);
  if (!mover) return undefined;
  await refuseUnproven(client, sessionId, mover.former);
  await endSessions(client, to, now);
  const moving: Moving = { ...going, ...mover, to, person: uuidv7() };
  await moveSessions(client, moving);
  const change = await moveSeats(client, moving, now);
  await nameLast(client, moving);
  await endSessionsElsewhere(client, [from, to], now);
  return change;
}

/**
 * Whoever signs in with either phone has done so, or does so after.
 * @returns the account of the new phone, opened where there was none
 */
async function lockAccounts(client: TransactionClient, { from, phone }: Going, now: Date): Promise<string> {
  await client.query('insert into identity.accounts (id, phone, created_at) values ($1, $2, $3) on conflict (phone) do nothing', [
    uuidv7(),
    phone,
    now,
  ]);
  const { rows } = await client.query<{ id: string; phone: string }>(
    'select id, phone from identity.accounts where id = $1 or phone = $2 order by id for update',
    [from, phone],
  );
  return rows.find((one) => one.phone === phone)!.id;
}

/** Who goes on to another number. */
interface Mover {
  /** Their number as yet, E.164. */
  readonly former: string;
  /** Who they are of those at that number; null is whoever had it first. */
  readonly mover: string | null;
  /** Nobody else has a seat at that number, so whoever has signed in with it is this person. */
  readonly alone: boolean;
}
interface Moving extends Mover, Going {
  readonly to: string;
  /** Who they are at the new number. */
  readonly person: string;
}

/**
 * Whose a session is: of the person who came with it to the number, else of whoever the seat is of that it acts as, else of whoever came last.
 * @returns undefined where the session has gone on to another number at this moment: its code was for the one before
 * @throws UNAUTHENTICATED where it has ended, or its seat has another number by now
 */
async function moverOf(client: TransactionClient, { sessionId, from, phone }: Going): Promise<Mover | undefined> {
  await client.query(
    `select from identity.seats where phone = $2 or phone = (select phone from identity.accounts where id = $1)
     order by organization_id, seat_id for no key update`,
    [from, phone],
  );
  const { rows } = await client.query<Mover & { account_id: string; is_dead: boolean }>(
    `select *, not exists (select from identity.seats seat where seat.phone = former and seat.person is distinct from mover) as alone from (
       select session.account_id, account.phone as former, session.ended_at is not null or seat.phone <> account.phone as is_dead,
         coalesce(session.person, case when session.seat_id is null then account.person else seat.person end) as mover
       from identity.sessions session join identity.accounts account on account.id = session.account_id
       left join identity.seats seat using (organization_id, seat_id)
       where session.id = $1) own`,
    [sessionId],
  );
  const [own] = rows;
  if (!own || own.is_dead) throw unauthenticated();
  return own.account_id === from ? own : undefined;
}

/** A demo's session was opened by somebody who has proven nothing: it must not carry real seats away. */
async function refuseUnproven(client: TransactionClient, sessionId: string, phone: string): Promise<void> {
  const { rows } = await client.query(
    `select from identity.sessions session join identity.seats seat on seat.phone = $2 and seat.ended_at is null and not seat.is_demo
     where session.id = $1 and session.demo_only`,
    [sessionId, phone],
  );
  if (rows.length) throw forbidden();
}

/** Those that whoever had the number until now has opened. */
const endSessions = (client: TransactionClient, accountId: string, now: Date): Promise<unknown> =>
  client.query(
    `update identity.sessions set ended_at = $2 where id in (
       select id from identity.sessions where account_id = $1 and ended_at is null order by id for update)`,
    [accountId, now],
  );

/**
 * The sessions that are surely the person's: this one, and those that they came with. One that was signed in to with a number that others have too
 * may be of any of them, whatever seat it acts as.
 */
const moveSessions = (client: TransactionClient, { sessionId, from, to, mover, alone, person }: Moving): Promise<unknown> =>
  client.query(
    `update identity.sessions set account_id = $2, person = $3 where id in (
       select id from identity.sessions
       where account_id = $1 and ended_at is null and (id = $4 or person = $5::uuid or (person is null and $6::boolean)) order by id for update)`,
    [from, to, person, sessionId, mover, alone],
  );

/** What the former number is given from now on is of whoever came last of those who are there; what the new one is given, of this person. */
async function nameLast(client: TransactionClient, { from, to, former, mover, person }: Moving): Promise<void> {
  await client.query('update identity.accounts set person = $2 where id = $1', [to, person]);
  await client.query(
    `update identity.accounts set person = (
       select person from identity.seats where phone = $2 order by person desc nulls last limit 1)
     where id = $1 and person is not distinct from $3::uuid`,
    [from, former, mover],
  );
}

/** Sessions that act as seats of another number: one of the two who were at a number has gone, and the other had switched to a seat of theirs. */
const endSessionsElsewhere = (client: TransactionClient, accountIds: readonly string[], now: Date): Promise<unknown> =>
  client.query(
    `update identity.sessions set ended_at = $2 where id in (
       select session.id from identity.sessions session join identity.seats seat using (organization_id, seat_id)
       join identity.accounts account on account.id = session.account_id
       where account.id = any($1::uuid[]) and session.ended_at is null and seat.phone <> account.phone order by session.id for update of session)`,
    [accountIds, now],
  );

interface SeatRow {
  readonly organization_id: string;
  readonly seat_id: string;
  readonly kind: SeatEntry['kind'];
}
const entryOf = ({ organization_id: organizationId, seat_id: seatId, kind }: SeatRow): SeatEntry => ({ organizationId, seatId, kind });

/**
 * Those that have ended move as well: whoever brings one back brings it back to its account. Their organizations are told of nothing, for the
 * person is none of theirs.
 */
async function moveSeats(client: TransactionClient, { former, mover, phone, person }: Moving, now: Date): Promise<PhoneChange> {
  const changeId = uuidv7();
  const { rows: seats } = await client.query<SeatRow>(
    `with moved as (
       update identity.seats set phone = $3, person = $4 where phone = $1 and person is not distinct from $2::uuid
       returning organization_id, seat_id, kind, ended_at),
     told as (
       insert into identity.phone_changes (change_id, organization_id, seat_id, kind, phone, changed_at)
       select $5, organization_id, seat_id, kind, $3, $6 from moved where ended_at is null)
     select organization_id, seat_id, kind from moved where ended_at is null order by organization_id, seat_id`,
    [former, mover, phone, person, changeId, now],
  );
  const { rows: staying } = await client.query<SeatRow>(
    'select organization_id, seat_id, kind from identity.seats where phone = $1 and ended_at is null order by organization_id, seat_id',
    [former],
  );
  return { changeId, seats: seats.map(entryOf), staying: staying.map(entryOf) };
}
