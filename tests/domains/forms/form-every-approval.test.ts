import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { act, done, doneOnTask, inside, onTask } from './acts.fixture.ts';

// Whoever a template names, and whoever is added, is asked: also where people have the form once more, stand in or are late (spec 6.2, 6.7).

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const turns = async (formId: string) => [...(await inside(own.admin, formId, own as unknown as Record<string, unknown>)).turns].sort();
const stateOf = async (formId: string) => (await inside(own.admin, formId, own as unknown as Record<string, unknown>)).state;
const employee = ({ id }: TestSeat) => ({ by: 'EMPLOYEE', employeeId: decodeGlobalId('Employee', id) });
const step = (id: string, approvers: object[], mode = 'ALL') => ({ id, name: id, mode, approvers });
async function templateOf(name: string, flow: object): Promise<string> {
  const fields = [
    { name: 'wish', label: 'Wish', type: 'TEXT' as const, required: false },
    { name: 'cost', label: 'Cost', type: 'NUMBER' as const, required: false },
  ];
  const templateId = await publish(server, own, { kind: 'GENERAL', name, withConfirmation: false, fields });
  await rowsOf(server, own, 'update form_template_versions set flow = $1 where template_id = $2', [
    JSON.stringify(flow),
    decodeGlobalId('FormTemplate', templateId),
  ]);
  return templateId;
}
async function submitted(name: string, route: object[], by: TestSeat = own.customer): Promise<string> {
  const templateId = await templateOf(name, { route });
  if (by !== own.customer) await rowsOf(server, own, 'update form_templates set for_employees = true');
  const { form } = await done(by, 'submitForm', { templateId, values: [] }, '... on SubmitFormSuccess { form { id } }');
  return (form as { readonly id: string }).id;
}

describe('every approver of a step ALL (spec 6.2)', () => {
  it('is asked by name, also where a right admits them too', async () => {
    const { formsAdmin, admin } = own;
    const formId = await submitted('right', [step('one', [{ by: 'RIGHT', right: 'FORMS' }, employee(formsAdmin)])]);
    expect(await turns(formId)).toEqual(['formsAdmin']); // whose approval counts for both
    expect((await act(admin, 'approveFormTask', { taskId: 'x' })).__typename).not.toBe('ApproveFormTaskSuccess');
    await approve(formsAdmin, formId);
    expect(await stateOf(formId)).toBe('COMPLETED');
  });
  it('approves after a return inside the step, whoever it was returned to and by', async () => {
    const { owner, colleague, sharee } = own;
    const formId = await submitted('inside', [step('one', [employee(owner), employee(colleague), employee(sharee)])]);
    await approve(owner, formId);
    await approve(sharee, formId);
    await doneOnTask(colleague, 'returnFormTask', formId, { to: 'HOLDER', holderId: owner.id, reason: 'Look again.' });
    expect(await turns(formId)).toEqual(['colleague WAITING', 'owner', 'sharee WAITING']);
    await approve(owner, formId);
    expect(await turns(formId)).toEqual(['colleague', 'sharee']);
    await approve(colleague, formId);
    expect(await stateOf(formId)).toBe('IN_REVIEW');
    await approve(sharee, formId);
    expect(await stateOf(formId)).toBe('COMPLETED');
  });
  it('is not passed by a return that leads on to where the form has not come to again', async () => {
    const { owner, colleague, sharee } = own;
    const formId = await submitted('onward', [step('one', [employee(owner), employee(colleague)]), step('two', [employee(sharee)])]);
    await approve(owner, formId);
    await approve(colleague, formId);
    await doneOnTask(sharee, 'returnFormTask', formId, { to: 'HOLDER', holderId: owner.id, reason: 'Both again.' });
    expect(await turns(formId)).toEqual(['colleague WAITING', 'owner']);
    const onward = { to: 'HOLDER', holderId: sharee.id, reason: 'Past my colleague.' };
    expect(await onTask(owner, 'returnFormTask', formId, onward, '... on ApproverNotAllowed { reason }')).toMatchObject({
      reason: 'NOT_EARLIER',
    });
    await approve(owner, formId);
    await approve(colleague, formId);
    expect(await turns(formId)).toEqual(['sharee']);
  });
});

