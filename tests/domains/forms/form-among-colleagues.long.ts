import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mutate, openTask } from '../../rules/world.fixture.ts';
import { approve, taskOn } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { kindsIn } from '../notifications/inbox.fixture.ts';

const call = (act: string, success: string) => `mutation ($input: ${act[0]!.toUpperCase()}${act.slice(1)}Input!) {
  it: ${act}(input: $input) {
    __typename
    ... on ${act[0]!.toUpperCase()}${act.slice(1)}Success { ${success} }
    ... on UserError { code path }
    ... on ValidationFailed { issues { path code } }
  }
}`;
const SUBMIT = call('submitForm', 'form { id }');
const FORM = `query ($id: ID!) { businessForm(id: $id) {
  state customerState onBehalf stuckReason viewerRoles contact { id } submittedBy { __typename id }
  viewerCan { confirm correct } history { nodes { kind actor { id } } } tasks { nodes { state assignee { id } } } } }`;
const MINE = '{ businessForms { nodes { id } } }';

let server: TestServer;
let own: TestOrganization;
let templateId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  own = await server.organization();
  const fields = [{ name: 'wish', label: 'What do you need?', type: 'TEXT', required: true }];
  templateId = await publish(server, own, { kind: 'GENERAL', name: 'A day off', withConfirmation: true, fields });
  await rowsOf(server, own, `update form_templates set for_employees = true, for_contacts = 'NONE' where kind = 'GENERAL'`);
});

const values = [{ field: 'wish', text: 'Friday' }];
const ask = async (seat: TestSeat, mutation: string, input: object) => {
  const { data, errors } = await seat.ask(mutation, { input });
  return errors[0] ? errors[0].extensions.code : data.it;
};
const submit = (seat: TestSeat, more: object = {}) => ask(seat, SUBMIT, { templateId, values, ...more });
const sent = async (by: TestSeat, to: TestSeat): Promise<string> => (await submit(by, { approverId: to.id })).form.id;
const read = async (seat: TestSeat, id: string) => (await seat.query(FORM, { id })).businessForm;
const act = (seat: TestSeat, name: string, input: object) => ask(seat, call(name, '__typename'), input);

/** A route of a step for each of some approvers, as a designer would publish it. */
const fix = (...approvers: object[]) =>
  rowsOf(
    server,
    own,
    `update form_template_versions set flow = '${JSON.stringify({ route: approvers.map((one, i) => ({ id: `s${i}`, name: `${i}`, mode: 'ALL', approvers: [one] })) })}'
     where template_id = (select id from form_templates where kind = 'GENERAL')`,
  );

