import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { eachChunk, ReceivingError } from './each-chunk.ts';

/** A whole file on this machine's disk, which nobody else knows of. */
export interface Received {
  readonly path: string;
  readonly size: number;
  /** Lower case hexadecimal. */
  readonly sha256: string;
}
export interface ReceivingLimits {
  /** Exactly so many bytes … */
  readonly size?: number;
  /** … or at most so many. */
  readonly most: number;
  /** Milliseconds in which something has to come; in all it may take as long as it takes. */
  readonly idleMs?: number;
}

/**
 * Writes a stream to a file of its own, counted and hashed on the way.
 * @param folder made where there is none
 * @throws ReceivingError, and what the disk throws; the file is gone then
 */
export async function receive(source: Readable, folder: string, { size: wanted, most, idleMs }: ReceivingLimits): Promise<Received> {
  const path = await freshPath(folder);
  const file = await open(path, 'wx', 0o600);
  const counted = counting(wanted ?? most);
  try {
    await eachChunk(
      source,
      async (chunk) => {
        counted.add(chunk);
        await file.writeFile(chunk);
      },
      idleMs,
    );
    if (wanted !== undefined && counted.size < wanted) throw new ReceivingError('TOO_SHORT');
    return { path, size: counted.size, sha256: counted.hash() };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** A path in the folder that nobody has; the folder is made where there is none. */
export async function freshPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, randomUUID());
}

/** A file that lies there already, as though it had been received. */
export async function measured(path: string): Promise<Received> {
  const file = await open(path);
  const counted = counting(Number.POSITIVE_INFINITY);
  await eachChunk(file.createReadStream(), (chunk) => counted.add(chunk));
  return { path, size: counted.size, sha256: counted.hash() };
}

/** The hash of a stream that is not kept. @throws ReceivingError */
export async function hashOfStream(source: Readable, { most, idleMs }: Pick<ReceivingLimits, 'most' | 'idleMs'>): Promise<string> {
  const counted = counting(most);
  await eachChunk(source, (chunk) => counted.add(chunk), idleMs);
  return counted.hash();
}

function counting(most: number) {
  const hash = createHash('sha256');
  let size = 0;
  return {
    /** @throws ReceivingError past `most` */
    add(chunk: Buffer): void {
      size += chunk.length;
      if (size > most) throw new ReceivingError('TOO_LONG');
      hash.update(chunk);
    },
    get size() {
      return size;
    },
    hash: () => hash.digest('hex'),
  };
}
