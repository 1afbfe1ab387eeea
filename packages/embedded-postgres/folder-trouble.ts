import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it can only be read',
  ENOSPC: 'there is no room',
  EDQUOT: 'there is no room',
  ENOTDIR: 'it is no folder',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
};

/** What the system would not do in the folder of the data, in one line; every other error as it is. */
export function folderTrouble(error: unknown, dataDir: string): unknown {
  const code = errorCode(error) ?? '';
  const { path = dataDir } = error as { path?: string };
  const reason = REASONS[code];
  if (error instanceof EmbeddedDatabaseError || !reason) return error;
  return new EmbeddedDatabaseError(`${path} cannot be used (${code}): ${reason}.`, 'folder', error);
}
