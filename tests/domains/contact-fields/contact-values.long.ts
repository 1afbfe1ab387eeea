import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, codes, outcome, UPDATE } from '../contacts/contact.fixture.ts';
import { field, fieldNamed, READ, textsOf, UPDATE_FIELD } from './contact-fields.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let industry: Awaited<ReturnType<typeof field>>;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  industry = await field(own, 'industry', 'CHOICE', { options: [{ label: 'Retail' }, { label: 'Wholesale' }] });
  await field(own, 'volume', 'MONEY');
  await field(own, 'since', 'DATE', { visibleToContact: true });
  await field(own, 'keeper', 'EMPLOYEE');
  await field(own, 'vip', 'YES_NO');
});
afterAll(() => server.stop());

const version = async (id: string): Promise<number> => (await own.admin.query(READ, { id })).contact.version;
const edit = async (id: string, customFields: object[], more: object = {}) =>
  outcome(own.owner, UPDATE, { contactId: id, expectedVersion: await version(id), customFields, ...more });
const require = async (name: string) => {
  const { id: fieldId, version: expectedVersion } = await fieldNamed(own, name);
  await outcome(own.admin, UPDATE_FIELD, { fieldId, expectedVersion, required: true });
};
describe('values of the organization’s own fields (spec 3.10)', () => {
  it('are typed, come in the order of the fields, and stand in the history as text', async () => {
    const { id } = await added(own.owner, own, {
      customFields: [
        { field: 'vip', yes: true },
        { field: 'volume', money: { amount: 1250, currency: 'CNY' } },
        { field: 'industry', optionIds: [industry.options[0]!.id] },
        { field: 'keeper', employeeId: own.colleague.id },
      ],
    });
    const { contact } = await own.owner.query(READ, { id });
    expect(contact.customFields).toEqual([
      {
        __typename: 'ChoiceValue',
        field: { id: industry.id, name: 'industry', label: 'industry', kind: 'CHOICE' },
        text: 'Retail',
        option: { id: industry.options[0]!.id, label: 'Retail' },
      },
      expect.objectContaining({ __typename: 'MoneyValue', text: '12.50 CNY', money: { amount: 1250, currency: 'CNY' } }),
      expect.objectContaining({ __typename: 'EmployeeValue', employee: { name: 'The colleague' } }),
      expect.objectContaining({ __typename: 'YesNoValue', yes: true, text: 'Yes' }),
    ]);
    const told = contact.history.nodes.filter(({ field: of }: { field: string }) => ['industry', 'volume', 'keeper', 'vip'].includes(of));
    expect(told).toEqual([
      { field: 'vip', from: null, to: 'Yes' },
      { field: 'keeper', from: null, to: 'The colleague' },
      { field: 'volume', from: null, to: '12.50 CNY' },
      { field: 'industry', from: null, to: 'Retail' },
    ]);
  });

  it('name employees for the contact too, where the field is shown to it', async () => {
    await edit(own.customer.id, [{ field: 'keeper', employeeId: own.colleague.id }]);
    const OWN = '{ viewer { ... on Contact { customFields { field { name } text } } } }';
    expect((await own.customer.query(OWN)).viewer.customFields).toEqual([]);
    const { id: fieldId, version: expectedVersion } = await fieldNamed(own, 'keeper');
    await outcome(own.admin, UPDATE_FIELD, { fieldId, expectedVersion, visibleToContact: true });
    expect((await own.customer.query(OWN)).viewer.customFields).toEqual([{ field: { name: 'keeper' }, text: 'The colleague' }]);
  });

  it('are changed one by one, emptied by null, and found by what they are now alone', async () => {
    const { id } = await added(own.owner, own, {
      customFields: [
        { field: 'vip', yes: true },
        { field: 'since', date: '2026-01-02' },
      ],
    });
    expect(await edit(id, [{ field: 'since', date: '2026-05-06' }])).toMatchObject({ __typename: 'UpdateContactSuccess' });
    expect(await textsOf(own, id)).toEqual({ since: '2026-05-06', vip: 'Yes' });
    expect(await edit(id, [{ field: 'vip', yes: null }])).toMatchObject({ __typename: 'UpdateContactSuccess' });
    expect(await textsOf(own, id)).toEqual({ since: '2026-05-06' });
    const { contact } = await own.owner.query(READ, { id });
    expect(contact.history.nodes.slice(0, 2)).toEqual([
      { field: 'vip', from: 'Yes', to: null },
      { field: 'since', from: '2026-01-02', to: '2026-05-06' },
    ]);
    const count = async (asked: string) =>
      (await own.owner.query(`{ contacts(where: { values: [${asked}] }) { totalCount } }`)).contacts.totalCount;
    expect(await count('{ field: "since", date: { equals: "2026-05-06" } }')).toBe(1);
    expect(await count('{ field: "since", date: { equals: "2026-01-02" } }')).toBe(0);
    expect(await count('{ field: "vip", isFilled: true }')).toBe(0);
    expect(await version(id)).toBe(3);
    expect(await edit(id, [{ field: 'since', date: '2026-05-06' }])).toMatchObject({ __typename: 'UpdateContactSuccess' });
    expect(await version(id)).toBe(3);
  });

  it.each([
    ['no such field', { field: 'colour', text: 'red' }, ['colour'], 'UNKNOWN_FIELD'],
    ['a built-in field', { field: 'name', text: 'Li' }, ['name'], 'UNKNOWN_FIELD'],
    ['another way', { field: 'since', yes: true }, ['since', 'yes'], 'GIVEN_OTHERWISE'],
    ['no option', { field: 'industry', optionIds: ['x'] }, ['industry', 'optionIds', '0'], 'NOT_AN_OPTION'],
    ['another currency', { field: 'volume', money: { amount: 1, currency: 'USD' } }, ['volume', 'money', 'currency'], 'OTHER_CURRENCY'],
    ['two ways', { field: 'since', date: '2026-01-01', yes: true }, ['since'], 'ONE_VALUE'],
  ])('are refused where they are %s, with what and where; nothing is added', async (_, value, at, code) => {
    const input = { name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]], customFields: [value] };
    const refused = await outcome(own.owner, ADD, input);
    expect(refused.issues).toEqual([{ path: ['input', 'customFields', ...at], code }]);
    expect((await outcome(own.owner, ADD, { ...input, customFields: [] })).__typename).toBe('AddContactSuccess');
  });

  it('name employees of the organization alone', async () => {
    const other = await server.organization();
    const input = { name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]] };
    for (const employeeId of [other.owner.id, own.customer.id])
      expect((await outcome(own.owner, ADD, { ...input, customFields: [{ field: 'keeper', employeeId }] })).issues).toEqual([
        { path: ['input', 'customFields', 'keeper', 'employeeId'], code: 'NO_EMPLOYEE' },
      ]);
  });

  it('are read by insiders; of the contact itself those that are for it, and no colleague filters by them', async () => {
    const { id } = own.customer;
    const expectedVersion = await version(id);
    await outcome(own.admin, UPDATE, {
      contactId: id,
      expectedVersion,
      customFields: [
        { field: 'vip', yes: true },
        { field: 'since', date: '2026-01-02' },
      ],
    });
    expect(await textsOf(own, id, own.owner)).toEqual({ since: '2026-01-02', vip: 'Yes' });
    const seen = await own.customer.query('{ viewer { ... on Contact { customFields { text field { name } } } } }');
    expect(seen.viewer.customFields).toEqual([{ text: '2026-01-02', field: { name: 'since' } }]);
    expect(await codes(own.colleague, 'query ($input: ID!) { contact(id: $input) { customFields { text } } }', id)).toEqual(['FORBIDDEN']);
    const asked = '{ contacts(where: { values: [{ field: "vip", yes: true }] }) { nodes { id } } }';
    expect((await own.owner.query(asked)).contacts.nodes).toEqual([{ id }]);
    expect((await own.colleague.query(asked)).contacts.nodes).toEqual([]);
  });

  it('hold files, which go with the value', async () => {
    await field(own, 'card', 'IMAGE');
    const upload = (mimeType: string) =>
      own.owner.query(
        `mutation { createUpload(input: { name: "card", size: 3, mimeType: "${mimeType}", purpose: CONTACT_FILE }) { ... on CreateUploadSuccess { upload { id } } ... on UserError { code } } }`,
      );
    const { createUpload } = await upload('image/png');
    const refused = await outcome(own.owner, ADD, {
      name: 'Zhu Ming',
      phone: newPhone(),
      tagIds: [own.tagIds[0]],
      customFields: [{ field: 'card', uploadIds: [createUpload.upload.id] }],
    });
    expect(refused).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'customFields', 'card', 'uploadIds'] }); // its bytes have not come
  });
});

