import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { REQUEST_HOURS } from './contact.rules.ts';

// The refusal of a known phone names no contact. Its token does, sealed: only this server reads it, for one seat, for a day (spec 3.4).

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HOUR = 3_600_000;
const keyOf = (secret: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'contacts.share-request', 32));

export function sealRequest(secret: Buffer, request: { seatId: string; contactId: string }, now: Date): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce);
  cipher.setAAD(Buffer.from(request.seatId));
  const until = now.getTime() + REQUEST_HOURS * HOUR;
  const sealed = Buffer.concat([cipher.update(JSON.stringify([request.contactId, until])), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @returns the contact's id; undefined for a token that was forged, made for another seat, or is older than a day. */
export function openRequest(secret: Buffer, token: string, seatId: string, now: Date): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(seatId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const [contactId, until] = JSON.parse(
      Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(),
    ) as [string, number];
    return until > now.getTime() ? contactId : undefined;
  } catch {
    return undefined;
  }
}
