import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';
import { processIdentity } from './process-identity.ts';

interface LockOwner {
  readonly pid: number;
  readonly identity: string | undefined;
  readonly nonce: string;
}

/** A lock that is held; `release` lets the next one in. */
export interface ClusterLock {
  release(): Promise<void>;
}

/**
 * Takes the lock file unless a living process holds it; a dead owner's lock is taken over.
 *
 * A lock appears whole or not at all (`link` of a finished file). Only one process may replace a dead owner's lock: the
 * one that holds the guard lock named after that very lock's nonce, and it looks again before it replaces. So two
 * takers never both win, and a taker that dies half-way leaves a guard that is taken over in the same way.
 * @param file path of the lock
 * @returns the lock, or `undefined` when somebody else has it or had it until just now
 */
export async function tryLock(file: string): Promise<ClusterLock | undefined> {
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(await ownOwner()), { flag: 'wx', mode: 0o600 });
  try {
    return (await linkNew(mine, file)) || (await takeOver(mine, file)) ? { release: () => rm(file, { force: true }) } : undefined;
  } finally {
    await rm(mine, { force: true });
  }
}

async function takeOver(mine: string, file: string): Promise<boolean> {
  const held = await readOwner(file);
  if (!held || (await isAlive(held))) return false;
  const guard = await tryLock(`${file}.${held.nonce}`);
  if (!guard) return false;
  try {
    if ((await readOwner(file))?.nonce !== held.nonce) return false;
    await rename(mine, file);
    return true;
  } finally {
    await guard.release();
  }
}

async function ownOwner(): Promise<LockOwner> {
  const identity = await processIdentity(process.pid);
  // Without it every lock would look abandoned, and two servers could open one cluster.
  if (identity === undefined)
    throw new EmbeddedDatabaseError('The processes of this machine cannot be read (is /proc mounted?): set DATABASE_URL.');
  return { pid: process.pid, identity, nonce: randomUUID() };
}

async function isAlive(owner: LockOwner): Promise<boolean> {
  const identity = await processIdentity(owner.pid);
  return identity !== undefined && identity === owner.identity;
}

async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(file: string): Promise<LockOwner | undefined> {
  try {
    return parseOwner(await readFile(file, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock that a power cut left empty has no owner who could be alive. */
function parseOwner(text: string): LockOwner {
  try {
    const value: unknown = JSON.parse(text);
    if (isOwner(value)) return value;
  } catch {
    // Falls through to the ownerless lock.
  }
  return { pid: 0, identity: undefined, nonce: 'torn' };
}

function isOwner(value: unknown): value is LockOwner {
  return typeof value === 'object' && value !== null && 'pid' in value && 'nonce' in value && /^[\w-]+$/.test(String(value.nonce));
}
