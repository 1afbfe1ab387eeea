import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/platform/database/uuid.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { ruleOf, SURFACES } from '../rules/printed.rules.ts';
import { documentFor, isOfContacts, type Place, placesOf, type RootField, rootFields, variablesWith } from '../rules/root-questions.ts';
import { type Thing, thingsOf } from '../rules/rows.fixture.ts';
import { makeWorld, type World } from '../rules/world.fixture.ts';
import { bearer, post } from './attack.fixture.ts';

// Values that GraphQL takes and PostgreSQL would not, at every place of every query and mutation: made from the schema.

let server: TestServer;
let world: World;
let things: readonly Thing[];
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  things = [...(await thingsOf(server)).values()];
});
afterAll(() => server?.stop());

const ours = (type: string): string => {
  if (type === 'Contact') return world.contacts.customer;
  const kind = type === 'BusinessForm' ? 'Order' : type;
  const own = things.find((thing) => thing.type === kind && thing.organizationId === world.ours.id);
  return own?.globalId ?? encodeGlobalId(type, uuidv7());
};

const UNSTORABLE = ['a\0b', 'a\udc00b'];
const LONG = 'x'.repeat(20_000);
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  String: [...UNSTORABLE, `${LONG}💥`, '\u202e\u0001\u007f'],
  ID: [...UNSTORABLE, LONG, -1],
  PhoneNumber: [...UNSTORABLE, '9'.repeat(20_000), '(('.repeat(10_000)],
  Cursor: [...UNSTORABLE, LONG, ''],
  DateTime: ['0000-01-01T00:00:00+23:59', '9999-12-31T23:59:59.999999999-23:59', '2026-01-01T24:00:00Z'],
  Int: [2_147_483_647, -2_147_483_648],
  Int53: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  JSON: [...UNSTORABLE, { a: 'a\0' }, { 'a\0': 1 }, ['\ud800'], { wish: '\0' }, 1e308, [], null, LONG],
};
/** What a mutation needs beside a value, so that it gets as far as to use it. */
const beside = (mutation: string, place: Place): object => {
  if (mutation === 'shareContact') return { employeeId: ours('Employee') };
  if (mutation !== 'deleteContacts' || place.includes('contactIds')) return {};
  // who asks further on would be deleted with all the others
  return place.includes('search') ? { where: { createdAt: { before: '2000-01-01T00:00:00Z' } } } : { search: 'nobody is called this' };
};

const CASES = (['staff', 'portal'] as const)
  .flatMap((surface) =>
    (['query', 'mutation'] as const)
      .flatMap((operation) => rootFields(surface, operation))
      .filter(({ field }) => surface === 'portal' || !isOfContacts(ruleOf(SURFACES.staff, field).roles))
      .flatMap((root) =>
        Object.keys(VALUES).flatMap((scalar) =>
          placesOf(root, [scalar]).map((place) => [`${root.field.name}(${place.join('.')})`, surface, scalar, root, place] as const),
        ),
      ),
  )
  .map((one, nth) => [...one, nth] as const);
const ALLOWED = ['BAD_REQUEST', 'FORBIDDEN', 'RATE_LIMITED'];
/** A place is given each value in turn with the places around it; every value in a long run. */
const triedAt = (scalar: string, nth: number): readonly unknown[] => {
  const values = VALUES[scalar]!;
  return process.env.ODD_VALUES === 'all' ? values : [values[nth % values.length], values[(nth + 1) % values.length]];
};

describe('a value that nobody would send', () => {
  it.each(CASES)('is answered in words at %s of the surface %s: %s', async (_, surface, scalar, root: RootField, place: Place, nth) => {
    const seat = surface === 'staff' ? world.seats.admin : world.seats.customer;
    for (const value of triedAt(scalar, nth)) {
      const variables = variablesWith(root, ours, { place, value });
      if (variables.input) variables.input = { ...beside(root.field.name, place), ...(variables.input as object) };
      const { errors } = await seat.ask(documentFor(root, variables), variables);
      const codes = errors.map(({ extensions }) => extensions.code);
      expect(
        codes.filter((code) => !ALLOWED.includes(code)),
        `${JSON.stringify(value).slice(0, 40)}: ${errors[0]?.message}`,
      ).toEqual([]);
    }
  });

  it('has been put at every kind of place', () => {
    expect(CASES.length).toBeGreaterThan(150);
    expect(new Set(CASES.map(([, , scalar]) => scalar))).toEqual(new Set(Object.keys(VALUES)));
  });
});

describe('a text that cannot be kept', () => {
  const said = async (query: string): Promise<unknown> => {
    const { data, errors } = await world.seats.admin.ask(query);
    return errors.length ? errors.map(({ extensions }) => extensions.code) : data;
  };
  it.each([
    ['NUL in a literal', '{ contacts(search: "a\\u0000") { totalCount } }'],
    ['NUL in a filter', '{ employees(where: { name: { startsWith: "\\u0000" } }) { totalCount } }'],
    ['NUL itself', '{ contacts(search: "a\0") { totalCount } }'],
    ['half a character', '{ contacts(search: "\\uD800") { totalCount } }'],
    ['half a character, written out', '{ contacts(search: "\ud800") { totalCount } }'],
    ['half a character in braces', '{ contacts(search: "\\u{D800}") { totalCount } }'],
    ['a character past all', '{ contacts(search: "\\u{110000}") { totalCount } }'],
    ['half a character in a block', '{ contacts(search: """\ud800""") { totalCount } }'],
  ])('is BAD_REQUEST: %s', async (_, query) => expect(await said(query)).toEqual(['BAD_REQUEST']));
});

describe('a number or a day that there is not', () => {
  it.each([
    ['1e400', 'Int', '{ contacts(first: $v) { totalCount } }'],
    ['2147483648', 'Int', '{ contacts(first: $v) { totalCount } }'],
    ['0.5', 'Int', '{ contacts(first: $v) { totalCount } }'],
    ['"1"', 'Int', '{ contacts(first: $v) { totalCount } }'],
    ['true', 'Int', '{ contacts(first: $v) { totalCount } }'],
    ['"2026-02-30T00:00:00Z"', 'DateTime', '{ contacts(where: { createdAt: { after: $v } }) { totalCount } }'],
    ['"2026-13-01T00:00:00Z"', 'DateTime', '{ contacts(where: { createdAt: { after: $v } }) { totalCount } }'],
    ['"+275761-01-01T00:00:00Z"', 'DateTime', '{ contacts(where: { createdAt: { after: $v } }) { totalCount } }'],
    ['"-000001-01-01T00:00:00Z"', 'DateTime', '{ contacts(where: { createdAt: { after: $v } }) { totalCount } }'],
    ['"infinity"', 'DateTime', '{ contacts(where: { createdAt: { after: $v } }) { totalCount } }'],
    ['1780000000', 'DateTime', '{ contacts(where: { createdAt: { after: $v } }) { totalCount } }'],
  ])('is BAD_REQUEST: %s as %s', async (value, type, query) => {
    const asked = JSON.stringify({ query: `query ($v: ${type}) ${query}`, variables: { v: 'VALUE' } }).replace('"VALUE"', value);
    expect((await post(server.url, asked, bearer(world.seats.admin.token))).codes).toEqual(['BAD_REQUEST']);
  });
});
