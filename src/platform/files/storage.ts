import type { Readable } from 'node:stream';

/** Bytes from `start` to `end`, both of them included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
export interface StoredBytes {
  readonly key: string;
  readonly at: Date;
}

/** Where bytes of files lie. A key is `<organization>/<uuid>`, written once and never again. */
export interface Storage {
  /** Takes a finished file of this machine over; it is gone from where it was. What was put is there after a crash, too. */
  put(key: string, file: string): Promise<void>;
  /** @throws where there is nothing under the key */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Undefined where there is nothing under the key. */
  size(key: string): Promise<number | undefined>;
  /** Deletes what is there; where nothing is, nothing happens. */
  delete(key: string): Promise<void>;
  /** All that is stored, in no order. */
  list(): AsyncIterable<StoredBytes>;
}

const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/;
/** A key never leads out of the storage, whoever made it. @throws for anything else than a key */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new Error('This is no key of a storage.');
  return key;
}
