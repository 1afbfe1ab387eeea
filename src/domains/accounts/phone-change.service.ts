import { inPlainTransaction, type TransactionClient, unauthenticated } from '../../sdk/core.ts';
import { type Language, type Message, notFound } from '../../sdk/index.ts';
import { findSeat, type NamedSeat, seatsOfSession } from './account-seat.service.ts';
import { countCodeRequest } from './code-limit.service.ts';
import { signInRefused } from './errors.ts';
import type { IdentityDoor } from './identity.door.ts';
import { moveTo, type PhoneChange } from './person-moving.service.ts';
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
  readonly sessionId: string;
  /** E.164 */
  readonly phone: string;
}

/**
 * Sends a code to a new phone, known or not: nobody learns which.
 * @throws RATE_LIMITED, within the limits of codes for signing in; UNAUTHENTICATED where the session has ended
 */
export async function requestPhoneChangeCode(
  door: IdentityDoor,
  { sessionId, phone, address, language }: Asking & { readonly address: string; readonly language: Language },
  now: Date,
): Promise<{ expiresAt: Date }> {
  const code = drawCode();
  const expiresAt = new Date(now.getTime() + door.settings.codeLifetime);
  await inPlainTransaction(door.pool, async ({ client }) => {
    await countCodeRequest(client, door, { phone, address }, now);
    await keepCode(client, codeOf(door, await accountOfSession(client, sessionId), phone, code), now, expiresAt);
  });
  const minutes = Math.round(door.settings.codeLifetime / MINUTE);
  door.texts.post(async () => {
    const organization = await onlyOrganizationOf(door, await seatsOfSession(door.pool, sessionId, door.settings.demo));
    return phoneChangeText({ phone, code, minutes, language, organization });
  });
  return { expiresAt };
}

/**
 * Gives a person another phone, which they have proven, and with it those of their number's seats that are theirs; their sessions stay. What
 * organizations have to do about it is written down in the same transaction, so that no crash loses it. Whoever proves the number that is left
 * reaches what stays there, and seats that the new number had before are reached as by signing in with it; they stay with it when the person
 * goes on. Sessions of whoever had the new number end.
 * @throws NotFound for a seat that the session does not reach; SignInRefused for any fault of the code; UNAUTHENTICATED where the session has ended by now; FORBIDDEN where it proves no phone and
 * the number has seats beyond the demo's
 */
export async function changePhone(
  door: IdentityDoor,
  { sessionId, phone, code, named }: Asking & { readonly code: string; readonly named?: readonly NamedSeat[] },
  now: Date,
): Promise<PhoneChange> {
  if (named) await refuseUnknown(door, sessionId, named);
  // Refused outside: a rollback would give back the try.
  const changed = await inPlainTransaction(door.pool, async ({ client }) => {
    const from = await accountOfSession(client, sessionId);
    if (!(await tryCode(client, door, codeOf(door, from, phone, code), now))) return undefined;
    return moveTo(client, { sessionId, from, phone, named }, now);
  });
  if (!changed) throw signInRefused({ message: NOT_OF_THE_NEW_NUMBER }, ['input', 'code']);
  return changed;
}

/** Before the code is tried: it stays good. @throws NotFound */
async function refuseUnknown({ pool, settings }: IdentityDoor, sessionId: string, named: readonly NamedSeat[]): Promise<void> {
  const seats = await seatsOfSession(pool, sessionId, settings.demo);
  const unknown = named.findIndex((one) => !findSeat(seats, one));
  if (unknown >= 0) throw notFound({}, ['input', 'seatIds', String(unknown)]);
}

/** @throws UNAUTHENTICATED where it has ended */
async function accountOfSession(client: TransactionClient, sessionId: string): Promise<string> {
  const { rows } = await client.query<{ account_id: string }>(
    'select account_id from identity.sessions where id = $1 and ended_at is null',
    [sessionId],
  );
  if (!rows[0]) throw unauthenticated();
  return rows[0].account_id;
}

/** Changes that organizations have not been told of, such as after a crash; the oldest first. */
export async function changesToTell({ pool }: IdentityDoor): Promise<{ readonly changeId: string; readonly organizationId: string }[]> {
  const { rows } = await pool.query<{ change_id: string; organization_id: string }>(
    'select distinct change_id, organization_id from identity.phone_changes order by change_id, organization_id',
  );
  return rows.map(({ change_id, organization_id }) => ({ changeId: change_id, organizationId: organization_id }));
}
