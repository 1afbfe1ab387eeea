import { once } from 'node:events';
import { connect } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { albumPlugin } from './album.plugin.ts';
import { forgedLink, hung, NODE, NOTE, PHOTOS, uploaded } from './file.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let database: RawDatabase;
let now = Date.parse('2026-06-01T08:00:00Z');
let picture: Buffer;
/** Global ids: each hangs on the customer but the first, which hangs on nothing. */
let files: Readonly<Record<'loose' | 'note' | 'picture' | 'table', string>>;
beforeAll(async () => {
  server = await startTestServer({ plugins: [albumPlugin], now: () => new Date(now) });
  [own, other] = [await server.organization(), await server.organization({ name: 'Other Works' })];
  database = await RawDatabase.open(server.databaseUrl);
  picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: 'teal' } })
    .withExif({ IFD0: { Artist: 'Hu Yan' } })
    .jpeg()
    .toBuffer();
  const asJpeg = { name: '海报 “A”; 100%.jpg', mimeType: 'image/jpeg' };
  const table = await uploaded(own.admin, Buffer.from('a,b\n1,2\n'), { purpose: 'ALBUM_TABLE', mimeType: 'text/csv' });
  await attachRaw(table);
  files = {
    loose: await uploaded(own.owner, NOTE),
    note: await hung(own.owner, own.customer.id, await uploaded(own.owner, NOTE)),
    picture: await hung(own.owner, own.customer.id, await uploaded(own.owner, picture, asJpeg)),
    table,
  };
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** As a job that has taken it in would have left it. */
const attachRaw = (id: string) =>
  database.rows(`update files set attached_type = 'Job', attached_id = id, attached_at = now() where id = $1`, [decodeAnyId(id)]);

type Name = 'owner' | 'sharee' | 'supervisor' | 'admin' | 'scopedAdmin' | 'formsAdmin' | 'colleague' | 'customer' | 'rival' | 'stranger';
const COLUMNS: readonly Name[] = [
  'owner',
  'sharee',
  'supervisor',
  'admin',
  'scopedAdmin',
  'formsAdmin',
  'colleague',
  'customer',
  'rival',
  'stranger',
];
const seatOf = (name: Name): TestSeat => (name === 'stranger' ? other.admin : own[name]);
// who reads what, and by which path. loose: sent by the owner, hangs on nothing. note, picture: sent by the owner, hang on the customer. table: sent by the
// admin, taken in. field: below the contact. node: by its id. bytes, thumbnail: by an address that was made out for the seat.
const TABLE = `
                    | owner sharee super admin scoped forms coll cust rival stranger
loose by node       | yes   no     no    no    no     no    no   no   no    no
loose by bytes      | yes   no     no    no    no     no    no   no   no    no
loose by field      | no    no     no    no    no     no    no   no   no    no
loose by thumbnail  | no    no     no    no    no     no    no   no   no    no
note by node        | no    no     no    no    no     no    no   no   no    no
note by bytes       | yes   yes    yes   yes   yes    no    no   yes  no    no
note by field       | yes   yes    yes   yes   yes    no    no   yes  no    no
note by thumbnail   | no    no     no    no    no     no    no   no   no    no
picture by node     | no    no     no    no    no     no    no   no   no    no
picture by bytes    | yes   yes    yes   yes   yes    no    no   yes  no    no
picture by field    | yes   yes    yes   yes   yes    no    no   yes  no    no
picture by thumbnail| yes   yes    yes   yes   yes    no    no   yes  no    no
table by node       | no    no     no    no    no     no    no   no   no    no
table by bytes      | no    no     no    no    no     no    no   no   no    no
table by field      | no    no     no    no    no     no    no   no   no    no
`;
const CELLS = TABLE.trim()
  .split('\n')
  .slice(1)
  .flatMap((line) => {
    const [what = '', cells = ''] = line.split('|');
    const [file, , path] = what.trim().split(' ');
    return cells
      .trim()
      .split(/\s+/)
      .map((verdict, i) => [file as keyof typeof files, path!, COLUMNS[i]!, verdict] as const);
  });

const PATHS: Readonly<Record<string, (seat: TestSeat, id: string) => Promise<boolean>>> = {
  node: async (seat, id) => (await seat.query(NODE, { id })).node !== null,
  field: async (seat, id) => {
    const { data } = await seat.ask(PHOTOS, { id: own.customer.id });
    const nodes: { file: { id: string; url: string } }[] = data?.node?.albumPhotos?.nodes ?? [];
    const found = nodes.find(({ file }) => file.id === id);
    return found !== undefined && (await fetch(found.file.url)).status === 200;
  },
  bytes: async (seat, id) => (await fetch(await forgedLink(server, seat, id))).status === 200,
  thumbnail: async (seat, id) => (await fetch(await forgedLink(server, seat, id, { act: 'READ_THUMBNAIL' }))).status === 200,
};

