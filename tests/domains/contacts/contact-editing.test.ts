import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, kept, outcome, READ, UPDATE } from './contact.fixture.ts';

let now = Date.now();
let server: TestServer;
let own: TestOrganization;
let id: string;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
});
beforeEach(async () => {
  const details = { company: 'Riverside', position: 'Buyer', address: '1 Quay', email: 'zhu@example.com', remark: 'Mornings.' };
  ({ id } = await added(own.owner, own, details));
});
afterAll(() => server.stop());

const read = async () => (await own.admin.query(READ, { id })).contact;
const edit = (given: Readonly<Record<string, unknown>>, expectedVersion = 1) => ({ contactId: id, expectedVersion, ...given });

describe('editing a contact (spec 3.7, 3.10)', () => {
  it('changes what is named, leaves the rest, and raises the version', async () => {
    const before = await read();
    now += 1_000;
    const { __typename, contact } = await outcome(own.owner, UPDATE, edit({ name: 'Zhu Min', remark: null, position: 'Head of buying' }));
    expect([__typename, contact]).toMatchObject(['UpdateContactSuccess', { version: 2, name: 'Zhu Min' }]);
    const changed = { version: 2, name: 'Zhu Min', position: 'Head of buying', updatedAt: new Date(now).toISOString() };
    expect(await read()).toEqual({ ...before, ...changed });
  });

  it('corrects the name of a company for this contact alone', async () => {
    const other = await added(own.owner, own, { company: 'NORTH PIER' });
    await outcome(own.owner, UPDATE, edit({ company: 'NORTH PIER' }));
    const wrong = (await read()).company;
    const corrected = await outcome(own.owner, UPDATE, edit({ company: 'North Pier' }, 2));
    expect(corrected.contact.version).toBe(3);
    expect((await read()).company.name).toBe('North Pier');
    expect((await own.admin.query(READ, { id: other.id })).contact.company).toEqual(wrong);
    const { contacts } = await own.owner.query('{ contacts(search: "north pier") { nodes { id } } }');
    expect(contacts.nodes).toEqual([{ id: other.id }, { id }]);
    const history = '{ contact(id: "$id") { history(first: 1) { nodes { field from to } } } }'.replace('$id', id);
    expect((await own.owner.query(history)).contact.history.nodes).toEqual([{ field: 'company', from: 'NORTH PIER', to: 'North Pier' }]);
  });

  it('leaves a company as it is that differs by spacing alone', async () => {
    expect(await outcome(own.owner, UPDATE, edit({ company: ' Riverside\u00a0' }))).toMatchObject({ contact: { version: 1 } });
  });

  it('takes a value away for an empty text', async () => {
    await outcome(own.owner, UPDATE, edit({ company: '', position: ' ', address: '', email: '', remark: '' }));
    expect(await read()).toMatchObject({ company: null, position: null, address: null, email: null, remark: null, name: 'Zhu Ming' });
  });

  it('sets the tags, all of them', async () => {
    await outcome(own.owner, UPDATE, edit({ tagIds: [own.tagIds[3], own.tagIds[1]] }));
    expect((await read()).tags).toEqual([{ id: own.tagIds[1] }, { id: own.tagIds[3] }]);
  });

  it('does nothing where nothing is different', async () => {
    const before = await kept(server, own);
    now += 1_000;
    const same = { name: ' Zhu Ming', company: 'Riverside', remark: 'Mornings.', tagIds: [own.tagIds[0]] };
    expect(await outcome(own.owner, UPDATE, edit(same))).toMatchObject({ contact: { version: 1 } });
    expect(await outcome(own.owner, UPDATE, edit({}))).toMatchObject({ contact: { version: 1 } });
    expect(await kept(server, own)).toBe(before);
  });

  it.each([
    ['TOO_SHORT', 'name', () => ({ name: ' ' })],
    ['TOO_FEW', 'tagIds', () => ({ tagIds: [] })],
    ['ONE_OF_A_GROUP', 'tagIds', () => ({ tagIds: own.tagIds.slice(0, 2) })],
    ['NOT_AN_EMAIL', 'email', () => ({ email: 'zhu@' })],
  ])('is refused with %s in %s', async (code, field, given) => {
    const before = await kept(server, own);
    const refused = { __typename: 'ValidationFailed', issues: [{ path: ['input', field], code }] };
    expect(await outcome(own.owner, UPDATE, edit({ remark: 'Evenings.', ...given() }))).toMatchObject(refused);
    expect(await kept(server, own)).toBe(before);
  });
});

describe('who edits (spec 2.3)', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('%s may', async (name) => {
    expect(await outcome(own[name], UPDATE, edit({ remark: 'Evenings.' }))).toMatchObject({ __typename: 'UpdateContactSuccess' });
  });

  it.each(['formsAdmin', 'sharee', 'colleague'] as const)('%s may not', async (name) => {
    const before = await kept(server, own);
    const input = { ...edit({ remark: 'Evenings.' }), contactId: own.customer.id };
    expect(await codes(own[name], UPDATE, input)).toEqual(['FORBIDDEN']);
    expect(await kept(server, own)).toBe(before);
  });

  it('nobody of another organization may: for them there is no such contact', async () => {
    const other = await server.organization();
    const before = await kept(server, own);
    expect((await outcome(other.admin, UPDATE, edit({ remark: 'Mine.' }))).__typename).toBe('NotFound');
    expect(await kept(server, own)).toBe(before);
  });
});

describe('no lost update (api 1)', () => {
  it('refuses an edit of what was read before another edit, and shows the contact as it is now', async () => {
    await outcome(own.owner, UPDATE, edit({ remark: 'Evenings.' }));
    const before = await kept(server, own);
    expect(await outcome(own.supervisor, UPDATE, edit({ remark: 'Noon.' }))).toEqual({
      __typename: 'VersionConflict',
      code: 'VERSION_CONFLICT',
      path: ['input', 'expectedVersion'],
      current: { id, version: 2, name: 'Zhu Ming', remark: 'Evenings.' },
    });
    expect(await kept(server, own)).toBe(before);
  });

  it('lets one of ten edits at once through', async () => {
    const seats = [own.owner, own.supervisor, own.admin];
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => outcome(seats[i % 3]!, UPDATE, edit({ remark: `Edit ${i}` }))));
    const done = all.filter(({ __typename }) => __typename === 'UpdateContactSuccess');
    expect(done).toHaveLength(1);
    expect(all.filter(({ __typename }) => __typename === 'VersionConflict')).toHaveLength(9);
    expect(await read()).toMatchObject({ version: 2, remark: done[0].contact.remark });
  });
});
