import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { canonical } from '../../sdk/core.ts';

/** Made once for a secret: with a key that is ready, a hash costs a fifth. */
const keys = new WeakMap<Buffer, KeyObject>();
function keyOf(secret: Buffer): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'guichet.audit.value', 32)));
  keys.set(secret, key);
  return key;
}

/**
 * What stands in the record for a value: it can be compared by whoever has the value, and guessed at by nobody without the server's secret.
 * The entry and the path are its salt, so that equal values do not look equal.
 */
export const hashOfValue = (secret: Buffer, entryId: string, path: string, value: unknown): string =>
  createHmac('sha256', keyOf(secret))
    .update(`${entryId}\n${path}\n${canonical(value)}`)
    .digest('base64url');
