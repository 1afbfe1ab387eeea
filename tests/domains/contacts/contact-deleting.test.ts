import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { connected } from '../../platform/server/socket.fixture.ts';
import { approve, placeOrder } from '../../support/form-moves.ts';
import { added, CHANGE_PHONE, codes, DELETE, kept, outcome, READ, RESTORE, rowsOf, SHARE, UPDATE } from './contact.fixture.ts';

const BIN = '{ contacts(list: BIN, first: 100) { nodes { id name deletedAt } } }';
const READ_COMPANY = 'query ($id: ID!) { contact(id: $id) { company { id } } }';
const missing = { __typename: 'NotFound', code: 'NOT_FOUND' };
const notYours = { __typename: 'NotYours', code: 'NOT_YOURS' };
const now = new Date();
let server: TestServer;
let own: TestOrganization;
let made: Awaited<ReturnType<typeof added>>;
beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  own = await server.organization();
});
beforeEach(async () => {
  made = await added(own.owner, own);
  await outcome(own.owner, SHARE, { contactId: made.id, employeeId: own.sharee.id });
});
afterAll(() => server.stop());

const deletes = async (...contactIds: string[]) => (await outcome(own.admin, DELETE, { contactIds })).results;
const deleted = (contactId: string) => ({ __typename: 'DeleteContactsItemSuccess', contactId });
const used = async () => (await rowsOf<{ used: number }>(server, own, 'select used from contact_quotas'))[0]!.used;

describe('deleting contacts (spec 3.8)', () => {
  it.each(['supervisor', 'owner', 'sharee', 'colleague', 'formsAdmin'] as const)('is not for %s', async (name) => {
    const before = await kept(server, own);
    expect(await codes(own[name], DELETE, { contactIds: [made.id] })).toEqual(['FORBIDDEN']);
    expect(await kept(server, own)).toBe(before);
  });

  it('puts them into the bin, where an admin of the whole organization alone finds them', async () => {
    expect(await deletes(made.id)).toEqual([deleted(made.id)]);
    for (const name of ['admin', 'owner', 'sharee', 'supervisor', 'colleague'] as const)
      expect((await own[name].query(READ, { id: made.id })).contact).toBeNull();
    const mine = (await own.owner.query('{ contacts(first: 100) { nodes { id } } }')).contacts.nodes;
    expect(mine).not.toContainEqual({ id: made.id });
    const { nodes } = (await own.admin.query(BIN)).contacts;
    expect(nodes).toContainEqual({ id: made.id, name: 'Zhu Ming', deletedAt: now.toISOString() });
    for (const name of ['scopedAdmin', 'supervisor', 'owner'] as const)
      expect(await own[name].ask(BIN)).toMatchObject({ data: { contacts: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('shows its company no more to who took part in a form of its', async () => {
    const org = await server.organization();
    const { admin, customer, owner, colleague } = org;
    await approve(owner, await placeOrder(customer), colleague);
    const company = async (seat: TestSeat) =>
      (await seat.ask('query ($id: ID!) { node(id: $id) { ... on Company { name } } }', { id })).data.node;
    const { id } = (await colleague.query(READ_COMPANY, { id: customer.id })).contact.company;
    expect(await company(colleague)).toEqual({ name: 'Riverside' });
    await outcome(admin, DELETE, { contactIds: [customer.id] });
    expect(await company(colleague)).toBeNull();
    await outcome(admin, RESTORE, { contactIds: [customer.id] });
    expect(await company(colleague)).toEqual({ name: 'Riverside' });
  });

  it('does each by itself and says why it did not', async () => {
    const other = await server.organization();
    const { id: second } = await added(own.colleague, own);
    const asked = [made.id, other.customer.id, 'never issued', own.tagIds[0]!, second, made.id];
    expect(await deletes(...asked)).toEqual([deleted(made.id), missing, missing, missing, deleted(second), deleted(made.id)]);
    expect(await deletes(made.id)).toEqual([missing]);
  });

  it('reaches no further than the departments of the right', async () => {
    const { id: colleagues } = await added(own.colleague, own);
    const { results } = await outcome(own.scopedAdmin, DELETE, { contactIds: [colleagues, made.id, own.unowned.id] });
    expect(results).toEqual([notYours, deleted(made.id), notYours]);
  });

  it('is done once, however many do it at once', async () => {
    const before = await used();
    const all = await Promise.all(Array.from({ length: 10 }, () => deletes(made.id)));
    expect(all.filter(([item]: { __typename: string }[]) => item?.__typename === 'DeleteContactsItemSuccess')).toHaveLength(1);
    expect(await used()).toBe(before - 1);
  });

  it('leaves nothing that could be done to them', async () => {
    await deletes(made.id);
    const before = await kept(server, own);
    const contactId = made.id;
    expect((await outcome(own.owner, UPDATE, { contactId, expectedVersion: 2, name: 'Back' })).__typename).toBe('NotFound');
    expect((await outcome(own.admin, CHANGE_PHONE, { contactId, phone: newPhone() })).__typename).toBe('NotFound');
    expect((await outcome(own.admin, SHARE, { contactId, employeeId: own.colleague.id })).__typename).toBe('NotFound');
    expect(await kept(server, own)).toBe(before);
  });
});

describe('the seat of a deleted contact', () => {
  it('ends: its token is refused, its socket closed, and its phone opens nothing', async () => {
    const seat = await server.seat(made.phone, own.id);
    const socket = await connected(server.url, seat.token);
    await deletes(made.id);
    await expect.poll(async () => (await seat.ask('{ viewer { id } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await socket.closed).code).toBe(4403);
    await expect(server.seat(made.phone, own.id)).rejects.toThrow('No seat');
  });

  it('reads nothing more from the moment on, whatever is still remembered of its token', async () => {
    const seat = await server.seat(made.phone, own.id);
    expect((await seat.query('{ viewer { id } }')).viewer).toEqual({ id: made.id });
    await deletes(made.id);
    const { data } = await seat.ask('{ viewer { id } }');
    expect(data?.viewer ?? null).toBeNull();
  });

  it('comes back with the contact, for a new token and not for the old one', async () => {
    const seat = await server.seat(made.phone, own.id);
    await deletes(made.id);
    await outcome(own.admin, RESTORE, { contactIds: [made.id] });
    const again = await server.seat(made.phone, own.id);
    expect((await again.query('{ viewer { id } }')).viewer.id).toBe(made.id);
    await expect.poll(async () => (await seat.ask('{ viewer { id } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
