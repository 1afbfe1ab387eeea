import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFileStore } from '../../../src/platform/files/file-store.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { albumPlugin } from './album.plugin.ts';
import { ADD_PHOTO, type Announced, announced, CREATE, codeOf, hung, NODE, NOTE, sent, uploaded } from './file.fixture.ts';

let folder: string;
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
let now = Date.parse('2026-06-01T08:00:00Z');
let hasRoom = true;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-uploading-'));
  const files = openFileStore(folder);
  server = await startTestServer({ plugins: [albumPlugin], files, now: () => new Date(now), hasRoom: () => hasRoom });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

const filesNow = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter((one) => one.isFile()).map(({ name }) => name);
/** Until the server has done with a request that nobody waits for any more. */
async function until<T>(ask: () => Promise<T>, isRight: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await ask();
    if (isRight(found)) return found;
    await new Promise(setImmediate);
  }
}
let before: string[] = [];
beforeEach(async () => {
  before = await filesNow();
});
/** Nothing has come that was not there. */
const nothingIsLeft = async (id: string): Promise<void> => {
  expect(await filesNow()).toEqual(before);
  expect((await own.owner.query(NODE, { id })).node).toBeNull();
};

describe('an upload (spec 7.4)', () => {
  it('is announced, sent and there for its sender', async () => {
    const upload = await announced(own.owner, NOTE);
    expect(upload).toMatchObject({ method: 'PUT', headers: [{ name: 'Content-Type' }], expiresAt: '2026-06-01T09:00:00.000Z' });
    expect(upload.url.startsWith(`${server.url}/files/`)).toBe(true);
    expect((await own.owner.query(NODE, { id: upload.id })).node).toBeNull();
    const response = await sent(upload, NOTE);
    expect([response.status, await response.json()]).toMatchObject([200, { id: upload.id }]);
    const { node } = await own.owner.query(NODE, { id: upload.id });
    expect(node).toMatchObject({ name: 'note.txt', size: NOTE.length, mimeType: 'text/plain', thumbnailUrl: null });
    expect(await filesNow()).toHaveLength(before.length + 1);
  });
  it('is for what people send: files that the server alone writes are announced by nobody, and taken from nobody', async () => {
    const CSV = Buffer.from('name\nLu Min\n');
    const table = { name: 'table.csv', mimeType: 'text/csv' };
    for (const purpose of ['CONTACT_EXPORT', 'CONTACT_IMPORT_TEMPLATE', 'EMPLOYEE_IMPORT_TEMPLATE', 'CONTACT_PHOTO', 'FORM_EXPORT']) {
      const { errors } = await own.admin.ask(CREATE, { input: { ...table, size: CSV.length, purpose } });
      expect([purpose, errors[0]?.message]).toEqual([purpose, expect.stringContaining('FilePurpose')]);
    }
    const both = await announced(own.admin, CSV, { ...table, purpose: 'ALBUM_LIST' }); // the server writes such ones as well
    expect((await sent(both, CSV)).status).toBe(200);
    const before = await announced(own.admin, CSV, { ...table, purpose: 'CONTACT_IMPORT' });
    await database.rows(`update files set purpose = 'CONTACT_EXPORT' where id = $1`, [decodeAnyId(before.id)]);
    expect((await sent(before, CSV)).status).toBe(404);
  });
  it('may come in pieces without a length', async () => {
    const upload = await announced(own.owner, NOTE);
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < NOTE.length; at += 7) controller.enqueue(NOTE.subarray(at, at + 7));
        controller.close();
      },
    });
    expect((await sent(upload, pieces)).status).toBe(200);
  });
  it('is told the same where it is sent twice, and refused where the second is another', async () => {
    const upload = await announced(own.owner, NOTE);
    const first = await (await sent(upload, NOTE)).json();
    const again = await sent(upload, NOTE);
    expect([again.status, await again.json()]).toEqual([200, first]);
    const other = await sent(upload, Buffer.from('x'.repeat(NOTE.length)));
    expect([other.status, await codeOf(other)]).toEqual([409, 'BAD_REQUEST']);
    expect(await filesNow()).toHaveLength(before.length + 1);
  });
  it('of two who send at once is one: the same bytes are welcome twice, others are refused', async () => {
    const upload = await announced(own.owner, NOTE);
    const same = await Promise.all([sent(upload, NOTE), sent(upload, NOTE), sent(upload, NOTE)]);
    expect(same.map(({ status }) => status)).toEqual([200, 200, 200]);
    const another = await announced(own.owner, NOTE);
    const bodies = ['a', 'b', 'c'].map((letter) => Buffer.from(letter.repeat(NOTE.length)));
    const statuses = (await Promise.all(bodies.map((body) => sent(another, body)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
    expect(await filesNow()).toHaveLength(before.length + 2);
  });
  it('is one for one idempotency key', async () => {
    const [one, two] = [
      await announced(own.owner, NOTE, { idempotencyKey: 'once' }),
      await announced(own.owner, NOTE, { idempotencyKey: 'once' }),
    ];
    expect(two.id).toBe(one.id);
    expect((await sent(two, NOTE)).status).toBe(200);
  });
});

describe('an upload that is announced wrongly', () => {
  const refused = async (given: Announced, seat = own.owner) => {
    const input = { name: 'note.txt', size: 10, mimeType: 'text/plain', purpose: 'ALBUM_PHOTO', ...given };
    return (await seat.ask(CREATE, { input })).data?.createUpload;
  };
  it.each([
    ['larger than its purpose takes', { size: 3 * 1024 * 1024 + 1 }, { code: 'FILE_TOO_LARGE', path: ['input', 'size'], most: 3_145_728 }],
    ['of 8 exabytes', { size: Number.MAX_SAFE_INTEGER }, { code: 'FILE_TOO_LARGE' }],
    [
      'of a kind that its purpose does not take',
      { mimeType: 'application/zip' },
      { code: 'FILE_KIND_NOT_ALLOWED', path: ['input', 'mimeType'] },
    ],
    ['of HTML', { mimeType: 'text/html' }, { code: 'FILE_KIND_NOT_ALLOWED' }],
    ['of SVG', { mimeType: 'image/svg+xml' }, { code: 'FILE_KIND_NOT_ALLOWED' }],
    ['of HEIC', { mimeType: 'image/heic' }, { code: 'FILE_KIND_NOT_ALLOWED' }],
    ['of nothing', { size: 0 }, { code: 'VALIDATION_FAILED', issues: [{ path: ['input', 'size'], code: 'OUT_OF_RANGE' }] }],
    ['of less than nothing', { size: -1 }, { code: 'VALIDATION_FAILED' }],
    ['with a path', { name: '../../etc/passwd' }, { issues: [{ path: ['input', 'name'], code: 'PATH' }] }],
    ['with NUL', { name: 'a\u0000.txt' }, { issues: [{ path: ['input', 'name'], code: 'HIDDEN_CHARACTERS' }] }],
    ['with writing turned round', { name: 'a\u202Etxt.exe' }, { issues: [{ path: ['input', 'name'], code: 'HIDDEN_CHARACTERS' }] }],
    ['without a name', { name: '  ' }, { issues: [{ path: ['input', 'name'], code: 'EMPTY' }] }],
  ])('%s is refused', async (_, given, expected) => {
    expect(await refused(given)).toMatchObject(expected);
  });
  it('is refused for a purpose that is not the seat’s, whatever else is wrong with it', async () => {
    const input = { name: '', size: 0, mimeType: 'text/csv', purpose: 'ALBUM_TABLE' };
    expect(await own.colleague.ask(CREATE, { input })).toMatchObject({
      data: { createUpload: null },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    expect(await refused({ purpose: 'ALBUM_TABLE', mimeType: 'text/csv' }, own.admin)).toMatchObject({ __typename: 'CreateUploadSuccess' });
  });
  it('cannot name a purpose that is not there, nor, as a contact, one that no contact has', async () => {
    for (const [seat, purpose] of [
      [own.owner, 'ALBUM_NOTHING'],
      [own.customer, 'ALBUM_TABLE'],
      [own.customer, 'EMPLOYEE_IMPORT'],
    ] as const) {
      const input = { name: 'a', size: 1, mimeType: 'text/csv', purpose };
      expect((await seat.ask(CREATE, { input })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    }
  });
});

describe('an upload that lies', () => {
  const png = () =>
    sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();

  it.each([
    ['shorter', NOTE.subarray(1)],
    ['longer', Buffer.concat([NOTE, NOTE])],
    ['nothing', Buffer.alloc(0)],
  ])('about its size, and is %s, leaves nothing', async (_, bytes) => {
    const upload = await announced(own.owner, NOTE);
    const response = await sent(upload, bytes);
    expect([response.status, await codeOf(response)]).toEqual([400, 'BAD_REQUEST']);
    const chunked = new ReadableStream({
      start(controller) {
        if (bytes.length) controller.enqueue(bytes);
        controller.close();
      },
    });
    expect((await sent(upload, chunked)).status).toBe(400);
    await nothingIsLeft(upload.id);
    expect((await sent(upload, NOTE)).status).toBe(200); // and may be sent as it was announced
  });
  it.each([
    ['text', 'image/png', async () => NOTE],
    ['a picture', 'text/plain', png],
    ['a picture of another kind', 'image/jpeg', png],
    ['HTML', 'text/plain', async () => Buffer.from('\uFEFF \n<!doctype html><script>alert(1)</script>')],
    ['SVG', 'text/plain', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['markup', 'text/plain', async () => Buffer.from('<?xml version="1.0"?><a/>')],
    ['bytes that are no text', 'text/plain', async () => Buffer.from([0x41, 0, 0x42])],
    ['the beginning of a picture', 'image/png', async () => (await png()).subarray(0, 60), 422],
  ])('about what it is, and is %s and not %s, leaves nothing', async (_, mimeType, make, status = 415) => {
    const bytes = await make();
    const upload = await announced(own.owner, bytes, { mimeType });
    const response = await sent(upload, bytes);
    expect([response.status, await codeOf(response)]).toEqual([status, 'BAD_REQUEST']);
    await nothingIsLeft(upload.id);
  });
  it('and stops half-way leaves nothing', async () => {
    const bytes = Buffer.alloc(2 * 1024 * 1024, 'a');
    const upload = await announced(own.owner, bytes);
    const { hostname, port, pathname } = new URL(upload.url);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes.subarray(0, 1024 * 1024));
    await until(filesNow, (found) => found.length > before.length);
    socket.destroy();
    await until(filesNow, (found) => found.length === before.length);
    await nothingIsLeft(upload.id);
    expect((await sent(upload, bytes)).status).toBe(200);
  });
});

describe('the address of an upload', () => {
  const status = async (url: string, method = 'PUT', body: Buffer | null = NOTE): Promise<number> => {
    const response = await fetch(url, { method, body: body as never });
    await response.arrayBuffer();
    return response.status;
  };
  it('is good for one upload, for sending, and for an hour', async () => {
    const upload = await announced(own.owner, NOTE);
    const bent = upload.url.replace(/.(?=.{8}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await status(bent)).toBe(404);
    expect(await status(`${server.url}/files/`)).toBe(404);
    expect(await status(`${server.url}/files/${'a'.repeat(150)}`)).toBe(404);
    expect(await status(upload.url, 'GET', null)).toBe(404);
    expect(await status(upload.url, 'DELETE')).toBe(405);
    now += 3_600_000;
    expect(await status(upload.url)).toBe(404);
    now -= 1;
    expect(await status(upload.url)).toBe(200);
  });
  it('is no good once its session has ended, also where the bytes are on their way', async () => {
    const phone = own.plan.employees.find(({ key }) => key === 'owner')!.phone;
    const seat = await server.seat(phone, own.id);
    const bytes = Buffer.alloc(1024 * 1024, 'a');
    const [one, two] = [await announced(seat, bytes), await announced(seat, bytes)];
    let go: (() => void) | undefined;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.subarray(0, 1000));
        go = () => {
          controller.enqueue(bytes.subarray(1000));
          controller.close();
        };
      },
    });
    const sending = sent(two, body);
    await until(filesNow, (found) => found.length > before.length);
    await seat.does('mutation { signOut { __typename } }');
    go!();
    expect((await sending).status).toBe(404);
    expect((await sent(one, bytes)).status).toBe(404);
    await nothingIsLeft(two.id);
  });
  it('takes six at once of one seat, and gives the places back', async () => {
    const bytes = Buffer.alloc(1024 * 1024, 'a');
    const ends: (() => void)[] = [];
    const slow = async (): Promise<Promise<Response>> => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(bytes.subarray(0, 1000));
          ends.push(() => {
            controller.enqueue(bytes.subarray(1000));
            controller.close();
          });
        },
      });
      return sent(await announced(own.owner, bytes), body);
    };
    const under = Array.from({ length: 6 }, slow);
    await expect.poll(() => server.runtime.files.places.sent.count).toBe(6);
    const one = await announced(own.owner, NOTE);
    expect((await sent(one, NOTE)).status).toBe(429);
    expect((await sent(await announced(own.sharee, NOTE), NOTE)).status).toBe(200);
    for (const end of ends) end();
    expect((await Promise.all(under)).map(({ status }) => status)).toEqual(Array(6).fill(200));
    await expect.poll(() => server.runtime.files.places.sent.count).toBe(0);
    expect((await sent(one, NOTE)).status).toBe(200);
  });
  it('waits for something to come, and not for ever', async () => {
    const impatient = await startTestServer({
      plugins: [albumPlugin],
      databaseUrl: server.databaseUrl,
      uploadIdleMs: 1,
      now: () => new Date(now),
    });
    const upload = await announced(own.owner, NOTE);
    const { pathname } = new URL(upload.url);
    const { hostname, port } = new URL(impatient.url);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${NOTE.length}\r\n\r\n`);
    const [told] = (await once(socket, 'data')) as [Buffer];
    expect(String(told)).toMatch(/^HTTP\/1.1 408 /);
    socket.destroy();
    await impatient.stop();
  });
  it('takes nothing while the disk is full', async () => {
    const upload = await announced(own.owner, NOTE);
    hasRoom = false;
    try {
      expect((await sent(upload, NOTE)).status).toBe(507);
    } finally {
      hasRoom = true;
    }
    await nothingIsLeft(upload.id);
  });
});

describe('an upload is hung on something', () => {
  const refusal = { __typename: 'NotFound', code: 'NOT_FOUND', path: ['input', 'uploadId'] };
  const hang = async (seat: TestOrganization['owner'], uploadId: string) =>
    (await seat.query(ADD_PHOTO, { input: { contactId: own.customer.id, uploadId } })).addAlbumPhoto;

  it('once, and by one of several who try at once', async () => {
    const uploadId = await uploaded(own.owner, NOTE);
    const answers = await Promise.all(Array.from({ length: 8 }, () => hang(own.owner, uploadId)));
    expect(answers.filter(({ __typename }) => __typename === 'AddAlbumPhotoSuccess')).toHaveLength(1);
    for (const answer of answers) if (answer.__typename !== 'AddAlbumPhotoSuccess') expect(answer).toMatchObject(refusal);
    expect(await hang(own.owner, uploadId)).toMatchObject(refusal);
    expect(
      await database.rows(
        'select 1 from plg_album.photos where file_id = (select id from files where attached_at is not null order by attached_at desc limit 1)',
      ),
    ).toHaveLength(1);
  });
  it('by the seat that has sent it, for what it was sent for, and when its bytes are there', async () => {
    const others = await uploaded(own.sharee, NOTE);
    const table = await uploaded(own.admin, Buffer.from('a,b\n1,2\n'), { purpose: 'ALBUM_TABLE', mimeType: 'text/csv' });
    const pending = (await announced(own.owner, NOTE)).id;
    for (const [seat, id] of [
      [own.owner, others],
      [own.admin, table],
      [own.owner, pending],
      [own.owner, own.customer.id],
    ] as const)
      expect(await hang(seat, id)).toMatchObject(refusal);
    expect(await hang(own.sharee, others)).toMatchObject({ __typename: 'AddAlbumPhotoSuccess' });
  });
  it('by a contact as well', async () => {
    const id = await uploaded(own.customer, NOTE);
    expect(await hung(own.customer, own.customer.id, id)).toBe(id);
  });
});
