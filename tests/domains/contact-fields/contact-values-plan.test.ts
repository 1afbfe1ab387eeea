import pg from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
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
  await client.query('analyze contacts, contact_field_terms');
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
