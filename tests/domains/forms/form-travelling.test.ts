import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder, taskOn } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { act, done, doneOnTask, type Inside, inside, onTask } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const read = (formId: string): Promise<Inside> => inside(own.admin, formId, own as unknown as Record<string, unknown>);
const REASON = '... on ApproverNotAllowed { reason }';
const ORDERED = `query ($id: ID!) { businessForm(id: $id) { customerState correctionReason correctionFields comments { nodes { text fromCustomer } } } }`;
const seenBy = async (customer: TestSeat, id: string) => (await customer.query(ORDERED, { id })).businessForm;

describe('returning (spec 6.2)', () => {
  it('to the submitter: the customer is told what to correct, hands it in again, and the one who returned it has it back', async () => {
    const { owner, customer, colleague } = own;
    const formId = await placeOrder(customer);
    const { number } = await read(formId);
    await approve(owner, formId, colleague);
    await doneOnTask(colleague, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which colour?' });
    const returned = await read(formId);
    expect(returned).toMatchObject({ state: 'NEEDS_CORRECTION', customerState: 'NEEDS_YOUR_CORRECTION', turns: [] });
    expect(await seenBy(customer, formId)).toMatchObject({ correctionReason: 'Which colour?', correctionFields: [] });
    const input = { formId, values: [], expectedVersion: returned.customerVersion };
    expect(await act(customer, 'resubmitForm', { ...input, expectedVersion: 1 })).toMatchObject({ __typename: 'VersionConflict' });
    await done(customer, 'resubmitForm', input);
    const again = await read(formId);
    expect(again).toMatchObject({ number, state: 'IN_REVIEW', customerState: 'IN_PROGRESS', turns: ['colleague'], correctionReason: null });
    expect(again.history).toEqual(['SUBMITTED', 'APPROVED', 'RETURNED', 'RESUBMITTED']);
    expect(await act(customer, 'resubmitForm', { formId, values: [] })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
  });

  it('to somebody who has had it before, and to nobody else', async () => {
    const { owner, customer, colleague, supervisor } = own;
    const formId = await placeOrder(customer);
    await approve(owner, formId, colleague);
    const back = (holderId: string | undefined) =>
      onTask(colleague, 'returnFormTask', formId, { to: 'HOLDER', holderId, reason: 'Look again.' }, REASON);
    expect(await back(supervisor.id)).toMatchObject({ __typename: 'ApproverNotAllowed', reason: 'NOT_EARLIER' });
    expect(await back(colleague.id)).toMatchObject({ __typename: 'ApproverNotAllowed', reason: 'SELF' });
    expect(await back(undefined)).toMatchObject({ __typename: 'ValidationFailed' });
    expect(await back(owner.id)).toMatchObject({ __typename: 'ReturnFormTaskSuccess' });
    expect(await read(formId)).toMatchObject({
      state: 'IN_REVIEW',
      customerState: 'IN_PROGRESS',
      turns: ['owner'],
      correctionReason: null,
    });
  });

  it('to somebody who has handed it over, too', async () => {
    const { owner, customer, colleague, supervisor } = own;
    const formId = await placeOrder(customer);
    await doneOnTask(owner, 'handOverFormTask', formId, { employeeId: supervisor.id });
    await approve(supervisor, formId, colleague);
    const back = { to: 'HOLDER', holderId: owner.id, reason: 'You know them.' };
    expect(await onTask(colleague, 'returnFormTask', formId, back, REASON)).toMatchObject({ __typename: 'ReturnFormTaskSuccess' });
    expect((await read(formId)).turns).toEqual(['owner']);
  });

  it('answers that do not fit the template are refused, and nothing is lost', async () => {
    const { owner, customer } = own;
    const fields = [{ name: 'wish', label: 'Wish', type: 'TEXT' as const, required: true }];
    const templateId = await publish(server, own, { kind: 'GENERAL', name: 'A wish', withConfirmation: false, fields });
    const { form } = (await done(
      customer,
      'submitForm',
      { templateId, values: [{ field: 'wish', text: 'A boat' }] },
      '... on SubmitFormSuccess { form { id } }',
    )) as never;
    const { id: formId } = form as { id: string };
    await doneOnTask(owner, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Smaller, please.' });
    expect(await act(customer, 'resubmitForm', { formId, values: [{ field: 'wish', text: '' }] })).toMatchObject({
      __typename: 'ValidationFailed',
      path: ['input', 'values', 'wish'],
    });
    await done(customer, 'resubmitForm', { formId, values: [{ field: 'wish', text: 'A raft' }] });
    const { businessForm } = await customer.query('query ($id: ID!) { businessForm(id: $id) { answers { name value { text } } } }', {
      id: formId,
    });
    expect(businessForm.answers).toEqual([{ name: 'wish', value: { text: 'A raft' } }]);
  });
});

describe('a turn that goes elsewhere (spec 6.2)', () => {
  it('is handed over: the new holder decides, the old one goes on reading and is told that it was decided', async () => {
    const { owner, customer, colleague } = own;
    const formId = await placeOrder(customer);
    const { id: taskId } = await taskOn(owner, formId);
    await doneOnTask(owner, 'handOverFormTask', formId, { employeeId: colleague.id, comment: 'Yours.' });
    expect(await read(formId)).toMatchObject({ turns: ['colleague'], history: ['SUBMITTED', 'HANDED_OVER'], customerState: 'IN_PROGRESS' });
    expect(await act(owner, 'approveFormTask', { taskId })).toMatchObject({ __typename: 'TaskAlreadyDecided' });
    await approve(colleague, formId);
    expect((await read(formId)).state).toBe('AWAITING_CONFIRMATION');
  });

  it('waits for an approver that is added before it, and goes to one that is added after it', async () => {
    const { owner, customer, colleague, supervisor } = own;
    const formId = await placeOrder(customer);
    const { id: taskId } = await taskOn(owner, formId);
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: colleague.id, when: 'BEFORE' });
    expect((await read(formId)).turns).toEqual(['owner WAITING', 'colleague']);
    expect(await act(owner, 'approveFormTask', { taskId })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    await approve(colleague, formId);
    expect((await read(formId)).turns).toEqual(['owner']);
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: supervisor.id, when: 'AFTER' });
    expect(await onTask(owner, 'addFormApprover', formId, { employeeId: supervisor.id, when: 'AFTER' }, REASON)).toMatchObject({
      reason: 'HAS_A_TURN',
    });
    await approve(owner, formId);
    expect((await read(formId)).turns).toEqual(['supervisor']);
    await approve(supervisor, formId);
    expect(await read(formId)).toMatchObject({ state: 'AWAITING_CONFIRMATION', turns: [] });
  });

  it('is the holder’s while somebody is asked for an opinion', async () => {
    const { owner, customer, colleague } = own;
    const formId = await placeOrder(customer);
    await doneOnTask(owner, 'consultOnFormTask', formId, { employeeId: colleague.id, question: 'Do we have it?' });
    const { id: asked } = await taskOn(colleague, formId);
    expect((await read(formId)).turns).toEqual(['owner', 'colleague OPINION']);
    expect(await act(colleague, 'approveFormTask', { taskId: asked })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    expect(await onTask(owner, 'answerConsultation', formId, { answer: 'I do.' })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    await done(colleague, 'answerConsultation', { taskId: asked, answer: 'Nine of them.' });
    expect(await read(formId)).toMatchObject({ turns: ['owner'], comments: [null, 'Do we have it?', 'Nine of them.'] });
    await doneOnTask(owner, 'consultOnFormTask', formId, { employeeId: colleague.id, question: 'And tomorrow?' });
    await approve(owner, formId);
    expect(await read(formId)).toMatchObject({ state: 'AWAITING_CONFIRMATION', turns: [] });
  });

  it.each(['handOverFormTask', 'addFormApprover', 'consultOnFormTask', 'returnFormTask'])(
    'is nobody else’s to move by %s',
    async (name) => {
      const { owner, customer, colleague, sibling, admin, sharee } = { ...own, sibling: own.supervisor };
      const formId = await placeOrder(customer);
      const { id: taskId } = await taskOn(owner, formId);
      const more = {
        handOverFormTask: { employeeId: colleague.id },
        addFormApprover: { employeeId: colleague.id, when: 'AFTER' },
        consultOnFormTask: { employeeId: colleague.id, question: 'What?' },
        returnFormTask: { to: 'SUBMITTER', reason: 'No.' },
      }[name];
      for (const seat of [admin, sibling]) expect(await act(seat, name, { taskId, ...more })).toMatchObject({ __typename: 'FORBIDDEN' });
      for (const seat of [colleague, sharee]) expect(await act(seat, name, { taskId, ...more })).toMatchObject({ __typename: 'NotFound' });
      expect((await read(formId)).turns).toEqual(['owner']);
    },
  );
});

describe('the customer (spec 6.2, 6.13)', () => {
  it('disputes: whoever decided last has it again', async () => {
    const { owner, customer, colleague } = own;
    const formId = await placeOrder(customer);
    expect(await act(customer, 'disputeForm', { formId, reason: 'Too early.' })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    await approve(owner, formId, colleague);
    await approve(colleague, formId);
    expect(await act(customer, 'disputeForm', { formId, reason: ' ' })).toMatchObject({ __typename: 'ValidationFailed' });
    await done(customer, 'disputeForm', { formId, reason: 'It never came.' });
    expect(await read(formId)).toMatchObject({ state: 'IN_REVIEW', customerState: 'IN_PROGRESS', turns: ['colleague'] });
    await approve(colleague, formId);
    await done(customer, 'confirmForm', { formId });
    const { state, history, comments } = await read(formId);
    expect(state).toBe('COMPLETED');
    expect(history).toEqual([
      'SUBMITTED',
      'APPROVED',
      'APPROVED',
      'CONFIRMATION_ASKED',
      'DISPUTED',
      'APPROVED',
      'CONFIRMATION_ASKED',
      'CONFIRMED',
      'COMPLETED',
    ]);
    expect(comments).toContain('It never came.');
  });

  it('withdraws until somebody inside has acted, and what the kind holds is given back', async () => {
    const { owner, customer, rival } = own;
    const stock = async () => (await owner.query('{ products(first: 1) { nodes { availability } } }')).products.nodes[0].availability;
    const before = await stock();
    const formId = await placeOrder(customer);
    expect(await act(rival, 'withdrawForm', { formId })).toMatchObject({ __typename: 'NotFound' });
    expect(await act(owner, 'withdrawForm', { formId })).toMatchObject({ __typename: 'FORBIDDEN' });
    await done(customer, 'withdrawForm', { formId, reason: 'Found another.' });
    expect(await read(formId)).toMatchObject({
      state: 'WITHDRAWN',
      customerState: 'WITHDRAWN',
      turns: [],
      history: ['SUBMITTED', 'WITHDRAWN'],
    });
    expect(await stock()).toBe(before);
    const begun = await placeOrder(customer);
    await approve(owner, begun, own.colleague);
    expect(await act(customer, 'withdrawForm', { formId: begun })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
  });

  it('reads what is said to them, by nobody’s name, and nothing that is said inside', async () => {
    const { owner, customer, supervisor, colleague, sharee } = own;
    const formId = await placeOrder(customer);
    await done(owner, 'commentOnForm', { formId, text: 'A secret remark' });
    await done(supervisor, 'commentOnForm', { formId, text: 'It comes tomorrow.', toCustomer: true });
    await done(customer, 'commentOnForm', { formId, text: 'Thank you.' });
    expect((await read(formId)).said).toEqual([
      ['It comes tomorrow.', false],
      ['Thank you.', true],
    ]);
    expect(await seenBy(customer, formId)).toMatchObject({
      customerState: 'IN_PROGRESS',
      comments: {
        nodes: [
          { text: 'It comes tomorrow.', fromCustomer: false },
          { text: 'Thank you.', fromCustomer: true },
        ],
      },
    });
    const { comments, history } = await read(formId);
    expect(comments).toContain('A secret remark');
    expect(history.slice(1)).toEqual(['COMMENTED', 'COMMENTED_TO_CUSTOMER', 'COMMENTED_BY_CUSTOMER']);
    expect(await act(sharee, 'commentOnForm', { formId, text: 'Me too.' })).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await act(colleague, 'commentOnForm', { formId, text: 'Me too.' })).toMatchObject({ __typename: 'NotFound' });
    const { errors } = await customer.ask('query ($id: ID!) { businessForm(id: $id) { comments { nodes { author { id } } } } }', {
      id: formId,
    });
    expect(errors).toHaveLength(1);
  });

  it('reminds once in four hours, on a clock of their own', async () => {
    const { owner, supervisor, customer } = own;
    const formId = await placeOrder(customer);
    await done(supervisor, 'remindForm', { formId });
    await done(customer, 'remindForm', { formId });
    for (const seat of [supervisor, customer])
      expect(await act(seat, 'remindForm', { formId }, '... on RemindedLately { nextAt }')).toMatchObject({
        __typename: 'RemindedLately',
        nextAt: expect.any(String),
      });
    await approve(owner, formId);
    expect(await act(customer, 'remindForm', { formId })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
  });

  it('is not reminded by whoever has the turn themself, who holds up nobody else’s reminder with it', async () => {
    const { owner, supervisor, colleague, customer } = own;
    const formId = await placeOrder(customer);
    expect(await act(owner, 'remindForm', { formId }, '... on UserError { message }')).toMatchObject({
      __typename: 'FormMoveNotAllowed',
      message: 'It is your own turn: there is nobody else to remind.',
    });
    expect(await seenBy(customer, formId)).toMatchObject({ customerState: 'RECEIVED' }); // nobody inside has acted
    await doneOnTask(owner, 'consultOnFormTask', formId, { employeeId: colleague.id, question: 'What do you think?' });
    await done(owner, 'remindForm', { formId }); // the colleague, and not the owner
    expect(await act(owner, 'remindForm', { formId })).toMatchObject({ __typename: 'RemindedLately' });
    await done(supervisor, 'remindForm', { formId }); // the owner
    expect(await act(supervisor, 'remindForm', { formId })).toMatchObject({ __typename: 'RemindedLately' });
    const { id } = await taskOn(owner, formId);
    await rowsOf(server, own, `update form_tasks set reminded_at = reminded_at - interval '1 hour' where id = $1`, [decodeAnyId(id)]);
    const { nextAt } = await act(owner, 'remindForm', { formId }, '... on RemindedLately { nextAt }');
    const hours = (Date.parse(String(nextAt)) - server.runtime.now().getTime()) / 3_600_000;
    expect(Math.round(hours)).toBe(4); // when the colleague can be reminded again, whose turn is another than the owner's own
  });
});

describe('what a template lets a customer take back (spec 6.13)', () => {
  it.each([
    ['NEVER', 'FormMoveNotAllowed', 'FormMoveNotAllowed'],
    ['WHILE_RUNNING', 'WithdrawFormSuccess', 'WithdrawFormSuccess'],
  ])('%s: before anybody has acted %s, after it %s', async (withdrawal, before, after) => {
    const org = await server.organization();
    const { owner, customer } = org;
    const templateId = await publish(server, org, { kind: 'GENERAL', name: 'A wish', withConfirmation: true, fields: [] });
    await rowsOf(server, org, 'update form_template_versions set flow = $1', [JSON.stringify({ withdrawal })]);
    const submit = async (): Promise<string> => {
      const { form } = await done(customer, 'submitForm', { templateId, values: [] }, '... on SubmitFormSuccess { form { id } }');
      return (form as { readonly id: string }).id;
    };
    const [fresh, begun] = [await submit(), await submit()];
    await approve(owner, begun);
    expect(await act(customer, 'withdrawForm', { formId: fresh })).toMatchObject({ __typename: before });
    expect(await act(customer, 'withdrawForm', { formId: begun })).toMatchObject({ __typename: after });
  });
});

describe('admins with FORMS (spec 6.6)', () => {
  it('give a turn to somebody else, with a reason', async () => {
    const { owner, customer, colleague, formsAdmin } = own;
    const formId = await placeOrder(customer);
    const { id: taskId } = await taskOn(owner, formId);
    const input = { taskId, employeeId: colleague.id, reason: 'He is ill.' };
    expect(await act(owner, 'reassignFormTask', input)).toMatchObject({ __typename: 'FORBIDDEN' });
    await done(formsAdmin, 'reassignFormTask', input);
    expect(await read(formId)).toMatchObject({ turns: ['colleague'], history: ['SUBMITTED', 'REASSIGNED'] });
    expect((await read(formId)).comments).toContain('He is ill.');
    expect(await act(owner, 'approveFormTask', { taskId })).toMatchObject({ __typename: 'FORBIDDEN' });
    await approve(colleague, formId);
  });

  it('let a form jump to somebody, also from the customer', async () => {
    const { owner, customer, colleague, formsAdmin } = own;
    const formId = await placeOrder(customer);
    await approve(owner, formId);
    const input = { formId, employeeId: colleague.id, reason: 'She is abroad.' };
    expect(await act(owner, 'jumpForm', input)).toMatchObject({ __typename: 'FORBIDDEN' });
    await done(formsAdmin, 'jumpForm', input);
    expect(await read(formId)).toMatchObject({ state: 'IN_REVIEW', customerState: 'IN_PROGRESS', turns: ['colleague'] });
  });

  it('end a form, and nothing moves it any more', async () => {
    const { owner, customer, formsAdmin } = own;
    const formId = await placeOrder(customer);
    const { id: taskId } = await taskOn(owner, formId);
    expect(await act(owner, 'endForm', { formId, reason: 'No.' })).toMatchObject({ __typename: 'FORBIDDEN' });
    await done(formsAdmin, 'endForm', { formId, reason: 'A test.' });
    expect(await read(formId)).toMatchObject({ state: 'ENDED', customerState: 'ENDED', turns: [] });
    expect(await act(owner, 'approveFormTask', { taskId })).toMatchObject({ __typename: 'TaskAlreadyDecided' });
    for (const name of ['endForm', 'jumpForm'])
      expect(await act(formsAdmin, name, { formId, reason: 'Again.', ...(name === 'jumpForm' && { employeeId: owner.id }) })).toMatchObject(
        { __typename: 'FormMoveNotAllowed' },
      );
  });
});
