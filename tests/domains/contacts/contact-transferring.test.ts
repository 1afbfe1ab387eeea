import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, kept, leaver, outcome, READ, SHARE, TRANSFER } from './contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let id: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
beforeEach(async () => {
  ({ id } = await added(own.owner, own));
});
afterAll(() => server.stop());

const ownerOf = async (contactId: string) => (await own.admin.query(READ, { id: contactId })).contact.owner;
const done = (contactId: string) => ({ __typename: 'TransferContactsItemSuccess', contactId });
const missing = { __typename: 'NotFound', code: 'NOT_FOUND' };
const notYours = { __typename: 'NotYours', code: 'NOT_YOURS' };

describe('transferring contacts (spec 2.3, 3.14, 3.15)', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('is done by %s', async (name) => {
    expect((await outcome(own[name], TRANSFER, { contactIds: [id], ownerId: own.colleague.id })).results).toEqual([done(id)]);
    expect(await ownerOf(id)).toEqual({ id: own.colleague.id });
  });

  it.each(['sharee', 'colleague', 'formsAdmin'] as const)('is not done by %s', async (name) => {
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    const before = await kept(server, own);
    expect((await outcome(own[name], TRANSFER, { contactIds: [id], ownerId: own[name].id })).results).toEqual([notYours]);
    expect(await kept(server, own)).toBe(before);
  });

  it('takes the former owner’s sight at once, and gives it to the new owner and theirs', async () => {
    await outcome(own.owner, TRANSFER, { contactIds: [id], ownerId: own.colleague.id });
    const { data, errors } = await own.owner.ask(READ, { id });
    expect(data.contact).toMatchObject({ name: 'Zhu Ming', phone: null, owner: null, viewerRoles: ['COLLEAGUE'] });
    expect(errors.length).toBeGreaterThan(0);
    expect((await own.owner.query('{ contacts(list: MINE, first: 100) { nodes { id } } }')).contacts.nodes).not.toContainEqual({ id });
    expect(await codes(own.supervisor, READ.replace('query ($id: ID!)', 'query ($input: ID!)').replace('$id)', '$input)'), id)).not.toEqual(
      [],
    );
    expect((await own.colleague.query(READ, { id })).contact.viewerRoles).toEqual(['OWNER', 'COLLEAGUE']);
    expect((await outcome(own.owner, TRANSFER, { contactIds: [id], ownerId: own.owner.id })).results).toEqual([notYours]);
  });

  it.each([{ ownerId: null }, {}])('gives them to nobody: %j', async (nobody) => {
    expect((await outcome(own.owner, TRANSFER, { contactIds: [id], ...nobody })).results).toEqual([done(id)]);
    expect(await ownerOf(id)).toBeNull();
    expect((await own.admin.query('{ contacts(list: UNOWNED) { nodes { id } } }')).contacts.nodes).toContainEqual({ id });
  });

  it('does each by itself, in the order asked for, and says why it did not', async () => {
    const { id: second } = await added(own.owner, own);
    const contactIds = [second, own.rival.id, 'never issued', id, own.tagIds[0]!, second];
    const { results } = await outcome(own.owner, TRANSFER, { contactIds, ownerId: own.sharee.id });
    expect(results).toEqual([done(second), notYours, missing, done(id), missing, done(second)]);
    expect(await ownerOf(own.rival.id)).toEqual({ id: own.colleague.id });
    expect([await ownerOf(id), await ownerOf(second)]).toEqual([{ id: own.sharee.id }, { id: own.sharee.id }]);
  });

  it('does nothing for the owner that a contact has', async () => {
    const before = await kept(server, own);
    expect((await outcome(own.owner, TRANSFER, { contactIds: [id], ownerId: own.owner.id })).results).toEqual([done(id)]);
    expect(await kept(server, own)).toBe(before);
  });

  it('is refused as a whole for an owner who is none', async () => {
    const other = await server.organization();
    const before = await kept(server, own);
    for (const ownerId of [other.owner.id, own.tagIds[0], 'never issued', own.customer.id])
      expect((await outcome(own.owner, TRANSFER, { contactIds: [id], ownerId })).__typename).toBe('NotFound');
    const left = await outcome(own.owner, TRANSFER, { contactIds: [id], ownerId: await leaver(server, own) });
    expect(left).toMatchObject({ __typename: 'ValidationFailed', issues: [{ path: ['input', 'ownerId'], code: 'LEFT' }] });
    expect(await kept(server, own)).toBe(before);
  });

  it('gives a contact to one of two to whom it is transferred at once by its owner', async () => {
    const to = [own.colleague, own.sharee];
    const all = await Promise.all(to.map((seat) => outcome(own.owner, TRANSFER, { contactIds: [id], ownerId: seat.id })));
    expect(all.map(({ results }) => results[0].__typename).sort()).toEqual(['NotYours', 'TransferContactsItemSuccess']);
    const winner = to[all.findIndex(({ results }) => results[0].__typename === 'TransferContactsItemSuccess')]!;
    expect(await ownerOf(id)).toEqual({ id: winner.id });
  });
});
