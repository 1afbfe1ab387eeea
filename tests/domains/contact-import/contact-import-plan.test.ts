import { afterEach, beforeEach, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mostRead } from '../../house/plan.explain.ts';
import { plansOf } from '../../support/plan-of.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { csv, imported } from './contact-import.fixture.ts';

const ROWS = 600;
/** What belongs to each contact of the table, however many are made ready at once. */
const WRITTEN = `select (select count(*)::int from contact_import_rows) as rows,
  (select count(*)::int from audit_entries where act = 'importContacts') as acts,
  (select count(*)::int from contact_tags tag join contacts own on own.id = tag.contact_id where own.name like 'Person %') as tagged,
  (select count(distinct contact_id)::int from contact_search_terms where term like 'person%') as found`;
let server: TestServer;
let own: TestOrganization;
beforeEach(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterEach(() => server?.stop());

it.each(['row by row', 'all or nothing'])('a first table leaves lists that do not read all contacts, %s (spec 3.6, 3.12)', async (how) => {
  const rows = Array.from({ length: ROWS }, (_, i) => `Person ${i},${newPhone()},New,The owner`);
  const { counts } = await imported(server, own.admin, csv('Name,Phone,Tags,Owner', ...rows), { atomic: how !== 'row by row' });
  expect(counts).toMatchObject({ created: ROWS, rejected: 0 });
  expect(await rowsOf(server, own, WRITTEN)).toEqual([{ rows: ROWS, acts: ROWS, tagged: ROWS, found: ROWS }]);
  const { plan, found } = await plansOf(server, own)('owner', '{ contacts(first: 20) { nodes { name } } }');
  expect(found).toBe(20);
  expect(mostRead(plan)).toBeLessThan(100);
});
