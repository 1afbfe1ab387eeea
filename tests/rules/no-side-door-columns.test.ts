import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeTag } from '../../src/platform/sql/cursors.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import diary from './diary.plugin.ts';

// A value that a seat may not read is null in every comparison, order, search and cursor (spec 2.5). So whatever is asked, the answers of
// such a seat are the same whatever the value is.

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [diary] });
  own = await server.organization();
});
afterAll(() => server.stop());

const WRITE = 'mutation ($input: WriteDiaryNoteInput!) { writeDiaryNote(input: $input) { __typename } }';
const write = (title: string, secret: string | null, weight: number): Promise<unknown> =>
  own.owner.does(WRITE, { input: { title, secret, weight } });

const secret = (comparison: object) => ({ secret: comparison });
const FILTERS: readonly (readonly [string, object])[] = [
  ['equals', secret({ equals: 'alpha' })],
  ['in', secret({ in: ['alpha', 'beta'] })],
  ['startsWith', secret({ startsWith: 'al' })],
  ['isNull', secret({ isNull: true })],
  ['is not null', secret({ isNull: false })],
  ['lessThan', { weight: { lessThan: 5 } }],
  ['greaterThan', { weight: { greaterThan: 5 } }],
  ['not equals', { not: secret({ equals: 'alpha' }) }],
  ['not not equals', { not: { not: secret({ equals: 'alpha' }) } }],
  ['not null', { not: secret({ isNull: true }) }],
  ['not of one that is and one that is not readable', { not: { title: { equals: 'First' }, ...secret({ equals: 'alpha' }) } }],
  ['or', { or: [secret({ equals: 'alpha' }), { title: { equals: 'Second' } }] }],
  ['or of opposites', { or: [secret({ equals: 'alpha' }), { not: secret({ equals: 'alpha' }) }] }],
  ['and', { and: [{ title: { startsWith: 'F' } }, secret({ startsWith: 'al' })] }],
  ['not or', { not: { or: [secret({ equals: 'alpha' }), { title: { equals: 'Second' } }] } }],
  ['not and', { not: { and: [secret({ equals: 'alpha' }), { title: { equals: 'Second' } }] } }],
];
const LIST = `query ($where: DiaryNoteFilter, $search: String, $orderBy: [DiaryNoteOrder!]) {
  diaryNotes(where: $where, search: $search, orderBy: $orderBy) { totalCount nodes { title } edges { cursor } pageInfo { startCursor endCursor hasNextPage } }
}`;
const answersOf = async (seat: TestSeat, variables: object) => {
  const { data, errors } = await seat.ask(LIST, { ...variables });
  return { data, errors: errors.map(({ message, path, extensions }) => ({ message, path, code: extensions.code })) };
};

/** What somebody is answered with one content of the notes, and with others. */
async function withEachContent<T>(answer: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const [first, second, weight] of [
    ['alpha', 'beta', 1],
    ['beta', 'alpha', 9],
    [null, null, 5],
  ] as const) {
    await write('First', first, weight);
    await write('Second', second, 10 - weight);
    answers.push(await answer());
  }
  return answers;
}

describe('filtering by what one may not read', () => {
  it.each(FILTERS)('%s finds the same whatever stands there', async (_, where) => {
    const [first, ...others] = await withEachContent(() => answersOf(own.colleague, { where }));
    for (const other of others) expect(other).toEqual(first);
  });
  it('finds what is there for whoever may read it', async () => {
    const found = await withEachContent(async () => (await answersOf(own.owner, { where: secret({ equals: 'alpha' }) })).data);
    expect(found.map(({ diaryNotes }) => diaryNotes.nodes)).toEqual([[{ title: 'First' }], [{ title: 'Second' }], []]);
  });
  it.each([
    ['equals', secret({ equals: 'alpha' })],
    ['isNull', secret({ isNull: true })],
    ['greaterThan', { weight: { greaterThan: 5 } }],
    ['or', { or: [secret({ equals: 'alpha' }), { weight: { greaterThan: 5 } }] }],
  ])('finds nothing, and its opposite neither: %s', async (_, where) => {
    const asked = [where, { not: where }];
    const found = await withEachContent(() => Promise.all(asked.map((one) => answersOf(own.colleague, { where: one }))));
    expect(found.flat().map(({ data }) => data.diaryNotes.totalCount)).toEqual(found.flat().map(() => 0));
    const whole = await Promise.all(asked.map((one) => answersOf(own.owner, { where: one })));
    expect(whole.map(({ data }) => data.diaryNotes.totalCount).reduce((sum, count) => sum + count)).toBe(2);
  });
  it('is by what one may read all the same', async () => {
    const where = { or: [secret({ equals: 'alpha' }), { title: { equals: 'Second' } }] };
    expect((await answersOf(own.colleague, { where })).data.diaryNotes).toMatchObject({ totalCount: 1, nodes: [{ title: 'Second' }] });
  });
});

describe('searching in what one may not read', () => {
  it.each(['alpha', 'beta', 'a', ''])('for "%s" finds the same whatever stands there', async (search) => {
    const [first, ...others] = await withEachContent(() => answersOf(own.colleague, { search }));
    for (const other of others) expect(other).toEqual(first);
  });
  it('finds what is there for whoever may read it', async () => {
    await write('First', 'alpha', 1);
    expect((await answersOf(own.owner, { search: 'alp' })).data.diaryNotes).toMatchObject({ totalCount: 1, nodes: [{ title: 'First' }] });
  });
});

describe('ordering by what one may not read', () => {
  const orderBy = [{ field: 'SECRET', direction: 'ASC' }];
  it('is refused, whatever stands there', async () => {
    const [first, ...others] = await withEachContent(() => answersOf(own.colleague, { orderBy }));
    expect(first).toMatchObject({ data: { diaryNotes: null }, errors: [{ code: 'BAD_REQUEST' }] });
    for (const other of others) expect(other).toEqual(first);
  });
  it('is no way for a cursor either: one that was made up is refused', async () => {
    const after = Buffer.from(
      JSON.stringify([
        placeTag({ list: 'Query.diaryNotes', order: { by: 'SECRET', direction: 'ASC' } }),
        'alpha',
        '019b0000-0000-7000-8000-000000000001',
      ]),
    ).toString('base64url');
    const document = `query ($after: Cursor) { diaryNotes(first: 5, after: $after) { nodes { title } } }`;
    expect((await own.colleague.ask(document, { after })).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
  it('is for whoever finds notes of their own alone', async () => {
    await write('First', 'beta', 1);
    await write('Second', 'alpha', 1);
    const document = '{ ownDiaryNotes(orderBy: [{ field: SECRET, direction: ASC }]) { nodes { title } } }';
    expect((await own.owner.query(document)).ownDiaryNotes.nodes).toEqual([{ title: 'Second' }, { title: 'First' }]);
    expect((await own.colleague.query(document)).ownDiaryNotes.nodes).toEqual([]);
  });
});

describe('counting, pages and nodes', () => {
  it('of a list that may be read tell nothing of its values', async () => {
    const [first, ...others] = await withEachContent(() => answersOf(own.colleague, {}));
    expect(first!.data.diaryNotes.totalCount).toBe(2);
    for (const other of others) expect(other).toEqual(first);
  });
});