describe('a field that must be filled in (spec 3.10)', () => {
  it('refuses a contact without it, and says which', async () => {
    await require('industry');
    await require('email');
    const input = { name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]] };
    const refused = await outcome(own.owner, ADD, input);
    expect(refused.issues).toEqual([
      { path: ['input', 'email'], code: 'REQUIRED' },
      { path: ['input', 'customFields', 'industry'], code: 'REQUIRED' },
    ]);
    const customFields = [{ field: 'industry', optionIds: [industry.options[1]!.id] }];
    expect(await outcome(own.owner, ADD, { ...input, email: 'a@example.com', customFields })).toMatchObject({
      __typename: 'AddContactSuccess',
    });
  });

  it('leaves contacts that lack it as they are, and asks for it at their next edit', async () => {
    const { id } = await added(own.owner, own);
    await require('industry');
    expect(await textsOf(own, id)).toEqual({});
    expect((await outcome(own.owner, UPDATE, { contactId: id, expectedVersion: 1, remark: 'x' })).issues).toEqual([
      { path: ['input', 'customFields', 'industry'], code: 'REQUIRED' },
    ]);
    const customFields = [{ field: 'industry', optionIds: [industry.options[1]!.id] }];
    expect(await edit(id, customFields, { remark: 'x' })).toMatchObject({ __typename: 'UpdateContactSuccess' });
    expect((await edit(id, [{ field: 'industry', optionIds: [] }])).issues).toEqual([
      { path: ['input', 'customFields', 'industry'], code: 'REQUIRED' },
    ]);
  });
});