describe('a form among colleagues (spec 6.8)', () => {
  it('goes to whoever was picked, on to the next, and back to whoever handed it in, who confirms', async () => {
    const id = await sent(own.owner, own.colleague);
    expect(await read(own.owner, id)).toMatchObject({
      state: 'IN_REVIEW',
      onBehalf: false,
      contact: null,
      submittedBy: { __typename: 'Employee', id: own.owner.id },
      viewerRoles: expect.arrayContaining(['PARTICIPANT', 'FORM_AUTHOR']),
      viewerCan: { confirm: false, correct: false },
      history: { nodes: [{ kind: 'SUBMITTED', actor: { id: own.owner.id } }] },
      tasks: { nodes: [{ state: 'OPEN', assignee: { id: own.colleague.id } }] },
    });
    await approve(own.colleague, id, own.sharee);
    await approve(own.sharee, id);
    expect(await read(own.owner, id)).toMatchObject({
      state: 'AWAITING_CONFIRMATION',
      customerState: 'AWAITING_YOUR_CONFIRMATION',
      viewerCan: { confirm: true, correct: false },
    });
    expect(await act(own.colleague, 'confirmForm', { formId: id })).toBe('FORBIDDEN');
    expect(await act(own.owner, 'confirmForm', { formId: id })).toMatchObject({ __typename: 'ConfirmFormSuccess' });
    expect((await read(own.colleague, id)).state).toBe('COMPLETED');
    expect(await kindsIn(server, own.colleague)).toEqual(['TASK_CAME']);
    expect(new Set(await kindsIn(server, own.owner))).toEqual(new Set(['FORM_MOVED']));
  });
  it('is corrected, disputed and withdrawn by whoever handed it in', async () => {
    const id = await sent(own.owner, own.colleague);
    await mutate(own.colleague, 'returnFormTask', { taskId: await openTask(own.colleague, id), to: 'SUBMITTER', reason: 'Which Friday?' });
    expect(await act(own.colleague, 'resubmitForm', { formId: id, values })).toBe('FORBIDDEN');
    expect(await act(own.owner, 'resubmitForm', { formId: id, values: [{ field: 'wish', text: 'The first' }] })).toMatchObject({
      __typename: 'ResubmitFormSuccess',
    });
    await approve(own.colleague, id);
    expect(await act(own.owner, 'disputeForm', { formId: id, reason: 'No' })).toMatchObject({ __typename: 'DisputeFormSuccess' });
    expect((await taskOn(own.colleague, id)).form.id).toBe(id);
    const other = await sent(own.owner, own.colleague);
    expect(await act(own.owner, 'withdrawForm', { formId: other })).toMatchObject({ __typename: 'WithdrawFormSuccess' });
    expect((await read(own.owner, other)).state).toBe('WITHDRAWN');
    expect(await act(own.owner, 'copyForm', { formId: other })).toMatchObject({ __typename: 'CopyFormSuccess' });
  });
  it('is read by those who take part and by admins of all forms, and by nobody else', async () => {
    const id = await sent(own.owner, own.colleague);
    for (const seat of [own.owner, own.colleague, own.formsAdmin, own.admin]) expect((await read(seat, id))?.state).toBe('IN_REVIEW');
    for (const seat of [own.supervisor, own.sharee, own.scopedAdmin, own.customer]) {
      expect((await seat.query('query ($id: ID!) { businessForm(id: $id) { id } }', { id })).businessForm).toBeNull();
      expect(await act(seat, 'withdrawForm', { formId: id })).toMatchObject({ __typename: 'NotFound' });
    }
    expect((await own.colleague.query(MINE)).businessForms.nodes).toEqual([{ id }]);
  });
  it('is found by who handed it in, by whoever reads it', async () => {
    const id = await sent(own.owner, own.colleague);
    const others = await sent(own.sharee, own.colleague);
    const found = async (seat: TestSeat, by: TestSeat) =>
      (
        await seat.query('query ($by: ID!) { businessForms(where: { submittedBy: { equals: $by } }) { totalCount nodes { id } } }', {
          by: by.id,
        })
      ).businessForms.nodes;
    expect(await found(own.owner, own.owner)).toEqual([{ id }]);
    expect(await found(own.colleague, own.owner)).toEqual([{ id }]);
    expect(await found(own.admin, own.sharee)).toEqual([{ id: others }]);
    expect(await found(own.owner, own.sharee)).toEqual([]);
  });
  it('has nothing to do with the window', async () => {
    const id = await sent(own.owner, own.colleague);
    await approve(own.colleague, id);
    await rowsOf(server, own, `update organizations set certification = 'BASIC'`);
    expect((await read(own.owner, id)).stuckReason).toBeNull();
    expect(await act(own.owner, 'confirmForm', { formId: id })).toMatchObject({ __typename: 'ConfirmFormSuccess' });
    expect((await submit(own.owner, { approverId: own.colleague.id })).__typename).toBe('SubmitFormSuccess');
  });
  it('is stuck where it is the turn of one who has left', async () => {
    const id = await sent(own.owner, own.colleague);
    await approve(own.colleague, id);
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The owner'`);
    const { stuckForms } = await own.formsAdmin.query('{ stuckForms { nodes { id stuckReason } } }');
    expect(stuckForms.nodes).toEqual([{ id, stuckReason: 'SUBMITTER_GONE' }]);
    expect(await act(own.formsAdmin, 'endForm', { formId: id, reason: 'Gone' })).toMatchObject({ __typename: 'EndFormSuccess' });
  });
  it('is returned to nobody who has left: it is decided otherwise', async () => {
    const id = await sent(own.owner, own.colleague);
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The owner'`);
    const { id: taskId } = await taskOn(own.colleague, id);
    const returned = { taskId, to: 'SUBMITTER', reason: 'Which?' };
    expect(await act(own.colleague, 'returnFormTask', returned)).toMatchObject({
      issues: [{ path: ['input', 'to'], code: 'SUBMITTER_GONE' }],
    });
    expect(await act(own.colleague, 'rejectFormTask', { taskId, comment: 'Gone' })).toMatchObject({ __typename: 'RejectFormTaskSuccess' });
  });
});

