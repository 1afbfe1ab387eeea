import { type CardReading, CardRecognizerAbsent } from '@guichet/sdk';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, DELETE, outcome, rowsOf, SHARE, TRANSFER } from '../contacts/contact.fixture.ts';
import { announced, sent, uploaded } from '../files/file.fixture.ts';
import { cardReaderPlugin, readerOfTest } from './card-reader.plugin.ts';

const CARD = `id state fault reading image { name url } draft { name phone company position email address furtherPhones { phone kind confidence }
  confidence { name phone company position email address } }`;
const READ = `mutation ($input: ReadContactCardInput!) { readContactCard(input: $input) { __typename
  ... on UserError { code path } ... on ReadContactCardSuccess { card { ${CARD} } job { id state } } } }`;
const ONE = `query ($id: ID!) { contactCard(id: $id) { ${CARD} } }`;
const OF_CONTACT = `query ($id: ID!) { contact(id: $id) { name source card { ${CARD} } } }`;
const SWITCH = 'mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }';

const CLOCKS = ['contact-cards.forget', 'contacts.purgeBin'];
const DAY = 86_400_000;
let now = Date.parse('2026-06-01T00:00:00Z');
let server: TestServer;
let own: TestOrganization;
let photo: Buffer;
beforeAll(async () => {
  server = await startTestServer({ plugins: [cardReaderPlugin], now: () => new Date(now) });
  photo = await sharp({ create: { width: 60, height: 36, channels: 3, background: '#dddddd' } })
    .jpeg()
    .toBuffer();
});
beforeEach(async () => {
  own = await server.organization();
  await server.strike(...CLOCKS);
  readerOfTest.next = () => anna(newPhone());
  readerOfTest.pictures = [];
});
afterAll(() => server.stop());

const anna = (mobile: string): CardReading => ({
  text: `Anna Berg\nManager\nLakeside Ltd.\n${mobile}`,
  name: { value: 'Anna Berg', confidence: 0.93 },
  position: { value: 'Manager', confidence: 0.9 },
  company: { value: 'Lakeside Ltd.', confidence: 0.71 },
  email: { value: 'anna@lakeside.example', confidence: 0.8 },
  address: { value: '1 Quay', confidence: 0.6 },
  phones: [
    { value: '021 6888 9900', kind: 'WORK', confidence: 0.9 },
    { value: mobile, kind: 'MOBILE', confidence: 0.95 },
    { value: '021 6888 9901', kind: 'FAX', confidence: 0.9 },
  ],
});
const send = (seat: TestSeat, bytes = photo, mimeType = 'image/jpeg'): Promise<string> =>
  uploaded(seat, bytes, { name: 'card.jpg', mimeType, purpose: 'BUSINESS_CARD' });
async function read(seat: TestSeat): Promise<string> {
  const { card } = await outcome(seat, READ, { uploadId: await send(seat) });
  await server.runtime.jobs.settled();
  return card.id;
}
const cardOf = async (seat: TestSeat, id: string) => (await seat.query(ONE, { id })).contactCard;
const add = (seat: TestSeat, cardId: string, given: Record<string, unknown> = {}) =>
  outcome(seat, ADD, { name: 'Anna Berg', phone: newPhone(), tagIds: [own.tagIds[0]], cardId, ...given });

