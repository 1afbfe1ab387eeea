import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { cellsOf, csv, found, imported, outcome as importOutcome, started, told, UNDO } from '../contact-import/contact-import.fixture.ts';
import { added, outcome } from '../contacts/contact.fixture.ts';
import { DELETE_FIELD, field, fieldNamed, textsOf, UPDATE_FIELD } from './contact-fields.fixture.ts';

const EXPORT = `mutation ($input: ExportContactsInput!) { exportContacts(input: $input) { __typename ... on ValidationFailed { issues { path code } }
  ... on ExportContactsSuccess { job { id } } } }`;
const JOB = 'query ($id: ID!) { job(id: $id) { state result { ... on File { url } } } }';
const UPDATE_CONTACT = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename ... on ValidationFailed { issues { path code } } } }`;
const TEMPLATE = '{ contactImportTemplate { file { url } } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  await field(own, 'industry', 'CHOICE', { label: '行业', options: [{ label: 'Retail' }, { label: 'Wholesale' }] });
  await field(own, 'volume', 'MONEY', { label: 'Volume' });
  await field(own, 'since', 'DATE', { label: 'Customer since' });
  await field(own, 'keeper', 'EMPLOYEE', { label: 'Keeper' });
  await field(own, 'size', 'NUMBER', { label: 'Size', max: '100' });
  await field(own, 'mobile', 'PHONE', { label: 'Second phone' });
});
afterAll(() => server.stop());

const HEADERS = 'Name,Phone,Tags,行业,Volume,Customer since,Keeper,size,Second phone';
const take = (rows: readonly string[], options = {}) => imported(server, own.admin, csv(HEADERS, ...rows), options);
const one = async (name: string) => (await found(own.admin, name))[0]!;
const edit = async (name: string, input: object) => {
  const { id, version } = await fieldNamed(own, name);
  return outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, ...input });
};
async function exported(input: object) {
  const { job } = await own.admin.does(EXPORT, { input: { format: 'XLSX', ...input } });
  await server.runtime.jobs.settled();
  return (await own.admin.query(JOB, { id: job.id })).job.result.url;
}

describe('the organization’s own fields in a table that is taken in (spec 3.10, 3.12)', () => {
  it('are columns of the template, with what can be chosen, and what must be filled in', async () => {
    await edit('industry', { required: true });
    const { contactImportTemplate } = await own.admin.query(TEMPLATE);
    const [headers] = await cellsOf(contactImportTemplate.file.url);
    expect(headers).toEqual(expect.arrayContaining(['行业*', 'Volume', 'Customer since', 'Keeper', 'Size', 'Second phone']));
  });

  it('are read by their kinds, under their labels or names', async () => {
    const phone = newPhone();
    const result = await take([`Hu Yan,${phone},New,retail,"¥1,250.5",2026/1/2,The colleague,12.50,138 0000 0001`]);
    expect(told(result)).toEqual(['2 CREATED']);
    const { id } = await one('Hu Yan');
    expect(await textsOf(own, id)).toEqual({
      industry: 'Retail',
      volume: '1250.50 CNY',
      since: '2026-01-02',
      keeper: 'The colleague',
      size: '12.5',
      mobile: '+86 138 0000 0001',
    });
    const { contacts } = await own.admin.query(
      '{ contacts(where: { values: [{ field: "volume", money: { greaterThan: { amount: 100000, currency: "CNY" } } }] }) { nodes { id } } }',
    );
    expect(contacts.nodes).toEqual([{ id }]);
  });

  it('are told with their column where a cell is no value, and the row is rejected', async () => {
    const result = await take([
      `A,${newPhone()},New,Mining,,,,,`,
      `B,${newPhone()},New,,much,,,,`,
      `C,${newPhone()},New,,,,Nobody,,`,
      `D,${newPhone()},New,,,,,101,`,
      `E,${newPhone()},New,,,,,,12`,
    ]);
    expect(told(result)).toEqual([
      '2 REJECTED customFields.industry NOT_A_CHOICE',
      '3 REJECTED customFields.volume NOT_A_NUMBER',
      '4 REJECTED customFields.keeper UNKNOWN_EMPLOYEE',
      '5 REJECTED customFields.size OUT_OF_RANGE',
      '6 REJECTED customFields.mobile NOT_A_PHONE',
    ]);
    const cells = await cellsOf(result.rejectedFile.url);
    expect(cells[0]).toContain('行业');
    expect(cells[1]).toContain('Mining');
  });

  it('must be there where they are required, of new contacts and of those that are edited', async () => {
    const known = await added(own.owner, own, { name: 'Known' });
    await edit('industry', { required: true });
    const { id, version } = await fieldNamed(own, 'company');
    await outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, required: true });
    const result = await take([`A,${newPhone()},New,,,,,,`, `Known again,${known.phone},New,,,,,,`], { mode: 'UPDATE' });
    expect(told(result)).toEqual([
      '2 REJECTED company REQUIRED customFields.industry REQUIRED',
      '3 REJECTED company REQUIRED customFields.industry REQUIRED',
    ]);
  });

  it('hold no files: contacts come without those that are required, and are asked for them at their next edit', async () => {
    await field(own, 'photo', 'IMAGE', { label: 'Photo', required: true });
    await expect(added(own.owner, own)).rejects.toThrow(); // by hand it is asked for
    const phone = newPhone();
    expect(told(await take([`A,${phone},New,,,,,,`]))).toEqual(['2 CREATED']);
    expect(told(await take([`A,${phone},New,,,,,7,`], { mode: 'UPDATE' }))).toEqual(['2 UPDATED']);
    const { id, version } = await one('A');
    expect(await outcome(own.admin, UPDATE_CONTACT, { contactId: id, expectedVersion: version, remark: 'Met' })).toMatchObject({
      issues: [{ path: ['input', 'customFields', 'photo'], code: 'REQUIRED' }],
    });
    const { contactImportTemplate } = await own.admin.query(TEMPLATE);
    const bytes = Buffer.from(await (await fetch(contactImportTemplate.file.url)).arrayBuffer());
    const explained = (await readXlsx(bytes)).sheets[1]!.rows.find(([header]) => header === 'Photo');
    expect(explained?.at(-1)).toMatch(/next edit/);
  });

  it('are filled where they are empty, or written over, as the import is asked; an empty cell changes nothing', async () => {
    const known = await added(own.owner, own, { name: 'Known', customFields: [{ field: 'size', number: '1' }] });
    const row = [`Known,${known.phone},Key account,Retail,,,,2,`];
    expect(told(await take(row, { mode: 'FILL_EMPTY' }))).toEqual(['2 UPDATED']);
    expect(await textsOf(own, known.id)).toEqual({ industry: 'Retail', size: '1' });
    expect(told(await take(row, { mode: 'UPDATE' }))).toEqual(['2 UPDATED']);
    expect(await textsOf(own, known.id)).toEqual({ industry: 'Retail', size: '2' });
    expect(told(await take(row, { mode: 'UPDATE' }))).toEqual(['2 SKIPPED']);
  });

  it('come back as they were when the import is undone; what no longer fits its field stays', async () => {
    const known = await added(own.owner, own, {
      name: 'Known',
      customFields: [
        { field: 'size', number: '50' },
        { field: 'since', date: '2020-01-01' },
      ],
    });
    const { id } = await take([`Known,${known.phone},Key account,Retail,,2026-01-01,,2,`], { mode: 'UPDATE' });
    await edit('size', { max: '10' });
    await own.admin.does(UNDO, { input: { importId: id } });
    expect((await importOutcome(server, own.admin, id)).state).toBe('UNDONE');
    expect(await textsOf(own, known.id)).toEqual({ since: '2020-01-01', size: '2' });
  });

  it('that are renamed, deleted or of another kind once the table is read: nothing is lost by the way', async () => {
    const { id: gone } = await fieldNamed(own, 'keeper');
    const rows = Array.from({ length: 501 }, (_, i) => `Row ${i},${newPhone()},New,Retail,,,${i === 500 ? 'The colleague' : ''},${i % 7},`);
    const id = await started(own.admin, csv(HEADERS, ...rows));
    const changed = Promise.all([
      edit('size', { label: 'How large', kind: 'TEXT' }),
      outcome(own.admin, DELETE_FIELD, { fieldId: gone, confirmUsage: 0 }),
    ]);
    await changed;
    const result = await importOutcome(server, own.admin, id);
    const { created, rejected } = result.counts;
    expect(created + rejected).toBe(501);
    const { contactFields } = await own.admin.query('{ contactFields { name label kind usage } }');
    expect(contactFields.find(({ name }: { name: string }) => name === 'size')).toMatchObject({ label: 'How large', usage: created });
    // the last row names an employee for a field that is gone by then, unless it was taken before
    if (rejected > 0) expect(result.rejectedFile).not.toBeNull();
  });
});

describe('the organization’s own fields in a table that is given out (spec 3.10, 3.13)', () => {
  it('are columns by their names, as text that can be taken in again', async () => {
    await take([`Hu Yan,${newPhone()},New,Retail,1250.50,2026-01-02,The colleague,12.5,13800000001`]);
    const url = await exported({
      search: 'Hu Yan',
      columns: ['name', 'phone', 'tags', 'industry', 'volume', 'since', 'keeper', 'size', 'mobile'],
    });
    const [headers, row] = await cellsOf(url);
    expect(headers).toEqual(['Name', 'Phone', 'Tags', '行业', 'Volume', 'Customer since', 'Keeper', 'Size', 'Second phone']);
    expect(row!.slice(3)).toEqual(['Retail', '1250.50 CNY', '2026-01-02', 'The colleague', '12.5', "'+86 138 0000 0001"]);
    const again = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(told(await imported(server, own.admin, again, { mode: 'UPDATE' }))).toEqual(['2 SKIPPED']);
  });

  it('that are renamed or deleted while they are written fail nothing: what is gone is empty, or no column', async () => {
    const { id, version } = await field(own, 'passing', 'TEXT', { label: 'Passing' });
    const { job } = await own.admin.does(EXPORT, { input: { format: 'XLSX', columns: ['name', 'passing', 'industry'] } });
    const renamed = await outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, label: 'On its way' });
    await outcome(own.admin, DELETE_FIELD, { fieldId: renamed.field.id, confirmUsage: 0 });
    await server.runtime.jobs.settled();
    const { result } = (await own.admin.query(JOB, { id: job.id })).job;
    const [headers, ...rows] = await cellsOf(result.url);
    const passing = headers!.slice(1, -1);
    expect([[], ['Passing'], ['On its way']]).toContainEqual(passing);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect([row[0], ...row.slice(1, 1 + passing.length)]).toEqual([expect.stringMatching(/./), ...passing.map(() => '')]);
  });

  it('stand behind the built-in ones where no columns are asked for; one that there is not is refused', async () => {
    const [headers] = await cellsOf(await exported({}));
    expect(headers!.slice(-6)).toEqual(['行业', 'Volume', 'Customer since', 'Keeper', 'Size', 'Second phone']);
    expect(await outcome(own.admin, EXPORT, { format: 'CSV', columns: ['name', 'colour'] })).toMatchObject({
      issues: [{ path: ['input', 'columns', '1'], code: 'NO_COLUMN' }],
    });
  });
});
