import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOneUseCase } from '../../../src/app/founding/furnish-organization.ts';
import { openLink } from '../../../src/domains/files/link.token.ts';
import { file } from '../../../src/domains/files/permissions.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import { encodeGlobalId, type FilesService, filesService, type KnownFile, type MadePurpose, type Seat } from '../../../src/sdk/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { albumPlugin, film, list } from './album.plugin.ts';
import { hung, NODE, NOTE, uploaded } from './file.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let files: FilesService;
beforeAll(async () => {
  server = await startTestServer({ plugins: [albumPlugin] });
  [own, other] = [await server.organization(), await server.organization({ name: 'Other Works' })];
  files = server.runtime.switchboard.service(filesService);
});
afterAll(() => server.stop());

const seatOf = (id: string, rights: Seat['rights'] = new Map()): Seat => ({
  id: decodeAnyId(id),
  organizationId: own.id,
  kind: 'EMPLOYEE',
  rights,
  traits: new Set(),
  pluginsOff: new Set(),
});
const textOf = async (stream: Readable): Promise<string> => Buffer.concat(await stream.toArray()).toString();
const kept = (bytes: string | Buffer, given: object = {}): Promise<KnownFile> =>
  files.keep({
    organizationId: own.id,
    name: 'report.csv',
    kind: 'CSV',
    purpose: film,
    seat: seatOf(own.owner.id),
    bytes: Readable.from([bytes]),
    most: 1_000,
    ...given,
  });
const attach = (fileId: string, seat: TestSeat = own.owner, type = 'AlbumPhoto') =>
  inOneUseCase(server.runtime, seatOf(seat.id), async (use) => {
    const id = use.newId();
    await files.attach(use, { uploadId: fileId, purpose: 'ALBUM_FILM', to: { type, id } });
    attachedTo = id;
  });
let attachedTo = '';

describe('what the server itself has made', () => {
  it('is kept for a seat, hung on something by it, read by work of the server’s own, and let go', async () => {
    const file = await kept('name,phone\n');
    expect(file).toMatchObject({ name: 'report.csv', size: 11, kind: 'CSV', mimeType: 'text/csv' });
    expect((await own.owner.query(NODE, { id: globalIdOf(file) })).node).toMatchObject({ name: 'report.csv' });
    await expect(attach(file.fileId, own.sharee)).rejects.toThrow('NotFound');
    await expect(attach(file.fileId, own.owner, 'Contact')).rejects.toThrow('hang on AlbumPhoto');
    await attach(file.fileId);
    await expect(attach(file.fileId)).rejects.toThrow('NotFound');
    expect(await files.find(own.id, file.fileId)).toEqual(file);
    expect(await textOf(await files.read(own.id, file.fileId))).toBe('name,phone\n');
    expect(await textOf(await files.read(own.id, file.fileId, { start: 5, end: 9 }))).toBe('phone');
    const detach = (id: string) =>
      inOneUseCase(server.runtime, seatOf(own.owner.id), (use) => files.detach(use, { type: 'AlbumPhoto', id }, [file.fileId]));
    await detach(decodeAnyId(own.owner.id));
    expect(await files.find(own.id, file.fileId)).toEqual(file);
    await detach(attachedTo);
    expect(await files.find(own.id, file.fileId)).toBeUndefined();
    await expect(files.read(own.id, file.fileId)).rejects.toThrow('no bytes');
  });
  it('is made under the right of its purpose, and read while that covers what it covered', async () => {
    const [sales, support] = [own.owner.id, own.sharee.id].map(decodeAnyId) as [string, string]; // any two UUIDs
    const of = (rights: Seat['rights']) => seatOf(own.owner.id, rights);
    const seen = async (seat: Seat): Promise<boolean> => server.runtime.files.look(seat, (use) => use.may('File', made.fileId, file.read));
    let made = await kept('a\n', { purpose: list, seat: of(new Map([['CONTACTS', [sales]]])) });
    for (const [scope, isRead] of [
      [[sales], true],
      [[support, sales], true],
      ['ALL', true],
      [[support], false],
      [[], false],
    ] as const)
      expect([scope, await seen(of(new Map([['CONTACTS', scope]])))]).toEqual([scope, isRead]);
    expect(await seen(of(new Map([['FORMS', 'ALL']])))).toBe(false);
    made = await kept('a\n', { purpose: list, seat: of(new Map([['CONTACTS', 'ALL']])) });
    expect(await seen(of(new Map([['CONTACTS', [sales, support]]])))).toBe(false);
    expect(await seen(of(new Map([['CONTACTS', 'ALL']])))).toBe(true);
    expect(await seen({ ...of(new Map([['CONTACTS', 'ALL']])), id: support })).toBe(false);
    await expect(kept('a\n', { purpose: list })).rejects.toThrow('may not');
  });
  it('is made for registered purposes that name who it is made for, and no others', async () => {
    await expect(kept('a\n', { purpose: { ...film, purpose: 'ALBUM_TABLE' } })).rejects.toThrow('ALBUM_TABLE');
    await expect(kept('a\n', { purpose: { ...film, purpose: 'ALBUM_OTHER' } })).rejects.toThrow('ALBUM_OTHER');
    const { madeFor, ...unruled } = film;
    // @ts-expect-error a purpose without a rule for what the server makes
    const files: MadePurpose = unruled;
    expect([madeFor.name, files.purpose]).toEqual(['album.send', 'ALBUM_FILM']);
  });
  it('is of one organization', async () => {
    const { fileId } = await kept('a\n');
    expect(await files.find(other.id, fileId)).toBeUndefined();
    await expect(files.read(other.id, fileId)).rejects.toThrow('no bytes');
  });
  it('is refused past its limit, and where it is not what it is called', async () => {
    await expect(kept('a'.repeat(1_001))).rejects.toThrow('TOO_LONG');
    await expect(kept('a', { kind: 'PDF' })).rejects.toThrow();
  });
  it('of a seat is not there before its bytes are', async () => {
    expect(await files.find(own.id, decodeAnyId(await uploaded(own.owner, NOTE)))).toMatchObject({ name: 'note.txt' });
    expect(await files.find(own.id, decodeAnyId(own.owner.id))).toBeUndefined();
  });
});
const globalIdOf = ({ fileId }: KnownFile): string => encodeGlobalId('File', fileId);

describe('an address in a live event', () => {
  const FOLLOW = 'subscription { albumPhotos { photo { file { id url } } } }';
  it('is made out for each who follows, though the rest of the answer is one', async () => {
    const followers = [own.owner, own.sharee, own.owner];
    const lives = followers.map((seat) => seat.follow<{ photo: { file: { id: string; url: string } } }>(FOLLOW));
    await Promise.all(lives.map(({ opened }) => opened));
    const id = await hung(own.owner, own.customer.id, await uploaded(own.owner, NOTE));
    const told = await Promise.all(lives.map(({ next }) => next()));
    const links = told.map(({ photo }) => openLink(server.runtime.door.secret, photo.file.url.split('/').at(-1)!, server.runtime.now())!);
    expect(links.map(({ seatId, fileId }) => [seatId, fileId])).toEqual(followers.map((seat) => [decodeAnyId(seat.id), decodeAnyId(id)]));
    expect(told[0]!.photo.file.url).toMatch(/^\/files\//); // in an event the server does not know where it was asked
    expect((await fetch(`${server.url}${told[1]!.photo.file.url}`)).status).toBe(200);
    await Promise.all(lives.map(({ stop }) => stop()));
  });
});
