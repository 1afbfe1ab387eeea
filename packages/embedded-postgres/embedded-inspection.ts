import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { superuserUrl } from './cluster-login.ts';
import { readPassword } from './cluster-password.ts';
import { assertOwn, clusterFolder, type DatabaseHome, homeIn } from './database-home.ts';
import { EmbeddedDatabaseError } from './embedded.errors.ts';
import type { EmbeddedOptions } from './embedded-database.ts';
import { nativeFolder, packageVersion } from './native-binaries.ts';
import { isPostmaster, readPostmasterFile } from './postmaster.ts';
import { isAlive, readNote } from './process-note.ts';
import { firstClosedFolder, serverUser } from './unprivileged-user.ts';

/** What can be seen of an embedded database without touching it. */
export interface EmbeddedInspection {
  /** Absent where it was never made. */
  readonly home: DatabaseHome | undefined;
  /** Reasons why it could not be used. */
  readonly faults: readonly EmbeddedDatabaseError[];
  /** Files of processes that are gone; the next start deals with them. */
  readonly leftovers: readonly string[];
  /** Where the running server is, if one runs. */
  readonly url: string | undefined;
}

/** Looks at the embedded database of a folder; makes nothing, starts nothing, changes nothing. */
export async function inspectEmbeddedDatabase({
  dataDir,
  database,
}: Pick<EmbeddedOptions, 'dataDir' | 'database'>): Promise<EmbeddedInspection> {
  const faults = new Faults();
  await faults.of(async () => void nativeFolder());
  const parent = await realpath(dataDir).catch(() => undefined);
  const home = parent && homeIn(parent, await faults.of(() => serverUser(clusterFolder(parent))), database);
  if (!home || !(await isThere(home.folder))) return { home: undefined, faults: faults.found, leftovers: [], url: undefined };
  await faults.of(() => assertOwn(home.folder, 'folder', 0o022));
  await faults.of(() => assertEnterable(home, parent));
  await faults.of(() => assertCluster(home));
  const password = await faults.of(() => readPassword(home));
  if (password === undefined && faults.found.length === 0)
    faults.found.push(
      new EmbeddedDatabaseError(`${home.passwordFile} is missing, and the database there opens with nothing else: restore it.`, 'folder'),
    );
  const file = await readPostmasterFile(home).catch(() => undefined);
  const runs = file !== undefined && (await isPostmaster(home, file.pid));
  return {
    home,
    faults: faults.found,
    leftovers: [...(file && !runs ? [path.join(home.cluster, 'postmaster.pid')] : []), ...(await notesOfTheDead(home))],
    url: runs && file.ready && password !== undefined ? superuserUrl({ port: file.port, password, database }) : undefined,
  };
}

class Faults {
  readonly found: EmbeddedDatabaseError[] = [];
  async of<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      this.found.push(
        error instanceof EmbeddedDatabaseError ? error : new EmbeddedDatabaseError((error as Error).message, undefined, error),
      );
      return undefined;
    }
  }
}

async function assertEnterable({ user }: DatabaseHome, parent: string): Promise<void> {
  const closed = user && (await firstClosedFolder(parent, user));
  if (closed) throw new EmbeddedDatabaseError(`The user "${user.name}", who runs PostgreSQL for root, cannot enter ${closed}.`, 'folder');
}

async function assertCluster({ cluster, user }: DatabaseHome): Promise<void> {
  if (!(await isThere(cluster))) return;
  const { uid, mode } = await stat(cluster);
  const owner = user?.uid ?? process.geteuid?.();
  if (process.platform !== 'win32' && (uid !== owner || (mode & 0o077) !== 0))
    throw new EmbeddedDatabaseError(
      `${cluster} is open to others (owner ${uid}, mode ${(mode & 0o777).toString(8)}): chown it to ${owner} and chmod it to 700.`,
    );
  const made = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim();
  const [major] = (await packageVersion(nativeFolder())).split('.');
  if (made !== major)
    throw new EmbeddedDatabaseError(
      `${cluster} was made by PostgreSQL ${made}, and this program brings PostgreSQL ${major}: back it up with the former program, and restore it with this one.`,
    );
}

async function notesOfTheDead(home: DatabaseHome): Promise<string[]> {
  const names = await readdir(home.folder).catch(() => []);
  const files = names.filter((name) => /^(use\.|start\.lock)/.test(name)).map((name) => path.join(home.folder, name));
  const dead = await Promise.all(files.map(async (file) => [file, await isOfTheDead(file)] as const));
  return dead.flatMap(([file, isDead]) => (isDead ? [file] : []));
}

async function isOfTheDead(file: string): Promise<boolean> {
  const note = await readNote(file).catch(() => undefined);
  return note !== undefined && !(await isAlive(note));
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