describe('a file obeys the rule of what it hangs on (spec 2.5)', () => {
  it('in a table of as many cells', () => expect(CELLS).toHaveLength(15 * COLUMNS.length));
  it.each(CELLS)('%s by %s, as %s: %s', async (file, path, name, verdict) => {
    expect(await PATHS[path]!(seatOf(name), files[file])).toBe(verdict === 'yes');
  });
  it('and is nothing to somebody who is not signed in', async () => {
    for (const id of Object.values(files))
      expect((await server.nobody.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  });
});

describe('an address to read', () => {
  const linkOf = async (seat: TestSeat, args = ''): Promise<string> => {
    const query = `query ($id: ID!) { node(id: $id) { ... on Contact { albumPhotos { nodes { file { id url${args} } } } } } }`;
    const { node } = await seat.query(query, { id: own.customer.id });
    return node.albumPhotos.nodes.find(({ file }: { file: { id: string } }) => file.id === files.note).file.url;
  };
  const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

  it('lasts five minutes, or as long as was asked for', async () => {
    const [usual, short] = [await linkOf(own.sharee), await linkOf(own.sharee, '(expiresIn: 10)')];
    now += 9_999;
    expect([await statusOf(usual), await statusOf(short)]).toEqual([200, 200]);
    now += 1;
    expect([await statusOf(usual), await statusOf(short)]).toEqual([200, 404]);
    now += 289_999;
    expect(await statusOf(usual)).toBe(200);
    now += 1;
    expect(await statusOf(usual)).toBe(404);
    for (const expiresIn of [0, -1, 3_601]) {
      const { errors } = await own.sharee.ask(
        `query ($id: ID!) { node(id: $id) { ... on Contact { albumPhotos { nodes { file { url(expiresIn: ${expiresIn}) } } } } } }`,
        { id: own.customer.id },
      );
      expect(errors[0]?.extensions.code).toBe('BAD_REQUEST');
    }
  });
  it('is dead as soon as its session has ended', async () => {
    const seat = await server.seat(own.plan.employees.find(({ key }) => key === 'sharee')!.phone, own.id);
    const url = await linkOf(seat);
    expect(await statusOf(url)).toBe(200);
    await seat.does('mutation { signOut { __typename } }');
    expect(await statusOf(url)).toBe(404);
    expect(await statusOf(await linkOf(own.sharee))).toBe(200);
  });
  it('is dead as soon as the seat has lost the right', async () => {
    const url = await linkOf(own.sharee);
    expect(await statusOf(url)).toBe(200);
    const employeeId = own.sharee.id;
    const UNSHARE = 'mutation ($input: UnshareContactInput!) { unshareContact(input: $input) { __typename } }';
    const SHARE = 'mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename } }';
    await own.owner.does(UNSHARE, { input: { contactId: own.customer.id, employeeId } });
    expect(await statusOf(url)).toBe(404);
    await own.owner.does(SHARE, { input: { contactId: own.customer.id, employeeId } });
    expect(await statusOf(url)).toBe(200);
  });
  it('breaks off in the middle of the bytes where its session ends', async () => {
    const seat = await server.seat(own.plan.employees.find(({ key }) => key === 'owner')!.phone, own.id);
    const id = await uploaded(seat, Buffer.alloc(48 * 1024 * 1024, 'a'), { purpose: 'ALBUM_FILM' });
    const { hostname, port, pathname } = new URL(await forgedLink(server, seat, id));
    const socket = connect(Number(port), hostname);
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    socket.on('error', () => {});
    await once(socket, 'readable'); // and is not read on: what the system keeps is less than the whole
    expect(server.runtime.files.places.read.count).toBe(1);
    await seat.does('mutation { signOut { __typename } }');
    await expect.poll(() => server.runtime.files.places.read.count).toBe(0);
    let length = 0;
    try {
      for await (const chunk of socket) length += (chunk as Buffer).length;
    } catch {} // cut
    expect(length).toBeLessThan(48 * 1024 * 1024);
  });
  it('is dead as soon as the seat itself has ended', async () => {
    const url = await linkOf(own.supervisor);
    await database.rows('update employees set left_at = now() where id = $1', [decodeAnyId(own.supervisor.id)]);
    expect(await statusOf(url)).toBe(404);
    await database.rows('update employees set left_at = null where id = $1', [decodeAnyId(own.supervisor.id)]);
    expect(await statusOf(url)).toBe(200);
  });
  it('is of the seat that asked, whatever session it names', async () => {
    const seatId = decodeAnyId(own.owner.id);
    expect(await statusOf(await forgedLink(server, own.sharee, files.note, { seatId }))).toBe(404);
  });
  it('does not read what is behind a plugin that is switched off', async () => {
    const url = await linkOf(own.owner);
    const SWITCH = 'mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }';
    await own.admin.does(SWITCH, { input: { plugin: 'album', enabled: false } });
    expect(await statusOf(url)).toBe(404);
    await own.admin.does(SWITCH, { input: { plugin: 'album', enabled: true } });
    expect(await statusOf(url)).toBe(200);
  });
  it('finds nothing where the bytes are lost', async () => {
    const [{ storage_key: key }] = (await database.rows<{ storage_key: string }>('select storage_key from files where id = $1', [
      decodeAnyId(files.loose),
    ])) as [{ storage_key: string }];
    const lost = await uploaded(own.owner, NOTE);
    await database.rows('update files set storage_key = $2 where id = $1', [decodeAnyId(lost), `${key.slice(0, 37)}${decodeAnyId(lost)}`]);
    expect(await statusOf(await forgedLink(server, own.owner, lost))).toBe(404);
  });
});

describe('bytes are given', () => {
  const get = async (headers: Record<string, string> = {}, method = 'GET', id = files.note): Promise<Response> =>
    fetch(await forgedLink(server, own.owner, id), { method, headers });

  it('to be saved under their name, and to do nothing where they are opened', async () => {
    const response = await get({}, 'GET', files.picture);
    const told = Object.fromEntries(response.headers);
    expect(told).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
      'content-disposition': `attachment; filename="__ _A_; 100_.jpg"; filename*=UTF-8''%E6%B5%B7%E6%8A%A5%20%E2%80%9CA%E2%80%9D%3B%20100%25.jpg`,
    });
    expect((await get()).headers.get('content-type')).toBe('application/octet-stream');
  });
  it('whole, in part, from the end, and not past it', async () => {
    expect(Buffer.from(await (await get()).arrayBuffer())).toEqual(NOTE);
    const size = NOTE.length;
    for (const [range, start, end] of [
      ['bytes=0-4', 0, 5],
      ['bytes=5-', 5, size],
      ['bytes=-6', size - 6, size],
      ['bytes=3-9999', 3, size],
    ] as const) {
      const response = await get({ range });
      expect([response.status, response.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end - 1}/${size}`]);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(NOTE.subarray(start, end));
    }
    const beyond = await get({ range: `bytes=${size}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
    for (const range of ['bytes=4-2', 'lines=1-2', 'bytes=0-1,3-4', 'bytes=-']) expect((await get({ range })).status).toBe(200);
  });
  it('once: who has them already is told so, and a part belongs to what was begun', async () => {
    const tag = (await get()).headers.get('etag')!;
    expect((await get({ 'if-none-match': tag })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other", *' })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get({ range: 'bytes=0-4', 'if-range': tag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-4', 'if-range': '"other"' })).status).toBe(200);
  });
  it('to HEAD without themselves', async () => {
    const response = await get({}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, String(NOTE.length), '']);
  });
  it('without what a camera knew, with a small picture beside', async () => {
    const bytes = Buffer.from(await (await get({}, 'GET', files.picture)).arrayBuffer());
    expect(picture.includes('Hu Yan')).toBe(true);
    expect(bytes.includes('Hu Yan')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 900, height: 600 });
    const small = await fetch(await forgedLink(server, own.owner, files.picture, { act: 'READ_THUMBNAIL' }));
    expect(await sharp(Buffer.from(await small.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: 320, height: 213 });
  });
});

describe('pages of other origins', () => {
  it('may send and read where they are listed, and are told what they may', async () => {
    const origin = 'http://localhost:5173';
    const url = await forgedLink(server, own.owner, files.note);
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD, PUT, POST, PATCH']);
    const read = await fetch(url, { headers: { origin } });
    expect(read.headers.get('access-control-allow-origin')).toBe(origin);
    expect(read.headers.get('access-control-expose-headers')).toContain('Content-Disposition');
  });
  it('are not told of one another: only the address counts', async () => {
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    const response = await fetch(await forgedLink(server, own.owner, files.note), { headers });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });
});