describe('who approves first', () => {
  it('is picked by hand: somebody else who is there', async () => {
    expect((await submit(own.owner)).issues).toEqual([{ path: ['input', 'approverId'], code: 'REQUIRED' }]);
    expect(await submit(own.owner, { approverId: own.owner.id })).toMatchObject({
      __typename: 'ApproverNotAllowed',
      path: ['input', 'approverId'],
    });
    for (const id of ['never issued', own.customer.id, (await server.organization({ name: 'Other Works' })).owner.id])
      expect(await submit(own.owner, { approverId: id })).toMatchObject({ __typename: 'NotFound', path: ['input', 'approverId'] });
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The sharee'`);
    expect(await submit(own.owner, { approverId: own.sharee.id })).toMatchObject({ __typename: 'ApproverNotAllowed' });
  });
  it('is the supervisor of whoever hands it in, where the route asks for that of the owner', async () => {
    await fix({ by: 'OWNERS_SUPERVISOR' });
    const { form } = await submit(own.owner);
    expect((await read(own.owner, form.id)).tasks.nodes).toEqual([{ state: 'OPEN', assignee: { id: own.supervisor.id } }]);
    expect(await submit(own.owner, { approverId: own.colleague.id })).toMatchObject({ __typename: 'ApproverNotAllowed' });
    await approve(own.supervisor, form.id);
    expect((await read(own.owner, form.id)).state).toBe('AWAITING_CONFIRMATION');
  });
  it('and second, where the route asks for the supervisor behind somebody else', async () => {
    await fix({ by: 'RIGHT', right: 'AUDIT' }, { by: 'OWNERS_SUPERVISOR' });
    const { form } = await submit(own.owner);
    await approve(own.admin, form.id);
    expect((await read(own.owner, form.id)).tasks.nodes[1]).toEqual({ state: 'OPEN', assignee: { id: own.supervisor.id } });
  });
  it('is whoever claims it, where the route asks for the owner: nobody approves their own', async () => {
    await fix({ by: 'OWNER' });
    const { form } = await submit(own.owner);
    expect((await read(own.owner, form.id)).tasks.nodes).toEqual([{ state: 'OPEN', assignee: null }]);
  });
  it('is picked on behalf of a contact too', async () => {
    await rowsOf(server, own, `update form_templates set for_contacts = 'ALL' where kind = 'GENERAL'`);
    const { form } = await submit(own.owner, { contactId: own.customer.id, approverId: own.colleague.id });
    expect(await read(own.owner, form.id)).toMatchObject({ onBehalf: true, tasks: { nodes: [{ assignee: { id: own.colleague.id } }] } });
  });
});

describe('who hands it in', () => {
  it('is an employee, of a template for employees', async () => {
    for (const seat of [own.colleague, own.sharee])
      expect((await submit(seat, { approverId: own.owner.id })).__typename).toBe('SubmitFormSuccess');
    await rowsOf(server, own, `update form_templates set for_employees = false where kind = 'GENERAL'`);
    expect(await submit(own.owner, { approverId: own.colleague.id })).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'templateId'],
    });
  });
  it('is no contact, and not with a plugin’s kind', async () => {
    expect(await submit(own.customer, { approverId: own.owner.id })).toMatchObject({ __typename: 'NotFound' });
    const { formTemplates } = await own.admin.query('{ formTemplates { nodes { id kind } } }');
    const order = formTemplates.nodes.find(({ kind }: { kind: string }) => kind === 'ORDER').id;
    await rowsOf(server, own, 'update form_templates set for_employees = true');
    expect(await submit(own.owner, { templateId: order, approverId: own.colleague.id })).toMatchObject({ __typename: 'NotFound' });
  });
  it('may begin it as a draft', async () => {
    const { draft } = await mutate(own.owner, 'saveFormDraft', { templateId, values }, 'draft { id }');
    const { form } = await submit(own.owner, { draftId: draft!.id, values: [], approverId: own.colleague.id });
    expect((await read(own.owner, form.id)).contact).toBeNull();
  });
});
