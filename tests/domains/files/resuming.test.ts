import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Upload as TusUpload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileStore } from '../../../src/platform/files/file-store.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { albumPlugin } from './album.plugin.ts';
import { announced, forgedLink, NODE, sent, type Upload } from './file.fixture.ts';

let folder: string;
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-resuming-'));
  server = await startTestServer({ plugins: [albumPlugin], files: openFileStore(folder) });
  own = await server.organization();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const bytes = Buffer.from(Array.from({ length: 9 * 1024 * 1024 }, (_, i) => 97 + (i % 23)));
const film = { name: 'film.txt', purpose: 'ALBUM_FILM' };
const filesIn = async (name: string): Promise<string[]> =>
  (await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((one) => one.isFile())
    .map((one) => one.name);

/** As a front end sends it, from the beginning or from where it was. @param chunkSize bytes of a piece */
const resumed = (upload: Upload, body: Buffer, options: { uploadUrl?: string; chunkSize?: number } = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const tus = new TusUpload(body, {
      endpoint: upload.url,
      retryDelays: null as never,
      uploadSize: body.length,
      ...options,
      onSuccess: () => resolve(tus.url!),
      onError: reject,
    });
    tus.start();
  });
const asked = (url: string, method: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Response> =>
  fetch(url, { method, headers: { 'tus-resumable': '1.0.0', ...headers }, body: body as never });
const piece = (url: string, offset: number, body: Buffer): Promise<Response> =>
  asked(url, 'PATCH', { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body);
const begun = async (body: Buffer): Promise<Upload> => {
  const upload = await announced(own.owner, body, film);
  expect((await asked(upload.url, 'POST', { 'upload-length': String(body.length) })).status).toBe(201);
  return upload;
};

describe('an upload that is resumed (spec 7.4)', () => {
  it('comes in pieces, as the usual client sends them', async () => {
    const upload = await announced(own.owner, bytes, film);
    await resumed(upload, bytes, { chunkSize: 2 * 1024 * 1024 });
    const { node } = await own.owner.query(NODE, { id: upload.id });
    expect(node).toMatchObject({ size: bytes.length });
    expect(Buffer.from(await (await fetch(node.url)).arrayBuffer()).equals(bytes)).toBe(true);
    expect(await filesIn('resumable')).toEqual([]);
  });
  it('goes on where it was cut off, byte for byte', async () => {
    const upload = await begun(bytes);
    const { hostname, port, pathname } = new URL(upload.url);
    const socket = connect(Number(port), hostname);
    const head = `PATCH ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n`;
    socket.write(`${head}Content-Length: ${bytes.length}\r\n\r\n`);
    await new Promise<void>((resolve) => void socket.write(bytes.subarray(0, 5 * 1024 * 1024), () => resolve()));
    const offset = async (): Promise<number> => Number((await asked(upload.url, 'HEAD')).headers.get('upload-offset'));
    socket.destroy();
    await expect.poll(offset).toBeGreaterThan(0);
    await expect.poll(() => server.runtime.files.places.sent.count).toBe(0);
    expect(await offset()).toBeLessThan(bytes.length);
    expect((await own.owner.query(NODE, { id: upload.id })).node).toBeNull();
    await resumed(upload, bytes, { uploadUrl: upload.url });
    const { node } = await own.owner.query(NODE, { id: upload.id });
    expect(Buffer.from(await (await fetch(node.url)).arrayBuffer()).equals(bytes)).toBe(true);
    const again = await asked(upload.url, 'HEAD');
    expect([again.status, again.headers.get('upload-offset')]).toEqual([200, String(bytes.length)]);
  });
  it('that lies about its size is refused, and about what it is leaves nothing', async () => {
    const upload = await announced(own.owner, bytes, film);
    for (const length of [1, bytes.length + 1])
      expect((await asked(upload.url, 'POST', { 'upload-length': String(length) })).status).toBeGreaterThanOrEqual(400);
    expect((await asked(upload.url, 'POST', { 'upload-defer-length': '1' })).status).toBe(400);
    const html = Buffer.from('<!doctype html><script>');
    const other = await begun(html);
    expect((await piece(other.url, 0, html)).status).toBe(415);
    expect(await filesIn('resumable')).toEqual([]);
    expect((await own.owner.query(NODE, { id: other.id })).node).toBeNull();
    const longer = await begun(html.subarray(0, 4));
    expect((await piece(longer.url, 0, html)).status).toBeGreaterThanOrEqual(400);
    expect((await piece(longer.url, 2, html.subarray(0, 2))).status).toBe(409);
  });
  it('is asked for its address with each piece, and again when the last has come', async () => {
    const seat = await server.seat(own.plan.employees.find(({ key }) => key === 'owner')!.phone, own.id);
    const upload = await announced(seat, bytes, film);
    expect((await asked(upload.url, 'POST', { 'upload-length': String(bytes.length) })).status).toBe(201);
    expect((await piece(upload.url, 0, bytes.subarray(0, 1000))).status).toBe(204);
    await seat.does('mutation { signOut { __typename } }');
    expect((await piece(upload.url, 1000, bytes.subarray(1000))).status).toBe(404);
    expect((await asked(upload.url, 'HEAD')).status).toBe(404);
    expect((await own.owner.query(NODE, { id: upload.id })).node).toBeNull();
  });
  it('is neither read nor deleted, nor begun by an address for reading', async () => {
    const upload = await begun(bytes);
    await piece(upload.url, 0, bytes.subarray(0, 1000));
    expect([(await asked(upload.url, 'GET')).status, (await asked(upload.url, 'DELETE')).status]).toEqual([404, 405]);
    const reading = await forgedLink(server, own.owner, upload.id);
    for (const method of ['POST', 'PATCH', 'PUT', 'HEAD']) expect((await asked(reading, method)).status).toBe(404);
  });
  it('is not begun anew once bytes have come; what has begun and has none is', async () => {
    const upload = await begun(bytes);
    const begin = () => asked(upload.url, 'POST', { 'upload-length': String(bytes.length) });
    expect((await begin()).status).toBe(201);
    expect((await piece(upload.url, 0, bytes.subarray(0, 1000))).status).toBe(204);
    expect((await begin()).status).toBe(409);
    expect((await asked(upload.url, 'HEAD')).headers.get('upload-offset')).toBe('1000');
    expect((await piece(upload.url, 1000, bytes.subarray(1000))).status).toBe(204);
    expect((await own.owner.query(NODE, { id: upload.id })).node).toMatchObject({ size: bytes.length });
  });
  it('may come whole after all', async () => {
    const upload = await begun(bytes);
    await piece(upload.url, 0, bytes.subarray(0, 1000));
    expect((await sent(upload, bytes)).status).toBe(200);
    expect((await own.owner.query(NODE, { id: upload.id })).node).toMatchObject({ size: bytes.length });
  });
});
