import { timingSafeEqual } from 'node:crypto';
import { inPlainTransaction, type TransactionClient, uuidv7 } from '../../sdk/core.ts';
import type { Language } from '../../sdk/index.ts';
import { countCodeRequest } from './code-limit.service.ts';
import type { IdentityDoor, SeatEntry } from './identity.door.ts';
import { DEMO_CODE, drawCode, hashCode, keyedHash, readCode } from './sign-in-code.rules.ts';
import { signingText } from './sign-in-text.rules.ts';

const MINUTE = 60_000;

/** What a seat is about to sign. */
export interface AskedSigning {
  readonly seat: SeatEntry;
  /** Tells what is signed from all else: a code is good for one. */
  readonly subject: string;
  /** E.164, of somebody without a seat; without it, that of the seat. */
  readonly phone: string | undefined;
}
interface Holder {
  readonly phone: string;
  /** On a demo server the demo's code is good for it. */
  readonly isDemo: boolean;
}

/** Whose phone the code goes to, and is good for, at this moment. */
async function holderOf(client: TransactionClient, door: IdentityDoor, { seat, phone }: AskedSigning): Promise<Holder | undefined> {
  const { rows } = await client.query<{ phone: string; is_demo: boolean }>(
    'select phone, is_demo from identity.seats where organization_id = $1 and seat_id = $2 and ended_at is null',
    [seat.organizationId, seat.seatId],
  );
  const found = rows[0];
  return found && { phone: phone ?? found.phone, isDemo: door.settings.demo && found.is_demo };
}

const subjectOf = ({ secret }: IdentityDoor, { subject }: AskedSigning): Buffer => keyedHash(secret, `signing:${subject}`);
/** Bound to the phone by the table, to the thing by its key, and by this to both again. */
const hashOf = ({ secret }: IdentityDoor, { subject }: AskedSigning, phone: string, code: string): Buffer =>
  hashCode(secret, `signing:${subject}:${phone}`, code);

/**
 * Sends a code that signs one thing. Nobody waits for the message.
 * @returns undefined where the seat has ended. @throws RATE_LIMITED
 */
export async function sendSigningCode(
  door: IdentityDoor,
  { address, language, name, ...asked }: AskedSigning & { readonly address: string; readonly language: Language; readonly name: string },
  now: Date,
): Promise<{ phone: string; expiresAt: Date } | undefined> {
  const code = drawCode();
  const expiresAt = new Date(now.getTime() + door.settings.codeLifetime);
  const phone = await inPlainTransaction(door.pool, async ({ client }) => {
    const holder = await holderOf(client, door, asked);
    if (!holder) return undefined;
    await countCodeRequest(client, door, { phone: holder.phone, address, of: 'signing-' }, now);
    await client.query(
      `insert into identity.signing_codes (organization_id, seat_id, subject, id, phone, code_hash, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (organization_id, seat_id, subject) do update
       set id = excluded.id, phone = excluded.phone, code_hash = excluded.code_hash, tries = 0,
           created_at = excluded.created_at, expires_at = excluded.expires_at`,
      [
        asked.seat.organizationId,
        asked.seat.seatId,
        subjectOf(door, asked),
        uuidv7(),
        holder.phone,
        hashOf(door, asked, holder.phone, code),
        now,
        expiresAt,
      ],
    );
    return holder.phone;
  });
  if (phone === undefined) return undefined;
  const minutes = Math.round(door.settings.codeLifetime / MINUTE);
  door.texts.post(async () => {
    const [named] = await door.names.names([asked.seat]);
    return signingText({ phone, code, minutes, language, organization: named?.organizationName, name });
  });
  return { phone, expiresAt };
}

const TRY = `update identity.signing_codes set tries = tries + 1
  where organization_id = $1 and seat_id = $2 and subject = $3 and phone = $4 and expires_at > $5 and tries < $6 returning id, code_hash`;

/**
 * Takes a try of a code, which stands whatever becomes of the caller's own transaction.
 * @returns the code's id and its phone, E.164; undefined for every fault of it. Whoever signs by it keeps the id, once.
 */
export const trySigningCode = (
  door: IdentityDoor,
  { code: typed, ...asked }: AskedSigning & { readonly code: string },
  now: Date,
): Promise<{ codeId: string; phone: string } | undefined> =>
  inPlainTransaction(door.pool, async ({ client }) => {
    const holder = await holderOf(client, door, asked);
    if (!holder) return undefined;
    const { rows } = await client.query<{ id: string; code_hash: Buffer }>(TRY, [
      asked.seat.organizationId,
      asked.seat.seatId,
      subjectOf(door, asked),
      holder.phone,
      now,
      door.settings.triesPerCode,
    ]);
    const [kept] = rows;
    const code = readCode(typed);
    const isDemos = holder.isDemo && code === DEMO_CODE;
    const isRight = kept && (isDemos || timingSafeEqual(kept.code_hash, hashOf(door, asked, holder.phone, code)));
    return isRight ? { codeId: kept.id, phone: holder.phone } : undefined;
  });
