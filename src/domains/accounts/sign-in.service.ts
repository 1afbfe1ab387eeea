import { inPlainTransaction, type TransactionClient, uuidv7 } from '../../sdk/core.ts';
import { notFound } from '../../sdk/index.ts';
import {
  findSeat,
  lockAccountOf,
  lockSeatsOfPhone,
  momentOfProof,
  type NamedSeat,
  seatsOfPhone,
  seatsOfSession,
} from './account-seat.service.ts';
import { signInRefused } from './errors.ts';
import type { IdentityDoor, SeatEntry } from './identity.door.ts';
import { createSession, type NewSession, type OpenedSession } from './session.service.ts';
import { DEMO_CODE } from './sign-in-code.rules.ts';
import { redeemCode } from './sign-in-code.service.ts';

export interface SignInRequest {
  /** E.164 */
  readonly phone: string;
  readonly code: string;
  /** Network address of the caller: who asked for the code has tries of their own. */
  readonly address: string;
  /** Without it the seat used last, else the oldest; none where the phone has none. */
  readonly seat?: NamedSeat;
}

/**
 * Opens a session for whoever holds the code of a phone. The first time, this makes the account.
 * @throws SignInRefused, the same for every fault of the code; NotFound where the named seat is not one of the phone's, and the code stays good.
 */
export async function signIn(door: IdentityDoor, { phone, code, address, seat }: SignInRequest, now: Date): Promise<OpenedSession> {
  // Refused outside: a rollback would give back the try.
  const opened = await inPlainTransaction(door.pool, async ({ client }) => {
    const demoOnly = await isDemoSignIn(client, door, phone, code);
    if (!demoOnly && !(await redeemCode(client, door, { phone, code, address }, now))) return undefined;
    const choose = (seats: readonly SeatEntry[]): SeatEntry | undefined => {
      const taken = seat ? findSeat(seats, seat) : seats[0];
      if (seat && !taken) throw notFound({}, ['input', 'seatId']);
      return taken;
    };
    const opening = await openFor(client, door, { phone, demoOnly, choose }, now);
    if (opening.seat) await noteSeatUse(client, opening.seat, now);
    return opening;
  });
  if (!opened) throw signInRefused({}, ['input', 'code']);
  return opened;
}

async function isDemoSignIn(client: TransactionClient, { settings }: IdentityDoor, phone: string, code: string): Promise<boolean> {
  return settings.demo && code === DEMO_CODE && (await seatsOfPhone(client, phone, { demoOnly: true, demo: true })).length > 0;
}

interface Opening {
  readonly phone: string;
  readonly demoOnly: boolean;
  /** The seat to take of those that the phone has. @throws where it must not be taken */
  choose(seats: readonly SeatEntry[]): SeatEntry | undefined;
}
/** Opens a session while nobody ends sessions of the account, or ends or moves its seats. */
async function openFor(
  client: TransactionClient,
  { settings }: IdentityDoor,
  { phone, demoOnly, choose }: Opening,
  now: Date,
): Promise<OpenedSession> {
  const accountId = await accountOf(client, phone, now);
  await lockSeatsOfPhone(client, phone);
  const seat = choose(await seatsOfPhone(client, phone, { demoOnly, demo: settings.demo }));
  const expiresAt = new Date(now.getTime() + settings.sessionAge);
  const provenAt = await momentOfProof(client, phone, now);
  return createSession(client, { accountId, seat, demoOnly, person: null, provenAt, expiresAt }, now);
}

async function accountOf(client: TransactionClient, phone: string, now: Date): Promise<string> {
  // an account that changes its phone at this moment has left it, and the next one is this phone's
  for (;;) {
    const known = await heldAccountOf(client, phone, now);
    if (known) return known;
  }
}

async function heldAccountOf(client: TransactionClient, phone: string, now: Date): Promise<string | undefined> {
  await client.query('insert into identity.accounts (id, phone, created_at) values ($1, $2, $3) on conflict (phone) do nothing', [
    uuidv7(),
    phone,
    now,
  ]);
  const { rows } = await client.query<{ id: string }>('select id from identity.accounts where phone = $1 for share', [phone]);
  return rows[0]?.id;
}

const noteSeatUse = (client: TransactionClient, { organizationId, seatId }: SeatEntry, now: Date): Promise<unknown> =>
  client.query('update identity.seats set last_used_at = greatest(last_used_at, $3) where organization_id = $1 and seat_id = $2', [
    organizationId,
    seatId,
    now,
  ]);

/**
 * Opens a session of another seat of the same account; the one asked from stays. It ends when that one would, 90 days after signing in.
 * @throws NotFound where it reaches no such seat.
 */
export async function switchSeat({ pool, settings }: IdentityDoor, sessionId: string, named: NamedSeat, now: Date): Promise<OpenedSession> {
  return inPlainTransaction(pool, async ({ client }) => {
    const phone = await lockAccountOf(client, sessionId, 'opens');
    if (phone) await lockSeatsOfPhone(client, phone);
    const seat = findSeat(await seatsOfSession(client, sessionId, settings.demo), named);
    const { rows } = await client.query<Omit<NewSession, 'seat'>>(
      `select account_id as "accountId", demo_only as "demoOnly", person, proven_at as "provenAt", expires_at as "expiresAt"
       from identity.sessions where id = $1 and ended_at is null for share`,
      [sessionId],
    );
    const from = rows[0];
    if (!seat || !from) throw notFound({}, ['input', 'seatId']);
    const opened = await createSession(client, { ...from, seat }, now);
    await noteSeatUse(client, seat, now);
    return opened;
  });
}

/** No seat has this phone (in that organization). */
export class NoSeatError extends Error {
  override readonly name = 'NoSeatError';
}

export interface SigningInAs {
  /** E.164 */
  readonly phone: string;
  readonly organizationId?: string;
  /** Its UUID, or `EMPLOYEE` or `CONTACT`; the oldest without it. */
  readonly seat?: string;
  readonly demoOnly?: boolean;
}
const seatText = ({ kind, seatId }: SeatEntry): string => `${kind} ${seatId}`;

/**
 * Opens a session without a code: for the command `token` and the demo's page. It does not count as the seat's last use, so it does not
 * decide which seat a later sign-in takes.
 * @param demoOnly what it reaches ends at the demo's organizations; the demo's page must say so, since anybody can open it.
 * @throws NoSeatError
 */
export async function signInAs(
  door: IdentityDoor,
  { phone, organizationId, seat: named, demoOnly = false }: SigningInAs,
  now: Date,
): Promise<OpenedSession> {
  const closed = door.settings.demo ? '' : ' (DEMO is off, so the seats of demo organizations are closed)';
  const choose = (seats: readonly SeatEntry[]): SeatEntry => {
    const there = organizationId ? seats.filter((one) => one.organizationId === organizationId) : seats;
    const [seat] = named ? there.filter(({ seatId, kind }) => [seatId, kind].includes(named)) : there;
    if (!seat && there.length) throw new NoSeatError(`This phone has no such seat; it has ${there.map(seatText).join(', ')}.`);
    if (!seat) throw new NoSeatError(`No seat ${organizationId ? 'in this organization ' : ''}has this phone${closed}.`);
    return seat;
  };
  return inPlainTransaction(door.pool, ({ client }) => openFor(client, door, { phone, demoOnly, choose }, now));
}
