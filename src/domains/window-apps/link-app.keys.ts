import { createECDH, hkdfSync } from 'node:crypto';

// Keys are made from the server's secret, which all servers of a database share and which is kept there: so every server signs and publishes
// the same ones, none has to be stored or handed about, and they change by themselves (docs/decisions/keys-of-link-apps.md).

export const ALGORITHM = 'ES256';
const CURVE = 'prime256v1';
const BYTES = 32;
/** How long one key signs. */
const PERIOD_MS = 30 * 86_400_000;

export const periodAt = (now: Date): number => Math.floor(now.getTime() / PERIOD_MS);
const nameOf = (period: number): string => `guichet-${period}`;

export interface PublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: typeof ALGORITHM;
}

function pairOf(secret: Buffer, period: number) {
  const pair = createECDH(CURVE);
  for (let attempt = 0; ; attempt++) {
    const d = Buffer.from(hkdfSync('sha256', secret, '', `window-apps.link-app.${period}.${attempt}`, BYTES));
    try {
      pair.setPrivateKey(d);
      return { d, point: pair.getPublicKey() };
    } catch {
      // one number in four billion is no key of this curve: take the next
    }
  }
}

/** The key of a period, as JWK. */
export function signingKey(secret: Buffer, period: number): PublicKey & { readonly d: string } {
  const { d } = pairOf(secret, period);
  return { ...publicKey(secret, period), d: d.toString('base64url') };
}
export function publicKey(secret: Buffer, period: number): PublicKey {
  const { point } = pairOf(secret, period);
  const [x, y] = [point.subarray(1, 1 + BYTES), point.subarray(1 + BYTES)].map((part) => part.toString('base64url')) as [string, string];
  return { kty: 'EC', crv: 'P-256', x, y, kid: nameOf(period), use: 'sig', alg: ALGORITHM };
}

/** Those that tokens are signed with, were signed with, and will be: whoever keeps them for a while is never surprised. */
export const publishedKeys = (secret: Buffer, now: Date): PublicKey[] => [-1, 0, 1].map((step) => publicKey(secret, periodAt(now) + step));
