import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { clusterFolder } from './database-home.ts';
import { errorCode } from './embedded.errors.ts';
import { folderTrouble } from './folder-trouble.ts';
import { firstClosedFolder, serverUser } from './unprivileged-user.ts';

/** Where the data is to lie, and, where that is not where one would look for it, why. */
export interface DataDir {
  readonly folder: string;
  readonly reason: string | undefined;
}

/**
 * Where the data lies when nobody has named a folder for it: in `preferred`, unless this process is root and the user who then
 * runs PostgreSQL cannot enter it; then in a folder of root's own that is always the same for this one.
 * @param rootsOwn folder of root's own for the data of folders that PostgreSQL's user cannot enter, such as a clone below /root
 */
export async function chooseDataDir(preferred: string, rootsOwn: string): Promise<DataDir> {
  const folder = await withoutLinks(path.resolve(preferred));
  const user = await serverUser(clusterFolder(folder));
  const closed = user && (await firstClosedFolder(folder, user));
  if (closed === undefined) return { folder, reason: undefined };
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return { folder: path.join(rootsOwn, name), reason: `root's PostgreSQL runs as "${user!.name}", who cannot enter ${closed}` };
}

/** The path free of symbolic links, down to where it exists. */
async function withoutLinks(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw folderTrouble(error, folder);
    return path.join(await withoutLinks(path.dirname(folder)), path.basename(folder));
  }
}
