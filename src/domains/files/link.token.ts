import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

// The address of an upload or a download is the permission for it: sealed by this server, for one seat in one session, until a moment.

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SHAPE = /^[A-Za-z0-9_-]{60,400}$/;
const keyOf = (secret: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'files.link', 32));

/** PRINT: the page of an object, which is no file. */
export type LinkAct = 'SEND' | 'READ' | 'READ_THUMBNAIL' | 'PRINT';
export interface Link {
  readonly act: LinkAct;
  /** Of the file; or of the object that is printed. */
  readonly fileId: string;
  readonly seatId: string;
  readonly sessionId: string;
  readonly until: Date;
}

export function sealLink(secret: Buffer, { act, fileId, seatId, sessionId, until }: Link): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce);
  const told = JSON.stringify([act, fileId, seatId, sessionId, until.getTime()]);
  const sealed = Buffer.concat([cipher.update(told), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @returns undefined for a link that was forged or is too old */
export function openLink(secret: Buffer, token: string, now: Date): Link | undefined {
  if (!SHAPE.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const told = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
    const [act, fileId, seatId, sessionId, until] = JSON.parse(told) as [LinkAct, string, string, string, number];
    return until > now.getTime() ? { act, fileId, seatId, sessionId, until: new Date(until) } : undefined;
  } catch {
    return undefined;
  }
}
