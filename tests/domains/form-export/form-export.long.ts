import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { published } from '../form-designer/designer.fixture.ts';
import { done, doneOnTask } from '../forms/acts.fixture.ts';

const EXPORT = `mutation ($input: ExportFormsInput!) { exportForms(input: $input) { __typename ... on UserError { code path }
  ... on ExportFormsSuccess { job { id } } } }`;
const JOB = `query ($id: ID!) { job(id: $id) { state progress total errors { code message } result { __typename ... on File { id name size url } } } }`;

const LINES = {
  name: 'parts',
  label: 'Parts: used/new',
  kind: 'LINES',
  columns: [
    { name: 'part', label: 'Part', kind: 'TEXT', required: true },
    { name: 'quantity', label: 'Quantity', kind: 'NUMBER', max: '1000', decimals: 2 },
    { name: 'price', label: 'Price', kind: 'MONEY', max: '10000' },
    { name: 'sum', label: 'Sum', kind: 'MONEY', product: ['quantity', 'price'], summed: true },
  ],
};
const FIELDS = [
  { name: 'fault', label: '=Fault', kind: 'TEXT', required: true },
  { name: 'hours', label: 'Hours', kind: 'NUMBER' },
  { name: 'budget', label: 'Budget', kind: 'MONEY' },
  { name: 'since', label: 'Since', kind: 'DATE' },
  LINES,
];
const line = (part: string, quantity: number, amount: number) => ({
  values: [
    { field: 'part', text: part },
    { field: 'quantity', number: quantity },
    { field: 'price', money: { amount, currency: 'CNY' } },
  ],
});

let server: TestServer;
let own: TestOrganization;
let templateId: string;
const numbers: string[] = [];
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const { id, outcome } = await published(own.admin, { fields: FIELDS, audience: { contacts: 'ALL' } });
  expect(outcome.__typename).toBe('PublishFormTemplateSuccess');
  templateId = id;
  const submit = async (seat: TestSeat, values: object[]): Promise<string> => {
    const { form } = (await done(
      seat,
      'submitForm',
      { templateId, values },
      '... on SubmitFormSuccess { form { id number } }',
    )) as never as {
      form: { id: string; number: string };
    };
    numbers.push(form.number);
    return form.id;
  };
  const first = await submit(own.customer, [
    { field: 'fault', text: '=HYPERLINK("http://evil.example")' },
    { field: 'hours', number: 1.5 },
    { field: 'budget', money: { amount: 123_450, currency: 'CNY' } },
    { field: 'since', date: '2026-02-03' },
    { field: 'parts', lines: [line('Pump', 3, 1999), line('+Seal', 0.5, 101)] },
  ]);
  await doneOnTask(own.owner, 'rejectFormTask', first, { comment: 'No.' });
  const rivals = await submit(own.rival, [{ field: 'fault', text: 'It leaks' }]);
  await doneOnTask(own.colleague, 'handOverFormTask', rivals, { employeeId: own.scopedAdmin.id });
  await placeOrder(own.customer);
});
afterAll(() => server?.stop());

async function exported(seat: TestSeat, input: object, headers: Readonly<Record<string, string>> = {}) {
  const { data } = await seat.ask(EXPORT, { input }, headers);
  await server.runtime.jobs.settled();
  return (await seat.query(JOB, { id: data!.exportForms.job.id })).job;
}
interface Written {
  readonly name: string;
  readonly rows: readonly (readonly unknown[])[];
}
async function sheetsOf(seat: TestSeat, input: object, headers = {}): Promise<Written[]> {
  const { state, errors, result } = await exported(seat, input, headers);
  expect([state, errors]).toEqual(['SUCCEEDED', []]);
  const { sheets } = await readXlsx(new Uint8Array(await (await fetch(result.url)).arrayBuffer()));
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map((cell) => cell ?? null)) }));
}
const numbersOf = async (seat: TestSeat, input: object = {}): Promise<unknown[]> =>
  (await sheetsOf(seat, input))[0]!.rows.slice(1).map(([number]) => number);

