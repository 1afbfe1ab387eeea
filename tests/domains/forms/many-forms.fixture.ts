import pg from 'pg';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';

/** As many forms, made by SQL: every one has another number of hours, every second is urgent. */
export async function manyForms(server: TestServer, own: TestOrganization, count: number): Promise<void> {
  await placeOrder(own.customer);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query(
    `insert into business_forms (organization_id, id, number, kind, template_id, template_version, state, customer_state, customer_state_since,
       contact_id, field_values, submitted_at, updated_at)
     select organization_id, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'N-' || n, 'GENERAL', template_id, template_version,
       state, customer_state, now(), contact_id, '{}', now(), now()
     from business_forms, generate_series(1, ${count}) n where organization_id = $1`,
    [own.id],
  );
  await client.query(
    `insert into form_values (organization_id, form_id, field, nth, term)
     select organization_id, id, field, 0, term from business_forms,
       lateral (values ('hours', 'number:p' || 48 + length(number) || rtrim(substr(number, 3), '0')), ('urgent', 'yes:' || right(number, 1)::int % 2)) terms (field, term)
     where organization_id = $1 and number like 'N-%'`,
    [own.id],
  );
  await client.query('analyze business_forms, form_values');
  await client.end();
}
export const SEARCHES = [
  ['one', '{ field: "hours", number: { equals: 123 } }'],
  ['a range', '{ field: "hours", number: { lessThan: 40 } }'],
  ['half of them', '{ field: "urgent", yes: true }'],
] as const;
export const searchFor = (where: string): string =>
  `{ businessForms(first: 20, where: { values: [${where}] }) { nodes { number answers { name value { text } } } } }`;
