import type pg from 'pg';
import { inPlainTransaction, type TransactionClient } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import type { Language, Message } from '../../platform/language/language.ts';
import { forbidden } from '../../sdk/index.ts';
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
    const organization = await onlyOrganizationOf(door, await phoneOf(door.pool, accountId));
    return phoneChangeText({ phone, code, minutes, language, organization });
  });
  return { expiresAt };
}

/** A change that organizations are to be told of. */
export interface PhoneChange {
  readonly changeId: string;
  /** Seats of the account, whose organizations follow. */
  readonly seats: readonly SeatEntry[];
}

/**
 * Gives an account another phone, which its holder has proven, and with it all seats of the account; sessions stay. What organizations have to
 * do about it is written down in the same transaction, so that no crash loses it. Seats that the phone had before are the account's from now
 * on, as they would be by signing in with it; an account that was opened with it before is no more, and its sessions end.
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
    if (former === phone) return { changeId: uuidv7(), seats: [] };
    await refuseUnproven(client, sessionId, former);
    const change = await moveSeats(client, former, phone, now);
    await takeOver(client, accountId, phone, now);
    await client.query('update identity.accounts set phone = $2 where id = $1', [accountId, phone]);
    return change;
  });
  if (!changed) throw signInRefused({ message: NOT_OF_THE_NEW_NUMBER }, ['input', 'code']);
  return changed;
}

/** Whoever signs in with either phone has done so, or does so after. @returns the phone that the account has as yet */
async function lockAccounts(client: TransactionClient, accountId: string, phone: string): Promise<string> {
  await client.query('select from identity.accounts where id = $1 or phone = $2 order by id for update', [accountId, phone]);
  return phoneOf(client, accountId);
}

async function phoneOf(client: TransactionClient | pg.Pool, accountId: string): Promise<string> {
  const { rows } = await client.query<{ phone: string }>('select phone from identity.accounts where id = $1', [accountId]);
  return rows[0]!.phone;
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

async function takeOver(client: TransactionClient, accountId: string, phone: string, now: Date): Promise<void> {
  await client.query(
    `update identity.sessions set ended_at = coalesce(ended_at, $3), account_id = $1
     where id in (select session.id from identity.sessions session join identity.accounts account on account.id = session.account_id
       where account.phone = $2 and account.id <> $1 order by session.id for update of session)`,
    [accountId, phone, now],
  );
  await client.query('delete from identity.accounts where phone = $1 and id <> $2', [phone, accountId]);
}

/**
 * Those that have ended move as well: whoever brings one back brings it back to its account. Their organizations are told of nothing, for the
 * person is none of theirs as yet.
 */
async function moveSeats(client: TransactionClient, former: string, phone: string, now: Date): Promise<PhoneChange> {
  const { rows } = await client.query<{ organization_id: string; seat_id: string; kind: SeatEntry['kind']; has_ended: boolean }>(
    `select organization_id, seat_id, kind, ended_at is not null as has_ended from identity.seats where phone = $1
     order by organization_id, seat_id for no key update`,
    [former],
  );
  const changeId = uuidv7();
  for (const { organization_id, seat_id, kind, has_ended: hasEnded } of rows) {
    await client.query('update identity.seats set phone = $3 where organization_id = $1 and seat_id = $2', [
      organization_id,
      seat_id,
      phone,
    ]);
    if (hasEnded) continue;
    await client.query(
      'insert into identity.phone_changes (change_id, organization_id, seat_id, kind, phone, changed_at) values ($1, $2, $3, $4, $5, $6)',
      [changeId, organization_id, seat_id, kind, phone, now],
    );
  }
  const live = rows.filter(({ has_ended: hasEnded }) => !hasEnded);
  return { changeId, seats: live.map(({ organization_id: organizationId, seat_id: seatId, kind }) => ({ organizationId, seatId, kind })) };
}

/** Changes that organizations have not been told of, such as after a crash; the oldest first. */
export async function changesToTell({ pool }: IdentityDoor): Promise<{ readonly changeId: string; readonly organizationId: string }[]> {
  const { rows } = await pool.query<{ change_id: string; organization_id: string }>(
    'select distinct change_id, organization_id from identity.phone_changes order by change_id, organization_id',
  );
  return rows.map(({ change_id, organization_id }) => ({ changeId: change_id, organizationId: organization_id }));
}