describe('reading a business card (spec 3.11)', () => {
  it('makes a draft of a photo, and says how sure each field is', async () => {
    const phone = newPhone();
    readerOfTest.next = () => anna(phone);
    const { card, job } = await outcome(own.owner, READ, { uploadId: await send(own.owner) });
    expect(card).toMatchObject({ state: 'READING', reading: null, draft: { name: null, furtherPhones: [], confidence: { name: null } } });
    await server.runtime.jobs.settled();
    expect(await cardOf(own.owner, card.id)).toMatchObject({
      state: 'READ',
      fault: null,
      reading: expect.stringContaining('Anna Berg\nManager'),
      image: { name: 'card.jpg', url: expect.any(String) },
      draft: {
        name: 'Anna Berg',
        phone,
        company: 'Lakeside Ltd.',
        position: 'Manager',
        email: 'anna@lakeside.example',
        address: '1 Quay',
        confidence: { name: 0.93, phone: 0.95, company: 0.71, position: 0.9, email: 0.8, address: 0.6 },
        furtherPhones: [
          { phone: '021 6888 9900', kind: 'WORK', confidence: 0.9 },
          { phone: '021 6888 9901', kind: 'FAX', confidence: 0.9 },
        ],
      },
    });
    const { job: ended } = await own.owner.query('query ($id: ID!) { job(id: $id) { state result { ... on ContactCard { id } } } }', {
      id: job.id,
    });
    expect(ended).toEqual({ state: 'SUCCEEDED', result: { id: card.id } });
    expect((await own.owner.query('{ contacts(search: "Anna Berg") { totalCount } }')).contacts.totalCount).toBe(0);
  });

  it('is its sender’s alone to use until it becomes a contact; admins of the whole organization see it', async () => {
    const id = await read(own.owner);
    for (const seat of [own.admin, own.supervisor, own.colleague]) {
      if (seat === own.admin) expect(await cardOf(seat, id)).toMatchObject({ id });
      else expect(await cardOf(seat, id)).toBeNull();
      expect(await add(seat, id)).toMatchObject({ __typename: 'NotFound', path: ['input', 'cardId'] });
    }
    expect((await outcome(own.colleague, READ, { uploadId: await send(own.owner) })).__typename).toBe('NotFound');
    expect((await own.customer.ask(READ, { input: { uploadId: id } })).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });

  it('tells what could not be read; the picture is there all the same', async () => {
    readerOfTest.next = () => ({ text: 'so much', phones: [], fault: 'SEVERAL_CARDS' });
    const several = await read(own.owner);
    expect(await cardOf(own.owner, several)).toMatchObject({
      state: 'UNREADABLE',
      fault: 'SEVERAL_CARDS',
      reading: 'so much',
      draft: { name: null },
    });
    readerOfTest.next = () => {
      throw new CardRecognizerAbsent('no such package');
    };
    const absent = await read(own.owner);
    expect(await cardOf(own.owner, absent)).toMatchObject({ state: 'UNREADABLE', fault: 'RECOGNIZER_ABSENT', reading: null });
    expect(await add(own.owner, absent)).toMatchObject({ __typename: 'AddContactSuccess' });
  });

  it('keeps within bounds what a recognizer tells', async () => {
    readerOfTest.next = () => ({
      text: `a\u0000b\n${'c'.repeat(20_000)}`,
      name: { value: `  Anna\n  ${'x'.repeat(300)}`, confidence: 7 },
      email: { value: 'no address', confidence: 0.5 },
      phones: Array.from({ length: 30 }, (_, i) => ({ value: `021 6888 99${10 + i}`, kind: 'WORK' as const, confidence: Number.NaN })),
    });
    const { reading, draft } = await cardOf(own.owner, await read(own.owner));
    expect(reading.length).toBe(10_000);
    expect(reading.startsWith('ab\nccc')).toBe(true);
    expect(draft).toMatchObject({ name: expect.stringMatching(/^Anna x+$/), email: null, confidence: { name: 1, phone: 0, email: null } });
    expect(draft.name.length).toBe(100);
    expect(draft.furtherPhones).toHaveLength(9);
  });

  it('refuses what is no picture, or a broken one, before it is read', async () => {
    const pdf = await announced(own.owner, Buffer.from('%PDF-1.7\n'), {
      name: 'card.jpg',
      mimeType: 'image/jpeg',
      purpose: 'BUSINESS_CARD',
    });
    expect((await sent(pdf, Buffer.from('%PDF-1.7\n'))).status).not.toBe(200);
    const half = photo.subarray(0, photo.length / 2);
    const cut = await announced(own.owner, half, { name: 'card.jpg', mimeType: 'image/jpeg', purpose: 'BUSINESS_CARD' });
    expect((await sent(cut, half)).status).not.toBe(200);
    expect(readerOfTest.pictures).toEqual([]);
  });

  it('is refused where no plugin reads cards', async () => {
    await own.admin.does(SWITCH, { input: { plugin: 'card-reader', enabled: false } });
    const uploadId = await send(own.owner);
    expect(await outcome(own.owner, READ, { uploadId })).toMatchObject({ __typename: 'CardsAreNotRead' });
    await own.admin.does(SWITCH, { input: { plugin: 'card-reader', enabled: true } });
    expect((await outcome(own.owner, READ, { uploadId })).__typename).toBe('ReadContactCardSuccess'); // nothing hangs on anything
  });

  it('goes after a week with its picture, unless it became a contact', async () => {
    const [loose, kept] = [await read(own.owner), await read(own.owner)];
    const { contact } = await add(own.owner, kept);
    now += 6 * DAY;
    await turn();
    expect(await cardOf(own.owner, loose)).not.toBeNull();
    now += 2 * DAY;
    await turn();
    expect(await cardOf(own.owner, loose)).toBeNull();
    expect((await own.owner.query(OF_CONTACT, { id: contact.id })).contact.card.id).toBe(kept);
    expect(await rowsOf(server, own, `select id from files where purpose = 'BUSINESS_CARD'`)).toHaveLength(1);
  });
});
const turn = (): Promise<void> => server.strike(...CLOCKS);

describe('a contact from a business card (spec 3.11)', () => {
  it('keeps the picture and what was read, whatever is corrected', async () => {
    const id = await read(own.owner);
    const { contact } = await add(own.owner, id, { name: 'Anna Bergmann', company: 'Lakeside' });
    expect((await own.owner.query(OF_CONTACT, { id: contact.id })).contact).toMatchObject({
      name: 'Anna Bergmann',
      source: 'CARD',
      card: { id, reading: expect.stringContaining('Anna Berg\n'), draft: { name: 'Anna Berg' }, image: { url: expect.any(String) } },
    });
  });

  it('stays with one contact: nothing takes it away, and no other gets it', async () => {
    const id = await read(own.owner);
    const { contact } = await add(own.owner, id);
    expect(await add(own.owner, id)).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'cardId'], code: 'CARD_USED' }],
    });
    expect((await own.owner.query(OF_CONTACT, { id: contact.id })).contact.card.id).toBe(id);
  });

  it('goes to one contact, when two want it at once', async () => {
    const id = await read(own.owner);
    const answers = await Promise.all([add(own.owner, id), add(own.owner, id), add(own.owner, id)]);
    expect(answers.filter(({ __typename }) => __typename === 'AddContactSuccess')).toHaveLength(1);
    expect(await rowsOf(server, own, `select id from contacts where source = 'CARD'`)).toHaveLength(1);
  });

  it('is read by whoever reads the contact, and by its sender no more', async () => {
    const id = await read(own.colleague);
    const { contact } = await add(own.colleague, id, { ownerId: own.owner.id });
    expect(await cardOf(own.colleague, id)).toBeNull();
    const of = async (seat: TestSeat) => (await seat.ask(OF_CONTACT, { id: contact.id })).data?.contact?.card ?? null;
    expect(await of(own.colleague)).toBeNull();
    for (const seat of [own.owner, own.supervisor, own.admin]) expect(await of(seat)).toMatchObject({ id, image: { name: 'card.jpg' } });
    await outcome(own.owner, SHARE, { contactId: contact.id, employeeId: own.sharee.id });
    const { image } = await of(own.sharee);
    expect((await fetch(image.url)).status).toBe(200);
    await own.admin.does(TRANSFER, { input: { contactIds: [contact.id], ownerId: own.colleague.id } });
    expect(await of(own.colleague)).toMatchObject({ id });
    const { admin: stranger } = await server.organization();
    expect(await cardOf(stranger, id)).toBeNull();
  });

  it('goes for good with the contact', async () => {
    const { contact } = await add(own.owner, await read(own.owner));
    await outcome(own.admin, DELETE, { contactIds: [contact.id] });
    now += 31 * DAY;
    await turn();
    expect(await rowsOf(server, own, 'select id from contact_cards')).toEqual([]);
    expect(await rowsOf(server, own, `select id from files where purpose = 'BUSINESS_CARD'`)).toEqual([]);
  });

  it('is none where a contact is added by hand', async () => {
    const { id } = await added(own.owner, own);
    expect((await own.owner.query(OF_CONTACT, { id })).contact).toMatchObject({ source: 'MANUAL', card: null });
  });
});
