import type pg from 'pg';
import { inPlainTransaction, type TransactionClient, unauthenticated, uuidv7 } from '../../sdk/core.ts';
import { forbidden, type Language, type Message } from '../../sdk/index.ts';
import { countCodeRequest } from './code-limit.service.ts';
import { signInRefused } from './errors.ts';
import type { IdentityDoor, SeatEntry } from './identity.door.ts';
import { drawCode, hashCode, keyedHash } from './sign-in-code.rules.ts';
import { type CodeOfAsker, keepCode, onlyOrganizationOf, tryCode } from './sign-in-code.service.ts';
import { phoneChangeText } from './sign-in-text.rules.ts';

const MINUTE = 60_000;

/** A code for a new phone opens no session, and is good for the one account that asked for it. */
const codeOf = ({ secret }: IdentityDoor, accountId: string, phone: string, code: string): CodeOfAsker => ({
  purpose: keyedHash(secret, `purpose:change:${accountId}`),
  phone,
  asker: keyedHash(secret, `change:${accountId}`),
  hash: hashCode(secret, `change:${accountId}:${phone}`, code),
});

const NOT_OF_THE_NEW_NUMBER: Message = {
  en: 'This is not the code that was sent to the new number, or it has expired. Ask for another by `requestPhoneChangeCode`.',
  'zh-CN': '验证码与发送至新号码的不符，或已失效。请通过 requestPhoneChangeCode 重新获取。',
};

interface Asking {
  readonly accountId: string;
  /** E.164 */
  readonly phone: string;
}

/** Sends a code to a new phone, known or not: nobody learns which. @throws RATE_LIMITED, within the limits of codes for signing in */
export async function requestPhoneChangeCode(
  door: IdentityDoor,
  { accountId, phone, address, language }: Asking & { readonly address: string; readonly language: Language },
  now: Date,
): Promise<{ expiresAt: Date }> {
  const code = drawCode();
  const expiresAt = new Date(now.getTime() + door.settings.codeLifetime);
  await inPlainTransaction(door.pool, async ({ client }) => {
    await countCodeRequest(client, door, { phone, address }, now);
    await keepCode(client, codeOf(door, accountId, phone, code), now, expiresAt);
  });
  const minutes = Math.round(door.settings.codeLifetime / MINUTE);
  door.texts.post(async () => {
    const former = await phoneOf(door.pool, accountId);
    const organization = former && (await onlyOrganizationOf(door, former));
    return phoneChangeText({ phone, code, minutes, language, organization });
  });
  return { expiresAt };
}

/** A change that organizations are to be told of. */
export interface PhoneChange {
  readonly changeId: string;
  /** Seats that have the new number, whose organizations follow. */
  readonly seats: readonly SeatEntry[];
  /** Live seats that the former number keeps. */
  readonly staying: readonly SeatEntry[];
}

/**
 * Gives an account another phone, which its holder has proven, and with it the seats of the account; sessions stay. What organizations have to
 * do about it is written down in the same transaction, so that no crash loses it. Seats that the phone had before are reached by whoever proves
 * it, as by signing in with it, and stay with it when the account goes on; an account that was opened with it before is no more, and its sessions
 * end. Whoever signed in with such a number and acts as such a seat takes those along instead, into an account of their own.
 * @throws SignInRefused for any fault of the code; FORBIDDEN where the session proves no phone and the account has seats beyond the demo's
 */
export async function changePhone(
  door: IdentityDoor,
  { accountId, sessionId, phone, code }: Asking & { readonly sessionId: string; readonly code: string },
  now: Date,
): Promise<PhoneChange> {
  // Refused outside: a rollback would give back the try.
  const changed = await inPlainTransaction(door.pool, async ({ client }) => {
    if (!(await tryCode(client, door, codeOf(door, accountId, phone, code), now))) return undefined;
    const former = await lockAccounts(client, accountId, phone);
    if (former === phone) return { changeId: uuidv7(), seats: [], staying: [] };
    await refuseUnproven(client, sessionId, former);
    const atPhone = await accountOf(client, phone, now);
    await lockSeats(client, [former, phone]);
    await endSessions(client, atPhone, now);
    const isFound = await actsAsFound(client, { accountId, sessionId, former });
    const moving = isFound ? atPhone : accountId;
    await client.query('update identity.seats set found_by = $2 where phone = $1', [phone, moving]);
    const change = await moveSeats(client, { accountId, former, phone, isFound }, now);
    await (isFound ? moveSessions(client, accountId, moving) : joinAccounts(client, { accountId, atPhone, phone }));
    await endSessionsElsewhere(client, moving, phone, now);
    return change;
  });
  if (!changed) throw signInRefused({ message: NOT_OF_THE_NEW_NUMBER }, ['input', 'code']);
  return changed;
}

/**
 * Whoever signs in with either phone has done so, or does so after.
 * @returns the phone that the account has as yet
 * @throws UNAUTHENTICATED where another has taken its phone at this moment, and the account is no more
 */
async function lockAccounts(client: TransactionClient, accountId: string, phone: string): Promise<string> {
  await client.query('select from identity.accounts where id = $1 or phone = $2 order by id for update', [accountId, phone]);
  const former = await phoneOf(client, accountId);
  if (former === undefined) throw unauthenticated();
  return former;
}

