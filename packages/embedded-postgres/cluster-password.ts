import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { assertOwn, type DatabaseHome } from './database-home.ts';
import { errorCode } from './embedded.errors.ts';

/**
 * The superuser's password, if one was made.
 * @throws EmbeddedDatabaseError when others could read or change its file
 */
export async function readPassword(home: DatabaseHome): Promise<string | undefined> {
  try {
    await assertOwn(home.passwordFile, 'file', 0o077);
    return (await readFile(home.passwordFile, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The password of this home, made the first time: 32 random bytes, on the disk before anybody uses it. */
export async function ensurePassword(home: DatabaseHome): Promise<string> {
  const known = await readPassword(home);
  if (known !== undefined) return known;
  const password = randomBytes(32).toString('base64url');
  const draft = `${home.passwordFile}.${randomUUID()}`;
  try {
    await writeSecret(draft, password);
    await link(draft, home.passwordFile);
  } finally {
    await rm(draft, { force: true });
  }
  return password;
}

/** Writes a file that only its owner may read, and waits for the disk. */
export async function writeSecret(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
