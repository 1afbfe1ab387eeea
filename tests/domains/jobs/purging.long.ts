import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { tallyPlugin } from '../../platform/jobs/tally.plugin.ts';
import { inSteps } from '../../support/in-steps.ts';
import * as contactImport from '../contact-import/contact-import.fixture.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import * as employeeImport from '../directory/employee-import.fixture.ts';
import { csv, imported } from '../directory/employee-import.fixture.ts';

const PURGES = ['jobs.purge', 'contact-import.purge', 'directory.purgeImports', 'staff-sync.purge'];
const DAY = 86_400_000;
let now = Date.parse('2026-06-01T08:00:00Z');
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [tallyPlugin], now: () => new Date(now) });
  own = await server.organization();
  await server.strike(...PURGES);
});
afterAll(() => server.stop());

async function wait(days: number): Promise<void> {
  now += days * DAY;
  await server.strike(...PURGES);
}
const rows = (text: string) => rowsOf<{ of: string }>(server, own, text);
const kinds = async () => (await rows(`select kind as of from jobs where started_by is not null order by kind`)).map(({ of }) => of);
const files = async () =>
  (await rows('select attached_type as of from files where attached_at is not null order by 1')).map(({ of }) => of);
const imports = async () =>
  (
    await rows(`select 'employees' as of from employee_imports union all select 'contacts' from contact_imports
    union all select 'row' from contact_import_rows order by 1`)
  ).map(({ of }) => of);
const COUNT = `mutation ($input: TallyStartInput!) { tallyStart(input: $input) { __typename ... on TallyStartSuccess { job { id } } } }`;

describe('what came of long work (api 1, spec 3.12, 10.1)', () => {
  inSteps('goes when it is old', () => {
    it('stays for 29 days: jobs, imports with their rows, the files of all', async () => {
      await imported(server, own.admin, csv('Staff number,Name,Phone', '1,Zhu Ming,none'));
      await contactImport.imported(server, own.admin, csv('Name,Phone,Tags', 'Zhu Ming,none,Key account'));
      await own.admin.does(COUNT, { input: { steps: 1, fault: 'shows file' } });
      await server.runtime.jobs.settled();
      await wait(29);
      expect(await kinds()).toEqual(['contact-import.importContacts', 'directory.importEmployees', 'tally.count']);
      expect(await imports()).toEqual(['contacts', 'employees', 'row']);
      expect(await files()).toEqual(['ContactImport', 'ContactImport', 'EmployeeImportResult', 'Job']);
    });
    it('does not go while it has not ended', async () => {
      await contactImport.started(own.admin, csv('Name,Phone,Tags', `Zhu Ming,${newPhone()},Key account`));
      await server.runtime.jobs.settled();
      await rows(`update contact_imports set state = 'PAUSED', finished_at = null where state = 'DONE' and rejected = 0`);
      await rows(`update jobs set finished_at = null, not_before = '2099-01-01', sent_at = null, state = 'QUEUED'
        where id = (select job_id from contact_imports where state = 'PAUSED')`);
      await wait(2);
      expect(await kinds()).toEqual(['contact-import.importContacts']);
      expect(await imports()).toEqual(['contacts', 'row']);
      expect(await files()).toEqual(['ContactImport']);
      await wait(31);
      expect(await imports()).toEqual(['contacts', 'row']);
    });
    it('is not waited for longer than twice that time', async () => {
      await wait(29);
      expect([await imports(), await files()]).toEqual([[], []]);
    });
    it('is that of clocks as well', async () => {
      const clockwork = () => rows('select kind as of from jobs where started_by is null and finished_at is not null');
      expect((await clockwork()).length).toBeGreaterThan(0);
      await rows(`update jobs set finished_at = '2026-06-01' where started_by is null`);
      await wait(1);
      expect(await rows(`select kind as of from jobs where finished_at < '2026-06-02'`)).toEqual([]);
    });
  });
  it('is another organization’s no less', async () => {
    const other = await server.organization({ name: 'Elsewhere' });
    await employeeImport.imported(server, other.admin, csv('Staff number,Name,Phone', '1,Zhu Ming,none'));
    await wait(2);
    expect(await rowsOf(server, other, 'select 1 from employee_imports')).toHaveLength(1);
  });
});
