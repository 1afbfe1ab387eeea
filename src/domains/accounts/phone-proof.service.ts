import { inPlainTransaction, type TransactionClient } from '../../sdk/core.ts';
import type { Text, TextMessage } from '../../sdk/index.ts';
import { countRequest, type RequestLimit } from './code-limit.service.ts';
import type { IdentityDoor } from './identity.door.ts';
import { callerOf, drawCode, hashCode, keyedHash, readCode } from './sign-in-code.rules.ts';
import { type CodeOfAsker, keepCode, tryCode } from './sign-in-code.service.ts';

const MINUTE = 60_000;

/** That whoever asks from an address holds a phone, for one purpose: the code opens no session, and is good for nothing else. */
export interface PhoneProof {
  readonly purpose: string;
  /** E.164 */
  readonly phone: string;
  readonly address: string;
}
export interface ProofRequest {
  readonly limits: readonly RequestLimit[];
  /** What is said past them. */
  readonly tooMany: Text;
  /** Called when its turn comes. */
  compose(code: string, minutes: number): TextMessage;
}

const codeOf = ({ secret }: IdentityDoor, { purpose, phone, address }: PhoneProof, code: string): CodeOfAsker => ({
  purpose: keyedHash(secret, `purpose:${purpose}`),
  phone,
  asker: keyedHash(secret, `${purpose}:${callerOf(address)}`),
  hash: hashCode(secret, `${purpose}:${phone}`, code),
});

/** Sends a code to a phone, known or not; nobody waits for it. @throws RATE_LIMITED */
export async function sendProofCode(
  door: IdentityDoor,
  proof: PhoneProof,
  { limits, tooMany, compose }: ProofRequest,
  now: Date,
): Promise<{ expiresAt: Date }> {
  const code = drawCode();
  const expiresAt = new Date(now.getTime() + door.settings.codeLifetime);
  await inPlainTransaction(door.pool, async ({ client }) => {
    await countRequest(client, door, limits, { now, message: tooMany });
    await keepCode(client, codeOf(door, proof, code), now, expiresAt);
  });
  const minutes = Math.round(door.settings.codeLifetime / MINUTE);
  door.texts.post(async () => compose(code, minutes));
  return { expiresAt };
}

/** Takes a try, and where the code is right, the code: not before the caller's transaction is committed. */
export const tryProofCode = (
  client: TransactionClient,
  door: IdentityDoor,
  proof: PhoneProof,
  typed: string,
  now: Date,
): Promise<boolean> => tryCode(client, door, codeOf(door, proof, readCode(typed)), now);

/**
 * The phone of a session's account, and whether it is proven: a demo's session was opened without a proof, and one of before the phone was given a seat
 * is none that whoever has it opened.
 */
export async function phoneOfSession({ pool }: IdentityDoor, sessionId: string): Promise<{ phone: string; isProven: boolean } | undefined> {
  const { rows } = await pool.query<{ phone: string; isProven: boolean }>(
    `select account.phone, not session.demo_only and not exists (
       select from identity.seats since where since.phone = account.phone and since.given_at > session.proven_at) as "isProven"
     from identity.sessions session join identity.accounts account on account.id = session.account_id
     where session.id = $1 and session.ended_at is null`,
    [sessionId],
  );
  return rows[0];
}
