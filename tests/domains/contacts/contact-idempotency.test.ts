import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, codes, DELETE, kept, outcome, rowsOf, SHARE, TRANSFER } from './contact.fixture.ts';

const HOUR = 3_600_000;
let now = Date.now();
let keys = 0;
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
});
afterAll(() => server.stop());

const input = (given: Readonly<Record<string, unknown>> = {}) => ({
  name: 'Zhu Ming',
  phone: newPhone(),
  tagIds: [own.tagIds[0]],
  idempotencyKey: `key-${keys++}`,
  ...given,
});
const withPhone = async (phone: string): Promise<number> =>
  (await rowsOf(server, own, 'select 1 from contacts where phone = $1', [phone])).length;

describe('adding a contact with a key (api 1)', () => {
  it('is done once: the same key and input get the same contact', async () => {
    const once = input();
    const first = await outcome(own.owner, ADD, once);
    const before = await kept(server, own);
    const inAnotherOrder = Object.fromEntries(Object.entries(once).reverse());
    for (const again of [once, inAnotherOrder]) expect(await outcome(own.owner, ADD, again)).toEqual(first);
    expect(await kept(server, own)).toBe(before);
  });

  it('is done once by twenty sendings at once', async () => {
    const once = input();
    const all = await Promise.all(Array.from({ length: 20 }, () => outcome(own.owner, ADD, once)));
    expect(all.map(({ __typename }) => __typename)).toEqual(Array.from({ length: 20 }, () => 'AddContactSuccess'));
    expect(new Set(all.map(({ contact }) => contact.id)).size).toBe(1);
    expect(await withPhone(once.phone)).toBe(1);
  });

  it('is refused for other input, and for another mutation', async () => {
    const once = input();
    const { contact } = await outcome(own.owner, ADD, once);
    const before = await kept(server, own);
    const mismatch = { __typename: 'IdempotencyMismatch', code: 'IDEMPOTENCY_MISMATCH', path: ['input', 'idempotencyKey'] };
    for (const other of [
      { ...once, name: 'Zhu Min' },
      { ...once, ownerId: null },
      { ...once, remark: 'More.' },
      input({ idempotencyKey: once.idempotencyKey }),
    ])
      expect(await outcome(own.owner, ADD, other)).toEqual(mismatch);
    const share = { contactId: contact.id, employeeId: own.sharee.id, idempotencyKey: once.idempotencyKey };
    expect(await outcome(own.owner, SHARE, share)).toEqual(mismatch);
    expect(await kept(server, own)).toBe(before);
  });

  it('counts keys by seat: another’s same key is another', async () => {
    const once = input();
    await outcome(own.owner, ADD, once);
    expect((await outcome(own.colleague, ADD, { ...once, phone: newPhone() })).__typename).toBe('AddContactSuccess');
  });

  it('keeps no refusal: once the cause is gone, the same key does it', async () => {
    const once = input({ phone: own.plan.contacts[1]!.phone });
    expect((await outcome(own.admin, ADD, once)).__typename).toBe('ContactPhoneTaken');
    await outcome(own.admin, DELETE, { contactIds: [own.unowned.id] });
    expect((await outcome(own.admin, ADD, once)).__typename).toBe('AddContactSuccess');
  });

  it('answers before anything else is asked: the quota, the phone, a tag', async () => {
    const once = input();
    const first = await outcome(own.owner, ADD, once);
    await rowsOf(server, own, 'update contact_quotas set limit_override = 0');
    expect(await outcome(own.owner, ADD, once)).toEqual(first);
    await rowsOf(server, own, 'update contact_quotas set limit_override = null');
  });

  it('reads the contact anew: under the rules of today, and not at all once it is gone', async () => {
    const once = input();
    const document = ADD.replace('contact { id name }', 'contact { id name phone }');
    const { contact } = await outcome(own.owner, document, once);
    await outcome(own.owner, TRANSFER, { contactIds: [contact.id], ownerId: own.colleague.id });
    const { data, errors } = await own.owner.ask(document, { input: once });
    expect(data.addContact).toEqual({ __typename: 'AddContactSuccess', contact: { id: contact.id, name: 'Zhu Ming', phone: null } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    await outcome(own.admin, DELETE, { contactIds: [contact.id] });
    expect(await outcome(own.owner, document, once)).toEqual({ __typename: 'AddContactSuccess', contact: null });
    expect(await withPhone(once.phone)).toBe(1);
  });

  it('is remembered for 72 hours', async () => {
    const once = input();
    const first = await outcome(own.owner, ADD, once);
    now += 72 * HOUR;
    expect(await outcome(own.owner, ADD, once)).toEqual(first);
    now += 1;
    expect((await outcome(own.owner, ADD, once)).__typename).toBe('ContactPhoneTaken');
  });
});

describe('a key', () => {
  it.each([
    ['empty', ''],
    ['of 65 characters', 'k'.repeat(65)],
    ['with the character zero', 'k\0'],
    ['with half a character', 'k\ud800'],
    ['that is no text', 7],
  ])('is BAD_REQUEST: %s', async (_, idempotencyKey) => {
    const before = await kept(server, own);
    expect(await codes(own.owner, ADD, input({ idempotencyKey }))).toEqual(['BAD_REQUEST']);
    expect(await kept(server, own)).toBe(before);
  });

  it.each([
    ['of one character', 'k'],
    ['of 64 characters', '钥'.repeat(64)],
  ])('is taken: %s', async (_, idempotencyKey) => {
    const once = input({ idempotencyKey });
    expect(await outcome(own.owner, ADD, once)).toEqual(await outcome(own.owner, ADD, once));
  });

  it('may be left out or null: then each sending is one of its own', async () => {
    for (const idempotencyKey of [undefined, null]) {
      const once = input({ idempotencyKey });
      expect((await outcome(own.owner, ADD, once)).__typename).toBe('AddContactSuccess');
      expect((await outcome(own.owner, ADD, once)).__typename).toBe('ContactPhoneTaken');
    }
  });

  it('serves every mutation that makes something: a share is made once', async () => {
    const { contact } = await outcome(own.owner, ADD, input());
    const share = { contactId: contact.id, employeeId: own.sharee.id, idempotencyKey: `key-${keys++}` };
    const all = await Promise.all(Array.from({ length: 10 }, () => outcome(own.owner, SHARE, share)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    const { contact: read } = await own.owner.query('query ($id: ID!) { contact(id: $id) { timeline(kinds: [SHARE]) { totalCount } } }', {
      id: contact.id,
    });
    expect(read.timeline.totalCount).toBe(1);
  });
});
