import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, taskOn } from '../../support/form-moves.ts';
import { edit, publishDraft, published } from '../form-designer/designer.fixture.ts';
import { act, done, doneOnTask, onTask } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

let count = 0;
const FIELDS = [
  { name: 'colour', label: 'Colour', kind: 'CHOICE', options: [{ label: 'Red' }, { label: 'Blue' }] },
  { name: 'cost', label: 'Cost', kind: 'NUMBER', readBy: 'STAFF', writtenBySteps: ['Check'] },
  { name: 'price', label: 'Price', kind: 'NUMBER', writtenBySteps: ['Check'] },
  { name: 'note', label: 'Please be exact.', kind: 'EXPLANATION' },
];
async function template(flow: object = {}) {
  const steps = [
    { name: 'Check', approvers: [{ employeeId: own.owner.id }] },
    { name: 'Last', approvers: [{ employeeId: own.supervisor.id }] },
  ];
  const { id, version, outcome } = await published(own.formsAdmin, { fields: FIELDS, flow: { steps, withConfirmation: true, ...flow } });
  if (outcome.__typename !== 'PublishFormTemplateSuccess') throw new Error(JSON.stringify(outcome));
  return { id, version };
}
async function submitted(templateId: string): Promise<string> {
  const input = { templateId, values: [], idempotencyKey: `own-${++count}` };
  const { form } = await done(own.customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  return (form as { readonly id: string }).id;
}
const FIELD = 'name bySubmitter options { id label }';
const fieldsOf = async (
  seat: TestSeat,
  id: string,
): Promise<{ name: string; bySubmitter: boolean; options: { id: string; label: string }[] }[]> =>
  (await seat.query(`query ($id: ID!) { businessForm(id: $id) { fields { ${FIELD} } } }`, { id })).businessForm.fields;
const namesOf = (fields: readonly { readonly name: string }[]): string[] => fields.map(({ name }) => name);
const CAN = 'query ($id: ID!) { businessForm(id: $id) { viewerCan { confirm dispute correct withdraw } } }';
const can = async (seat: TestSeat, id: string): Promise<string[]> => {
  const { viewerCan } = (await seat.query(CAN, { id })).businessForm;
  return Object.keys(viewerCan).filter((act) => viewerCan[act]);
};

describe('the fields that a form was filled in with (spec 6.1, 6.9)', () => {
  it('are read of the form after its template was published otherwise, by the customer those of theirs alone', async () => {
    const { id: templateId, version } = await template();
    const formId = await submitted(templateId);
    await doneOnTask(own.owner, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?', fields: ['colour'] });
    const edited = await edit(own.formsAdmin, templateId, version, { fields: [{ name: 'size', label: 'Size', kind: 'TEXT' }] });
    const again = await publishDraft(own.formsAdmin, templateId, edited.template.draft.version);
    expect(again.__typename).toBe('PublishFormTemplateSuccess');
    expect(namesOf(await fieldsOf(own.owner, formId))).toEqual(['colour', 'cost', 'price', 'note']);
    const shown = await fieldsOf(own.customer, formId);
    expect(shown.map(({ name, bySubmitter }) => [name, bySubmitter])).toEqual([
      ['colour', true],
      ['price', false],
      ['note', false],
    ]);
    const blue = shown[0]!.options.find(({ label }) => label === 'Blue')!;
    const values = [{ field: 'colour', optionIds: [blue.id] }];
    expect((await act(own.customer, 'resubmitForm', { formId, values })).__typename).toBe('ResubmitFormSuccess');
    const { businessForm } = await own.admin.query('query ($id: ID!) { businessForm(id: $id) { templateVersion } }', { id: formId });
    expect(businessForm).toEqual({ templateVersion: 1 });
    const { errors } = await own.customer.ask('query ($id: ID!) { businessForm(id: $id) { templateVersion } }', { id: formId });
    expect(errors).toHaveLength(1);
  });

  it('are on the portal marked by whose they are to fill in, with the template’s policy of withdrawal', async () => {
    const { id } = await template({ withdrawal: 'WHILE_RUNNING' });
    const { formTemplate } = await own.customer.query(`query ($id: ID!) { formTemplate(id: $id) { withdrawal fields { ${FIELD} } } }`, {
      id,
    });
    expect(formTemplate.withdrawal).toBe('WHILE_RUNNING');
    for (const { name, bySubmitter } of formTemplate.fields) {
      const values = [{ field: name, ...(name === 'colour' ? { optionIds: [] } : { number: '1' }) }];
      const payload = await act(own.customer, 'submitForm', { templateId: id, values, idempotencyKey: `own-${++count}` });
      expect([name, payload.__typename]).toEqual([name, bySubmitter ? 'SubmitFormSuccess' : 'ValidationFailed']);
    }
  });
});

describe('what a turn asks (spec 6.9)', () => {
  const TURN = 'query ($id: ID!) { node(id: $id) { ... on FormTask { step { name } fields { name } viewerCan { decide answer claim } } } }';
  const turn = async (seat: TestSeat, formId: string) => (await seat.query(TURN, { id: (await taskOn(seat, formId)).id })).node;

  it('is told by the task: its step, the fields to fill in, and whether it decides', async () => {
    const formId = await submitted((await template()).id);
    expect(await turn(own.owner, formId)).toEqual({
      step: { name: 'Check' },
      fields: [{ name: 'cost' }, { name: 'price' }],
      viewerCan: { decide: true, answer: false, claim: false },
    });
    await doneOnTask(own.owner, 'consultOnFormTask', formId, { employeeId: own.colleague.id, question: 'Well?' });
    expect(await turn(own.colleague, formId)).toEqual({
      step: null,
      fields: [],
      viewerCan: { decide: false, answer: true, claim: false },
    });
    const said = '... on UserError { message }';
    expect(await onTask(own.colleague, 'approveFormTask', formId, {}, said)).toMatchObject({
      __typename: 'FormMoveNotAllowed',
      message: expect.stringMatching(/answer it/),
    });
    const { id } = await taskOn(own.owner, formId);
    await approve(own.owner, formId);
    expect((await own.owner.query(TURN, { id })).node.viewerCan).toEqual({ decide: false, answer: false, claim: false });
    expect(await turn(own.supervisor, formId)).toMatchObject({ step: { name: 'Last' }, fields: [], viewerCan: { decide: true } });
  });
});

describe('what a customer can do now (spec 6.2, 6.13)', () => {
  it('is told apart: confirm, dispute, correct, withdraw', async () => {
    const formId = await submitted((await template()).id);
    expect(await can(own.customer, formId)).toEqual(['withdraw']);
    await doneOnTask(own.owner, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
    expect(await can(own.customer, formId)).toEqual(['correct', 'withdraw']);
    await done(own.customer, 'resubmitForm', { formId, values: [] });
    expect(await can(own.customer, formId)).toEqual([]);
    await approve(own.owner, formId);
    await approve(own.supervisor, formId);
    expect(await can(own.customer, formId)).toEqual(['confirm', 'dispute']);
    expect(await can(own.owner, formId)).toEqual([]);
    await done(own.customer, 'disputeForm', { formId, reason: 'No.' });
    await doneOnTask(own.supervisor, 'rejectFormTask', formId);
    expect(await can(own.customer, formId)).toEqual([]);
  });

  it.each([
    ['NEVER', [], ['confirm', 'dispute']],
    ['WHILE_RUNNING', ['withdraw'], ['confirm', 'dispute', 'withdraw']],
  ])('%s: at first %j, at the end %j, and withdrawing does what it says', async (withdrawal, first, last) => {
    const formId = await submitted((await template({ withdrawal })).id);
    expect(await can(own.customer, formId)).toEqual(first);
    await approve(own.owner, formId);
    await approve(own.supervisor, formId);
    expect(await can(own.customer, formId)).toEqual(last);
    const { __typename } = await act(own.customer, 'withdrawForm', { formId });
    expect(__typename).toBe(last.includes('withdraw') ? 'WithdrawFormSuccess' : 'FormMoveNotAllowed');
  });
});
