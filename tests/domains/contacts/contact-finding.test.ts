import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { departmentIds } from '../directory/directory.fixture.ts';
import { added, codes, outcome, rowsOf, SHARE } from './contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const FOLLOW = `mutation ($input: SetFollowUpInput!) { setFollowUp(input: $input) { __typename ${NAMED}
  ... on SetFollowUpSuccess { contact { version followUpOn followUpNote history(first: 2) { nodes { field from to } } } } } }`;
const FACETS = `query ($list: ContactList, $search: String, $where: ContactFilter) { contactFacets(list: $list, search: $search, where: $where) {
  total isExact tags { tagId groupId name count } owners { ownerId name count } sources { source count } } }`;
const LIST = `query ($list: ContactList, $where: ContactFilter, $orderBy: [ContactOrder!], $first: Int, $after: Cursor) {
  contacts(list: $list, where: $where, orderBy: $orderBy, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { id name } } }`;

/** 2026-06-01 23:30 in Shanghai. */
let now = Date.parse('2026-06-01T15:30:00Z');
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
});
beforeEach(async () => {
  now = Date.parse('2026-06-01T15:30:00Z');
  own = await server.organization();
});
afterAll(() => server.stop());

const names = async (seat: TestSeat, args: Record<string, unknown>): Promise<string[]> =>
  (await seat.query(LIST, args)).contacts.nodes.map(({ name }: { name: string }) => name);
const follow = (seat: TestSeat, contactId: string, on: string | null, note?: string) => outcome(seat, FOLLOW, { contactId, on, note });

describe('the next follow-up of a contact (spec 3.18)', () => {
  it('is set, moved and taken away by who may edit it, and stands in the history', async () => {
    const { id } = await added(own.owner, own);
    expect((await follow(own.owner, id, '2026-06-03', 'Ask for the price')).contact).toEqual({
      version: 2,
      followUpOn: '2026-06-03',
      followUpNote: 'Ask for the price',
      history: {
        nodes: expect.arrayContaining([
          { field: 'followUpOn', from: null, to: '2026-06-03' },
          { field: 'followUpNote', from: null, to: 'Ask for the price' },
        ]),
      },
    });
    expect((await follow(own.owner, id, '2026-06-03', 'Ask for the price')).contact.version).toBe(2);
    expect((await follow(own.supervisor, id, null)).contact).toMatchObject({ version: 3, followUpOn: null, followUpNote: null });
    expect(await outcome(own.owner, FOLLOW, { contactId: id, note: 'To no day' })).toMatchObject({ issues: [{ code: 'DAY_NEEDED' }] });
  });

  it('is not a sharee’s or a colleague’s', async () => {
    const { id } = await added(own.owner, own);
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    for (const seat of [own.sharee, own.colleague])
      expect(await codes(seat, FOLLOW, { contactId: id, on: '2026-06-03' })).toEqual(['FORBIDDEN']);
    const { data, errors } = await own.colleague.ask('query ($id: ID!) { contact(id: $id) { followUpOn } }', { id });
    expect([data?.contact.followUpOn, errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN']);
  });

  it('is due from its day on, where the organization is', async () => {
    for (const [name, on] of [
      ['Past', '2026-05-20'],
      ['Today', '2026-06-01'],
      ['Tomorrow', '2026-06-02'],
      ['Never', null],
    ] as const)
      await follow(own.owner, (await added(own.owner, own, { name })).id, on);
    const of = await added(own.admin, own, { name: 'Another’s', ownerId: own.colleague.id });
    await follow(own.admin, of.id, '2026-05-01');
    const due = { list: 'DUE', orderBy: [{ field: 'FOLLOW_UP', direction: 'ASC' }] };
    expect(await names(own.owner, due)).toEqual(['Past', 'Today']);
    expect(await names(own.supervisor, due)).toEqual([]);
    now += 60 * 60_000; // the first of June is over in Shanghai
    expect(await names(own.owner, due)).toEqual(['Past', 'Today', 'Tomorrow']);
    expect(await names(own.colleague, due)).toEqual(['Another’s']);
  });

  it('orders and filters lists, those without one stand last', async () => {
    for (const [name, on] of [
      ['B', '2026-06-09'],
      ['A', '2026-06-05'],
      ['None', null],
      ['C', '2026-06-12'],
    ] as const)
      await follow(own.owner, (await added(own.owner, own, { name, company: 'Follow' })).id, on);
    const args = { list: 'MINE', orderBy: [{ field: 'FOLLOW_UP', direction: 'ASC' }], first: 2 };
    const [first, cursor] = [await names(own.owner, args), (await own.owner.query(LIST, args)).contacts.pageInfo.endCursor];
    expect([first, (await names(own.owner, { ...args, after: cursor }))[0]]).toEqual([['A', 'B'], 'C']);
    expect(await names(own.owner, { list: 'MINE', where: { followUpOn: { before: '2026-06-10' } } })).toEqual(['A', 'B']);
    expect(await names(own.owner, { list: 'MINE', where: { followUpOn: { isNull: true } } })).toContain('None');
  });
});

describe('finding by the owner’s department (spec 3.6)', () => {
  it('finds those of the department and of those below it', async () => {
    const departments = await departmentIds(own);
    await added(own.owner, own, { name: 'Of the east' });
    await added(own.supervisor, own, { name: 'Of sales' });
    await added(own.colleague, own, { name: 'Of the warehouse' });
    await added(own.admin, own, { name: 'Of nobody', ownerId: null });
    const of = (comparison: object) => names(own.admin, { where: { department: comparison } });
    expect((await of({ any: [departments.Sales] })).sort()).toEqual(['Of sales', 'Of the east', 'The customer']);
    expect((await of({ any: [departments['Sales East'], departments.Warehouse] })).sort()).toEqual([
      'Of the east',
      'Of the warehouse',
      'The customer',
      'The rival',
    ]);
    expect((await of({ none: [departments.Sales, departments.Warehouse] })).sort()).toEqual(['Of nobody', 'The unowned']);
    expect((await of({ all: [departments.Sales, departments['Sales East']] })).sort()).toEqual(['Of the east', 'The customer']);
    expect(await names(own.owner, { where: { department: { any: [departments.Warehouse] } } })).toEqual([]);
  });
});

describe('facets of a list (spec 3.6)', () => {
  it('count tags, owners and sources of what is found', async () => {
    for (const tag of [0, 0, 1]) await added(own.owner, own, { name: 'Facet', tagIds: [own.tagIds[tag], own.tagIds[2]] });
    await added(own.admin, own, { name: 'Facet', ownerId: null, tagIds: [own.tagIds[0]] });
    const { contactFacets: all } = await own.admin.query(FACETS, { list: 'ORGANIZATION', search: 'facet' });
    expect(all).toMatchObject({ total: 4, isExact: true, sources: [{ source: 'MANUAL', count: 4 }] });
    expect(Object.fromEntries(all.tags.map((one: { tagId: string; count: number }) => [one.tagId, one.count]))).toEqual({
      [own.tagIds[0]!]: 3,
      [own.tagIds[1]!]: 1,
      [own.tagIds[2]!]: 3,
    });
    expect(all.owners).toEqual([
      { ownerId: own.owner.id, name: 'The owner', count: 3 },
      { ownerId: null, name: null, count: 1 },
    ]);
    const where = { tags: { any: [own.tagIds[1]] } };
    expect((await own.admin.query(FACETS, { search: 'facet', where })).contactFacets.total).toBe(1);
  });

  it('count no more than the seat finds, by nothing that it may not read', async () => {
    await added(own.owner, own, { name: 'Facet' });
    const shared = await added(own.owner, own, { name: 'Facet', tagIds: [own.tagIds[3]] });
    await outcome(own.owner, SHARE, { contactId: shared.id, employeeId: own.colleague.id });
    const { contactFacets: found } = await own.colleague.query(FACETS, { search: 'facet' });
    expect(found).toMatchObject({ total: 1, tags: [{ tagId: own.tagIds[3], count: 1 }], owners: [{ ownerId: own.owner.id, count: 1 }] });
    const where = { owner: { equals: own.rival.id } };
    expect((await own.colleague.query(FACETS, { where })).contactFacets).toMatchObject({ total: 0, tags: [], owners: [], sources: [] });
    const stranger = await server.organization();
    expect((await stranger.colleague.query(FACETS, { search: 'facet' })).contactFacets.total).toBe(0);
  });

  it('are of the first 10,000 where there are more, and say so', async () => {
    await rowsOf(
      server,
      own,
      `insert into contacts (organization_id, id, name, sort_name, phone, is_mobile, owner_id, source, created_at, updated_at)
       select organization_id, gen_random_uuid(), 'Many', 'many', '+99' || n, false, owner_id, 'API', now(), now()
       from contacts, generate_series(1, 10001) n where name = 'The customer'`,
    );
    const { contactFacets: found } = await own.admin.query(FACETS, { list: 'ORGANIZATION', where: { source: { equals: 'API' } } });
    expect(found).toMatchObject({ total: 10_000, isExact: false, sources: [{ source: 'API', count: 10_000 }] });
  });

  it('are refused where the list is, and in crowds', async () => {
    expect((await own.owner.ask(FACETS, { list: 'ORGANIZATION' })).errors[0]!.extensions.code).toBe('FORBIDDEN');
    const many = `{ ${Array.from({ length: 4 }, (_, i) => `f${i}: contactFacets { total }`).join(' ')} }`;
    expect((await own.owner.ask(many)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
    expect((await own.customer.ask('{ contactFacets { total } }')).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});
