import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, CHANGE_PHONE, DELETE, kept, outcome, RESTORE, SHARE, TAG, TRANSFER, UPDATE } from './contact.fixture.ts';

const DOCUMENTS = { ADD, CHANGE_PHONE, DELETE, RESTORE, SHARE, TAG, TRANSFER, UPDATE };
let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization();
});
afterAll(() => server.stop());

const LONG = 'x'.repeat(10_000);
const add = (given: Readonly<Record<string, unknown>>) => ({ name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]], ...given });
const edit = (given: Readonly<Record<string, unknown>>) => ({ contactId: own.customer.id, expectedVersion: 1, ...given });
const many = (id: string) => Array.from({ length: 251 }, () => id);
type Case = readonly [what: string, mutation: keyof typeof DOCUMENTS, input: () => unknown, answer: string];

const cases: readonly Case[] = [
  ['an empty name', 'ADD', () => add({ name: '' }), 'TOO_SHORT'],
  ['a name of space', 'ADD', () => add({ name: ' \t ' }), 'TOO_SHORT'],
  ['a name of 101 characters', 'ADD', () => add({ name: 'x'.repeat(101) }), 'TOO_LONG'],
  ['a name of 10,000 characters', 'ADD', () => add({ name: LONG }), 'TOO_LONG'],
  ['a name with the character zero', 'ADD', () => add({ name: 'a\0b' }), 'INVALID'],
  ['a name with half a character', 'ADD', () => add({ name: 'a\ud800' }), 'INVALID'],
  ['a name that is a number', 'ADD', () => add({ name: 5 }), 'BAD_REQUEST'],
  ['no name', 'ADD', () => add({ name: undefined }), 'BAD_REQUEST'],
  ['null for a name', 'ADD', () => add({ name: null }), 'BAD_REQUEST'],
  ['a remark of 10,000 characters', 'ADD', () => add({ remark: LONG }), 'TOO_LONG'],
  ['a company of 10,000 characters', 'ADD', () => add({ company: LONG }), 'TOO_LONG'],
  ['a field that is none', 'ADD', () => add({ nickname: 'Z' }), 'BAD_REQUEST'],
  ['no input', 'ADD', () => undefined, 'BAD_REQUEST'],
  ['an empty phone', 'ADD', () => add({ phone: '' }), 'NOT_A_PHONE'],
  ['a word for a phone', 'ADD', () => add({ phone: 'call me' }), 'NOT_A_PHONE'],
  ['a phone with text around it', 'ADD', () => add({ phone: 'tel 13812345678 home' }), 'NOT_A_PHONE'],
  ['a phone that is too short', 'ADD', () => add({ phone: '1381234567' }), 'NOT_A_PHONE'],
  ['a phone of no country', 'ADD', () => add({ phone: '+9991234567' }), 'NOT_A_PHONE'],
  ['a phone of 10,000 digits', 'ADD', () => add({ phone: '1'.repeat(10_000) }), 'NOT_A_PHONE'],
  ['a phone as a spreadsheet turns it', 'ADD', () => add({ phone: '1.38E+10' }), 'NOT_A_PHONE'],
  ['a phone that is a number', 'ADD', () => add({ phone: 13812345678 }), 'BAD_REQUEST'],
  ['a phone with the character zero', 'ADD', () => add({ phone: '13812345678\0' }), 'BAD_REQUEST'],
  ['no tag', 'ADD', () => add({ tagIds: [] }), 'TOO_FEW'],
  ['101 tags', 'ADD', () => add({ tagIds: Array.from({ length: 101 }, () => own.tagIds[0]) }), 'TOO_MANY'],
  ['251 tags', 'ADD', () => add({ tagIds: many(own.tagIds[0]!) }), 'BAD_REQUEST'],
  ['null among the tags', 'ADD', () => add({ tagIds: [own.tagIds[0], null] }), 'BAD_REQUEST'],
  ['a tag that was never issued', 'ADD', () => add({ tagIds: [own.tagIds[0], 'never issued'] }), 'NotFound'],
  ['a tag of another organization', 'ADD', () => add({ tagIds: [other.tagIds[0]] }), 'NotFound'],
  ['an employee for a tag', 'ADD', () => add({ tagIds: [own.owner.id] }), 'NotFound'],
  ['an owner of another organization', 'ADD', () => add({ ownerId: other.owner.id }), 'NotFound'],
  ['a contact for an owner', 'ADD', () => add({ ownerId: own.customer.id }), 'NotFound'],
  ['an empty id for an owner', 'ADD', () => add({ ownerId: '' }), 'NotFound'],
  ['an unknown tag beside a bad name', 'ADD', () => add({ name: '', tagIds: [other.tagIds[0]] }), 'NotFound'],
  ['an email address of two', 'ADD', () => add({ email: 'a@b.cn, c@d.cn' }), 'NOT_AN_EMAIL'],

  ['a contact of another organization', 'UPDATE', () => edit({ contactId: other.customer.id, name: 'Mine' }), 'NotFound'],
  ['a contact that was never issued', 'UPDATE', () => edit({ contactId: 'x'.repeat(24), name: 'Mine' }), 'NotFound'],
  ['an employee for a contact', 'UPDATE', () => edit({ contactId: own.owner.id, name: 'Mine' }), 'NotFound'],
  ['a version that is no number', 'UPDATE', () => edit({ expectedVersion: '1' }), 'BAD_REQUEST'],
  ['a version past 32 bits', 'UPDATE', () => edit({ expectedVersion: 2 ** 31 }), 'BAD_REQUEST'],
  ['a version of tomorrow', 'UPDATE', () => edit({ expectedVersion: 2 ** 31 - 1 }), 'VersionConflict'],
  ['a tag of another organization', 'UPDATE', () => edit({ tagIds: [other.tagIds[0]] }), 'NotFound'],
  ['a long name', 'UPDATE', () => edit({ name: LONG }), 'TOO_LONG'],
  ['an unknown contact beside a bad name', 'UPDATE', () => edit({ contactId: 'x', name: '' }), 'NotFound'],
  ['an old version beside a bad name', 'UPDATE', () => edit({ expectedVersion: 9, name: '' }), 'VersionConflict'],

  ['a phone that is none', 'CHANGE_PHONE', () => ({ contactId: own.unowned.id, phone: 'none' }), 'NOT_A_PHONE'],
  ['a tag of another organization', 'TAG', () => ({ contactId: own.customer.id, tagId: other.tagIds[0] }), 'NotFound'],
  ['an employee of another organization', 'SHARE', () => ({ contactId: own.customer.id, employeeId: other.sharee.id }), 'NotFound'],
  [
    'a reason of 10,000 characters',
    'SHARE',
    () => ({ contactId: own.customer.id, employeeId: own.colleague.id, reason: LONG }),
    'TOO_LONG',
  ],
  ['an end that is no moment', 'SHARE', () => ({ contactId: own.customer.id, employeeId: own.colleague.id, until: 'soon' }), 'BAD_REQUEST'],
  ['251 contacts', 'DELETE', () => ({ contactIds: many(own.customer.id) }), 'BAD_REQUEST'],
  ['no contacts', 'DELETE', () => ({ contactIds: [] }), 'TOO_FEW'],
  ['251 contacts', 'RESTORE', () => ({ contactIds: many(own.customer.id) }), 'BAD_REQUEST'],
  ['251 contacts', 'TRANSFER', () => ({ contactIds: many(own.customer.id), ownerId: own.owner.id }), 'BAD_REQUEST'],
  ['no contacts', 'TRANSFER', () => ({ contactIds: [] }), 'TOO_FEW'],
  ['an owner of another organization', 'TRANSFER', () => ({ contactIds: [own.customer.id], ownerId: other.owner.id }), 'NotFound'],
];

