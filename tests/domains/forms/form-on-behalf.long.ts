import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, CONFIRM, productId, taskOn } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { inboxOf } from '../notifications/inbox.fixture.ts';

const SUBMIT = `mutation ($input: SubmitFormInput!) {
  it: submitForm(input: $input) {
    __typename
    ... on SubmitFormSuccess { form { id } }
    ... on UserError { code path }
    ... on ValidationFailed { issues { path code } }
  }
}`;
const PLACE = `mutation ($input: PlaceOrderInput!) {
  it: placeOrder(input: $input) {
    __typename
    ... on PlaceOrderSuccess { order { id } }
    ... on UserError { code path }
    ... on ValidationFailed { issues { path code } }
  }
}`;
const INSIDE = `query ($id: ID!) { businessForm(id: $id) {
  state onBehalf viewerRoles contact { id } submittedBy { __typename id name } history { nodes { kind actor { id } } } tasks { nodes { assignee { id } } } } }`;
const OUTSIDE = 'query ($id: ID!) { businessForm(id: $id) { customerState customerVersion onBehalf submittedBy { id } contact { id } } }';
const MY_FORMS = 'subscription ($after: EventCursor) { it: myForms(after: $after) { kind formId customerState form { onBehalf } } }';
const TIMELINE =
  'query ($id: ID!) { contact(id: $id) { timeline { nodes { kind actor { id } ... on FormInteraction { form { id } } } } } }';

let server: TestServer;
let own: TestOrganization;
let templateId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  own = await server.organization();
  const fields = [{ name: 'wish', label: 'What may we do?', type: 'TEXT', required: true }];
  templateId = await publish(server, own, { kind: 'GENERAL', name: 'Special wish', withConfirmation: true, fields });
});

const wish = (contact: { readonly id: string } | undefined) => ({
  input: { templateId, contactId: contact?.id, values: [{ field: 'wish', text: 'By the back door' }] },
});
const order = async (contact: { readonly id: string } | undefined) => ({
  input: { contactId: contact?.id, lines: [{ productId: await productId(own.admin), quantity: 1 }] },
});
/** What somebody is answered who hands a general form, and an order, in for a contact. */
async function answers(by: TestSeat, contact: { readonly id: string } | undefined): Promise<unknown[]> {
  const all = [await by.ask(SUBMIT, wish(contact)), await by.ask(PLACE, await order(contact))];
  return all.map(({ data, errors }) => errors[0]?.extensions.code ?? data.it.issues?.[0] ?? data.it);
}
const NOT_FOUND = { __typename: 'NotFound', code: 'NOT_FOUND', path: ['input', 'contactId'] };

describe('a form that is handed in on behalf of a contact (spec 6.12)', () => {
  it.each(['owner', 'supervisor', 'admin', 'scopedAdmin'] as const)('by the %s is marked so, and begins with the owner', async (who) => {
    const seat = own[who];
    const { form } = await seat.does(SUBMIT, wish(own.customer));
    const { businessForm } = await seat.query(INSIDE, { id: form.id });
    expect(businessForm).toMatchObject({
      state: 'IN_REVIEW',
      onBehalf: true,
      contact: { id: own.customer.id },
      submittedBy: { __typename: 'Employee', id: seat.id },
      history: { nodes: [{ kind: 'SUBMITTED', actor: { id: seat.id } }] },
      tasks: { nodes: [{ assignee: { id: own.owner.id } }] },
    });
    expect(businessForm.viewerRoles).toContain('PARTICIPANT');
  });

  it('is the contact’s own: it is told so live, and not by whom; it confirms', async () => {
    const { myForms } = await own.customer.query('{ myForms { liveCursor } }');
    const live = own.customer.follow(MY_FORMS, { after: myForms.liveCursor });
    const { order: form } = await own.supervisor.does(PLACE, await order(own.customer));
    expect(await live.next()).toEqual({ kind: 'MOVED', formId: form.id, customerState: 'RECEIVED', form: { onBehalf: true } });
    await live.stop();
    const { businessForm } = await own.customer.query(OUTSIDE, { id: form.id });
    expect(businessForm).toEqual({
      customerState: 'RECEIVED',
      customerVersion: 1,
      onBehalf: true,
      submittedBy: null,
      contact: { id: own.customer.id },
    });
    await approve(own.owner, form.id);
    await own.customer.does(CONFIRM, { input: { formId: form.id } });
  });

  it('is told in the contact’s inbox once, and stands on its timeline with whoever did it', async () => {
    const { form } = await own.owner.does(SUBMIT, wish(own.customer));
    const told = await inboxOf(server, own.customer);
    expect(told).toMatchObject([{ kind: 'FORM_SUBMITTED_FOR_YOU', form: { id: form.id } }]);
    expect(told[0]!.text).toMatch(/^A form was handed in for you: BF-/);
    expect((await inboxOf(server, own.customer, {}, 'zh-CN'))[0]!.text).toMatch(/^企业代您提交了表单：BF-/);
    const { contact } = await own.owner.query(TIMELINE, { id: own.customer.id });
    expect(contact.timeline.nodes[0]).toEqual({ kind: 'FORM', actor: { id: own.owner.id }, form: { id: form.id } });
  });

  it('by the contact itself is as before: nobody else submitted it, and it is told nothing', async () => {
    const { form } = await own.customer.does(SUBMIT, wish(undefined));
    const { businessForm } = await own.owner.query(INSIDE, { id: form.id });
    expect(businessForm).toMatchObject({ onBehalf: false, submittedBy: { __typename: 'Contact', id: own.customer.id } });
    expect((await own.customer.query(OUTSIDE, { id: form.id })).businessForm).toMatchObject({
      onBehalf: false,
      submittedBy: { id: own.customer.id },
    });
    expect(await inboxOf(server, own.customer)).toEqual([]);
    await own.customer.does(SUBMIT, wish(own.customer)); // whoever names itself says what is so
  });

  it('of a contact without an owner waits for the admins', async () => {
    const { form } = await own.admin.does(SUBMIT, wish(own.unowned));
    expect((await own.admin.query(INSIDE, { id: form.id })).businessForm.tasks.nodes).toEqual([{ assignee: null }]);
  });

  it('is not decided by whoever was picked and has submitted it', async () => {
    const { form } = await own.supervisor.does(SUBMIT, wish(own.customer));
    const { id } = await taskOn(own.owner, form.id);
    const picked = `mutation ($input: ApproveFormTaskInput!) { it: approveFormTask(input: $input) { __typename ... on ApproverNotAllowed { reason } } }`;
    const { it: refused } = await own.owner.query(picked, { input: { taskId: id, nextApproverId: own.supervisor.id } });
    expect(refused).toEqual({ __typename: 'ApproverNotAllowed', reason: 'SUBMITTER' });
  });
});

