import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';

/** The operating system's user that runs PostgreSQL instead of root. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/**
 * The user to run PostgreSQL as: nobody else (`undefined`) unless this process is root, whom PostgreSQL refuses.
 * A cluster that exists stays with its owner, so that a `postgres` user added to the machine later changes nothing.
 * @param cluster folder of the cluster, which need not exist yet
 */
export async function serverUser(cluster: string): Promise<ServerUser | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const users = await candidates();
  const owner = (await statIfThere(cluster))?.uid;
  const user = owner === undefined ? users[0] : users.find((one) => one.uid === owner);
  if (user) return user;
  if (owner === undefined)
    throw new EmbeddedDatabaseError(
      'PostgreSQL refuses to run as root and this machine has no user "postgres" or "nobody": run as an ordinary user.',
      'server',
    );
  throw new EmbeddedDatabaseError(
    `${cluster} belongs to user ${owner}, whom root does not run PostgreSQL as: start as that user.`,
    'folder',
  );
}

/**
 * The first folder, from the root down to `folder`, that `user` may not enter by its mode; `undefined` when all are open.
 * What is not there yet is closed to nobody: we make it.
 */
export async function firstClosedFolder(folder: string, user: ServerUser): Promise<string | undefined> {
  const parent = path.dirname(folder);
  if (parent !== folder) {
    const above = await firstClosedFolder(parent, user);
    if (above !== undefined) return above;
  }
  const found = await statIfThere(folder);
  if (!found) return undefined;
  const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return (found.mode & bit) === 0 ? folder : undefined;
}

async function candidates(): Promise<ServerUser[]> {
  const rows = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return CANDIDATES.flatMap((name) => {
    const row = rows.find((fields) => fields[0] === name);
    const uid = Number(row?.[2]);
    const gid = Number(row?.[3]);
    return uid > 0 && gid > 0 ? [{ name, uid, gid }] : [];
  });
}

async function statIfThere(folder: string): Promise<Stats | undefined> {
  try {
    return await stat(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
