import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { csv, imported } from './employee-import.fixture.ts';

// A company's second table: everybody is there, and PostgreSQL has not looked at the tables yet.

const MOST = 10_000;
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ statementTimeout: 4_000 });
  own = await server.organization();
  const database = await RawDatabase.open(server.databaseUrl);
  for (const table of ['employees', 'contacts', 'department_members', 'identity.seats'])
    await database.rows(`alter table ${table} set (autovacuum_enabled = false)`);
  await database.close();
});
afterAll(() => server.stop());

const numberOf = (i: number): string => `+861390${String(i).padStart(7, '0')}`;

describe('ten thousand employees in tables that were never analyzed (spec 10.1)', () => {
  it('are held against a table of them within the time of a statement', async () => {
    await rowsOf(
      server,
      own,
      `insert into employees (organization_id, id, name, staff_number, phone, portal_id, seniority_date)
       select (select organization_id from employees limit 1), gen_random_uuid(), 'He Jing', 'M-' || i, '+861390' || lpad(i::text, 7, '0'),
         gen_random_uuid(), '2026-01-01' from generate_series(1, ${MOST}) i`,
    );
    const rows = Array.from({ length: MOST }, (_, i) => `M-${i + 1},He Jing,${numberOf(i + 1)}`);
    const { result } = await imported(server, own.admin, csv('Staff number,Name,Phone', ...rows), true);
    expect(result).toMatchObject({ rejected: 0, unchanged: MOST });
  });
});
