import { timingSafeEqual } from 'node:crypto';
import { inPlainTransaction, type TransactionClient } from '../../sdk/core.ts';
import type { Language } from '../../sdk/index.ts';
import { seatsOfPhone } from './account-seat.service.ts';
import { countCodeRequest } from './code-limit.service.ts';
import type { IdentityDoor, SeatEntry } from './identity.door.ts';
import { callerOf, drawCode, hashCode, keyedHash } from './sign-in-code.rules.ts';
import { signInText } from './sign-in-text.rules.ts';

const MINUTE = 60_000;

/**
 * Sends a code to a phone, known or not: nobody learns which. It takes the place of an earlier one of the same asker.
 * @param phone E.164
 * @returns until when the code is good.
 * @throws RATE_LIMITED (targets 2)
 */
export async function requestSignInCode(
  door: IdentityDoor,
  { phone, address, language }: { phone: string; address: string; language: Language },
  now: Date,
): Promise<{ expiresAt: Date }> {
  const code = drawCode();
  const expiresAt = new Date(now.getTime() + door.settings.codeLifetime);
  await inPlainTransaction(door.pool, async ({ client }) => {
    await countCodeRequest(client, door, { phone, address }, now);
    await keepCode(client, codeOf(door, phone, address, code), now, expiresAt);
  });
  const minutes = Math.round(door.settings.codeLifetime / MINUTE);
  door.texts.post(async () => {
    const seats = await seatsOfPhone(door.pool, phone, { demoOnly: false, demo: door.settings.demo });
    return signInText({ phone, code, minutes, language, organization: await onlyOrganizationOf(door, seats) });
  });
  return { expiresAt };
}

/** Name of the organization in which seats are, where that is one. */
export async function onlyOrganizationOf({ names }: Pick<IdentityDoor, 'names'>, seats: readonly SeatEntry[]): Promise<string | undefined> {
  const [first] = seats;
  if (!first || seats.some(({ organizationId }) => organizationId !== first.organizationId)) return undefined;
  return (await names.names([first]))[0]?.organizationName;
}

export interface CodeOfAsker {
  /** What the code is for, kept as a keyed hash. */
  readonly purpose: Buffer;
  readonly phone: string;
  readonly asker: Buffer;
  readonly hash: Buffer;
}
/** Keeps a code that is to be sent; it takes the place of the same asker's before. */
export const keepCode = (
  client: TransactionClient,
  { purpose, phone, asker, hash }: CodeOfAsker,
  now: Date,
  expiresAt: Date,
): Promise<unknown> =>
  client.query(
    `insert into identity.asked_codes (phone, asker, code_hash, created_at, expires_at, purpose) values ($1, $2, $3, $4, $5, $6)
     on conflict (phone, asker) do update set code_hash = excluded.code_hash, tries = 0, tries_of_others = 0,
       created_at = excluded.created_at, expires_at = excluded.expires_at, purpose = excluded.purpose`,
    [phone, asker, hash, now, expiresAt, purpose],
  );

/** A code for signing in. Whoever asks for it is kept as the keyed hash of an address. */
const codeOf = ({ secret }: IdentityDoor, phone: string, address: string, code: string): CodeOfAsker => ({
  purpose: keyedHash(secret, 'purpose:sign-in'),
  phone,
  asker: keyedHash(secret, `asker:${callerOf(address)}`),
  hash: hashCode(secret, phone, code),
});

const LIVE = 'select phone, asker from identity.asked_codes where phone = $1 and expires_at > $2 order by asker for update';
const TRY = `update identity.asked_codes
  set tries = tries + (asker = $3)::integer, tries_of_others = tries_of_others + (asker <> $3)::integer
  where phone = $1 and expires_at > $2 and case when asker = $3 then tries else tries_of_others end < $4 returning code_hash`;

/**
 * Redeems a code for signing in.
 * @param attempt.address of the caller
 */
export const redeemCode = (
  client: TransactionClient,
  door: IdentityDoor,
  { phone, code, address }: { readonly phone: string; readonly code: string; readonly address: string },
  now: Date,
): Promise<boolean> => tryCode(client, door, codeOf(door, phone, address, code), now);

/**
 * Takes a try of each of a phone's codes and, where one of them is right, those of its purpose: what was asked for something else stays good.
 * Whoever asked for a code has tries of their own for it, all others together have as many. The rows stay locked until the caller's transaction
 * ends, so of two who come with one code the second finds none.
 */
export async function tryCode(
  client: TransactionClient,
  { settings }: IdentityDoor,
  { purpose, phone, asker, hash }: CodeOfAsker,
  now: Date,
): Promise<boolean> {
  await client.query(LIVE, [phone, now]);
  const { rows } = await client.query<{ code_hash: Buffer }>(TRY, [phone, now, asker, settings.triesPerCode]);
  if (!rows.some(({ code_hash: kept }) => timingSafeEqual(kept, hash))) return false;
  await client.query('delete from identity.asked_codes where phone = $1 and (purpose = $2 or code_hash = $3)', [phone, purpose, hash]);
  return true;
}
