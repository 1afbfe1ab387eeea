import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, DELETE, outcome, rowsOf, SHARE } from './contact.fixture.ts';

const LIST = `query ($list: ContactList, $where: ContactFilter) { contacts(list: $list, where: $where, first: 100) { totalCount nodes { name } } }`;
let server: TestServer;
let own: TestOrganization;
const ids: Record<string, string> = {};
const companies: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const [key, regular, construction, fresh] = own.tagIds;
  const people: readonly [name: string, owner: TestSeat | null, tagIds: readonly (string | undefined)[], company: string][] = [
    ['Ann', own.owner, [key], 'Riverside'],
    ['Ben', own.owner, [regular, construction], 'Riverside'],
    ['Cem', own.supervisor, [key, construction, fresh], 'Eastgate'],
    ['Dora', own.colleague, [fresh], 'Eastgate'],
    ['Emil', own.sharee, [regular], ''],
    ['Finn', null, [construction], 'Harbour'],
    ['Gone', own.owner, [key], 'Riverside'],
  ];
  for (const [name, owner, tagIds, company] of people)
    ids[name] = (await added(own.admin, own, { name, ownerId: owner?.id ?? null, tagIds, company })).id;
  await outcome(own.admin, DELETE, { contactIds: [ids.Gone, own.customer.id, own.unowned.id, own.rival.id] });
  await outcome(own.colleague, SHARE, { contactId: ids.Dora, employeeId: own.sharee.id });
  const { contacts } = await own.admin.query('{ contacts { nodes { company { id name } } } }');
  for (const { company } of contacts.nodes) if (company) companies[company.name] = company.id;
});
afterAll(() => server.stop());

const names = async (seat: TestSeat, list: string | undefined, where?: object): Promise<string[]> => {
  const { contacts } = await seat.query(LIST, { list, where });
  expect(contacts.totalCount).toBe(contacts.nodes.length);
  return contacts.nodes.map(({ name }: { name: string }) => name).sort();
};
const WHOLE = ['Ann', 'Ben', 'Cem', 'Dora', 'Emil', 'Finn'];
const BIN = ['Gone', 'The customer', 'The rival', 'The unowned'];

