import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, outcome, READ, rowsOf } from '../contacts/contact.fixture.ts';
import { CREATE, uploaded } from '../files/file.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const ENTRIES =
  'totalCount pageInfo { endCursor } nodes { index verdict reason draft { name phone company position email address remark furtherPhones { phone kind label } } contact { id } }';
const PREVIEW = `mutation ($input: PreviewContactBookInput!) { previewContactBook(input: $input) { __typename ${NAMED}
  ... on PreviewContactBookSuccess { book { id entries(first: 100) { ${ENTRIES} } } } } }`;
const ADD = `mutation ($input: AddContactsFromBookInput!) { addContactsFromBook(input: $input) { __typename ${NAMED}
  ... on AddContactsFromBookSuccess { job { id } results { __typename ... on UserError { code } ... on AddContactsFromBookItemSuccess { index contact { id name } } } } } }`;
const BOOK = `query ($id: ID!, $after: Cursor) { node(id: $id) { ... on ContactBook { entries(first: 50, after: $after) { ${ENTRIES} } } } }`;
const JOB =
  'query ($id: ID!) { job(id: $id) { state progress total errors { row code } result { ... on ContactBookResult { added refused } } } }';

let now = Date.now();
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const card = (name: string, phone: string, ...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;TYPE=CELL:${phone}`, ...lines, 'END:VCARD', ''].join('\r\n');
const send = (seat: TestSeat, book: string | Buffer): Promise<string> =>
  uploaded(seat, Buffer.from(book as string), { name: 'book.vcf', mimeType: 'text/vcard', purpose: 'CONTACT_BOOK' });
async function preview(seat: TestSeat, book: string | Buffer) {
  const answer = await outcome(seat, PREVIEW, { uploadId: await send(seat, book) });
  return { answer, id: answer.book?.id as string, entries: answer.book?.entries.nodes as { verdict: string | null; reason: string }[] };
}
const verdicts = async (seat: TestSeat, book: string) => (await preview(seat, book)).entries.map(({ verdict }) => verdict);
const add = (seat: TestSeat, input: Record<string, unknown>) => outcome(seat, ADD, input);

describe('previewing a phone book (spec 3.1)', () => {
  it('says of each entry what would happen, and adds nothing', async () => {
    const { phone } = await added(own.owner, own);
    const [employee] = await rowsOf<{ phone: string }>(server, own, `select phone from employees where name = 'The colleague'`);
    const book = `${card('New', newPhone(), 'ORG:Riverside')}${card('Known', phone)}${card('Colleague', employee!.phone)}${card('', newPhone())}`;
    const { entries } = await preview(own.owner, book);
    expect(entries).toMatchObject([
      { index: 0, verdict: 'NEW', reason: null, draft: { name: 'New', company: 'Riverside', furtherPhones: [] }, contact: null },
      { index: 1, verdict: 'KNOWN', reason: 'This phone is already a contact of your organization.' },
      { index: 2, verdict: 'EMPLOYEE' },
      { index: 3, verdict: 'INVALID', reason: 'This card has no name.' },
    ]);
    expect((await own.owner.query('{ contacts(search: "New") { totalCount } }')).contacts.totalCount).toBe(0);
  });

  it('speaks of known phones within the budget of the day, and says nothing beyond it of any', async () => {
    const known: string[] = [];
    for (let i = 0; i < 22; i++) known.push((await added(own.colleague, own)).phone);
    const book = [...known.map((phone) => card('Known', phone)), card('New', newPhone())].join('');
    expect(await verdicts(own.owner, book)).toEqual([...Array(20).fill('KNOWN'), null, null, null]);
    const { entries } = await preview(own.owner, card('Another', newPhone()));
    expect(entries[0]).toMatchObject({ verdict: null, reason: expect.stringContaining('tomorrow') });
    expect(
      (await own.owner.ask(ADD_ONE, { input: { name: 'A', phone: known[0], tagIds: [own.tagIds[0]] } })).errors[0]!.extensions.code,
    ).toBe('RATE_LIMITED');
    expect(await verdicts(own.admin, book)).toEqual([...Array(22).fill('KNOWN'), 'NEW']); // who finds them is told nothing
    now += 86_400_001;
    expect(await verdicts(own.owner, card('Another', newPhone()))).toEqual(['NEW']);
  });

  it('is its sender’s alone', async () => {
    const { id } = await preview(own.owner, card('New', newPhone()));
    for (const seat of [own.admin, own.colleague, own.supervisor]) expect(await seat.query(BOOK, { id })).toEqual({ node: null });
    expect((await add(own.admin, { bookId: id, tagIds: [own.tagIds[0]] })).__typename).toBe('NotFound');
    const uploadId = await send(own.owner, card('New', newPhone()));
    expect((await outcome(own.colleague, PREVIEW, { uploadId })).__typename).toBe('NotFound');
    expect((await own.customer.ask(PREVIEW, { input: { uploadId } })).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });

  it('refuses what is no phone book, and one that is too large before a byte of it comes', async () => {
    expect((await preview(own.owner, 'Only a note, without any card.')).answer).toMatchObject({ issues: [{ code: 'NO_ENTRIES' }] });
    const many = card('A', '13800000001').repeat(5_001);
    expect((await preview(own.owner, many)).answer).toMatchObject({ issues: [{ code: 'TOO_MANY_ENTRIES' }] });
    const input = { name: 'book.vcf', size: 50 * 1024 * 1024, mimeType: 'text/vcard', purpose: 'CONTACT_BOOK' };
    expect((await outcome(own.owner, CREATE, input)).__typename).toBe('FileTooLarge');
  });

  it('speaks the caller’s language', async () => {
    const uploadId = await send(own.owner, card('', newPhone()));
    const { data } = await own.owner.ask(PREVIEW, { input: { uploadId } }, { 'accept-language': 'zh-CN' });
    expect(data!.previewContactBook.book.entries.nodes[0].reason).toBe('此名片没有姓名。');
  });
});
const ADD_ONE = 'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }';

describe('adding from a phone book (spec 3.1)', () => {
  it('adds those that were chosen, with tags of all and of each', async () => {
    const phones = [newPhone(), newPhone(), newPhone()];
    const { id } = await preview(
      own.owner,
      phones.map((phone, i) => card(`Qin ${i}`, phone, 'ORG:Riverside', 'EMAIL:qin@example.com')).join(''),
    );
    const entries = [{ index: 2, tagIds: [own.tagIds[2]] }, { index: 0 }];
    const { results, job } = await add(own.owner, { bookId: id, entries, tagIds: [own.tagIds[0]] });
    expect([job, results.map(({ index, contact }: { index: number; contact: { name: string } }) => [index, contact.name])]).toEqual([
      null,
      [
        [2, 'Qin 2'],
        [0, 'Qin 0'],
      ],
    ]);
    const { contact } = await own.owner.query(READ, { id: results[0].contact.id });
    expect(contact).toMatchObject({
      source: 'VCARD',
      email: 'qin@example.com',
      company: { name: 'Riverside' },
      owner: { id: own.owner.id },
    });
    expect(contact.tags).toEqual([{ id: own.tagIds[0] }, { id: own.tagIds[2] }]);
    const { node } = await own.owner.query(BOOK, { id });
    expect(node.entries.nodes.map((entry: { contact: object | null }) => entry.contact !== null)).toEqual([true, false, true]);
    expect((await add(own.owner, { bookId: id, entries, tagIds: [own.tagIds[0]] })).results).toMatchObject([
      { code: 'VALIDATION_FAILED' },
      { code: 'VALIDATION_FAILED' },
    ]);
  });

  it('adds all that are new where none are named, once by one key', async () => {
    const { phone } = await added(own.owner, own);
    const { id } = await preview(own.owner, `${card('Known', phone)}${card('One', newPhone())}${card('Two', newPhone())}`);
    const input = { bookId: id, tagIds: [own.tagIds[0]], idempotencyKey: 'book' };
    for (let i = 0; i < 2; i++) expect((await add(own.owner, input)).__typename).toBe('AddContactsFromBookSuccess');
    const { contacts } = await own.owner.query('{ contacts(list: MINE, where: { source: { equals: VCARD } }) { totalCount } }');
    expect(contacts.totalCount).toBe(2);
  });

  it('adds the others where one cannot be, and says why', async () => {
    const phone = newPhone();
    const { id } = await preview(own.owner, `${card('One', phone)}${card('', newPhone())}${card('Two', newPhone())}`);
    await added(own.colleague, own, { phone });
    const { results } = await add(own.owner, {
      bookId: id,
      entries: [{ index: 0 }, { index: 1 }, { index: 2 }, { index: 9 }],
      tagIds: [own.tagIds[0]],
    });
    expect(results.map((one: { code?: string; __typename: string }) => one.code ?? one.__typename)).toEqual([
      'CONTACT_PHONE_TAKEN',
      'VALIDATION_FAILED',
      'AddContactsFromBookItemSuccess',
      'NOT_FOUND',
    ]);
  });

  it('needs a tag for each, of each group one', async () => {
    const { id } = await preview(own.owner, card('One', newPhone()));
    expect(await add(own.owner, { bookId: id, entries: [{ index: 0 }] })).toMatchObject({
      issues: [{ path: ['input', 'tagIds'], code: 'TAG_NEEDED' }],
    });
    const two = await add(own.owner, { bookId: id, entries: [{ index: 0, tagIds: [own.tagIds[1]] }], tagIds: [own.tagIds[0]] });
    expect(two.results).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  it('stops at the quota, never one over', async () => {
    const { id } = await preview(own.owner, `${card('One', newPhone())}${card('Two', newPhone())}${card('Three', newPhone())}`);
    await rowsOf(server, own, 'update contact_quotas set limit_override = used + 2');
    const { results } = await add(own.owner, { bookId: id, tagIds: [own.tagIds[0]] });
    expect(results.map(({ __typename }: { __typename: string }) => __typename)).toEqual([
      'AddContactsFromBookItemSuccess',
      'AddContactsFromBookItemSuccess',
      'ContactQuotaReached',
    ]);
    expect(await verdicts(own.owner, card('Four', newPhone()))).toEqual(['QUOTA']);
  });

  it('adds many by a job, and tells which were not', async () => {
    const phones = Array.from({ length: 120 }, () => newPhone());
    const { id } = await preview(own.owner, phones.map((phone, i) => card(`Many ${i}`, phone)).join(''));
    await added(own.colleague, own, { phone: phones[60] });
    const { results, job } = await add(own.owner, { bookId: id, tagIds: [own.tagIds[0]] });
    expect(results).toEqual([]);
    await server.runtime.jobs.settled();
    expect((await own.owner.query(JOB, { id: job.id })).job).toEqual({
      state: 'SUCCEEDED',
      progress: 120,
      total: 120,
      errors: [{ row: 60, code: 'CONTACT_PHONE_TAKEN' }],
      result: { added: 119, refused: 1 },
    });
  });

  it('is forgotten after a week, by a clock', async () => {
    const { id } = await preview(own.owner, card('One', newPhone()));
    await server.strike('contact-books.forget');
    now += 9 * 86_400_000;
    await server.strike('contact-books.forget');
    expect(await rowsOf(server, own, 'select id from contact_book_entries')).toEqual([]);
    expect(await rowsOf(server, own, `select id from files where attached_type = 'ContactBook'`)).toEqual([]);
    expect(id).toBeTruthy();
  });
});

describe('pictures of a phone book (spec 3.1)', () => {
  const PHOTO = `query ($id: ID!) { node(id: $id) { ... on Contact { photo { name mimeType url thumbnailUrl } history(first: 20) { nodes { field to } } } } }`;
  const ERRORS =
    'query ($id: ID!) { job(id: $id) { state errors { row code path } result { ... on ContactBookPhotos { kept refused } } } }';
  const folded = (line: string): string => line.replaceAll(/(.{70})/g, '$1\r\n ');
  const inline = (type: string, bytes: Buffer): string => folded(`PHOTO;ENCODING=b;TYPE=${type}:${bytes.toString('base64')}`);

  it('that lie in the file are kept with their contacts, checked and cleaned as what people send; what is none is told', async () => {
    const picture = sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } });
    const jpeg = await picture
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Somebody' } })
      .toBuffer();
    const png = await picture.png().toBuffer();
    const pixels = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const script = Buffer.from('<script>alert(1)</script>');
    const books = [
      ['jpeg', inline('JPEG', jpeg)],
      ['data', folded(`PHOTO:data:image/png;base64,${png.toString('base64')}`)],
      ['old', `PHOTO;JPEG;BASE64:${jpeg.toString('base64')}\r\n`],
      ['script', inline('JPEG', script)],
      ['disguised', inline('GIF', Buffer.concat([Buffer.from('GIF89a'), script]))],
      ['vast', inline('PNG', pixels)],
      ['long', `PHOTO;ENCODING=b:${'A'.repeat(2_200_000)}`],
      ['address', 'PHOTO;VALUE=URI:http://127.0.0.1:1/picture.jpg'],
      ['none', 'NOTE:without'],
    ] as const;
    const book = books.map(([name, line]) => card(name, newPhone(), line)).join('');
    const { id, entries } = await preview(own.owner, book);
    expect(entries.map(({ verdict }) => verdict)).toEqual(books.map(() => 'NEW'));
    const { job, results } = await add(own.owner, { bookId: id, tagIds: [own.tagIds[0]] });
    await server.runtime.jobs.settled();
    expect((await own.owner.query(ERRORS, { id: job.id })).job).toEqual({
      state: 'SUCCEEDED',
      errors: [3, 4, 5, 6].map((row) => ({ row, code: 'NO_PICTURE', path: ['photo'] })),
      result: { kept: 3, refused: 4 },
    });
    const { data, errors } = await own.sharee.ask(PHOTO, { id: results[0].contact.id });
    expect([data?.node.photo, errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    const photos = await Promise.all(
      results.map(async ({ contact }: { contact: { id: string } }) => (await own.owner.query(PHOTO, { id: contact.id })).node),
    );
    expect(photos.map(({ photo }) => photo?.mimeType ?? null)).toEqual(['image/jpeg', 'image/png', 'image/jpeg', ...Array(6).fill(null)]);
    expect(photos[0].history.nodes).toContainEqual({ field: 'photo', to: 'photo.jpeg' });
    const kept = Buffer.from(await (await fetch(photos[0].photo.url)).arrayBuffer());
    const { width, exif } = await sharp(kept).metadata();
    expect([width, exif]).toEqual([40, undefined]);
    // once: what was kept is not kept again
    expect((await add(own.owner, { bookId: id, tagIds: [own.tagIds[0]] })).job).toBeNull();
  });
});
