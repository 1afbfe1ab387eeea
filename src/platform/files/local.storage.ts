import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { errorCode } from '../database/database.errors.ts';
import { type ByteRange, checkKey, type Storage, type StoredBytes } from './storage.ts';

/** Bytes in a folder: `<organization>/<two characters>/<uuid>`. Several servers may share it. */
export class LocalStorage implements Storage {
  readonly #folder: string;
  /** @param folder on the disk on which files are received, so that taking one over is renaming it */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, file: string): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await synced(file);
    await rename(file, path);
    await synced(dirname(path));
  }
  async get(key: string, range?: ByteRange): Promise<Readable> {
    const handle = await open(this.#pathOf(key));
    return handle.createReadStream(range);
  }
  async size(key: string): Promise<number | undefined> {
    return (await stat(this.#pathOf(key)).catch(unlessAbsent))?.size;
  }
  async delete(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }
  async *list(): AsyncIterable<StoredBytes> {
    for (const organization of await namesIn(this.#folder))
      for (const shard of await namesIn(join(this.#folder, organization)))
        for (const name of await namesIn(join(this.#folder, organization, shard))) {
          const found = await stat(join(this.#folder, organization, shard, name)).catch(unlessAbsent);
          if (found?.isFile()) yield { key: `${organization}/${name}`, at: found.mtime };
        }
  }

  #pathOf(key: string): string {
    const [organization, name] = checkKey(key).split('/') as [string, string];
    return join(this.#folder, organization, name.slice(-2), name);
  }
}

/** What has been written to a file, or is in a folder, is on the disk. */
async function synced(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } catch (error) {
    if (errorCode(error) !== 'EISDIR' && errorCode(error) !== 'EPERM') throw error; // systems on which folders are not synced
  } finally {
    await handle.close();
  }
}

const unlessAbsent = (error: unknown): undefined => {
  if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
};
const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder).catch(unlessAbsent)) ?? [];
