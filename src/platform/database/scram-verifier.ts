import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const ITERATIONS = 4096;
const [HASH, BYTES, SALT_BYTES] = ['sha256', 32, 16];

/**
 * What PostgreSQL keeps of a password (RFC 5803). Given so, the password itself is in no statement, and in no log of statements.
 * @param password ASCII: others would have to be prepared first (RFC 4013)
 */
export function scramVerifier(password: string, salt = randomBytes(SALT_BYTES)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, BYTES, HASH);
  const keyed = (text: string): Buffer => createHmac(HASH, salted).update(text).digest();
  const stored = createHash(HASH).update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}
