import { type TransactionClient, unauthenticated, uuidv7 } from '../../sdk/core.ts';
import { forbidden, invalid, notFound } from '../../sdk/index.ts';
import type { NamedSeat } from './account-seat.service.ts';
import type { SeatEntry } from './identity.door.ts';
import { type Leaver, type Leaving, leaving, type SeatsToName, type SeatThere } from './people-at-number.rules.ts';
import { endSessionsOf, moveSession, proveAgain } from './session-moving.service.ts';

/** A change that organizations are to be told of. */
export interface PhoneChange {
  readonly changeId: string;
  /** Live seats that have the new number, whose organizations follow or have followed. */
  readonly seats: readonly SeatEntry[];
  /** Live seats that the former number keeps, of those that the session reached. */
  readonly staying: readonly SeatEntry[];
}

/** Several people are at the number, or it was given seats that the session does not reach, and nobody has said which seats go. */
export class SeveralPeopleError extends Error {
  override readonly name = 'SeveralPeopleError';
  readonly seats: SeatsToName;
  constructor(seats: SeatsToName) {
    super('Seats have to be named.');
    this.seats = seats;
  }
}

/** Who goes where. */
interface Going {
  readonly sessionId: string;
  /** Account of the number as yet. */
  readonly from: string;
  /** The new number, E.164; the person has proven it. */
  readonly phone: string;
  /** The seats that go along; needed where several people are at the number. */
  readonly named?: readonly NamedSeat[];
}

/**
 * The person of a session goes on to another number, with the seats that `leaving` says. Their other sessions end.
 * @returns undefined where the session has gone on to another number at this moment
 * @throws UNAUTHENTICATED where the session has ended by now; FORBIDDEN where it proves no phone and the number has seats beyond the demo's;
 * SeveralPeopleError; NotFound where a seat is named that the session does not reach; ValidationFailed where the one that it acts as would stay
 */