describe('who was added (spec 6.2)', () => {
  it('is asked although another of the step ANY has approved', async () => {
    const { owner, colleague, sharee } = own;
    const formId = await submitted('any', [step('one', [employee(owner), employee(colleague)], 'ANY')]);
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: sharee.id, when: 'AFTER' });
    await approve(colleague, formId);
    expect(await turns(formId)).toEqual(['sharee']);
    await approve(sharee, formId);
    expect(await stateOf(formId)).toBe('COMPLETED');
  });
  it('is asked again after a correction, with the others of the step', async () => {
    const { owner, colleague, sharee, customer } = own;
    const formId = await submitted('again', [step('one', [employee(owner), employee(colleague)])]);
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: sharee.id, when: 'BEFORE' });
    await approve(sharee, formId);
    await doneOnTask(colleague, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
    await done(customer, 'resubmitForm', { formId, values: [] });
    expect(await turns(formId)).toEqual(['colleague', 'owner WAITING', 'sharee']);
  });
  it('and handed it over is not asked again; whoever they gave it to is', async () => {
    const { owner, colleague, sharee, supervisor, customer } = own;
    const formId = await submitted('handed over', [step('one', [employee(owner), employee(colleague)])]);
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: sharee.id, when: 'BEFORE' });
    await doneOnTask(sharee, 'handOverFormTask', formId, { employeeId: supervisor.id });
    await doneOnTask(colleague, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
    await done(customer, 'resubmitForm', { formId, values: [] });
    expect(await turns(formId)).toEqual(['colleague', 'owner WAITING', 'supervisor']);
  });
  it('and whoever waits for them, are asked by hand too, after they have given it back', async () => {
    const { owner, colleague, customer } = own;
    const templateId = await templateOf('by hand', { route: 'BY_HAND' });
    const { form } = await done(customer, 'submitForm', { templateId, values: [] }, '... on SubmitFormSuccess { form { id } }');
    const formId = (form as { readonly id: string }).id;
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: colleague.id, when: 'BEFORE' });
    await doneOnTask(colleague, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
    await done(customer, 'resubmitForm', { formId, values: [] });
    expect(await turns(formId)).toEqual(['colleague', 'owner WAITING']);
    await approve(colleague, formId);
    expect(await turns(formId)).toEqual(['owner']);
    await approve(owner, formId);
    expect(await stateOf(formId)).toBe('COMPLETED');
  });
});

describe('nobody approves what they handed in (spec 6.7)', () => {
  it('by claiming it', async () => {
    const { formsAdmin, admin } = own;
    const formId = await submitted('claimed', [step('one', [{ by: 'OWNER' }])], formsAdmin);
    const [task] = (await admin.query('query ($id: ID!) { businessForm(id: $id) { tasks { nodes { id } } } }', { id: formId })).businessForm
      .tasks.nodes;
    const input = { taskId: task.id };
    expect(await act(formsAdmin, 'claimFormTask', input, '... on ApproverNotAllowed { reason }')).toMatchObject({ reason: 'SUBMITTER' });
    expect(await act(admin, 'claimFormTask', input)).toMatchObject({ __typename: 'ClaimFormTaskSuccess' });
  });
  it('by the leaving of whoever would have approved it', async () => {
    const leaver = own.scopedAdmin;
    const formId = await submitted('left', [step('one', [employee(leaver)])], own.supervisor);
    expect(await turns(formId)).toEqual(['scopedAdmin']);
    await done(own.admin, 'offboardEmployee', { employeeId: leaver.id, successorId: own.supervisor.id });
    expect(await turns(formId)).toEqual(['nobody']);
  });
});

describe('an opinion that is handed over', () => {
  it('takes its question along', async () => {
    const { owner, colleague, sharee } = own;
    const formId = await submitted('asked', [step('one', [employee(owner)])]);
    await doneOnTask(owner, 'consultOnFormTask', formId, { employeeId: colleague.id, question: 'Is it worth it?' });
    await doneOnTask(colleague, 'handOverFormTask', formId, { employeeId: sharee.id });
    const { tasks } = (
      await own.admin.query('query ($id: ID!) { businessForm(id: $id) { tasks(first: 9) { nodes { kind state question } } } }', {
        id: formId,
      })
    ).businessForm;
    expect(tasks.nodes.filter(({ kind, state }: { kind: string; state: string }) => kind === 'OPINION' && state === 'OPEN')).toEqual([
      { kind: 'OPINION', state: 'OPEN', question: 'Is it worth it?' },
    ]);
  });
});

describe('whoever hands a form in among colleagues (spec 6.8)', () => {
  it('comments and withdraws it: what they say is no act of those inside', async () => {
    const formId = await submitted('said', [step('one', [employee(own.colleague)])], own.owner);
    await done(own.owner, 'commentOnForm', { formId, text: 'Please soon.' });
    await done(own.owner, 'remindForm', { formId });
    expect((await act(own.owner, 'remindForm', { formId })).__typename).toBe('RemindedLately');
    expect((await inside(own.admin, formId, {})).customerState).toBe('RECEIVED');
    await done(own.owner, 'withdrawForm', { formId });
  });
});

describe('a field that those inside alone read (spec 6.9)', () => {
  it('is no field for the customer', async () => {
    const templateId = await templateOf('hidden', {});
    await rowsOf(
      server,
      own,
      `update form_template_versions set fields = jsonb_set(fields, '{1}', fields -> 1 || '{"readBy": "STAFF", "writtenBy": {"stepIds": ["one"]}}') where template_id = $1`,
      [decodeGlobalId('FormTemplate', templateId)],
    );
    const issues = async (name: string) =>
      (
        await act(
          own.customer,
          'submitForm',
          { templateId, values: [{ field: name, number: 1 }] },
          '... on ValidationFailed { issues { code } }',
        )
      ).issues;
    expect(await issues('cost')).toEqual([{ code: 'UNKNOWN_FIELD' }]);
    expect(await issues('nope')).toEqual([{ code: 'UNKNOWN_FIELD' }]);
  });
});
