import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { connected } from '../../platform/http/socket.fixture.ts';
import { ADD, added, CHANGE_PHONE, codes, DELETE, kept, leaver, outcome, READ, RESTORE, rowsOf, UPDATE } from './contact.fixture.ts';

const DAY = 86_400_000;
const BIN = '{ contacts(list: BIN) { totalCount nodes { id name deletedAt } } }';
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

const deletes = async (...contactIds: string[]) => (await outcome(own.admin, DELETE, { contactIds })).results;
const restores = async (...contactIds: string[]) => (await outcome(own.admin, RESTORE, { contactIds })).results;
const bin = async () => (await own.admin.query(BIN)).contacts.nodes.map(({ id }: { id: string }) => id);
const deleted = (contactId: string) => ({ __typename: 'DeleteContactsItemSuccess', contactId });
const restored = (contactId: string) => ({ __typename: 'RestoreContactsItemSuccess', contactId });

describe('deleting contacts (spec 3.8)', () => {
  it.each(['supervisor', 'owner', 'sharee', 'colleague', 'formsAdmin'] as const)('is not for %s', async (name) => {
    const before = await kept(server, own);
    expect(await codes(own[name], DELETE, { contactIds: [own.customer.id] })).toEqual(['FORBIDDEN']);
    expect(await kept(server, own)).toBe(before);
  });

  it('puts them into the bin, where an admin of the whole organization alone finds them', async () => {
    expect(await deletes(own.customer.id)).toEqual([deleted(own.customer.id)]);
    for (const name of ['admin', 'owner', 'sharee', 'supervisor', 'colleague'] as const)
      expect((await own[name].query(READ, { id: own.customer.id })).contact).toBeNull();
    expect((await own.owner.query('{ contacts { nodes { id } } }')).contacts.nodes).toEqual([]);
    expect((await own.admin.query(BIN)).contacts).toEqual({
      totalCount: 1,
      nodes: [{ id: own.customer.id, name: 'The customer', deletedAt: new Date(now).toISOString() }],
    });
    for (const name of ['scopedAdmin', 'supervisor', 'owner'] as const)
      expect(await own[name].ask(BIN)).toMatchObject({ data: { contacts: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('does each by itself and says why it did not', async () => {
    const other = await server.organization();
    const asked = [own.customer.id, other.customer.id, 'never issued', own.tagIds[0]!, own.rival.id, own.customer.id];
    const missing = { __typename: 'NotFound', code: 'NOT_FOUND' };
    const once = deleted(own.customer.id);
    expect(await deletes(...asked)).toEqual([once, missing, missing, missing, deleted(own.rival.id), once]);
    expect(await deletes(own.customer.id)).toEqual([missing]);
  });

  it('reaches no further than the departments of the right', async () => {
    const { results } = await outcome(own.scopedAdmin, DELETE, { contactIds: [own.rival.id, own.customer.id, own.unowned.id] });
    const refused = { __typename: 'NotYours', code: 'NOT_YOURS' };
    expect(results).toEqual([refused, deleted(own.customer.id), refused]);
  });

  it('is done once, however many do it at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => deletes(own.customer.id)));
    expect(all.filter(([item]: { __typename: string }[]) => item?.__typename === 'DeleteContactsItemSuccess')).toHaveLength(1);
    expect(await rowsOf(server, own, 'select used from contact_quotas')).toEqual([{ used: 2 }]);
  });

  it('leaves nothing that could be done to them', async () => {
    await deletes(own.customer.id);
    const before = await kept(server, own);
    const contactId = own.customer.id;
    expect((await outcome(own.owner, UPDATE, { contactId, expectedVersion: 2, name: 'Back' })).__typename).toBe('NotFound');
    expect((await outcome(own.admin, CHANGE_PHONE, { contactId, phone: newPhone() })).__typename).toBe('NotFound');
    expect(await kept(server, own)).toBe(before);
  });
});

describe('the seat of a deleted contact', () => {
  it('ends: its token is refused within a second, its socket closed, and its phone opens nothing', async () => {
    const socket = await connected(server.url, own.customer.token);
    await deletes(own.customer.id);
    const since = performance.now();
    while ((await own.customer.ask('{ viewer { id } }')).errors[0]?.extensions.code !== 'UNAUTHENTICATED') {
      expect(performance.now() - since).toBeLessThan(1_000);
    }
    expect((await socket.closed).code).toBe(4403);
    expect(performance.now() - since).toBeLessThan(1_500);
    await expect(server.seat(own.plan.contacts[0]!.phone, own.id)).rejects.toThrow('No seat');
  });

  it('reads nothing more from the moment on, whatever is still believed of its token', async () => {
    await own.customer.query('{ viewer { id } }');
    await deletes(own.customer.id);
    const { data } = await own.customer.ask('{ viewer { id } }');
    expect(data?.viewer ?? null).toBeNull();
  });

  it('comes back with the contact, for a new token', async () => {
    await deletes(own.customer.id);
    await restores(own.customer.id);
    const seat = await server.seat(own.plan.contacts[0]!.phone, own.id);
    expect((await seat.query('{ viewer { id } }')).viewer.id).toBe(own.customer.id);
  });
});

describe('restoring contacts (spec 3.8)', () => {
  it('gives back what they were', async () => {
    const before = (await own.sharee.query(READ, { id: own.customer.id })).contact;
    await deletes(own.customer.id);
    expect(await restores(own.customer.id)).toEqual([restored(own.customer.id)]);
    expect((await own.sharee.query(READ, { id: own.customer.id })).contact).toEqual({ ...before, version: before.version + 2 });
    expect(await bin()).toEqual([]);
  });

  it('is possible for thirty days', async () => {
    await deletes(own.customer.id, own.rival.id);
    now += 30 * DAY - 1;
    const admin = await server.seat(own.plan.employees[0]!.phone, own.id);
    expect((await outcome(admin, RESTORE, { contactIds: [own.customer.id] })).results).toEqual([restored(own.customer.id)]);
    now += 1;
    const before = await kept(server, own);
    expect((await outcome(admin, RESTORE, { contactIds: [own.rival.id] })).results).toMatchObject([{ __typename: 'NotFound' }]);
    expect((await admin.query(BIN)).contacts).toEqual({ totalCount: 0, nodes: [] });
    expect(await kept(server, own)).toBe(before);
  });

  it('finds nothing that is not in the bin, or not under the right', async () => {
    await deletes(own.rival.id);
    const missing = { __typename: 'NotFound', code: 'NOT_FOUND' };
    expect(await restores(own.customer.id, 'never issued', own.tagIds[0]!)).toEqual([missing, missing, missing]);
    expect((await outcome(own.scopedAdmin, RESTORE, { contactIds: [own.rival.id] })).results).toEqual([missing]);
    expect(await bin()).toEqual([own.rival.id]);
  });

  it.each(['owner', 'supervisor', 'colleague'] as const)('is not for %s', async (name) => {
    await deletes(own.customer.id);
    expect(await codes(own[name], RESTORE, { contactIds: [own.customer.id] })).toEqual(['FORBIDDEN']);
    expect(await bin()).toEqual([own.customer.id]);
  });
});

describe('the phone of a deleted contact', () => {
  const phone = () => own.plan.contacts[0]!.phone;

  it('is free; a restore is refused while another has it', async () => {
    await deletes(own.customer.id);
    const { id } = await added(own.colleague, own, { phone: phone() });
    const before = await kept(server, own);
    expect(await restores(own.customer.id)).toEqual([
      { __typename: 'ContactPhoneTaken', code: 'CONTACT_PHONE_TAKEN', askToShare: [{ name: 'The admin' }, { name: 'The colleague' }] },
    ]);
    expect(await kept(server, own)).toBe(before);
    await deletes(id);
    expect(await restores(own.customer.id)).toEqual([restored(own.customer.id)]);
  });

  it('may meanwhile be an employee’s', async () => {
    await deletes(own.customer.id);
    await leaver(server, own, phone());
    await rowsOf(server, own, 'update employees set left_at = null');
    expect(await restores(own.customer.id)).toMatchObject([{ __typename: 'PhoneBelongsToEmployee' }]);
  });

  it('costs a restore none of the answers that a phone is known', async () => {
    await deletes(own.customer.id);
    await added(own.colleague, own, { phone: phone() });
    const input = { name: 'Zhu Ming', phone: phone(), tagIds: [own.tagIds[0]] };
    for (let i = 0; i < 20; i++) await outcome(own.admin, ADD, input);
    expect(await codes(own.admin, ADD, input)).toEqual(['RATE_LIMITED']);
    expect(await restores(own.customer.id)).toMatchObject([{ __typename: 'ContactPhoneTaken' }]);
  });
});
