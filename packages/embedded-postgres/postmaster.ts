import { randomUUID } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseHome } from './database-home.ts';
import { errorCode } from './embedded.errors.ts';
import { commandLine, isSignalable } from './process-identity.ts';

/** What `postmaster.pid` of a cluster says; it may be left over from a crash. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** No machine has a process of this number: Linux ends at 2^22, macOS below 10^5. */
const NOBODY = '999999999';

/** Reads `postmaster.pid`; its lines are pid, folder, start, port, socket folder, address, shared memory, status. */
export async function readPostmasterFile(home: DatabaseHome): Promise<PostmasterFile | undefined> {
  const lines = await pidFileLines(home);
  if (!lines) return undefined;
  return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
}

/** Whether the process of `postmaster.pid` really is a server on this cluster, not one that got its number later. */
export async function isPostmaster(home: DatabaseHome, pid: number): Promise<boolean> {
  if (process.platform === 'win32') return isSignalable(pid);
  return ((await commandLine(pid)) ?? '').includes(` ${clusterArguments(home).join(' ')} `);
}

/** How a server names its cluster on its command line: first, and followed by others. */
export function clusterArguments(home: DatabaseHome): string[] {
  return ['-D', home.cluster];
}

/**
 * Makes a `postmaster.pid` whose process number now belongs to another process, or to a zombie, acceptable to
 * PostgreSQL, which would refuse to start because "it is still running". The file is not removed: by its other lines
 * PostgreSQL still finds children of the dead server that have the cluster open, and waits for nobody else to do so.
 */
export async function disownPostmasterFile(home: DatabaseHome): Promise<void> {
  const lines = await pidFileLines(home);
  if (!lines || !isSignalable(Number(lines[0]))) return;
  const draft = path.join(home.folder, `postmaster.pid.${randomUUID()}`);
  try {
    await writeFile(draft, [NOBODY, ...lines.slice(1)].join('\n'), { flag: 'wx', mode: 0o600 });
    if (home.user) await chown(draft, home.user.uid, home.user.gid);
    await rename(draft, pidFile(home));
  } finally {
    await rm(draft, { force: true });
  }
}

function pidFile(home: DatabaseHome): string {
  return path.join(home.cluster, 'postmaster.pid');
}

async function pidFileLines(home: DatabaseHome): Promise<string[] | undefined> {
  try {
    return (await readFile(pidFile(home), 'utf8')).split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