describe('bad input gets the answer that the API names, and changes nothing', () => {
  it.each(cases)('%s: %s', async (_, mutation, input, answer) => {
    const before = await kept(server, own);
    const { data, errors } = await own.admin.ask(DOCUMENTS[mutation], { input: input() });
    const [payload] = Object.values((data ?? {}) as Record<string, { __typename: string; issues?: { code: string }[] } | null>);
    const answers = [...errors.map(({ extensions }) => extensions.code), payload?.issues?.[0]?.code ?? payload?.__typename].filter(Boolean);
    expect(answers).toEqual([answer]);
    expect(await kept(server, own)).toBe(before);
  });

  it.each<[string, keyof typeof DOCUMENTS, () => object]>([
    ['tagIds', 'ADD', () => add({ tagIds: ['x'] })],
    ['ownerId', 'ADD', () => add({ ownerId: 'x' })],
    ['contactId', 'UPDATE', () => edit({ contactId: 'x' })],
    ['tagIds', 'UPDATE', () => edit({ tagIds: ['x'] })],
    ['contactId', 'CHANGE_PHONE', () => ({ contactId: 'x', phone: newPhone() })],
    ['tagId', 'TAG', () => ({ contactId: own.customer.id, tagId: 'x' })],
    ['employeeId', 'SHARE', () => ({ contactId: own.customer.id, employeeId: 'x' })],
    ['departmentId', 'SHARE', () => ({ contactId: own.customer.id, departmentId: 'x' })],
    ['ownerId', 'TRANSFER', () => ({ contactIds: [own.customer.id], ownerId: 'x' })],
  ])('blames %s for NotFound: %s', async (field, mutation, input) => {
    expect(await outcome(own.admin, DOCUMENTS[mutation], input() as Record<string, unknown>)).toEqual({
      __typename: 'NotFound',
      code: 'NOT_FOUND',
      path: ['input', field],
    });
  });

  it('tells every fault at once, and where', async () => {
    const faults = { name: '', remark: LONG, tagIds: [] };
    const { data } = await own.admin.ask(ADD, { input: add(faults) });
    expect(data.addContact.issues).toEqual([
      { path: ['input', 'name'], code: 'TOO_SHORT' },
      { path: ['input', 'tagIds'], code: 'TOO_FEW' },
      { path: ['input', 'remark'], code: 'TOO_LONG' },
    ]);
  });

  it('takes the longest that is allowed, and 250 contacts', async () => {
    const longest = {
      name: '名'.repeat(100),
      remark: 'x'.repeat(2_000),
      address: 'x'.repeat(500),
      position: 'x'.repeat(100),
      company: 'x'.repeat(200),
    };
    const { contact } = await own.admin.does(ADD, { input: add(longest) });
    const contactIds = Array.from({ length: 250 }, (_, i) => (i ? own.customer.id : contact.id));
    const { results } = await own.admin.does(TRANSFER, { input: { contactIds, ownerId: own.owner.id } });
    expect(results).toHaveLength(250);
  });

  it('says what is wrong in the language asked for', async () => {
    const say = async (language: string) => {
      const document = 'mutation ($input: AddContactInput!) { addContact(input: $input) { ... on UserError { message } } }';
      const { data } = await own.colleague.ask(
        document,
        { input: add({ phone: own.plan.contacts[0]!.phone }) },
        { 'accept-language': language },
      );
      return data.addContact.message;
    };
    expect(await say('zh-CN,zh;q=0.9')).toContain('该号码已是贵企业的外部联系人');
    expect(await say('en')).toContain('already a contact');
    expect(await say('sv')).toContain('already a contact');
  });
});
