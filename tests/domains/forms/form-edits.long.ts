import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, taskOn } from '../../support/form-moves.ts';
import { forgedLink, uploaded } from '../files/file.fixture.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { act, done, inside, onTask } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

let count = 0;
/** A wish; the first step says what it costs inside and what is asked for it, the second may change the price. */
async function submitted(more: object = {}): Promise<string> {
  const fields = [
    WISH,
    { name: 'cost', label: 'What does it cost us?', kind: 'NUMBER', readBy: 'STAFF', writtenBySteps: ['Workshop'], required: true },
    { name: 'price', label: 'Price', kind: 'NUMBER', writtenBySteps: ['Workshop', 'Director'] },
    { name: 'dear', label: 'Why so dear?', kind: 'TEXT', showWhen: { field: 'price', op: 'GT', number: 10 } },
  ];
  const steps = [
    { name: 'Workshop', approvers: [{ employeeId: own.colleague.id }] },
    { name: 'Director', approvers: [{ employeeId: own.supervisor.id }] },
  ];
  const { id: templateId, outcome } = await published(own.formsAdmin, { fields, flow: { steps, withConfirmation: false }, ...more });
  if (outcome.__typename !== 'PublishFormTemplateSuccess') throw new Error(JSON.stringify(outcome));
  const input = { templateId, values: [{ field: 'wish', text: 'Bolts' }], idempotencyKey: `edit-${++count}` };
  const payload = await done(own.customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  return (payload.form as { readonly id: string }).id;
}
const ISSUES = '... on ValidationFailed { issues { path code } }';
const approveWith = (seat: TestSeat, formId: string, values: object[]) => onTask(seat, 'approveFormTask', formId, { values }, ISSUES);
const read = (formId: string) => inside(own.admin, formId, own as unknown as Record<string, unknown>);
const answers = async (seat: TestSeat, id: string): Promise<Record<string, string | null>> => {
  const document = 'query ($id: ID!) { businessForm(id: $id) { answers { name value { text } } } }';
  const { answers: all } = (await seat.query(document, { id })).businessForm;
  return Object.fromEntries(all.map(({ name, value }: { name: string; value: { text: string } | null }) => [name, value?.text ?? null]));
};
const CHANGES = `query ($id: ID!) { businessForm(id: $id) { history(first: 50) { nodes { kind actor { id } changes { name label from { text } to { text } } } } } }`;
const changes = async (id: string) =>
  (await own.admin.query(CHANGES, { id })).businessForm.history.nodes
    .filter(({ kind }: { kind: string }) => kind === 'VALUES_CHANGED')
    .map((entry: { actor: { id: string }; changes: { name: string; from: { text: string } | null; to: { text: string } | null }[] }) => [
      entry.actor.id,
      ...entry.changes.map(({ name, from, to }) => `${name}: ${from?.text ?? '-'} > ${to?.text ?? '-'}`),
    ]);
const SEEN = `query ($id: ID!) { businessForm(id: $id) { customerState customerVersion answers { name value { text } } } }`;
const seen = async (id: string) => (await own.customer.query(SEEN, { id })).businessForm;

describe('an edit by an approver (spec 6.9)', () => {
  it('of what those inside alone read is recorded with old and new value, and never reaches the customer', async () => {
    const formId = await submitted();
    expect((await approveWith(own.colleague, formId, [{ field: 'cost', number: '7.5' }])).__typename).toBe('ApproveFormTaskSuccess');
    expect(await answers(own.owner, formId)).toMatchObject({ wish: 'Bolts', cost: '7.5', price: null });
    expect(await answers(own.customer, formId)).toEqual({ wish: 'Bolts', price: null, dear: null });
    expect(await changes(formId)).toEqual([[own.colleague.id, 'cost: - > 7.5']]);
    expect((await read(formId)).history).toEqual(['SUBMITTED', 'VALUES_CHANGED', 'APPROVED']);
    await approve(own.supervisor, formId);
    expect(await read(formId)).toMatchObject({ state: 'COMPLETED' });
    expect(await answers(own.customer, formId)).not.toHaveProperty('cost');
  });

  it('is each holder’s of a step in order', async () => {
    const approvers = [{ employeeId: own.colleague.id }, { employeeId: own.supervisor.id }];
    const fields = [WISH, { name: 'cost', label: 'Cost', kind: 'NUMBER', readBy: 'STAFF', writtenBySteps: ['Both'] }];
    const formId = await submitted({ fields, flow: { steps: [{ name: 'Both', mode: 'IN_ORDER', approvers }] } });
    await approveWith(own.colleague, formId, [{ field: 'cost', number: '7' }]);
    expect((await approveWith(own.supervisor, formId, [{ field: 'cost', number: '8' }])).__typename).toBe('ApproveFormTaskSuccess');
    expect(await changes(formId)).toEqual([
      [own.colleague.id, 'cost: - > 7'],
      [own.supervisor.id, 'cost: 7 > 8'],
    ]);
  });

  it('of what the customer reads is shown when it is their turn, and needs their confirmation where the template is without', async () => {
    const formId = await submitted();
    await approveWith(own.colleague, formId, [
      { field: 'cost', number: '7.5' },
      { field: 'price', number: '9' },
    ]);
    const before = await seen(formId);
    expect(before).toMatchObject({ customerState: 'IN_PROGRESS', customerVersion: 2 });
    expect(await answers(own.customer, formId)).toMatchObject({ price: null });
    expect(await answers(own.owner, formId)).toMatchObject({ price: '9' });
    await approveWith(own.supervisor, formId, [{ field: 'price', number: '8' }]);
    expect(await changes(formId)).toEqual([
      [own.colleague.id, 'cost: - > 7.5', 'price: - > 9'],
      [own.supervisor.id, 'price: 9 > 8'],
    ]);
    expect(await read(formId)).toMatchObject({ state: 'AWAITING_CONFIRMATION', customerState: 'AWAITING_YOUR_CONFIRMATION' });
    expect(await answers(own.customer, formId)).toEqual({ wish: 'Bolts', price: '8', dear: null });
    await done(own.customer, 'disputeForm', { formId, reason: 'Too dear.' });
    await approveWith(own.supervisor, formId, [{ field: 'price', number: '6' }]);
    expect(await answers(own.customer, formId)).toMatchObject({ price: '6' });
    await done(own.customer, 'confirmForm', { formId });
    expect((await read(formId)).state).toBe('COMPLETED');
    expect(await answers(own.owner, formId)).toEqual({ wish: 'Bolts', cost: '7.5', price: '6', dear: null });
  });

  it('tells the customer the same, whichever step makes it', async () => {
    const [early, late] = [await submitted(), await submitted()];
    const cost = { field: 'cost', number: '1' };
    const price = { field: 'price', number: '2' };
    await approveWith(own.colleague, early, [cost, price]);
    await approveWith(own.colleague, late, [cost]);
    expect(await seen(early)).toEqual(await seen(late));
    await approve(own.supervisor, early);
    await approveWith(own.supervisor, late, [price]);
    expect(await seen(early)).toEqual(await seen(late));
    expect(await seen(late)).toMatchObject({ customerState: 'AWAITING_YOUR_CONFIRMATION' });
  });

  it('of employees, files and line items is told by their names, in the history and on paper', async () => {
    const byWorkshop = { writtenBySteps: ['Workshop'] };
    const fields = [
      WISH,
      { name: 'technician', label: 'Who comes?', kind: 'EMPLOYEE', ...byWorkshop },
      { name: 'report', label: 'Report', kind: 'FILE', readBy: 'STAFF', ...byWorkshop },
      { name: 'visits', label: 'Visits', kind: 'LINES', columns: [{ name: 'by', label: 'By', kind: 'EMPLOYEE' }], ...byWorkshop },
    ];
    const formId = await submitted({ fields });
    const report = await uploaded(own.colleague, Buffer.from('Seen.\n'), { name: 'seen.txt', purpose: 'FORM_STAFF_FILE' });
    const edited = await approveWith(own.colleague, formId, [
      { field: 'technician', employeeId: own.owner.id },
      { field: 'report', uploadIds: [report] },
      { field: 'visits', lines: [{ values: [{ field: 'by', employeeId: own.supervisor.id }] }] },
    ]);
    expect(edited.__typename).toBe('ApproveFormTaskSuccess');
    expect(await changes(formId)).toEqual([
      [own.colleague.id, 'technician: - > The owner', 'report: - > seen.txt', 'visits: - > 1. By: The supervisor'],
    ]);
    const { businessForm } = await own.admin.query('query ($id: ID!) { businessForm(id: $id) { printUrl } }', { id: formId });
    for (const [language, word] of [
      ['en', 'Changed'],
      ['zh-CN', '修改内容'],
    ] as const) {
      const page = await (await fetch(new URL(businessForm.printUrl, server.url), { headers: { 'accept-language': language } })).text();
      expect(page).toContain(`<td>${word}</td><td>Who comes?: – → The owner\nReport: – → seen.txt\nVisits: – → 1. By: The supervisor</td>`);
    }
  });

  it('of a file that those inside alone read keeps its bytes from the customer, also at an address made out for them', async () => {
    const fields = [WISH, { name: 'report', label: 'Report', kind: 'FILE', readBy: 'STAFF', writtenBySteps: ['Workshop'] }];
    const formId = await submitted({ fields });
    const report = await uploaded(own.colleague, Buffer.from('Seen.\n'), { name: 'seen.txt', purpose: 'FORM_STAFF_FILE' });
    await approveWith(own.colleague, formId, [{ field: 'report', uploadIds: [report] }]);
    await approve(own.supervisor, formId);
    const FILES = 'query ($id: ID!) { businessForm(id: $id) { answers { value { ... on FileValue { files { id } } } } } }';
    const { answers: given } = (await own.owner.query(FILES, { id: formId })).businessForm;
    const [file] = given.flatMap(({ value }: { value: { files?: { id: string }[] } | null }) => value?.files ?? []);
    const statusFor = async (seat: TestSeat): Promise<number> => (await fetch(await forgedLink(server, seat, file.id))).status;
    expect(await Promise.all([own.owner, own.colleague, own.customer, own.sharee].map(statusFor))).toEqual([200, 200, 404, 404]);
  });

  it('is refused for fields that are not the step’s, with the path, and where the step leaves out what it must fill in', async () => {
    const formId = await submitted();
    const codes = async (seat: TestSeat, values: object[]) =>
      ((await approveWith(seat, formId, values)).issues as { path: string[]; code: string }[]).map(
        ({ path, code }) => `${path.join('.')} ${code}`,
      );
    const cost = { field: 'cost', number: '1' };
    expect(await codes(own.colleague, [cost, { field: 'wish', text: 'Nuts' }])).toEqual(['input.values.wish NOT_YOURS']);
    expect(await codes(own.colleague, [cost, { field: 'nothing', text: 'Nuts' }])).toEqual([
      expect.stringMatching(/^input\.values\.nothing /),
    ]);
    expect(await codes(own.colleague, [{ field: 'price', number: '2' }])).toEqual(['input.values.cost REQUIRED']);
    expect(await codes(own.colleague, [])).toEqual(['input.values.cost REQUIRED']);
    const bulk = { taskIds: [(await taskOn(own.colleague, formId)).id] };
    const { results } = await act(own.colleague, 'approveFormTasks', bulk, '... on ApproveFormTasksSuccess { results { __typename } }');
    expect(results).toEqual([{ __typename: 'ValidationFailed' }]);
    expect(await changes(formId)).toEqual([]);
    await approveWith(own.colleague, formId, [cost]);
    expect(await codes(own.supervisor, [{ field: 'cost', number: '2' }])).toEqual(['input.values.cost NOT_YOURS']);
    expect((await read(formId)).turns).toEqual(['supervisor']);
  });

  it('takes nothing away that the customer filled in, nor what they were shown', async () => {
    const formId = await submitted();
    await approveWith(own.colleague, formId, [
      { field: 'cost', number: '1' },
      { field: 'price', number: '20' },
    ]);
    await approve(own.supervisor, formId);
    expect(await answers(own.customer, formId)).toMatchObject({ wish: 'Bolts', price: '20' });
    await done(own.customer, 'disputeForm', { formId, reason: 'Too dear.' });
    const { issues } = await approveWith(own.supervisor, formId, [{ field: 'price', number: null }]);
    expect(issues).toMatchObject([{ path: ['input', 'values', 'price'] }]);
    expect(await answers(own.owner, formId)).toMatchObject({ wish: 'Bolts', price: '20' });
  });

  it('of 20 at once one is made, once', async () => {
    const formId = await submitted();
    const { id: taskId } = await taskOn(own.colleague, formId);
    const answersTo = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        act(own.colleague, 'approveFormTask', { taskId, values: [{ field: 'cost', number: String(i + 1) }] }),
      ),
    );
    expect(answersTo.filter(({ __typename }) => __typename === 'ApproveFormTaskSuccess')).toHaveLength(1);
    const [only, ...others] = await changes(formId);
    expect(others).toEqual([]);
    expect(only[1]).toBe(`cost: - > ${(await answers(own.owner, formId)).cost}`);
  });
});