describe('who may not (spec 6.12)', () => {
  it('is a sharee, a colleague, an admin of something else', async () => {
    for (const who of ['sharee', 'colleague', 'formsAdmin'] as const)
      expect(await answers(own[who], own.customer)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await answers(own.scopedAdmin, own.rival)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await answers(own.owner, own.rival)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    for (const who of ['sharee', 'colleague', 'owner', 'supervisor', 'admin'] as const)
      expect(
        (await own[who].query('query ($id: ID!) { contact(id: $id) { viewerCan { submitForms } } }', own.customer as never)).contact,
      ).toEqual({
        viewerCan: { submitForms: !['sharee', 'colleague'].includes(who) },
      });
  });
  it('is another contact, or another company’s; a contact that is not there is not found', async () => {
    const other = await server.organization({ name: 'Other Works' });
    expect(await answers(own.customer, own.rival)).toEqual([NOT_FOUND, NOT_FOUND]);
    expect(await answers(own.admin, other.customer)).toEqual([NOT_FOUND, NOT_FOUND]);
    expect(await answers(own.admin, { id: 'never issued' })).toEqual([NOT_FOUND, NOT_FOUND]);
    await rowsOf(server, own, `update contacts set deleted_at = now() where name = 'The customer'`);
    expect(await answers(own.admin, own.customer)).toEqual([NOT_FOUND, NOT_FOUND]);
  });
  it('is anybody, for a contact that is no member of the window', async () => {
    await rowsOf(server, own, `delete from window_members where contact_id = (select id from contacts where name = 'The customer')`);
    const issue = { path: ['input', 'contactId'], code: 'NOT_AT_WINDOW' };
    expect(await answers(own.owner, own.customer)).toEqual([issue, issue]);
  });
  it('is anybody, while the window is suspended', async () => {
    const input = await order(own.customer);
    await rowsOf(server, own, `update organizations set certification = 'BASIC'`);
    expect((await own.owner.query(SUBMIT, wish(own.customer))).it).toMatchObject({ __typename: 'WindowSuspended' });
    expect((await own.owner.query(PLACE, input)).it).toMatchObject({ __typename: 'WindowSuspended' });
  });
  it('is anybody, of a template that is not for the contact', async () => {
    await rowsOf(server, own, `update form_templates set for_contacts = 'NONE' where kind = 'GENERAL'`);
    expect((await own.owner.query(SUBMIT, wish(own.customer))).it).toMatchObject({ __typename: 'NotFound', path: ['input', 'templateId'] });
    const foreign = encodeGlobalId('FormTemplate', '019b0000-0000-7000-8000-000000000001');
    const { it: refused } = await own.colleague.query(SUBMIT, { input: { ...wish(own.customer).input, templateId: foreign } });
    expect(refused).toMatchObject({ __typename: 'NotFound', path: ['input', 'templateId'] });
  });
});
