import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';

// Values come out as they were put in, whether the statement's text is the answer itself or the executor puts the answer together.

let server: TestServer;
let owner: pg.Client;
let seats: TestOrganization;
let uuid: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
  seats = await server.organization();
  await placeOrder(seats.customer);
  const { rows } = await owner.query(`select id from contacts where organization_id = $1 and name = 'The customer'`, [seats.id]);
  uuid = rows[0].id;
});
afterAll(async () => {
  await owner?.end();
  await server?.stop();
});

/** Reads fields of the customer both ways: `phoneFormatted` is computed, so with it the executor has to do it. */
async function read(fields: string, seat = seats.admin): Promise<object> {
  const ask = async (more: string): Promise<Record<string, unknown>> =>
    (await seat.query(`query ($id: ID!) { contact(id: $id) { ${fields} ${more} } }`, { id: seats.customer.id })).contact;
  const [written, { phoneFormatted, ...composed }] = [await ask(''), await ask('phoneFormatted')];
  expect(phoneFormatted).toEqual(expect.any(String));
  expect(written).toEqual(composed);
  return written;
}
const put = (column: string, value: unknown): Promise<unknown> =>
  owner.query(`update contacts set ${column} = $1 where organization_id = $2 and id = $3`, [value, seats.id, uuid]);

describe('text', () => {
  it.each([
    '',
    ' ',
    'null',
    '"quoted" and \\ and / and \\u0041',
    "it's; drop table contacts; --",
    'line\nbreak\ttab\rreturn\b\f',
    '\u0001',
    '\u0002',
    '"\u0001"',
    '","phone":\u00011,"x":"',
    '\u0001\u0001\u00020\u001f\u007f',
    'refused:0',
    '🦊 👩‍👩‍👧 王伟 \u2028\u2029 \ufffd ￿ é é',
    '$1 %s {} []',
    'x'.repeat(20_000),
  ])('comes back as it is and forges nothing: %j', async (text) => {
    await put('name', text);
    await put('remark', text);
    expect(await read('name remark')).toEqual({ name: text, remark: text });
    // one who is refused the remark is told so, beside the same name
    const { data, errors } = await seats.colleague.ask('query ($id: ID!) { contact(id: $id) { name remark } }', { id: seats.customer.id });
    expect(data).toEqual({ contact: { name: text, remark: null } });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['contact', 'remark'], 'FORBIDDEN']]);
    await put('name', 'The customer');
  });
  it('in JSON is as safe', async () => {
    const text = '\u0001\u0002 "\u0001":\u00020 {}';
    await seats.admin.does('mutation { addContactField(input: { name: "\u00e9, \\"odd\\"", kind: "TEXT" }) { __typename } }');
    const { rows } = await owner.query('select id from contact_fields where organization_id = $1 and not is_built_in', [seats.id]);
    await put('field_values', JSON.stringify({ [rows[0].id]: text, [uuid]: 'of no field' }));
    expect(await read('customFields { text field { name } }')).toEqual({ customFields: [{ text, field: { name: '\u00e9, "odd"' } }] });
  });
});

describe('moments', () => {
  it.each([
    ['2026-06-01T08:30:00+00', '2026-06-01T08:30:00.000Z'],
    ['2026-06-01T00:30:00.5+08', '2026-05-31T16:30:00.500Z'],
    ['2026-03-08 02:30:00 America/New_York', '2026-03-08T07:30:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
    ['0987-01-02T03:04:05.006Z', '0987-01-02T03:04:05.006Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['2024-02-29T12:00:00.123999Z', '2024-02-29T12:00:00.123Z'],
  ])('are told in UTC, to the millisecond: %s', async (stored, told) => {
    await put('last_interaction_at', stored);
    expect(await read('lastInteractionAt')).toEqual({ lastInteractionAt: told });
  });
  it('do not hang on the session’s time zone and style', async () => {
    await put('last_interaction_at', '2026-06-01T08:30:00Z');
    const pool = server.runtime.pools.requests;
    const odd = (client: pg.PoolClient): void =>
      void client.query(`set timezone = 'Asia/Kathmandu'; set datestyle = 'German'; set intervalstyle = 'sql_standard'`);
    pool.on('acquire', odd);
    expect(await read('lastInteractionAt')).toEqual({ lastInteractionAt: '2026-06-01T08:30:00.000Z' });
    const page = await seats.admin.query('{ contacts(first: 1, orderBy: [{ field: NAME, direction: ASC }]) { edges { cursor } } }');
    const query = 'query ($after: Cursor) { contacts(orderBy: [{ field: NAME, direction: ASC }], after: $after) { nodes { name } } }';
    expect((await seats.admin.query(query, { after: page.contacts.edges[0].cursor })).contacts.nodes).toHaveLength(2);
    pool.off('acquire', odd);
  });
});

describe('numbers', () => {
  it('are exact up to 2^53, and no text', async () => {
    await owner.query('update plg_ordering.orders set total_minor = $1 where organization_id = $2', [Number.MAX_SAFE_INTEGER, seats.id]);
    const FORMS = (more: string) =>
      `{ businessForms { nodes { version ... on Order { total { amount currency } lines { quantity } } ${more} } } }`;
    for (const more of ['', 'answers { value { text } }']) {
      const [form] = (await seats.admin.query(FORMS(more))).businessForms.nodes;
      expect(form).toMatchObject({
        version: expect.any(Number),
        total: { amount: 9_007_199_254_740_991, currency: 'CNY' },
        lines: [{ quantity: 1 }],
      });
    }
  });
});

describe('nothing', () => {
  it('is null, in every form', async () => {
    await owner.query(
      `update contacts set position = null, company_id = null, owner_id = null, last_interaction_at = null where organization_id = $1 and id = $2`,
      [seats.id, uuid],
    );
    expect(await read('position deletedAt company { name } owner { name } lastInteractionAt phoneExtension')).toEqual({
      position: null,
      deletedAt: null,
      company: null,
      owner: null,
      lastInteractionAt: null,
      phoneExtension: null,
    });
  });
  it('in lists is an empty list', async () => {
    await owner.query('delete from contact_tags where organization_id = $1', [seats.id]);
    expect(await read('tags { name } sharedWith(first: 1) { nodes { id } } viewerAccess { through }')).toMatchObject({ tags: [] });
  });
});

describe('a wide selection', () => {
  it('of more fields than a function of PostgreSQL has arguments is taken', async () => {
    const names = ['id', 'name', 'phone', 'remark', 'position', 'email', 'address', 'source', 'version', 'createdAt', 'updatedAt'];
    const inner = (prefix: string): string =>
      `${names.join(' ')} owner { ${prefix}: id name } viewerCan { edit delete share transfer tag message call sendCard } viewerRoles`;
    const all = Array.from({ length: 12 }, (_, i) => `a${i}: contact(id: $id) { ${inner('x')} }`)
      .slice(0, 7)
      .join(' ');
    const data = await seats.admin.query(`query ($id: ID!) { ${all} }`, { id: seats.customer.id });
    expect(Object.values(data)).toHaveLength(7);
    expect(new Set(Object.values(data).map((contact) => JSON.stringify(contact))).size).toBe(1);
  });
});
