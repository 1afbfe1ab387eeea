import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { plansOf, readsTerms } from '../../support/plan-of.ts';
import { field } from './contact-fields.fixture.ts';

const CONTACTS = 20_000;

let server: TestServer;
let own: TestOrganization;
let planOf: ReturnType<typeof plansOf>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await field(own, 'size', 'NUMBER');
  await field(own, 'vip', 'YES_NO');
  await field(own, 'zone', 'TEXT');
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query('select id, name from contact_fields where organization_id = $1 and not is_built_in order by name', [
    own.id,
  ]);
  await client.query(
    `insert into contacts (organization_id, id, name, sort_name, phone, is_mobile, owner_id, source, created_at, updated_at, field_values)
     select organization_id, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'N ' || n, 'n ' || n, '+99' || n, false, owner_id, 'API', now(), now(),
       jsonb_build_object($2::text, n::text, $3::text, n % 2 = 0)
     from contacts, generate_series(1, ${CONTACTS}) n where organization_id = $1 and name = 'The customer'`,
    [own.id, rows[0].id, rows[1].id],
  );
  // every contact has another size; every second is important
  await client.query(
    `insert into contact_field_terms (organization_id, contact_id, field, nth, term)
     select organization_id, id, field, 0, term from contacts,
       lateral (values ('size', 'number:p' || 48 + length(name) || rtrim(substr(name, 3), '0')), ('vip', 'yes:' || right(name, 1)::int % 2)) terms (field, term)
     where organization_id = $1 and name like 'N %'`,
    [own.id],
  );
  await client.query(
    `insert into contact_field_terms (organization_id, contact_id, field, nth, term)
     select organization_id, id, 'zone', 0, 'text:north' from contacts where organization_id = $1 and name in ('N 7', 'N 8')`,
    [own.id],
  );
  // Every row is looked at: a sample can miss the two of one field, and whoever has no value would seem to be nobody.
  await client.query('set default_statistics_target = 1000; analyze contacts, contact_field_terms');
  await client.end();
  planOf = plansOf(server, own);
});
afterAll(() => server?.stop());

describe('a search for a value among many contacts (spec 3.6)', () => {
  it.each(
    (['admin', 'owner'] as const).flatMap((seat) => [
      [seat, 'one', '{ field: "size", number: { equals: 123 } }'] as const,
      [seat, 'a range', '{ field: "size", number: { lessThan: 40 } }'] as const,
      [seat, 'half of them', '{ field: "vip", yes: true }'] as const,
    ]),
  )('of %s reads through an index, in one statement: %s', async (seat, _, where) => {
    const planned = await planOf(seat, `{ contacts(first: 20, where: { values: [${where}] }) { nodes { name customFields { text } } } }`);
    readsTerms(planned, { table: 'contacts', terms: 'contact_field_terms', most: CONTACTS / 4 });
  });
});

describe('an order by a value among many contacts (spec 3.6)', () => {
  const PAGE = '{ nodes { name } pageInfo { endCursor startCursor } }';
  const order = (field: string, direction: string): string => `orderBy: [{ field: VALUE, value: "${field}", direction: ${direction} }]`;

  it.each(
    (['admin', 'owner'] as const).flatMap((seat) => [
      [seat, 'from the smallest', `first: 20, ${order('size', 'ASC')}`] as const,
      [seat, 'from the largest', `first: 20, ${order('size', 'DESC')}`] as const,
      [seat, 'of a field that few have', `first: 20, ${order('zone', 'ASC')}`] as const,
      [seat, 'beside a filter', `first: 20, where: { values: [{ field: "vip", yes: true }] }, ${order('size', 'ASC')}`] as const,
    ]),
  )('of %s walks an index, in one statement: %s', async (seat, _, args) => {
    const planned = await planOf(seat, `{ contacts(${args}) ${PAGE} }`);
    readsTerms(planned, { table: 'contacts', terms: 'contact_field_terms', most: CONTACTS / 4 });
  });

  it.each([
    ['ASC', ['N 1', 'N 2', 'N 3'], ['N 4', 'N 5', 'N 6']],
    ['DESC', ['N 20000', 'N 19999', 'N 19998'], ['N 19997', 'N 19996', 'N 19995']],
  ] as const)('goes on and comes back, those without a value last: %s', async (direction, first, second) => {
    const by = order('size', direction);
    const ask = async (seat: 'admin' | 'owner', args: string): Promise<{ names: string[]; start: string; end: string }> => {
      const { nodes, pageInfo } = (await own[seat].query(`{ contacts(${args}, ${by}) ${PAGE} }`)).contacts;
      return { names: nodes.map(({ name }: { name: string }) => name), start: pageInfo.startCursor, end: pageInfo.endCursor };
    };
    for (const seat of ['admin', 'owner'] as const) {
      const without = `where: { values: [{ field: "size", isFilled: false }] }, orderBy: [{ field: CREATED_AT, direction: ${direction} }]`;
      const last = (await own[seat].query(`{ contacts(${without}) { nodes { name } } }`)).contacts.nodes.map(
        ({ name }: { name: string }) => name,
      );
      const begins = await ask(seat, 'first: 3');
      const goesOn = await ask(seat, `first: 3, after: "${begins.end}"`);
      const ends = await ask(seat, `last: ${last.length}`);
      expect([begins.names, goesOn.names, ends.names]).toEqual([first, second, last]);
      expect((await ask(seat, `last: 3, before: "${goesOn.start}"`)).names).toEqual(first);
      expect((await ask(seat, `first: 3, after: "${ends.start}"`)).names).toEqual(last.slice(1));
      expect((await ask(seat, `last: 1, before: "${ends.end}"`)).names).toEqual([last.at(-2) ?? (direction === 'ASC' ? 'N 20000' : 'N 1')]);
    }
  });
  it('asks of which field, and takes no cursor of another', async () => {
    const { contacts } = await own.admin.query(`{ contacts(first: 1, ${order('size', 'ASC')}) ${PAGE} }`);
    const codes = async (args: string): Promise<unknown> =>
      (await own.admin.ask(`{ contacts(${args}) { nodes { id } } }`)).errors?.[0]?.extensions?.code;
    expect(await codes('orderBy: [{ field: VALUE, direction: ASC }]')).toBe('BAD_REQUEST');
    expect(await codes('orderBy: [{ field: NAME, value: "size", direction: ASC }]')).toBe('BAD_REQUEST');
    expect(await codes(`after: "${contacts.pageInfo.endCursor}", ${order('vip', 'ASC')}`)).toBe('BAD_REQUEST');
    expect(await codes(`after: "${contacts.pageInfo.endCursor}", ${order('size', 'ASC')}`)).toBeUndefined();
    for (const direction of ['ASC', 'DESC']) expect(await codes(`first: 3, list: MY_TEAM, ${order('size', direction)}`)).toBeUndefined(); // nobody's team
  });
});
