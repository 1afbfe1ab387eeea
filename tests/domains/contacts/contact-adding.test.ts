import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, codes, kept, leaver, outcome, READ } from './contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const read = async (id: string) => (await own.admin.query(READ, { id })).contact;
const input = (given: Readonly<Record<string, unknown>> = {}) => ({
  name: 'Zhu Ming',
  phone: newPhone(),
  tagIds: [own.tagIds[0]],
  ...given,
});

describe('adding a contact (spec 3.1)', () => {
  it.each(['admin', 'formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee', 'colleague'] as const)(
    'is done by any employee, who becomes its owner: %s',
    async (name) => {
      const { id } = await added(own[name], own);
      expect(await read(id)).toMatchObject({ owner: { id: own[name].id }, createdBy: { id: own[name].id }, version: 1, source: 'MANUAL' });
    },
  );

  it('makes another the owner who is named, and nobody for null', async () => {
    const { id } = await added(own.colleague, own, { ownerId: own.owner.id });
    expect(await read(id)).toMatchObject({ owner: { id: own.owner.id }, createdBy: { id: own.colleague.id } });
    const unowned = await added(own.colleague, own, { ownerId: null });
    expect(await read(unowned.id)).toMatchObject({ owner: null, createdBy: { id: own.colleague.id } });
  });

  it('shows the adder no more than a colleague sees, where another became the owner', async () => {
    const document = ADD.replace('contact { id name }', 'contact { name phone owner { id } viewerRoles }');
    const { data, errors } = await own.colleague.ask(document, { input: input({ ownerId: own.owner.id }) });
    expect(data.addContact).toEqual({
      __typename: 'AddContactSuccess',
      contact: { name: 'Zhu Ming', phone: null, owner: null, viewerRoles: ['COLLEAGUE'] },
    });
    expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual([
      ['phone', 'FORBIDDEN'],
      ['owner', 'FORBIDDEN'],
    ]);
  });

  it('is not done by contacts, who have no such mutation, nor by strangers', async () => {
    const before = await kept(server, own);
    expect(
      await codes(own.customer, 'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }', input()),
    ).toContain('BAD_REQUEST');
    expect(await codes(server.nobody, ADD, input())).not.toEqual([]);
    expect(await kept(server, own)).toBe(before);
  });

  it('refuses an owner who has left', async () => {
    const before = await kept(server, own);
    const ownerId = await leaver(server, own);
    expect(await outcome(own.admin, ADD, input({ ownerId }))).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'ownerId'], code: 'LEFT' }],
    });
    expect(await kept(server, own)).toBe(before);
  });
});

describe('what a contact is made of (spec 3.2)', () => {
  it('is kept as it was given, without the space around it', async () => {
    const details = { company: ' Riverside Mills ', position: 'Buyer', address: '1 Quay', email: 'zhu@example.com', remark: 'Mornings.' };
    const { id, phone } = await added(own.owner, own, { name: '  朱明 ', ...details });
    expect(await read(id)).toMatchObject({
      name: '朱明',
      phone,
      company: { name: 'Riverside Mills' },
      position: 'Buyer',
      address: '1 Quay',
      email: 'zhu@example.com',
      remark: 'Mornings.',
      tags: [{ id: own.tagIds[0] }],
    });
  });

  it('has nothing where nothing was given, or an empty text', async () => {
    const { id } = await added(own.owner, own, { company: ' ', position: '', email: '' });
    expect(await read(id)).toMatchObject({ company: null, position: null, address: null, email: null, remark: null });
  });

  it('names a company, which is one whatever the spacing and composition of its name', async () => {
    const names = ['Café Tools', 'Cafe\u0301 \u00a0 Tools ', 'Café\u200b\u3000Tools'];
    const companies = await Promise.all(names.map(async (company) => (await read((await added(own.owner, own, { company })).id)).company));
    expect(companies).toEqual(names.map(() => ({ id: companies[0].id, name: 'Café Tools' })));
  });
  it.each([['CAFÉ TOOLS'], ['Cafe Tools'], ['Ｃafé Tools'], ['CaféTools'], ['10²'], ['102'], ['Café Tools.']])(
    'names another company by another spelling: %s',
    async (company) => {
      const [one, other, again] = await Promise.all(
        ['Café Tools', company, company].map(async (name) => (await read((await added(own.owner, own, { company: name })).id)).company),
      );
      expect(other.id).not.toBe(one.id);
      expect(other).toEqual({ id: again.id, name: company });
    },
  );
  it('names no company where there is nothing to see', async () => {
    expect((await read((await added(own.owner, own, { company: ' \u200b ' })).id)).company).toBeNull();
  });

  it.each([
    ['no tag', () => ({ tagIds: [] }), 'TOO_FEW', ['input', 'tagIds']],
    ['two tags of one group', () => ({ tagIds: own.tagIds.slice(0, 2) }), 'ONE_OF_A_GROUP', ['input', 'tagIds']],
    ['no name', () => ({ name: '  ' }), 'TOO_SHORT', ['input', 'name']],
    ['something that is no email address', () => ({ email: 'zhu at example.com' }), 'NOT_AN_EMAIL', ['input', 'email']],
  ] as const)('is refused with %s', async (_, given, code, path) => {
    const before = await kept(server, own);
    expect(await outcome(own.owner, ADD, input(given()))).toMatchObject({ __typename: 'ValidationFailed', issues: [{ path, code }] });
    expect(await kept(server, own)).toBe(before);
  });

  it('takes a tag of each of several groups, and the same tag twice as one', async () => {
    const tagIds = [own.tagIds[3], own.tagIds[1], own.tagIds[2], own.tagIds[1]];
    const { id } = await added(own.owner, own, { tagIds });
    expect((await read(id)).tags.map((tag: { id: string }) => tag.id)).toEqual(own.tagIds.slice(1));
  });
});
