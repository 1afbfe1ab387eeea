import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { BackupFileError, errorCode } from './backup.errors.ts';
import { syncFolder } from './folder-sync.ts';

/** Most of what a higher level gains, in a third of the time. */
const LEVEL = 3;

/**
 * Writes a compressed file that only its owner may read. It gets its name when it is whole and on the disk; until then it lies beside its
 * place, and what goes wrong leaves nothing.
 * @returns its size in bytes
 * @throws BackupFileError where something is there already, or it cannot be written
 */
export async function writeCompressed(file: string, content: AsyncIterable<Buffer | string>, signal?: AbortSignal): Promise<number> {
  const folder = path.dirname(path.resolve(file));
  const draft = path.join(folder, `.${path.basename(file)}.${randomUUID()}`);
  try {
    await assertFree(file);
    const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(content, createGzip({ level: LEVEL, chunkSize: 256 * 1024 }), target, { signal });
    await assertFree(file);
    await rename(draft, file);
    await syncFolder(folder);
    return (await stat(file)).size;
  } catch (error) {
    await rm(draft, { force: true });
    const code = errorCode(error) ?? '';
    throw UNWRITABLE.has(code) ? new BackupFileError(`${file} cannot be written (${code}).`) : error;
  }
}

const UNWRITABLE = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EISDIR', 'EIO', 'EFBIG', 'ENAMETOOLONG']);

/** For whoever would rather know before a long work than after it. @throws BackupFileError where something is there already */
export async function assertFree(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new BackupFileError(`${file} is there already: give the backup another name.`);
}
