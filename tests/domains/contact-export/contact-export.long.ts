import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { cellsOf, csv, imported, told, UNDO } from '../contact-import/contact-import.fixture.ts';
import { added, SHARE } from '../contacts/contact.fixture.ts';
import { ADD_DEPARTMENT } from '../directory/directory.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  own = await server.organization();
});
const EXPORT = `mutation ($input: ExportContactsInput!) { exportContacts(input: $input) { __typename ... on UserError { code path }
  ... on ValidationFailed { issues { path code } } ... on ExportContactsSuccess { job { id } } } }`;
const REVOKE = 'mutation ($input: RevokeAdminRightInput!) { revokeAdminRight(input: $input) { __typename } }';
const JOB = `query ($id: ID!) { job(id: $id) { state progress total errors { code message } result { __typename ... on File { id name size url } } } }`;

async function exported(seat: TestSeat, input: Readonly<Record<string, unknown>>) {
  const { job } = await seat.does(EXPORT, { input: { format: 'XLSX', ...input } });
  await server.runtime.jobs.settled();
  return (await seat.query(JOB, { id: job.id })).job;
}
const rowsOf = async (seat: TestSeat, input: Readonly<Record<string, unknown>>): Promise<string[][]> =>
  cellsOf((await exported(seat, input)).result.url);
const namesOf = async (seat: TestSeat, input: Readonly<Record<string, unknown>> = {}): Promise<string[]> =>
  (await rowsOf(seat, { columns: ['name'], ...input })).slice(1).map(([name]) => name!);

