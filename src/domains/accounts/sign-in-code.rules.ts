import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Opens the demo's seats, on a demo server (api 3). */
export const DEMO_CODE = '246810';

const DIGITS = 6;
const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Six digits. The demo's code is never drawn, so that no code means two things. */
export function drawCode(): string {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  return code === DEMO_CODE ? drawCode() : code;
}

/** Keyed, because a million codes are soon tried out; bound to the phone. */
export const hashCode = (secret: Buffer, phone: string, code: string): Buffer => keyedHash(secret, `code:${phone}:${code}`);

/** Codes as people type them: blanks around and between do not matter, nor does the width of digits. */
export const readCode = (typed: string): string => typed.normalize('NFKC').replaceAll(/\s/g, '');

/** An opaque token of 256 bits. */
export const drawToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
/** @returns undefined for what no token looks like. */
export const hashToken = (token: string): Buffer | undefined =>
  TOKEN_SHAPE.test(token) ? createHash('sha256').update(token).digest() : undefined;

export const keyedHash = (secret: Buffer, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

/** Whom an address stands for: of IPv6 the network of 64 bits, since one customer has all of it. */
export function callerOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!isIPv6(address)) return address;
  const [front = '', back] = address.replace(/%.*/, '').toLowerCase().split('::');
  const groups = (part: string): string[] => (part ? part.split(':') : []);
  const missing = back === undefined ? 0 : 8 - groups(front).length - groups(back).length;
  const all = [...groups(front), ...Array<string>(missing).fill('0'), ...groups(back ?? '')];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
