import { join } from 'node:path';
import { LocalStorage } from './local.storage.ts';
import { type Bucket, S3Storage } from './s3.storage.ts';
import type { Storage } from './storage.ts';

/** Where files lie, and where they are while they come in. */
export interface FileStore {
  readonly storage: Storage;
  /** Folder of this machine; files in it are of one process and are forgotten by whoever finds them a day later. */
  readonly incoming: string;
  /** Folder of uploads that are sent in pieces. */
  readonly resumable: string;
}

/** @param folder below which all of it lies that lies on this machine; made when the first file comes */
export const openFileStore = (folder: string, bucket?: Bucket): FileStore => ({
  storage: bucket ? new S3Storage(bucket) : new LocalStorage(join(folder, 'stored')),
  incoming: join(folder, 'incoming'),
  resumable: join(folder, 'resumable'),
});
