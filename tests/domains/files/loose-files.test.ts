import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetLooseFiles } from '../../../src/domains/files/index.ts';
import { openFileStore } from '../../../src/platform/files/file-store.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { albumPlugin } from './album.plugin.ts';
import { ADD_PHOTO, announced, forgedLink, hung, NODE, NOTE, PHOTOS, sent, uploaded } from './file.fixture.ts';

const HOUR = 3_600_000;
const START = Date.now();

let folder: string;
let s3: S3rver;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-loose-'));
  const buckets = [{ name: 'guichet', configs: [] }];
  s3 = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 's3'), configureBuckets: buckets });
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true });
});

describe.each(['local', 's3'])('files on a storage: %s', (kind) => {
  let now = START;
  let server: TestServer;
  let own: TestOrganization;
  let database: RawDatabase;
  beforeAll(async () => {
    now = START;
    const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1', bucket: 'guichet' };
    const endpoint = kind === 's3' ? `http://127.0.0.1:${(await s3.run()).port}` : undefined;
    const files = openFileStore(join(folder, `files-${kind}`), endpoint ? { ...keys, endpoint } : undefined);
    server = await startTestServer({ plugins: [albumPlugin], files, now: () => new Date(now) });
    own = await server.organization();
    database = await RawDatabase.open(server.databaseUrl);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });
  const keys = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { key } of server.runtime.files.store.storage.list()) found.push(key);
    return found;
  };
  const forget = () => forgetLooseFiles(server.runtime.pools.worker, server.runtime.files.store, new Date(now));

  it('come, hang, are read and are refused', async () => {
    const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const uploadId = await uploaded(own.owner, picture, { name: 'red.png', mimeType: 'image/png' });
    expect(await keys()).toHaveLength(2);
    await hung(own.owner, own.customer.id, uploadId);
    const { node } = await own.customer.query(PHOTOS, { id: own.customer.id });
    const [{ file }] = node.albumPhotos.nodes;
    for (const url of [file.url, file.thumbnailUrl]) {
      const response = await fetch(url);
      expect((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width).toBe(20);
    }
    const part = await fetch(file.url, { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    const lying = await announced(own.owner, NOTE, { mimeType: 'image/png' });
    expect((await sent(lying, NOTE)).status).toBe(415);
    expect((await fetch(await forgedLink(server, own.colleague, uploadId))).status).toBe(404);
    expect(await keys()).toHaveLength(2);
  });
  it('that hang on nothing are gone after a day, rows and bytes, and those that hang stay', async () => {
    const before = await keys();
    const [loose, pending] = [await uploaded(own.owner, NOTE), (await announced(own.owner, NOTE)).id];
    now += 12 * HOUR;
    const later = await uploaded(own.owner, NOTE);
    now = START + 24 * HOUR;
    await forget();
    expect((await own.owner.query(NODE, { id: loose })).node).not.toBeNull();
    now += 1;
    await forget();
    expect((await own.owner.query(NODE, { id: loose })).node).toBeNull();
    expect(await database.rows('select 1 from files where id = any($1)', [[decodeAnyId(loose), decodeAnyId(pending)]])).toEqual([]);
    expect((await own.owner.query(NODE, { id: later })).node).not.toBeNull();
    expect(await keys()).toHaveLength(before.length + 1);
    const { addAlbumPhoto } = await own.owner.query(ADD_PHOTO, { input: { contactId: own.customer.id, uploadId: loose } });
    expect(addAlbumPhoto).toMatchObject({ code: 'NOT_FOUND' });
    now += 12 * HOUR;
    await forget();
    expect(await keys()).toEqual(before);
  });
  it('without a row are gone when they are a day old; what stands still while it came in as well', async () => {
    const before = await keys();
    const { store } = server.runtime.files;
    await mkdir(store.incoming, { recursive: true });
    const [lost, left, fresh] = [
      join(store.incoming, randomUUID()),
      join(store.incoming, randomUUID()),
      join(store.incoming, randomUUID()),
    ];
    for (const path of [lost, left, fresh]) await writeFile(path, NOTE);
    await store.storage.put(`${own.id}/${randomUUID()}`, lost);
    now = Date.now();
    await utimes(left, new Date(now - 25 * HOUR), new Date(now - 25 * HOUR));
    await forget();
    expect(await readdir(store.incoming)).toEqual([fresh.split('/').at(-1)]);
    expect(await keys()).toHaveLength(before.length + 1);
    now += 25 * HOUR;
    await forget();
    expect(await keys()).toEqual(before);
    expect(await readdir(store.incoming)).toEqual([]);
  });
  it('of a seat that has sent too much which hangs on nothing are refused', async () => {
    const huge = { size: 60 * 1024 * 1024, purpose: 'ALBUM_FILM' };
    const refusals = await Promise.all(Array.from({ length: 40 }, () => announced(own.colleague, NOTE, huge).catch(String)));
    const told = refusals.filter((one) => typeof one === 'string');
    expect(refusals.length - told.length).toBe(Math.floor((2 * 1024 ** 3) / huge.size));
    for (const one of told) expect(one).toContain('RATE_LIMITED');
    expect(await announced(own.owner, NOTE)).toBeDefined();
  });
});