describe('forms in a file (spec 6.6)', () => {
  it('of a template have a column for each field, and line items on a worksheet of their own', async () => {
    const [forms, parts, ...more] = await sheetsOf(own.admin, { templateId });
    expect(more).toEqual([]);
    expect([forms!.name, parts!.name]).toEqual(['Forms', 'Parts  used new']);
    const [headers, rivals, first, ...rest] = forms!.rows;
    expect(rest).toEqual([]);
    expect(headers).toEqual([
      'Number',
      'Template',
      'State',
      'Contact',
      'Company',
      'Handled by',
      'Submitted at',
      'Ended at',
      "'=Fault",
      'Hours',
      'Budget',
      'Since',
      'Parts: used/new',
    ]);
    expect(first!.slice(0, 6)).toEqual([numbers[0], 'Repair report', 'Rejected', 'The customer', expect.anything(), 'The owner']);
    expect(first![7]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
    expect(first!.slice(8, 11)).toEqual([`'=HYPERLINK("http://evil.example")`, 1.5, 1234.5]);
    expect(first![11]).toEqual(new Date('2026-02-03T00:00:00Z'));
    expect(rivals!.slice(0, 4)).toEqual([numbers[1], 'Repair report', 'In review', 'The rival']);
    expect(rivals!.slice(7)).toEqual([null, 'It leaks', null, null, null, null]);
    expect(parts!.rows).toEqual([
      ['Number', 'Line', 'Part', 'Quantity', 'Price', 'Sum'],
      [numbers[0], '1', 'Pump', 3, 19.99, 59.97],
      [numbers[0], '2', "'+Seal", 0.5, 1.01, 0.51],
      [numbers[0], 'Σ', null, null, null, 60.48],
    ]);
  });

  it('of all templates have what all forms have', async () => {
    const [forms, ...more] = await sheetsOf(own.admin, {}, { 'accept-language': 'zh-CN' });
    expect(more).toEqual([]);
    expect(forms!.name).toBe('业务表单');
    expect(forms!.rows[0]).toEqual(['编号', '模板', '状态', '联系人', '公司', '处理人', '提交时间', '结束时间']);
    expect(forms!.rows).toHaveLength(4);
    expect(forms!.rows.map((row) => row[2])).toEqual(['状态', '审批中', '审批中', '已拒绝']);
  });

  it('are those that the filter admits, beside the template', async () => {
    expect(await numbersOf(own.admin, { templateId, where: { state: { equals: 'REJECTED' } } })).toEqual([numbers[0]]);
    const either = [{ contact: { equals: own.rival.id } }, { values: [{ field: 'hours', number: { greaterThan: 1 } }] }];
    expect(await numbersOf(own.admin, { templateId, where: { or: either } })).toEqual([numbers[1], numbers[0]]);
    expect(await numbersOf(own.admin, { templateId, where: { and: [either[0]], state: { equals: 'REJECTED' } } })).toEqual([]);
  });

  it('are those that the right covers, and not those that the seat takes part in', async () => {
    const { businessForms } = await own.scopedAdmin.query('{ businessForms { nodes { number } } }');
    expect(businessForms.nodes.map(({ number }: { number: string }) => number)).toContain(numbers[1]);
    expect(await numbersOf(own.scopedAdmin, { templateId })).toEqual([numbers[0]]);
    for (const seat of [own.owner, own.supervisor, own.sharee]) {
      const { data, errors } = await seat.ask(EXPORT, { input: { templateId } });
      expect([data?.exportForms, errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
    expect((await own.customer.ask(EXPORT, { input: {} })).errors[0]!.extensions.code).toBe('BAD_REQUEST'); // not on the portal
    const { exportForms } = (await own.admin.ask(EXPORT, { input: { templateId: own.customer.id } })).data!;
    expect(exportForms).toMatchObject({ __typename: 'NotFound', path: ['input', 'templateId'] });
    const foreign = await server.organization();
    expect((await foreign.admin.ask(EXPORT, { input: { templateId } })).data!.exportForms.__typename).toBe('NotFound');
  });

  it('are the seat’s alone: another admin sees neither the job nor the file', async () => {
    const { data } = await own.admin.ask(EXPORT, { input: { templateId } });
    await server.runtime.jobs.settled();
    const { id } = data!.exportForms.job;
    const { result } = (await own.admin.query(JOB, { id })).job;
    expect((await own.formsAdmin.query(JOB, { id })).job).toBeNull();
    expect((await own.formsAdmin.query('query ($id: ID!) { node(id: $id) { id } }', { id: result.id })).node).toBeNull();
  });

  it('end with the fault of a filter that nobody can have', async () => {
    const where = { and: [{ and: [{ and: [{ and: [{}] }] }] }] };
    const { state, errors } = await exported(own.admin, { templateId, where });
    expect([state, errors]).toMatchObject(['FAILED', [{ code: 'LIMIT_EXCEEDED' }]]);
  });

  it('are in the audit record: who, what of, how many (spec 11.1)', async () => {
    const { data } = await own.admin.ask(EXPORT, { input: { templateId, where: { number: { equals: numbers[0] } } } });
    await server.runtime.jobs.settled();
    const { auditEntries } = await own.admin.query(
      'query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act actor { id } } } }',
      { ids: [data!.exportForms.job.id] },
    );
    expect(auditEntries.nodes.map(({ act, actor }: { act: string; actor: { id: string } }) => [act, actor.id])).toEqual([
      ['formsExported', own.admin.id],
      ['exportForms', own.admin.id],
    ]);
  });
});