describe('contacts in a file (spec 3.13)', () => {
  it('are the list with its filters, in the columns that are asked for, and can be taken in again', async () => {
    const phone = newPhone();
    await added(own.owner, own, { name: '=Formula()', phone: `${phone} ext. 12`, company: '+Riverside', remark: 'two\nlines' });
    const { state, progress, total, result } = await exported(own.admin, {
      list: 'ORGANIZATION',
      search: 'formula',
      where: { tags: { any: [own.tagIds[0]] } },
      columns: ['phone', 'name', 'company', 'tags', 'owner', 'remark', 'createdAt'],
    });
    expect([state, progress, total, result.name]).toEqual(['SUCCEEDED', 1, 1, 'contacts.xlsx']);
    const [headers, row, ...rest] = await cellsOf(result.url);
    expect(headers).toEqual(['Phone', 'Name', 'Company', 'Tags', 'Owner', 'Remark', 'Added at']);
    expect(row!.slice(0, 6)).toEqual([`'${phone} ext. 12`, "'=Formula()", "'+Riverside", 'Key account', 'The owner', 'two\nlines']);
    expect(row![6]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
    expect(rest).toEqual([]);
    const again = Buffer.from(await (await fetch(result.url)).arrayBuffer());
    expect(told(await imported(server, own.admin, again, { mode: 'UPDATE' }))).toEqual(['2 SKIPPED']);
  });

  it('have a column once that is asked for twice, in the place where it is named first', async () => {
    const [headers] = await rowsOf(own.admin, { columns: ['name', 'phone', 'name'] });
    expect(headers).toEqual(['Name', 'Phone']);
  });

  it('name fifty of those with whom a contact is shared, say how many more there are, and are not taken in as if these were all', async () => {
    const { id, phone } = await added(own.owner, own, { name: 'Shared with many' });
    const shareWith = async (i: number): Promise<void> => {
      const { department } = await own.admin.does(ADD_DEPARTMENT, { input: { name: `Branch ${String(i).padStart(2, '0')}` } });
      await own.admin.does(SHARE, { input: { contactId: id, departmentId: department.id } });
    };
    const columns = ['name', 'phone', 'tags', 'sharedWith'];
    for (let i = 0; i < 50; i++) await shareWith(i);
    const [, all] = await rowsOf(own.admin, { search: phone, columns });
    expect(all![3]!.split(/[;；]/)).toHaveLength(50);
    for (let i = 50; i < 53; i++) await shareWith(i);
    const { result } = await exported(own.admin, { search: phone, columns });
    const [, row] = await cellsOf(result.url);
    expect(row![3]!.split(/[;；]\s*/).at(-1)).toBe('+3');
    const again = Buffer.from(await (await fetch(result.url)).arrayBuffer());
    expect(told(await imported(server, own.admin, again, { mode: 'UPDATE' }))).toEqual([expect.stringContaining('2 REJECTED')]);
  });

  it('have their further numbers, which a table takes in again: new ones, in place of others, and as they were when it is undone', async () => {
    const [main, fax, desk] = [newPhone(), newPhone(), newPhone()];
    const table = (...numbers: string[]) => csv('姓名,手机号,标签,其他电话', `Numbered,${main},New,${numbers.join('；')}`);
    const numbersOf = async () =>
      (
        await own.admin.query(
          '{ contacts(search: "numbered") { nodes { furtherPhones { phone kind label } history(first: 20) { nodes { field } } } } }',
        )
      ).contacts.nodes[0];
    expect(told(await imported(server, own.admin, table(fax, '12')))).toEqual(['2 REJECTED furtherPhones NO_FURTHER_PHONE']);
    expect(told(await imported(server, own.admin, table(`${fax}（传真：Shop）`)))).toEqual(['2 CREATED']);
    expect((await numbersOf()).furtherPhones).toEqual([{ phone: fax, kind: 'FAX', label: 'Shop' }]);
    const rows = await rowsOf(own.admin, { search: fax.slice(-11), columns: ['name', 'furtherPhones'] });
    expect(rows).toEqual([
      ['Name', 'Further phones'],
      ['Numbered', `'${fax} (FAX: Shop)`],
    ]);
    expect(told(await imported(server, own.admin, table(desk), { mode: 'FILL_EMPTY' }))).toEqual(['2 SKIPPED']);
    const { id } = await imported(server, own.admin, table(desk), { mode: 'UPDATE' });
    const now = await numbersOf();
    expect(now.furtherPhones).toEqual([{ phone: desk, kind: 'MOBILE', label: null }]);
    expect(now.history.nodes.filter(({ field }: { field: string }) => field === 'furtherPhones')).toHaveLength(2);
    expect(await namesOf(own.admin, { search: fax.slice(-11) })).toEqual([]);
    expect(await namesOf(own.admin, { search: desk.slice(-11) })).toEqual(['Numbered']);
    await own.admin.does(UNDO, { input: { importId: id } });
    await server.runtime.jobs.settled();
    expect((await numbersOf()).furtherPhones).toEqual([{ phone: fax, kind: 'FAX', label: 'Shop' }]);
    expect(await namesOf(own.admin, { search: fax.slice(-11) })).toEqual(['Numbered']);
  });

  it('are written in the language and format that are asked for', async () => {
    const { data } = await own.admin.ask(EXPORT, { input: { format: 'CSV', columns: ['name', 'phone'] } }, { 'accept-language': 'zh-CN' });
    await server.runtime.jobs.settled();
    const { job } = await own.admin.query(JOB, { id: data!.exportContacts.job.id });
    expect(job.result.name).toBe('外部联系人.csv');
    const text = await (await fetch(job.result.url)).text();
    expect(text.split(/\r?\n/)[0]).toBe('姓名,手机号');
    expect(text).toContain('The customer');
  });

  it('of more than a page are all there, once', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `Paged ${i}`);
    for (const name of names) await added(own.owner, own, { name });
    const found = await namesOf(own.admin, { search: 'paged' });
    expect(found.toSorted()).toEqual(names.toSorted());
  });

  it('are those that the right covers: an admin of a department exports no others, and not what is only shared with them', async () => {
    await added(own.owner, own, { name: 'Of Sales' });
    await added(own.scopedAdmin, own, { name: 'Mine' });
    expect((await namesOf(own.scopedAdmin)).toSorted()).toEqual(['Of Sales', 'The customer']);
    expect((await namesOf(own.admin)).toSorted()).toEqual(['Mine', 'Of Sales', 'The customer', 'The rival', 'The unowned']);
    for (const seat of [own.owner, own.supervisor, own.formsAdmin]) {
      const { data, errors } = await seat.ask(EXPORT, { input: { format: 'CSV' } });
      expect([data?.exportContacts, errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
    const { data, errors } = await own.scopedAdmin.ask(EXPORT, { input: { format: 'CSV', list: 'ORGANIZATION' } });
    expect([data?.exportContacts, errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN']);
  });

  it('are the seat’s alone: another admin sees neither the job nor the file', async () => {
    const { employee } = await own.admin.does(
      'mutation ($input: AddEmployeeInput!) { addEmployee(input: $input) { __typename ... on AddEmployeeSuccess { employee { id phone } } } }',
      { input: { name: 'Other admin', phone: newPhone() } },
    );
    await own.admin.does('mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }', {
      input: { employeeId: employee.id, right: 'CONTACTS' },
    });
    const { job } = await own.admin.does(EXPORT, { input: { format: 'CSV' } });
    await server.runtime.jobs.settled();
    const { result } = (await own.admin.query(JOB, { id: job.id })).job;
    const other = await server.seat(employee.phone);
    expect((await other.query(JOB, { id: job.id })).job).toBeNull();
    expect((await other.query('query ($id: ID!) { node(id: $id) { id } }', { id: result.id })).node).toBeNull();
  });

  it('are not exported any more by a seat that has lost the right meanwhile', async () => {
    const quiet = await startTestServer({ jobsAtOnce: 0 });
    try {
      const theirs = await quiet.organization();
      const { job } = await theirs.scopedAdmin.does(EXPORT, { input: { format: 'CSV' } });
      expect((await theirs.scopedAdmin.query(JOB, { id: job.id })).job.state).toBe('QUEUED');
      await theirs.admin.does(REVOKE, { input: { employeeId: theirs.scopedAdmin.id, right: 'CONTACTS' } });
      await expect.poll(async () => (await theirs.scopedAdmin.query(JOB, { id: job.id })).job).toBeNull();
    } finally {
      await quiet.stop();
    }
  });

  describe('are read while the seat could still have them exported (spec 2.5)', () => {
    const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
    const FILE =
      'query ($job: ID!, $file: ID!) { job(id: $job) { state errors { code } result { __typename } } node(id: $file) { __typename } }';
    const exportedBy = async (seat: TestSeat) => {
      const { job } = await seat.does(EXPORT, { input: { format: 'CSV' } });
      await server.runtime.jobs.settled();
      const { result } = (await seat.query(JOB, { id: job.id })).job;
      const read = async () => ({
        bytes: (await fetch(result.url)).status,
        range: (await fetch(result.url, { headers: { range: 'bytes=0-3' } })).status,
        ...(await seat.query(FILE, { job: job.id, file: result.id })),
      });
      return { read };
    };
    const THERE = {
      bytes: 200,
      range: 206,
      job: { state: 'SUCCEEDED', errors: [], result: { __typename: 'File' } },
      node: { __typename: 'File' },
    };
    const GONE = { bytes: 404, range: 404, job: null, node: null };
    const revoke = (right: string) => own.admin.does(REVOKE, { input: { employeeId: own.scopedAdmin.id, right } });
    const grant = (departmentIds?: readonly string[]) =>
      own.admin.does(GRANT, { input: { employeeId: own.scopedAdmin.id, right: 'CONTACTS', departmentIds } });

    it('not after the right was revoked, and again where it was granted again', async () => {
      const { read } = await exportedBy(own.scopedAdmin);
      expect(await read()).toEqual(THERE);
      await revoke('FORMS'); // another right
      expect(await read()).toEqual(THERE);
      await revoke('CONTACTS');
      await expect.poll(read).toEqual(GONE);
      await grant();
      await expect.poll(read).toEqual(THERE);
    });

    it('not where the right covers less than it did', async () => {
      await revoke('CONTACTS');
      await grant();
      const { read } = await exportedBy(own.scopedAdmin);
      expect(await read()).toEqual(THERE);
      const { departments } = await own.admin.query('{ departments { nodes { id name } } }');
      const sales = departments.nodes.find(({ name }: { name: string }) => name === 'Sales');
      await revoke('CONTACTS');
      await grant([sales.id]);
      await expect.poll(read).toEqual(GONE);
    });
  });

  it('are in the audit record: who asked, and what came of it (spec 11.1)', async () => {
    const { job } = await own.admin.does(EXPORT, { input: { format: 'CSV', search: 'nobody at all' } });
    await server.runtime.jobs.settled();
    const { auditEntries } = await own.admin.query(
      `query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act actor { id } fields { path } } } }`,
      { ids: [job.id] },
    );
    expect(auditEntries.nodes.map(({ act, actor }: { act: string; actor: { id: string } }) => [act, actor.id])).toEqual([
      ['contactsExported', own.admin.id],
      ['exportContacts', own.admin.id],
    ]);
    expect(JSON.stringify(auditEntries)).not.toContain('nobody at all');
  });

  it('are refused before anything begins where the search or the filter cannot be', async () => {
    const deep = { and: [{ and: [{ and: [{ and: [{ source: { equals: 'MANUAL' } }] }] }] }] };
    const codes = async (given: object) =>
      (await own.admin.ask(EXPORT, { input: { format: 'CSV', ...given } })).errors.map(({ extensions }) => extensions.code);
    expect(await codes({ where: deep })).toEqual(['LIMIT_EXCEEDED']);
    expect(await codes({ where: { colour: 'RED' } })).toEqual(['BAD_REQUEST']);
    const { exportContacts: long } = (await own.admin.ask(EXPORT, { input: { format: 'CSV', search: 'x'.repeat(101) } })).data!;
    expect(long).toMatchObject({ __typename: 'ValidationFailed', issues: [{ path: ['input', 'search'] }] });
  });

  it('are refused in a column that there is not, with its place', async () => {
    const { exportContacts } = await own.admin.query(EXPORT, { input: { format: 'CSV', columns: ['name', 'salary'] } });
    expect(exportContacts).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'columns', '1'], code: 'NO_COLUMN' }],
    });
  });
});
