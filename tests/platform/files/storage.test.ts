import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalStorage } from '../../../src/platform/files/local.storage.ts';
import { S3Storage } from '../../../src/platform/files/s3.storage.ts';
import type { Storage } from '../../../src/platform/files/storage.ts';

let folder: string;
let server: S3rver;
const storages: Record<string, Storage> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-storage-'));
  await mkdir(join(folder, 'incoming'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'guichet', configs: [] }],
  });
  const { port } = await server.run();
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  storages.local = new LocalStorage(join(folder, 'stored'));
  storages.s3 = new S3Storage({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket: 'guichet', ...keys });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const organization = randomUUID();
async function made(bytes: Buffer): Promise<string> {
  const path = join(folder, 'incoming', randomUUID());
  await writeFile(path, bytes);
  return path;
}
async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
const keysIn = async (storage: Storage): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key, at } of storage.list()) {
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(3_600_000);
    keys.push(key);
  }
  return keys;
};

describe.each(['local', 's3'])('a storage: %s', (name) => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));

  it('keeps bytes as they are, whole and in part, until they are deleted', async () => {
    const storage = storages[name]!;
    const [key, path] = [`${organization}/${randomUUID()}`, await made(bytes)];
    await storage.put(key, path);
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(await storage.size(key)).toBe(bytes.length);
    expect((await bytesOf(await storage.get(key))).equals(bytes)).toBe(true);
    expect(await bytesOf(await storage.get(key, { start: 10, end: 19 }))).toEqual(bytes.subarray(10, 20));
    expect(await bytesOf(await storage.get(key, { start: bytes.length - 1, end: bytes.length - 1 }))).toEqual(bytes.subarray(-1));
    expect(await keysIn(storage)).toEqual([key]);
    await storage.delete(key);
    await storage.delete(key);
    expect([await storage.size(key), await keysIn(storage)]).toEqual([undefined, []]);
    await expect(storage.get(key).then(bytesOf)).rejects.toThrow();
  });
  it('keeps what is larger than one part of an upload, and an empty file', async () => {
    const storage = storages[name]!;
    for (const size of [9 * 1024 * 1024, 0]) {
      const key = `${organization}/${randomUUID()}`;
      await storage.put(key, await made(Buffer.alloc(size, 'x')));
      expect(await storage.size(key)).toBe(size);
      await storage.delete(key);
    }
  });
  it.each(['../outside', `${organization}/../../x`, '/etc/passwd', `${organization}/${organization}/x`, ''])(
    'knows no key %j',
    async (key) => {
      const storage = storages[name]!;
      await expect(storage.get(key)).rejects.toThrow('no key');
      await expect(storage.put(key, await made(bytes))).rejects.toThrow('no key');
      await expect(storage.delete(key)).rejects.toThrow('no key');
    },
  );
});

describe('the folder of a local storage', () => {
  it('is sharded, and read by nobody else', async () => {
    const key = `${organization}/${randomUUID()}`;
    await storages.local!.put(key, await made(Buffer.from('x')));
    expect(await readdir(join(folder, 'stored', organization, key.slice(-2)))).toEqual([key.split('/')[1]]);
    expect((await stat(join(folder, 'stored', organization))).mode & 0o077).toBe(0);
  });
});
