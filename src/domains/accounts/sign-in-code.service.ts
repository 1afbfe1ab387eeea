import { timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { inPlainTransaction } from '../../platform/database/transaction.ts';
import type { Language } from '../../platform/graphql/schema/refusal-type.ts';
import { countCodeRequest } from './code-limit.service.ts';
import type { IdentityDoor } from './identity.door.ts';
import { drawCode, hashCode } from './sign-in-code.rules.ts';

const MINUTE = 60_000;
const TEXT: Readonly<Record<Language, (code: string, minutes: number) => string>> = {
  en: (code, minutes) => `${code} is your Guichet sign-in code. It is good for ${minutes} minutes; give it to nobody.`,
  'zh-CN': (code, minutes) => `【Guichet】登录验证码 ${code}，${minutes} 分钟内有效，请勿告诉他人。`,
};

/**
 * Sends a code to a phone, known or not: nobody learns which. It takes the place of an earlier one.
 * @param phone E.164
 * @returns until when the code is good.
 * @throws RATE_LIMITED (targets 2); what the sender throws.
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
    await client.query(
      `insert into identity.sign_in_codes (phone, code_hash, created_at, expires_at) values ($1, $2, $3, $4)
       on conflict (phone) do update set code_hash = excluded.code_hash, tries = 0, created_at = excluded.created_at, expires_at = excluded.expires_at`,
      [phone, hashCode(door.secret, phone, code), now, expiresAt],
    );
  });
  await door.sms.send(phone, TEXT[language](code, Math.round(door.settings.codeLifetime / MINUTE)));
  return { expiresAt };
}

/**
 * Takes one of a code's tries and, where it is right, the code itself. The row stays locked until the caller's transaction ends, so of
 * two who come with one code the second finds none.
 */
export async function redeemCode(client: pg.ClientBase, door: IdentityDoor, phone: string, code: string, now: Date): Promise<boolean> {
  const { rows } = await client.query<{ code_hash: Buffer }>(
    'update identity.sign_in_codes set tries = tries + 1 where phone = $1 and expires_at > $2 and tries < $3 returning code_hash',
    [phone, now, door.settings.triesPerCode],
  );
  const expected = rows[0]?.code_hash;
  if (!expected || !timingSafeEqual(expected, hashCode(door.secret, phone, code))) return false;
  await client.query('delete from identity.sign_in_codes where phone = $1', [phone]);
  return true;
}
