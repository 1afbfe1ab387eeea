import { afterEach, beforeEach, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mostRead } from '../../house/plan.explain.ts';
import { plansOf } from '../../support/plan-of.ts';
import { csv, imported } from './contact-import.fixture.ts';

const ROWS = 600;
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
  const { plan, found } = await plansOf(server, own)('owner', '{ contacts(first: 20) { nodes { name } } }');
  expect(found).toBe(20);
  expect(mostRead(plan)).toBeLessThan(100);
});
