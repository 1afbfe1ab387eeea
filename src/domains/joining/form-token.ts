import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const COOKIE = 'guichet_join';
const SHAPE = /^[\w-]{22}$/;
const LASTS_SECONDS = 7_200;

/** What a browser is known by while it fills in a form: it says nothing of who that is, and lasts as long as the form. */
export const nonceIn = (header: string | undefined): string | undefined =>
  header
    ?.split(';')
    .map((one) => one.trim().split('='))
    .find(([name, value]) => name === COOKIE && value !== undefined && SHAPE.test(value))?.[1];
export const drawNonce = (): string => randomBytes(16).toString('base64url');
export const nonceCookie = (nonce: string, origin: string): string =>
  `${COOKIE}=${nonce}; Path=/join/; Max-Age=${LASTS_SECONDS}; HttpOnly; SameSite=Lax${origin.startsWith('https:') ? '; Secure' : ''}`;

/** Stands in the form: a page elsewhere that makes a browser send one knows neither it nor the cookie that it belongs to. */
export const formToken = (secret: Buffer, nonce: string, code: string): string =>
  createHmac('sha256', secret).update(`join-form:${nonce}:${code}`).digest('base64url');

export function isToken(secret: Buffer, nonce: string | undefined, code: string, given: string | undefined): boolean {
  if (!nonce || !given) return false;
  const [wanted, sent] = [Buffer.from(formToken(secret, nonce, code)), Buffer.from(given)];
  return wanted.length === sent.length && timingSafeEqual(wanted, sent);
}
