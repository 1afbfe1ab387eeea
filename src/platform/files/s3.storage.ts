import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { type ByteRange, checkKey, type Storage, type StoredBytes } from './storage.ts';

/** A bucket of a server that speaks S3. */
export interface Bucket {
  /** Amazon's by default. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type Sdk = typeof import('@aws-sdk/client-s3');
const PART_BYTES = 8 * 1024 * 1024;

/** Bytes in a bucket; the library is loaded by the first who needs it. */
export class S3Storage implements Storage {
  readonly #bucket: Bucket;
  #opened: Promise<{ client: S3Client; sdk: Sdk }> | undefined;
  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async put(key: string, file: string): Promise<void> {
    const [{ client }, { Upload }] = await Promise.all([this.#open(), import('@aws-sdk/lib-storage')]);
    const params = { ...this.#at(key), Body: createReadStream(file) };
    await new Upload({ client, params, partSize: PART_BYTES }).done();
    await rm(file, { force: true });
  }
  async get(key: string, range?: ByteRange): Promise<Readable> {
    const { client, sdk } = await this.#open();
    const Range = range && `bytes=${range.start}-${range.end}`;
    const { Body } = await client.send(new sdk.GetObjectCommand({ ...this.#at(key), Range }));
    return Body as Readable;
  }
  async size(key: string): Promise<number | undefined> {
    const { client, sdk } = await this.#open();
    try {
      return (await client.send(new sdk.HeadObjectCommand(this.#at(key)))).ContentLength;
    } catch (error) {
      if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return undefined;
      throw error;
    }
  }
  async delete(key: string): Promise<void> {
    const { client, sdk } = await this.#open();
    await client.send(new sdk.DeleteObjectCommand(this.#at(key)));
  }
  async *list(): AsyncIterable<StoredBytes> {
    const { client, sdk } = await this.#open();
    for await (const { Contents = [] } of sdk.paginateListObjectsV2({ client }, { Bucket: this.#bucket.bucket }))
      for (const { Key, LastModified } of Contents) if (Key && LastModified) yield { key: Key, at: LastModified };
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket.bucket, Key: checkKey(key) };
  }
  /** Checksums that S3 does not ask for are left out: some servers store them as trailing bytes of the object. */
  #open(): Promise<{ client: S3Client; sdk: Sdk }> {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.#bucket;
    this.#opened ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: new sdk.S3Client({
        endpoint,
        region,
        forcePathStyle: true,
        credentials: { accessKeyId, secretAccessKey },
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
    }));
    return this.#opened;
  }
}
