import { chmod, cp, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { assertOwn } from './database-home.ts';
import { errorCode } from './embedded.errors.ts';

const DRAFT = 'copy-';

/**
 * Copies PostgreSQL's programs to `copy`, whole or not at all; a copy that is there is used if it can only be ours.
 * The caller holds the lock. `copy` lies in a folder that others cannot write.
 */
export async function copyBinaries(installed: string, copy: string): Promise<void> {
  if (await isOwnCopy(copy)) return;
  const draft = await mkdtemp(path.join(path.dirname(copy), DRAFT));
  try {
    await cp(installed, draft, { recursive: true, verbatimSymlinks: true });
    await openForReading(draft);
    await rename(draft, copy);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Removes copies that were interrupted. */
export async function sweepCopies(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(DRAFT)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function isOwnCopy(copy: string): Promise<boolean> {
  try {
    await assertOwn(copy, 'folder', 0o022);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Everybody may read and run it, nobody but us may change it, and it is on the disk before it gets its name. */
async function openForReading(draft: string): Promise<void> {
  await chmod(draft, 0o755);
  const entries = await readdir(draft, { recursive: true, withFileTypes: true });
  const settled = entries.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(file, 0o755);
    if (entry.isFile()) await settleFile(file);
  });
  // Together: a disk writes a thousand small files in one go, and is slow to be waited for a thousand times.
  await Promise.all(settled);
}

async function settleFile(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const { mode } = await handle.stat();
    await handle.chmod((mode & 0o100) === 0 ? 0o644 : 0o755);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
