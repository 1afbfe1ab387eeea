import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetLooseFiles } from '../../../src/domains/files/index.ts';
import { SHEET_LIMITS } from '../../../src/platform/sheets/sheet-limits.ts';
import { workbookRows } from '../../../src/platform/sheets/workbook.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { csv, imported, outcome, START, sentTable, staffOf, started, TEMPLATE, workbookOf } from './employee-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  own = await server.organization();
});
const HEADERS = 'Staff number,Name,Phone,Departments';

describe('a table of the staff (spec 10.1)', () => {
  it('adds whoever is new, who signs in at once', async () => {
    const [one, two] = [newPhone(), newPhone()];
    const file = csv(
      '工号,姓名,手机号,部门,主部门,负责部门,职位,昵称,入职日期,实名已核实',
      `001,王伟,${one.slice(3)},Sales/Sales East；Support,Support,Support,销售,小王,2020/1/5,是`,
      `002,李娜,${two},,,,,,,`,
    );
    const { state, errors, result, progress, total, message } = await imported(server, own.admin, file);
    expect([state, errors, progress, total, message]).toEqual(['SUCCEEDED', [], 2, 2, 'Added: 2, edited: 0, unchanged: 0']);
    expect(result).toMatchObject({ applied: true, dryRun: false, created: 2, updated: 0, unchanged: 0, rejected: 0, rejectedRows: null });
    const staff = await staffOf(own.admin);
    expect(staff.get('001')).toMatchObject({
      name: '王伟',
      phone: one,
      nickname: '小王',
      position: '销售',
      seniorSince: '2020-01-05',
      nameVerified: true,
      departments: ['Sales East', 'Support'],
      mainDepartment: { name: 'Support' },
    });
    expect(staff.get('002')).toMatchObject({ phone: two, departments: [], mainDepartment: null });
    const wang = await server.seat(one);
    expect((await wang.query('{ viewer { id } }')).viewer.id).toBe(staff.get('001')!.id);
    const { departments } = await own.admin.query('{ departments(first: 20) { nodes { name supervisors { name } } } }');
    expect(departments.nodes.find(({ name }: { name: string }) => name === 'Support').supervisors).toEqual([{ name: '王伟' }]);
  });
  it('edits whoever is known, leaves the others, and says how many', async () => {
    const phones = [newPhone(), newPhone(), newPhone()];
    const rows = phones.map((phone, i) => ({
      staffNumber: `10${i}`,
      name: `Person ${i}`,
      phone,
      departments: ['Sales'],
      position: 'Clerk',
    }));
    await imported(server, own.admin, await workbookOf(rows));
    const before = await staffOf(own.admin);
    const again = csv(
      'Name,Position,Staff number,Departments',
      'Person 0,Head,100,',
      'Person 1,,101,Warehouse;Sales',
      'Person 2,Clerk,102,Sales',
      `New,,103,`,
    );
    const failed = await imported(server, own.admin, again);
    expect(failed.errors).toMatchObject([{ row: 5, path: ['phone'], code: 'PHONE_MISSING' }]);
    expect(await staffOf(own.admin)).toEqual(before);

    const { result, message } = await imported(server, own.admin, csv(...again.toString().split('\r\n').slice(0, -1)));
    expect(message).toBe('Added: 0, edited: 2, unchanged: 1');
    expect(result).toMatchObject({ applied: true, created: 0, updated: 2, unchanged: 1, rejected: 0 });
    const after = await staffOf(own.admin);
    expect(after.get('100')).toMatchObject({
      id: before.get('100')!.id,
      position: 'Head',
      phone: phones[0],
      version: before.get('100')!.version + 1,
    });
    expect(after.get('101')).toMatchObject({
      position: 'Clerk',
      departments: ['Sales', 'Warehouse'],
      mainDepartment: { name: 'Sales' },
    });
    expect(after.get('102')).toEqual(before.get('102'));
  });
  it('is in the audit record, each employee by themself and without the values (spec 11.1)', async () => {
    const { result } = await imported(server, own.admin, csv(HEADERS, `900,Recorded,${newPhone()},Sales`));
    const { id } = (await staffOf(own.admin)).get('900')!;
    const { auditEntries } = await own.admin.query(
      `query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act actor { id } objectIds fields { path } } } }`,
      { ids: [id] },
    );
    expect(auditEntries.nodes).toMatchObject([{ act: 'importEmployees', actor: { id: own.admin.id }, objectIds: [id, result.id] }]);
    expect(auditEntries.nodes[0].fields.map(({ path }: { path: string }) => path)).toContain('staffNumber');
    expect(JSON.stringify(auditEntries)).not.toContain('Recorded');
  });
  it('gives the founder, who has no number yet, theirs', async () => {
    const { phone } = own.plan.employees[0]!;
    const { result } = await imported(server, own.admin, csv(HEADERS, `000,The admin,${phone},Office`));
    expect(result).toMatchObject({ created: 0, updated: 1 });
    expect((await staffOf(own.admin)).get('000')!.id).toBe(own.admin.id);
    expect(await own.admin.query('{ viewer { id } }')).toEqual({ viewer: { id: own.admin.id } });
  });
  it('tells in a dry run what would be done, and does nothing', async () => {
    const before = await staffOf(own.admin);
    const { state, result, message } = await imported(server, own.admin, csv(`${HEADERS},Shoe size`, `001,A,${newPhone()},Sales,43`), true);
    expect(message).toBe('Nothing was changed. To be added: 1, to be edited: 0, unchanged: 0');
    expect(state).toBe('SUCCEEDED');
    expect(result).toMatchObject({
      dryRun: true,
      applied: false,
      created: 1,
      rejected: 0,
      unknownColumns: [{ letter: 'E', header: 'Shoe size' }],
    });
    expect(await staffOf(own.admin)).toEqual(before);
  });
  it('tells how many come to supervise, and how many do no more, before it is done and after', async () => {
    const [head, clerk] = [newPhone(), newPhone()];
    const headers = `${HEADERS},Supervises`;
    await imported(server, own.admin, csv(headers, `001,Head,${head},Sales；Support,Sales；Support`, `002,Clerk,${clerk},Sales,`));
    const moved = csv(
      headers,
      `001,Head,${head},Office；Support,`,
      `002,Clerk,${clerk},Sales,Sales`,
      `003,New,${newPhone()},Office,Office`,
    );
    const counts = { supervisionsMade: 2, supervisionsEnded: 1 };
    expect((await imported(server, own.admin, moved, true)).result).toMatchObject({ applied: false, ...counts });
    expect((await imported(server, own.admin, moved)).result).toMatchObject({ applied: true, ...counts });
    expect((await imported(server, own.admin, moved, true)).result).toMatchObject({ supervisionsMade: 0, supervisionsEnded: 0 });
    const { result } = await imported(server, own.admin, csv(HEADERS, '004,No phone,,Sales'), true);
    expect(result).toMatchObject({ rejected: 1, supervisionsMade: null, supervisionsEnded: null });
  });
  it('is everything or nothing, and gives rejected rows back with the reasons', async () => {
    const phone = newPhone();
    const contact = own.plan.contacts[0]!.phone;
    const file = csv(
      HEADERS,
      `001,Good,${phone},Sales`,
      '002,Rounded,1.38E+10,Sales',
      `003,Twin,${phone},Sales`,
      `004,Lost,${newPhone()},Sales/West`,
      `005,Contact,${contact},`,
    );
    const { state, errors, result } = await imported(server, own.admin, file);
    expect(state).toBe('SUCCEEDED');
    expect(errors.map(({ row, path, code }: { row: number; path: string[]; code: string }) => `${row} ${path} ${code}`)).toEqual([
      '3 phone PHONE_ROUNDED',
      '4 phone TWICE_IN_FILE',
      '5 departments UNKNOWN_DEPARTMENT',
      '6 phone PHONE_OF_CONTACT',
    ]);
    expect(result).toMatchObject({ applied: false, created: 0, updated: 0, unchanged: 0, rejected: 4 });
    expect((await staffOf(own.admin)).size).toBe(0);
    const bytes = Buffer.from(await (await fetch(result.rejectedRows.url, { headers: {} })).arrayBuffer());
    const rows: string[][] = [];
    for await (const { cells } of workbookRows(bytes, SHEET_LIMITS)) rows.push(cells.map((cell) => String(cell ?? '')));
    expect(rows.map((cells) => cells[0])).toEqual(['Staff number*', '001', '002', '003', '004', '005']);
    expect(rows[3]!.slice(-2)).toEqual(['4', 'Phone: Row 2 says the same.']);
    expect(rows[1]).toContain('Good'); // mended, it is sent as it is
    expect(rows[1]!.join()).not.toContain('says the same');
    const dry = await imported(server, own.admin, file, true);
    expect(dry.result).toMatchObject({ applied: false, created: 0, updated: 0, unchanged: 0, rejected: 4 });
  });
  it('is what its template says, in either format and language', async () => {
    for (const [format, language, header] of [
      ['XLSX', 'en', 'Staff number*'],
      ['CSV', 'zh-CN', '工号'],
    ]) {
      const { data } = await own.admin.ask(TEMPLATE, { input: { format } }, { 'accept-language': language! });
      const { state, result } = await outcome(server, own.admin, data!.makeEmployeeImportTemplate.job.id);
      expect([state, result.__typename]).toEqual(['SUCCEEDED', 'File']);
      const file = Buffer.from(await (await fetch(result.url)).arrayBuffer());
      const text = format === 'CSV' ? file.toString() : String((await workbookRows(file, SHEET_LIMITS).next()).value.cells[0]);
      expect(text).toContain(header);
      const empty = await imported(server, own.admin, file);
      expect([empty.state, empty.errors.map(({ code }: { code: string }) => code)]).toEqual(['FAILED', ['NOTHING_IN_IT']]);
    }
  });
  it('is told in the language of whoever reads of it', async () => {
    const told = async (jobId: string, language: string) => {
      const { data } = await own.admin.ask(
        'query ($id: ID!) { job(id: $id) { message errors { message } } }',
        { id: jobId },
        { 'accept-language': language },
      );
      const { message, errors } = data!.job;
      return [message, ...errors.map((one: { message: string }) => one.message)];
    };
    const rejected = await started(own.admin, csv(HEADERS, '001,A,,West'));
    const failed = await started(own.admin, csv('Name', 'A'));
    await server.runtime.jobs.settled();
    expect(await told(rejected, 'zh-CN')).toEqual(['有行未通过，未作任何更改', '新增员工须填写手机号。', '没有部门“West”。']);
    expect(await told(rejected, 'en')).toEqual([
      'Rows were rejected: nothing was changed',
      'Whoever is new needs a phone.',
      'There is no department “West”.',
    ]);
    // of one that has failed, why
    expect(await told(failed, 'zh-CN')).toEqual(['缺少“工号”列。', '缺少“工号”列。']);
    expect((await told(failed, 'en'))[0]).toBe('The column “Staff number” is missing.');
  });
  it.each([
    ['without a column', csv('Name', 'A'), ['COLUMN_MISSING']],
    ['with a header twice', csv('Staff number,工号,Name', '1,2,A'), ['COLUMN_TWICE']],
    ['that is empty', csv(' '), ['FILE_EMPTY']],
  ])('%s is refused as a whole', async (_, file, codes) => {
    const { state, errors, result } = await imported(server, own.admin, file);
    expect([state, errors.map(({ code }: { code: string }) => code), result]).toEqual(['FAILED', codes, null]);
  });
});

