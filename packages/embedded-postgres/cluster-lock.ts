import { randomUUID } from 'node:crypto';
import { link, rename, rm } from 'node:fs/promises';
import { errorCode } from './embedded.errors.ts';
import { isAlive, readNote, writeNote } from './process-note.ts';

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
  try {
    await writeNote(mine);
    return (await linkNew(mine, file)) || (await takeOver(mine, file)) ? { release: () => rm(file, { force: true }) } : undefined;
  } finally {
    await rm(mine, { force: true });
  }
}

async function takeOver(mine: string, file: string): Promise<boolean> {
  const held = await readNote(file);
  if (!held || (await isAlive(held))) return false;
  const guard = await tryLock(`${file}.${held.nonce}`);
  if (!guard) return false;
  try {
    if ((await readNote(file))?.nonce !== held.nonce) return false;
    await rename(mine, file);
    return true;
  } finally {
    await guard.release();
  }
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