export async function moveTo(client: TransactionClient, going: Going, now: Date): Promise<PhoneChange | undefined> {
  const { sessionId, from } = going;
  const to = await lockAccounts(client, going, now);
  const there = await seatsThere(client, going);
  const own = await sessionNow(client, sessionId);
  if (own.accountId !== from) return undefined;
  if (to === from) {
    await proveAgain(client, sessionId, going.phone, now);
    return { changeId: uuidv7(), seats: there.filter(({ isLive }) => isLive), staying: [] };
  }
  await refuseUnproven(client, sessionId, own.phone);
  const moving: Moving = { ...going, ...whoGoes(there, own, going.named), former: own.phone, to, person: uuidv7() };
  await endSessionsOf(client, to, now);
  const change = await moveSeats(client, moving, now);
  await moveSession(client, moving, now);
  await nameLast(client, moving);
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

interface Moving extends Leaving, Going {
  /** Their number as yet, E.164. */
  readonly former: string;
  /** Account of the new number. */
  readonly to: string;
  /** Who they are at the new number. */
  readonly person: string;
}

interface SeatRow {
  readonly organization_id: string;
  readonly seat_id: string;
  readonly kind: SeatEntry['kind'];
  readonly phone: string;
  readonly person: string | null;
  readonly unclaimed: boolean;
  readonly ended_at: Date | null;
  readonly own_phone: string;
  readonly reached: boolean;
}
/** Locks the seats of both numbers. @returns those of the account's, by organization */
async function seatsThere(client: TransactionClient, { sessionId, from, phone }: Going): Promise<SeatThere[]> {
  const { rows } = await client.query<SeatRow>(
    `select organization_id, seat_id, kind, seat.phone, person, unclaimed, ended_at, own.phone as own_phone, given_at <= own.proven_at as reached
     from identity.seats seat, (
       select account.phone, session.proven_at from identity.accounts account, identity.sessions session
       where account.id = $1 and session.id = $3) own
     where seat.phone = $2 or seat.phone = own.phone
     order by organization_id, seat_id for no key update of seat`,
    [from, phone, sessionId],
  );
  return rows
    .filter((row) => row.phone === row.own_phone)
    .map((row) => ({
      organizationId: row.organization_id,
      seatId: row.seat_id,
      kind: row.kind,
      person: row.person,
      isUnclaimed: row.unclaimed,
      isLive: row.ended_at === null,
      isReached: row.reached,
    }));
}

interface OwnSession extends Leaver {
  readonly accountId: string;
  readonly phone: string;
}
/** @throws UNAUTHENTICATED where it has ended, or its seat has another number by now */
async function sessionNow(client: TransactionClient, sessionId: string): Promise<OwnSession> {
  const { rows } = await client.query<OwnSession & { isDead: boolean }>(
    `select session.account_id as "accountId", account.phone, session.person as came, account.person as last, session.seat_id as "seatId",
       session.ended_at is not null or coalesce(seat.phone <> account.phone, false) as "isDead"
     from identity.sessions session join identity.accounts account on account.id = session.account_id
     left join identity.seats seat using (organization_id, seat_id)
     where session.id = $1`,
    [sessionId],
  );
  const [own] = rows;
  if (!own || own.isDead) throw unauthenticated();
  return own;
}

function whoGoes(there: readonly SeatThere[], leaver: Leaver, named: readonly NamedSeat[] | undefined): Leaving {
  for (const [at, one] of (named ?? []).entries())
    if (!there.some(({ isLive, isReached, seatId, kind }) => isLive && isReached && seatId === one.seatId && kind === one.kind))
      throw notFound({}, ['input', 'seatIds', String(at)]);
  const found = leaving(there, leaver, named);
  if ('unclaimed' in found) throw new SeveralPeopleError(found);
  // the session goes along, and its token cannot become that of another seat
  if (found.staying.some(({ seatId }) => seatId === leaver.seatId)) throw ownSeatStays();
  return found;
}

const ownSeatStays = () =>
  invalid(['input', 'seatIds'], 'OWN_SEAT_STAYS', {
    en: 'The seat that you act as is not among them. Switch to one of those that go (`switchSeat`), and ask with that token; the code stays good.',
    'zh-CN': '所选身份不包括您当前使用的身份。请先切换到要更换号码的身份（switchSeat），再用该令牌提交；验证码仍然有效。',
  });

/** A demo's session was opened by somebody who has proven nothing: it must not carry real seats away. */
async function refuseUnproven(client: TransactionClient, sessionId: string, phone: string): Promise<void> {
  const { rows } = await client.query(
    `select from identity.sessions session join identity.seats seat on seat.phone = $2 and seat.ended_at is null and not seat.is_demo
     where session.id = $1 and session.demo_only`,
    [sessionId, phone],
  );
  if (rows.length) throw forbidden();
}

/** What the former number is given from now on is of whoever came last of those who are there; what the new one is given, of this person. */
async function nameLast(client: TransactionClient, { from, to, former, mover, person }: Moving): Promise<void> {
  await client.query('update identity.accounts set person = $2 where id = $1', [to, person]);
  if (mover === undefined) return;
  await client.query(
    `update identity.accounts set person = (
       select person from identity.seats where phone = $2 order by person desc nulls last limit 1)
     where id = $1 and person is not distinct from $3::uuid`,
    [from, former, mover],
  );
}

/**
 * Those that have ended move as well: whoever brings one back brings it back to its account. Their organizations are told of nothing, for the
 * person is none of theirs.
 */
async function moveSeats(client: TransactionClient, { going, staying, phone, person }: Moving, now: Date): Promise<PhoneChange> {
  const changeId = uuidv7();
  await client.query(
    `with moved as (
       update identity.seats set phone = $3, person = $4, unclaimed = false, given_at = $6
       where (organization_id, seat_id) in (select * from unnest($1::uuid[], $2::uuid[]))
       returning organization_id, seat_id, kind, ended_at)
     insert into identity.phone_changes (change_id, organization_id, seat_id, kind, phone, changed_at)
     select $5, organization_id, seat_id, kind, $3, $6 from moved where ended_at is null`,
    [going.map(({ organizationId }) => organizationId), going.map(({ seatId }) => seatId), phone, person, changeId, now],
  );
  return { changeId, seats: going.filter(({ isLive }) => isLive), staying };
}