describe('lists of contacts (spec 3.6)', () => {
  it.each([
    ['admin', 'MINE', []],
    ['admin', 'SHARED_WITH_ME', []],
    ['admin', 'MY_TEAM', []],
    ['admin', 'VISIBLE', WHOLE],
    ['admin', 'ORGANIZATION', WHOLE],
    ['admin', 'UNOWNED', ['Finn']],
    ['admin', 'BIN', BIN],
    ['scopedAdmin', 'MINE', []],
    ['scopedAdmin', 'VISIBLE', ['Ann', 'Ben', 'Cem']],
    ['supervisor', 'MINE', ['Cem']],
    ['supervisor', 'MY_TEAM', ['Ann', 'Ben']],
    ['supervisor', 'VISIBLE', ['Ann', 'Ben', 'Cem']],
    ['owner', 'MINE', ['Ann', 'Ben']],
    ['owner', 'MY_TEAM', []],
    ['owner', 'VISIBLE', ['Ann', 'Ben']],
    ['sharee', 'MINE', ['Emil']],
    ['sharee', 'SHARED_WITH_ME', ['Dora']],
    ['sharee', 'VISIBLE', ['Dora', 'Emil']],
    ['colleague', 'SHARED_WITH_ME', []],
    ['colleague', 'VISIBLE', ['Dora']],
    ['formsAdmin', 'VISIBLE', []],
  ] as const)('%s finds in %s: %j', async (name, list, found) => expect(await names(own[name], list)).toEqual(found));

  it('are all that the seat may see, where none is named', async () => {
    expect(await names(own.supervisor, undefined)).toEqual(await names(own.supervisor, 'VISIBLE'));
  });

  it.each(
    (['scopedAdmin', 'formsAdmin', 'supervisor', 'owner', 'colleague'] as const).flatMap((name) =>
      (['ORGANIZATION', 'UNOWNED', 'BIN'] as const).map((list) => [name, list] as const),
    ),
  )('are FORBIDDEN and null where they are not the seat’s to use: %s, %s', async (name, list) => {
    expect(await own[name].ask(LIST, { list })).toMatchObject({
      data: { contacts: null },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('are not there on the portal, and nobody’s without a seat', async () => {
    expect((await own.customer.ask(LIST)).errors[0]!.extensions.code).toMatch(/BAD_REQUEST|UNAUTHENTICATED/);
    expect((await server.nobody.ask(LIST)).data?.contacts ?? null).toBeNull();
  });

  it('hold nothing of another organization', async () => {
    const other = await server.organization();
    expect(await names(other.admin, 'ORGANIZATION')).toEqual(['The customer', 'The rival', 'The unowned']);
  });
});

describe('filters of contacts (spec 3.6)', () => {
  const tag = (...places: number[]) => places.map((place) => own.tagIds[place]);
  it.each<[string, () => object, readonly string[]]>([
    ['any tag', () => ({ tags: { any: tag(0, 3) } }), ['Ann', 'Cem', 'Dora']],
    ['all tags', () => ({ tags: { all: tag(0, 2) } }), ['Cem']],
    ['all tags, one named twice', () => ({ tags: { all: tag(0, 0) } }), ['Ann', 'Cem']],
    ['no tag of some', () => ({ tags: { none: tag(0, 1) } }), ['Dora', 'Finn']],
    ['any of one, none of another', () => ({ tags: { any: tag(2), none: tag(0) } }), ['Ben', 'Finn']],
    ['a tag that was never issued', () => ({ tags: { any: ['never issued'] } }), []],
    ['an id of another type', () => ({ tags: { any: [own.owner.id] } }), []],
    ['an owner', () => ({ owner: { equals: own.owner.id } }), ['Ann', 'Ben']],
    ['one of some owners', () => ({ owner: { in: [own.colleague.id, own.sharee.id] } }), ['Dora', 'Emil']],
    ['no owner', () => ({ owner: { isNull: true } }), ['Finn']],
    ['some owner', () => ({ owner: { isNull: false } }), ['Ann', 'Ben', 'Cem', 'Dora', 'Emil']],
    ['a company', () => ({ company: { equals: companies.Eastgate } }), ['Cem', 'Dora']],
    ['one of some companies', () => ({ company: { in: [companies.Harbour, companies.Riverside] } }), ['Ann', 'Ben', 'Finn']],
    ['no company', () => ({ company: { isNull: true } }), ['Emil']],
    ['a source', () => ({ source: { equals: 'MANUAL' } }), WHOLE],
    ['another source', () => ({ source: { in: ['CARD', 'VCARD'] } }), []],
    ['both of two', () => ({ and: [{ owner: { equals: own.owner.id } }, { tags: { any: tag(2) } }] }), ['Ben']],
    ['either of two', () => ({ or: [{ owner: { isNull: true } }, { tags: { any: tag(3) } }] }), ['Cem', 'Dora', 'Finn']],
    ['not one', () => ({ not: { tags: { any: tag(0, 1) } } }), ['Dora', 'Finn']],
    [
      'not one or another owner: nobody is neither',
      () => ({ not: { owner: { in: [own.owner.id, own.sharee.id] } } }),
      ['Cem', 'Dora', 'Finn'],
    ],
    ['not either', () => ({ not: { or: [{ tags: { any: tag(0) } }, { owner: { isNull: true } }] } }), ['Ben', 'Dora', 'Emil']],
    ['two at once', () => ({ company: { equals: companies.Eastgate }, tags: { any: tag(0) } }), ['Cem']],
    ['nothing', () => ({}), WHOLE],
  ])('%s', async (_, where, found) => expect(await names(own.admin, 'ORGANIZATION', where())).toEqual(found));

  const LONG_AGO = '2020-01-01T00:00:00Z';
  const LATER = '2100-01-01T00:00:00Z';
  it.each<[string, () => object]>([
    ['tags', () => ({ tags: { any: tag(0, 3) } })],
    ['all of some tags', () => ({ tags: { all: tag(0, 2) } })],
    ['none of some tags', () => ({ tags: { none: tag(0) } })],
    ['an owner', () => ({ owner: { equals: own.owner.id } })],
    ['some owners', () => ({ owner: { in: [own.owner.id, own.colleague.id] } })],
    ['none of no owners', () => ({ owner: { in: [] } })],
    ['nobody', () => ({ owner: { isNull: true } })],
    ['a company', () => ({ company: { equals: companies.Eastgate } })],
    ['a source', () => ({ source: { in: ['CARD'] } })],
    ['what was before', () => ({ createdAt: { before: LONG_AGO } })],
    ['business after', () => ({ lastInteractionAt: { after: LONG_AGO } })],
    ['business before', () => ({ lastInteractionAt: { before: LATER } })],
    ['business between', () => ({ lastInteractionAt: { after: LONG_AGO, before: LATER } })],
    ['both of two', () => ({ owner: { equals: own.owner.id }, company: { equals: companies.Harbour } })],
    ['either of two', () => ({ or: [{ company: { equals: companies.Harbour } }, { lastInteractionAt: { after: LONG_AGO } }] })],
    ['not one, and another', () => ({ not: { lastInteractionAt: { after: LONG_AGO } }, company: { equals: companies.Harbour } })],
    ['not', () => ({ not: { lastInteractionAt: { after: LONG_AGO } } })],
  ])('and `not` divide all that there is between them, whatever has no value: %s', async (_, where) => {
    await rowsOf(server, own, `update contacts set last_interaction_at = '2026-03-01T12:00Z' where name in ('Ann', 'Dora')`);
    const inside = await names(own.admin, 'ORGANIZATION', where());
    const outside = await names(own.admin, 'ORGANIZATION', { not: where() });
    expect([...inside, ...outside].sort()).toEqual(WHOLE);
    await rowsOf(server, own, `update contacts set last_interaction_at = null`);
  });

  it('find moments', async () => {
    const [{ at }] = (await rowsOf<{ at: Date }>(server, own, `select created_at as at from contacts where name = 'Cem'`)) as [
      { at: Date },
    ];
    const later = new Date(at.getTime() + 1).toISOString();
    expect(await names(own.admin, 'ORGANIZATION', { createdAt: { before: later } })).toEqual(['Ann', 'Ben', 'Cem']);
    expect(await names(own.admin, 'ORGANIZATION', { createdAt: { after: later } })).toEqual(['Dora', 'Emil', 'Finn']);
    expect(await names(own.admin, 'ORGANIZATION', { createdAt: { after: at.toISOString(), before: later } })).toEqual([]);
    await rowsOf(server, own, `update contacts set last_interaction_at = '2026-03-01T12:00Z' where name = 'Dora'`);
    expect(await names(own.admin, 'ORGANIZATION', { lastInteractionAt: { after: '2026-03-01T11:59:59Z' } })).toEqual(['Dora']);
    expect(await names(own.admin, 'ORGANIZATION', { lastInteractionAt: { before: '2026-03-01T20:00:01+08:00' } })).toEqual(['Dora']);
    expect(await names(own.admin, 'ORGANIZATION', { lastInteractionAt: { isNull: true } })).toEqual(['Ann', 'Ben', 'Cem', 'Emil', 'Finn']);
  });

  it('show no seat more than its list does', async () => {
    const [key] = own.tagIds;
    expect(await names(own.owner, 'VISIBLE', { tags: { any: [key] } })).toEqual(['Ann']);
    expect(await names(own.colleague, 'VISIBLE', { tags: { any: [key] } })).toEqual([]);
    expect(await names(own.sharee, 'VISIBLE', { owner: { equals: own.owner.id } })).toEqual([]);
    expect(await names(own.sharee, 'VISIBLE', { not: { owner: { equals: own.owner.id } } })).toEqual(['Dora', 'Emil']);
    expect(await names(own.admin, 'BIN', { company: { equals: companies.Riverside } })).toEqual(['Gone', 'The customer']);
  });

  it.each([
    ['an operator that is none', { owner: { like: 'x' } }],
    ['a field that is none', { phone: { equals: '+8613800000001' } }],
    ['a source that is none', { source: { equals: 'FAX' } }],
    ['a moment that is none', { createdAt: { after: 'yesterday' } }],
    ['251 ids', { tags: { any: Array.from({ length: 251 }, () => 'x') } }],
  ])('are BAD_REQUEST with %s', async (_, where) => {
    const { data, errors } = await own.admin.ask(LIST, { where });
    expect(data?.contacts ?? null).toBeNull();
    expect(errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });

  it('are LIMIT_EXCEEDED past three levels or twenty comparisons', async () => {
    const one = { owner: { isNull: true } };
    const refused = async (where: object) => (await own.admin.ask(LIST, { where })).errors[0]?.extensions.code;
    expect(await refused({ not: { not: one } })).toBeUndefined();
    expect(await refused({ not: { not: { not: one } } })).toBe('LIMIT_EXCEEDED');
    expect(await refused({ or: Array.from({ length: 20 }, () => one) })).toBeUndefined();
    expect(await refused({ or: Array.from({ length: 21 }, () => one) })).toBe('LIMIT_EXCEEDED');
  });
});