async function phoneOf(client: TransactionClient | pg.Pool, accountId: string): Promise<string | undefined> {
  const { rows } = await client.query<{ phone: string }>('select phone from identity.accounts where id = $1', [accountId]);
  return rows[0]?.phone;
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

/** What somebody does to a seat of either phone has been done, or is done after. */
const lockSeats = (client: TransactionClient, phones: readonly string[]): Promise<unknown> =>
  client.query('select from identity.seats where phone = any($1) order by organization_id, seat_id for no key update', [phones]);

/** The account of a phone, opened where there was none: whoever signs in with it at this moment comes before or after. @returns its id */
async function accountOf(client: TransactionClient, phone: string, now: Date): Promise<string> {
  await client.query('insert into identity.accounts (id, phone, created_at) values ($1, $2, $3) on conflict (phone) do nothing', [
    uuidv7(),
    phone,
    now,
  ]);
  const { rows } = await client.query<{ id: string }>('select id from identity.accounts where phone = $1 for update', [phone]);
  return rows[0]!.id;
}

/** Those that whoever had the number until now has opened. */
const endSessions = (client: TransactionClient, accountId: string, now: Date): Promise<unknown> =>
  client.query(
    `update identity.sessions set ended_at = $2 where id in (
       select id from identity.sessions where account_id = $1 and ended_at is null order by id for update)`,
    [accountId, now],
  );

/**
 * Whether a session is of whoever has the number, and not of the account that came to it by a change: it was signed in to with the number, and
 * acts as a seat that the account found there.
 */
async function actsAsFound(
  client: TransactionClient,
  { accountId, sessionId, former }: { readonly accountId: string; readonly sessionId: string; readonly former: string },
): Promise<boolean> {
  const { rows } = await client.query(
    `select from identity.sessions session join identity.seats seat using (organization_id, seat_id)
     where session.id = $1 and session.signed_in_with = $2 and seat.phone = $2 and seat.found_by = $3`,
    [sessionId, former, accountId],
  );
  return rows.length > 0;
}

/** The account has the phone from now on, with all sessions that there were. */
async function joinAccounts(
  client: TransactionClient,
  { accountId, atPhone, phone }: { readonly accountId: string; readonly atPhone: string; readonly phone: string },
): Promise<void> {
  await client.query('update identity.sessions set account_id = $2 where account_id = $1', [atPhone, accountId]);
  await client.query('delete from identity.accounts where id = $1', [atPhone]);
  await client.query('update identity.accounts set phone = $2 where id = $1', [accountId, phone]);
}

/** Sessions of seats that the account reaches no more, because another has them. */
const moveSessions = (client: TransactionClient, from: string, to: string): Promise<unknown> =>
  client.query(
    `update identity.sessions set account_id = $2 where id in (
       select session.id from identity.sessions session join identity.seats seat using (organization_id, seat_id)
       join identity.accounts account on account.id = session.account_id
       where account.id = $1 and seat.phone <> account.phone order by session.id for update of session)`,
    [from, to],
  );

/** Sessions of an account that act as seats of another number: what has stayed there. */
const endSessionsElsewhere = (client: TransactionClient, accountId: string, phone: string, now: Date): Promise<unknown> =>
  client.query(
    `update identity.sessions set ended_at = $3 where id in (
       select session.id from identity.sessions session join identity.seats seat using (organization_id, seat_id)
       where session.account_id = $1 and session.ended_at is null and seat.phone <> $2 order by session.id for update of session)`,
    [accountId, phone, now],
  );

interface SeatRow {
  readonly organization_id: string;
  readonly seat_id: string;
  readonly kind: SeatEntry['kind'];
  readonly has_ended: boolean;
  readonly stays: boolean;
}
const entryOf = ({ organization_id: organizationId, seat_id: seatId, kind }: SeatRow): SeatEntry => ({ organizationId, seatId, kind });

/**
 * Those that have ended move as well: whoever brings one back brings it back to its account. Their organizations are told of nothing, for the
 * person is none of theirs as yet.
 */
async function moveSeats(
  client: TransactionClient,
  {
    accountId,
    former,
    phone,
    isFound,
  }: { readonly accountId: string; readonly former: string; readonly phone: string; readonly isFound: boolean },
  now: Date,
): Promise<PhoneChange> {
  const { rows } = await client.query<SeatRow>(
    `select organization_id, seat_id, kind, ended_at is not null as has_ended, (found_by is not distinct from $2) <> $3::boolean as stays
     from identity.seats where phone = $1 order by organization_id, seat_id`,
    [former, accountId, isFound],
  );
  const changeId = uuidv7();
  for (const { organization_id, seat_id, kind, has_ended: hasEnded, stays } of rows) {
    await client.query('update identity.seats set phone = $3, found_by = null where organization_id = $1 and seat_id = $2', [
      organization_id,
      seat_id,
      stays ? former : phone,
    ]);
    if (hasEnded || stays) continue;
    await client.query(
      'insert into identity.phone_changes (change_id, organization_id, seat_id, kind, phone, changed_at) values ($1, $2, $3, $4, $5, $6)',
      [changeId, organization_id, seat_id, kind, phone, now],
    );
  }
  const live = Map.groupBy(
    rows.filter(({ has_ended: hasEnded }) => !hasEnded),
    ({ stays }) => stays,
  );
  const [seats, staying] = [false, true].map((stays) => (live.get(stays) ?? []).map(entryOf));
  return { changeId, seats: seats!, staying: staying! };
}

/** Changes that organizations have not been told of, such as after a crash; the oldest first. */
export async function changesToTell({ pool }: IdentityDoor): Promise<{ readonly changeId: string; readonly organizationId: string }[]> {
  const { rows } = await pool.query<{ change_id: string; organization_id: string }>(
    'select distinct change_id, organization_id from identity.phone_changes order by change_id, organization_id',
  );
  return rows.map(({ change_id, organization_id }) => ({ changeId: change_id, organizationId: organization_id }));
}
