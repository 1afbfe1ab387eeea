import pg from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { plansOf, readsTerms } from '../../support/plan-of.ts';

const FORMS = 20_000;

let server: TestServer;
let own: TestOrganization;
let planOf: ReturnType<typeof plansOf>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await placeOrder(own.customer);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query(
    `insert into business_forms (organization_id, id, number, kind, template_id, template_version, state, customer_state, customer_state_since,
       contact_id, field_values, submitted_at, updated_at)
     select organization_id, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'N-' || n, 'GENERAL', template_id, template_version,
       state, customer_state, now(), contact_id, '{}', now(), now()
     from business_forms, generate_series(1, ${FORMS}) n where organization_id = $1`,
    [own.id],
  );
  // every form has another number of hours; every second is urgent
  await client.query(
    `insert into form_values (organization_id, form_id, field, nth, term)
     select organization_id, id, field, 0, term from business_forms,
       lateral (values ('hours', 'number:p' || 48 + length(number) || rtrim(substr(number, 3), '0')), ('urgent', 'yes:' || right(number, 1)::int % 2)) terms (field, term)
     where organization_id = $1 and number like 'N-%'`,
    [own.id],
  );
  await client.query('analyze business_forms, form_values');
  await client.end();
  planOf = plansOf(server, own);
});
afterAll(() => server?.stop());

describe('a search for a value among many forms (spec 6.6)', () => {
  it.each([
    ['one', '{ field: "hours", number: { equals: 123 } }'],
    ['a range', '{ field: "hours", number: { lessThan: 40 } }'],
    ['half of them', '{ field: "urgent", yes: true }'],
  ])('reads through an index, in one statement: %s', async (_, where) => {
    const query = `{ businessForms(first: 20, where: { values: [${where}] }) { nodes { number answers { name value { text } } } } }`;
    readsTerms(await planOf('admin', query), { table: 'business_forms', terms: 'form_values', most: FORMS / 4 });
  });
});