describe('an import', () => {
  it.each(['scopedAdmin', 'formsAdmin', 'supervisor', 'owner'] as const)('cannot be started by %s', async (key) => {
    const uploadId = await sentTable(own.admin, csv(HEADERS));
    const { data, errors } = await own[key].ask(START, { input: { uploadId } });
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ startEmployeeImport: null }, ['FORBIDDEN']]);
  });
  it('takes one’s own upload alone, and once', async () => {
    const other = await server.organization();
    const foreign = await sentTable(other.admin, csv(HEADERS));
    const uploadId = await sentTable(own.admin, csv(HEADERS, `001,A,${newPhone()},`));
    const start = async (input: object) => (await own.admin.query(START, { input })).startEmployeeImport;
    expect(await start({ uploadId: foreign })).toMatchObject({ __typename: 'NotFound', path: ['input', 'uploadId'] });
    const first = await start({ uploadId, idempotencyKey: 'a' });
    expect(first).toMatchObject({ __typename: 'StartEmployeeImportSuccess' });
    expect(await start({ uploadId, idempotencyKey: 'a' })).toEqual(first);
    await outcome(server, own.admin, first.job.id);
    expect(await start({ uploadId })).toMatchObject({ __typename: 'NotFound' });
  });
  it('leaves a table that changes nothing, and takes it again where it does', async () => {
    const table = csv(HEADERS, `001,A,${newPhone()},`);
    await imported(server, own.admin, table);
    const uploadId = await sentTable(own.admin, table);
    const start = async () => (await own.admin.does(START, { input: { uploadId } })).job.id;
    for (const _ of [1, 2])
      expect((await outcome(server, own.admin, await start())).result).toMatchObject({ applied: true, updated: 0, unchanged: 1 });
    await rowsOf(server, own, `update employees set name = 'B' where staff_number = '001'`);
    expect((await outcome(server, own.admin, await start())).result).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await own.admin.query(START, { input: { uploadId } })).startEmployeeImport).toMatchObject({ __typename: 'NotFound' });
  });
  it('takes the table that its dry runs were of, for a day after them', async () => {
    const uploadId = await sentTable(own.admin, csv(HEADERS, `001,A,${newPhone()},`));
    const start = async (seat: TestSeat, input: object) => (await seat.query(START, { input: { uploadId, ...input } })).startEmployeeImport;
    const other = await server.organization();
    expect(await start(other.admin, { dryRun: true })).toMatchObject({ __typename: 'NotFound', path: ['input', 'uploadId'] });
    for (const dryRun of [true, true]) await outcome(server, own.admin, (await start(own.admin, { dryRun })).job.id);
    const { store } = server.runtime.files;
    const forget = (hours: number) => forgetLooseFiles(server.runtime.pools.worker, store, new Date(Date.now() + hours * 3_600_000));
    await forget(47);
    const bad = await sentTable(own.admin, csv(HEADERS, '003,C,none,'));
    for (const _ of [1, 2]) {
      const tried = await start(own.admin, { uploadId: bad });
      expect((await outcome(server, own.admin, tried.job.id)).result).toMatchObject({ applied: false, rejected: 1 });
    }
    const { job } = await start(own.admin, {});
    expect((await outcome(server, own.admin, job.id)).result).toMatchObject({ applied: true, created: 1 });
    expect(await start(own.admin, { dryRun: true })).toMatchObject({ __typename: 'NotFound' });

    const later = await sentTable(own.admin, csv(HEADERS, `002,B,${newPhone()},`));
    await outcome(server, own.admin, (await start(own.admin, { uploadId: later, dryRun: true })).job.id);
    await forget(49);
    expect(await start(own.admin, { uploadId: later })).toMatchObject({ __typename: 'NotFound' });
  });
  it('is another’s to see where they are admins of the staff, and nobody else’s', async () => {
    const id = await started(own.admin, csv(HEADERS, `001,A,${newPhone()},`));
    expect((await outcome(server, own.admin, id)).result).toMatchObject({ created: 1 });
    expect((await own.formsAdmin.query('query ($id: ID!) { job(id: $id) { id } }', { id })).job).toBeNull();
  });
  it('gives what was rejected to admins of the staff alone', async () => {
    const { result } = await imported(server, own.admin, csv(HEADERS, '001,A,,'));
    const read = 'query ($id: ID!) { node(id: $id) { ... on EmployeeImportResult { rejectedRows { url } } } }';
    expect((await own.admin.query(read, { id: result.id })).node.rejectedRows.url).toMatch(/^http/);
    expect((await fetch(result.rejectedRows.url)).status).toBe(200);
    for (const key of ['formsAdmin', 'scopedAdmin', 'owner'] as const)
      expect((await own[key].query(read, { id: result.id })).node).toBeNull();
  });
});
