import { chmod, chown, lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';
import { firstClosedFolder, type ServerUser, serverUser } from './unprivileged-user.ts';

/** Where everything of one embedded database lies; all paths are absolute and free of symbolic links. */
export interface DatabaseHome {
  readonly folder: string;
  /** Name of the database in the cluster. */
  readonly database: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly logFile: string;
  /** Who runs PostgreSQL when that is not the user of this process. */
  readonly user: ServerUser | undefined;
  /** Folder of PostgreSQL's programs; undefined: those of the installed package. */
  readonly programs?: string | undefined;
}

export interface HomeOptions extends Pick<DatabaseHome, 'database' | 'programs'> {
  /** Folder that the home lies in. */
  readonly dataDir: string;
}

/**
 * Makes the folder `database` in `dataDir` and closes it to the machine's other users.
 * @throws EmbeddedDatabaseError naming the folder when it belongs to somebody else or PostgreSQL's user cannot get there
 */
export async function openHome({ dataDir, database, programs }: HomeOptions): Promise<DatabaseHome> {
  const parent = await makeDataDir(path.resolve(dataDir));
  await makeFolder(path.join(parent, 'database'));
  const user = await serverUser(clusterFolder(parent));
  if (user) await assertReachable(parent, user);
  const home = { ...homeIn(parent, user, database), programs };
  await closeToOthers(home.folder, user);
  return home;
}

/** Where the data of a database in `dataDir` lies, or would lie. */
export const clusterFolder = (dataDir: string): string => path.join(dataDir, 'database', 'cluster');

/** @param dataDir absolute, and free of symbolic links */
export function homeIn(dataDir: string, user: ServerUser | undefined, database: string): DatabaseHome {
  const folder = path.join(dataDir, 'database');
  return {
    folder,
    database,
    cluster: clusterFolder(dataDir),
    passwordFile: path.join(folder, 'password'),
    lockFile: path.join(folder, 'start.lock'),
    logFile: path.join(folder, 'server.log'),
    user,
  };
}

/**
 * Refuses a file or folder that another user could have put there or could change.
 * @throws EmbeddedDatabaseError naming the path
 */
export async function assertOwn(file: string, kind: 'file' | 'folder', forbiddenMode: number): Promise<void> {
  const found = await lstat(file);
  if (kind === 'file' ? !found.isFile() : !found.isDirectory())
    throw new EmbeddedDatabaseError(`${file} is not a ${kind}: remove it.`, 'folder');
  if (process.platform === 'win32') return;
  if (found.uid !== process.geteuid?.()) {
    throw new EmbeddedDatabaseError(`${file} belongs to another user (${found.uid}): start as that user.`, 'folder');
  }
  if ((found.mode & forbiddenMode) !== 0) {
    throw new EmbeddedDatabaseError(
      `${file} is open to other users (mode ${(found.mode & 0o777).toString(8)}): close it with chmod.`,
      'folder',
    );
  }
}

async function makeDataDir(dataDir: string): Promise<string> {
  const first = await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new EmbeddedDatabaseError(`The folder ${dataDir} cannot be made (${errorCode(error)}).`, 'folder');
  });
  // Under a umask of 077 root would shut PostgreSQL's user out of folders that it has only just made.
  if (first !== undefined && process.geteuid?.() === 0) {
    for (let made = dataDir; made.length >= first.length; made = path.dirname(made)) await chmod(made, 0o711);
  }
  return realpath(dataDir);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  await assertOwn(folder, 'folder', 0o022);
}

async function closeToOthers(folder: string, user: ServerUser | undefined): Promise<void> {
  if (process.platform === 'win32') return;
  if (user) await chown(folder, 0, user.gid);
  await chmod(folder, user ? 0o710 : 0o700);
}

async function assertReachable(dataDir: string, user: ServerUser): Promise<void> {
  const closed = await firstClosedFolder(dataDir, user);
  if (closed === undefined) return;
  throw new EmbeddedDatabaseError(
    `PostgreSQL refuses to run as root, and the user "${user.name}" that would run it cannot enter ${closed}.`,
    'folder',
  );
}
