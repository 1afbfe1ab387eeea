import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, codes, DELETE, kept, leaver, outcome, READ, RESTORE, rowsOf, SHARE } from './contact.fixture.ts';

const DAY = 86_400_000;
const BIN = '{ contacts(list: BIN, first: 100) { totalCount nodes { id } } }';
const missing = { __typename: 'NotFound', code: 'NOT_FOUND' };
const START = Date.now();
let now = START;
let server: TestServer;
let own: TestOrganization;
let made: Awaited<ReturnType<typeof added>>;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
});
beforeEach(async () => {
  now = START;
  made = await added(own.owner, own);
  await outcome(own.owner, SHARE, { contactId: made.id, employeeId: own.sharee.id });
});
afterAll(() => server.stop());

const deletes = async (...contactIds: string[]) => (await outcome(own.admin, DELETE, { contactIds })).results;
const restores = async (...contactIds: string[]) => (await outcome(own.admin, RESTORE, { contactIds })).results;
const isInBin = async (id: string) => (await own.admin.query(BIN)).contacts.nodes.some((one: { id: string }) => one.id === id);
const restored = (contactId: string) => ({ __typename: 'RestoreContactsItemSuccess', contactId });

describe('restoring contacts (spec 3.8)', () => {
  it('gives back what they were', async () => {
    const before = (await own.sharee.query(READ, { id: made.id })).contact;
    await deletes(made.id);
    expect(await restores(made.id)).toEqual([restored(made.id)]);
    expect((await own.sharee.query(READ, { id: made.id })).contact).toEqual({ ...before, version: before.version + 2 });
    expect(await isInBin(made.id)).toBe(false);
  });

  it('is done once, however many do it at once', async () => {
    const used = () => rowsOf(server, own, 'select used from contact_quotas');
    const before = await used();
    await deletes(made.id);
    const all = await Promise.all(Array.from({ length: 10 }, () => restores(made.id)));
    expect(all.filter(([item]: { __typename: string }[]) => item?.__typename === 'RestoreContactsItemSuccess')).toHaveLength(1);
    expect(await used()).toEqual(before);
  });

  it('finds nothing that is not in the bin, or not under the right', async () => {
    const { id: colleagues } = await added(own.colleague, own);
    await deletes(colleagues);
    expect(await restores(made.id, 'never issued', own.tagIds[0]!)).toEqual([missing, missing, missing]);
    expect((await outcome(own.scopedAdmin, RESTORE, { contactIds: [colleagues] })).results).toEqual([missing]);
    expect(await isInBin(colleagues)).toBe(true);
  });

  it('is done by an admin of the owner’s department', async () => {
    await deletes(made.id);
    expect((await outcome(own.scopedAdmin, RESTORE, { contactIds: [made.id] })).results).toEqual([restored(made.id)]);
  });

  it.each(['owner', 'supervisor', 'colleague'] as const)('is not for %s', async (name) => {
    await deletes(made.id);
    expect(await codes(own[name], RESTORE, { contactIds: [made.id] })).toEqual(['FORBIDDEN']);
    expect(await isInBin(made.id)).toBe(true);
  });
});

describe('the phone of a deleted contact', () => {
  it('is free; a restore is refused while another has it', async () => {
    await deletes(made.id);
    const { id } = await added(own.colleague, own, { phone: made.phone });
    const before = await kept(server, own);
    expect(await restores(made.id)).toEqual([
      { __typename: 'ContactPhoneTaken', code: 'CONTACT_PHONE_TAKEN', askToShare: [{ name: 'The admin' }, { name: 'The colleague' }] },
    ]);
    expect(await kept(server, own)).toBe(before);
    await deletes(id);
    expect(await restores(made.id)).toEqual([restored(made.id)]);
  });

  it('may meanwhile be an employee’s', async () => {
    await deletes(made.id);
    await leaver(server, own, made.phone);
    await rowsOf(server, own, 'update employees set left_at = null where phone = $1', [made.phone]);
    expect(await restores(made.id)).toMatchObject([{ __typename: 'PhoneBelongsToEmployee' }]);
  });

  it('goes to one of two who are restored with it at once', async () => {
    await deletes(made.id);
    const second = await added(own.colleague, own, { phone: made.phone });
    await deletes(second.id);
    const all = await Promise.all([restores(made.id), restores(second.id)]);
    expect(all.map(([item]: { __typename: string }[]) => item!.__typename).sort()).toEqual([
      'ContactPhoneTaken',
      'RestoreContactsItemSuccess',
    ]);
  });

  it('costs a restore none of the answers that a phone is known', async () => {
    await deletes(made.id);
    await added(own.colleague, own, { phone: made.phone });
    const input = { name: 'Zhu Ming', phone: made.phone, tagIds: [own.tagIds[0]] };
    for (let i = 0; i < 20; i++) await outcome(own.admin, ADD, input);
    expect(await codes(own.admin, ADD, input)).toEqual(['RATE_LIMITED']);
    expect(await restores(made.id)).toMatchObject([{ __typename: 'ContactPhoneTaken' }]);
  });
});

describe('thirty days in the bin', () => {
  it('are the time in which a contact can be restored; then it is not listed any more either', async () => {
    const { id: second } = await added(own.owner, own);
    await deletes(made.id, second);
    now += 30 * DAY - 1;
    own = { ...own, admin: await server.seat(own.plan.employees[0]!.phone, own.id) };
    expect(await restores(made.id)).toEqual([restored(made.id)]);
    expect(await isInBin(second)).toBe(true);
    now += 1;
    const before = await kept(server, own);
    expect(await restores(second)).toEqual([missing]);
    expect((await own.admin.query(BIN)).contacts).toEqual({ totalCount: 0, nodes: [] });
    expect(await kept(server, own)).toBe(before);
  });
});
