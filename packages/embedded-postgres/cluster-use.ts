import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseHome } from './database-home.ts';
import { isAlive, readNote, writeNote } from './process-note.ts';

const USE = 'use.';

/** A use of the server that is noted. */
export interface ClusterUse {
  end(): Promise<void>;
}

/**
 * Notes that this process uses the server, until it says otherwise or dies. The caller holds the lock, so that nobody who
 * has just found the server unused stops it.
 */
export async function noteUse(home: DatabaseHome): Promise<ClusterUse> {
  const file = path.join(home.folder, `${USE}${randomUUID()}`);
  await writeNote(file);
  return { end: () => rm(file, { force: true }) };
}

/** Whether a living process uses the server; what dead ones have noted is removed. The caller holds the lock. */
export async function isUsed(home: DatabaseHome): Promise<boolean> {
  const files = (await readdir(home.folder)).filter((name) => name.startsWith(USE)).map((name) => path.join(home.folder, name));
  const alive = await Promise.all(files.map(isNotedAlive));
  return alive.includes(true);
}

async function isNotedAlive(file: string): Promise<boolean> {
  const note = await readNote(file);
  if (note && (await isAlive(note))) return true;
  await rm(file, { force: true });
  return false;
}
