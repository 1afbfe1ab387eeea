import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, orderFor, placeOrder, REJECT, taskOn } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';

const INSIDE = `query ($id: ID!) { businessForm(id: $id) {
  version state customerState
  tasks { nodes { version state decision comment decidedAt assignee { id } } }
  history { nodes { kind comment actor { id } next { id } } }
} }`;
const SUBMIT = `mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename ... on SubmitFormSuccess { form { id } } } }`;

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const read = async (formId: string) => (await own.admin.query(INSIDE, { id: formId })).businessForm;

describe('an approval (spec 6.2)', () => {
  it('hands the form on to the next approver', async () => {
    const { owner, customer, colleague } = own;
    const { formId, task } = await orderFor(owner, customer);
    const before = await read(formId);
    const input = { taskId: task.id, expectedVersion: task.version, nextApproverId: colleague.id, comment: 'Looks right.' };
    const { task: decided, form } = await owner.does(APPROVE, { input });
    expect(decided).toMatchObject({ id: task.id, version: 2, state: 'DECIDED', decision: 'APPROVED', comment: 'Looks right.' });
    expect(form).toEqual({ id: formId, version: before.version + 1, state: 'IN_REVIEW', customerState: 'IN_PROGRESS' });
    const after = await read(formId);
    expect(after.tasks.nodes).toMatchObject([
      { version: 2, state: 'DECIDED', decision: 'APPROVED', decidedAt: expect.any(String), assignee: { id: owner.id } },
      { version: 1, state: 'OPEN', decision: null, comment: null, decidedAt: null, assignee: { id: colleague.id } },
    ]);
    expect(after.history.nodes).toEqual([
      { kind: 'SUBMITTED', comment: null, actor: null, next: null },
      { kind: 'APPROVED', comment: 'Looks right.', actor: { id: owner.id }, next: { id: colleague.id } },
    ]);
  });

  it('as the last asks the customer to confirm, where the template wants it', async () => {
    const { owner, customer, colleague } = own;
    const { formId } = await orderFor(owner, customer);
    await approve(owner, formId, colleague);
    await approve(colleague, formId);
    const { state, customerState, tasks, history } = await read(formId);
    expect([state, customerState]).toEqual(['AWAITING_CONFIRMATION', 'AWAITING_YOUR_CONFIRMATION']);
    expect(tasks.nodes.map(({ state }: { state: string }) => state)).toEqual(['DECIDED', 'DECIDED']);
    expect(history.nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['SUBMITTED', 'APPROVED', 'APPROVED', 'CONFIRMATION_ASKED']);
  });

  it('as the last ends the form, where it does not', async () => {
    const { owner, customer } = own;
    const templateId = await publish(server, own, { kind: 'GENERAL', name: 'Notice', withConfirmation: false, fields: [] });
    const { form } = await customer.does(SUBMIT, { input: { templateId, values: [] } });
    await approve(owner, form.id);
    const { state, customerState, history } = await read(form.id);
    expect([state, customerState]).toEqual(['COMPLETED', 'COMPLETED']);
    expect(history.nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['SUBMITTED', 'APPROVED', 'COMPLETED']);
  });

  it.each([
    ['with', true, 'COMPLETED', 'AWAITING_CONFIRMATION'],
    ['without', false, 'AWAITING_CONFIRMATION', 'COMPLETED'],
  ])(
    'ends as the version of its day wants, also where the next one is published meanwhile: %s confirmation',
    async (_, asks, before, after) => {
      const org = await server.organization();
      const templateId = await publish(server, org, { kind: 'GENERAL', name: 'Notice', withConfirmation: !asks, fields: [] });
      const submit = async () => (await org.customer.does(SUBMIT, { input: { templateId, values: [] } })).form.id;
      const first = await submit();
      await rowsOf(
        server,
        org,
        `with published as (insert into form_template_versions (organization_id, template_id, version, with_confirmation, fields, published_at)
         select organization_id, template_id, 2, $1, fields, now() from form_template_versions version
         where template_id = (select id from form_templates where kind = 'GENERAL'))
       update form_templates set current_version = 2 where kind = 'GENERAL'`,
        [asks],
      );
      const second = await submit();
      for (const formId of [first, second]) await approve(org.owner, formId);
      const states = [first, second].map(async (id) => (await org.admin.query(INSIDE, { id })).businessForm.state);
      expect(await Promise.all(states)).toEqual([before, after]);
    },
  );

  it('without a version or a comment is one all the same', async () => {
    const { formId, task } = await orderFor(own.owner, own.customer);
    await own.owner.does(APPROVE, { input: { taskId: task.id } });
    expect((await read(formId)).tasks.nodes).toMatchObject([{ state: 'DECIDED', comment: null }]);
  });

  it('lets the holder go on reading after it, and shows nothing to who only shares the contact', async () => {
    const { owner, rival, colleague, supervisor, sharee, customer } = own;
    const formId = await placeOrder(rival);
    await approve(colleague, formId, supervisor);
    for (const seat of [colleague, supervisor]) expect((await seat.query(INSIDE, { id: formId })).businessForm.tasks.nodes).toHaveLength(2);
    expect((await owner.query(INSIDE, { id: formId })).businessForm).toBeNull();
    const shared = await placeOrder(customer);
    const { data, errors } = await sharee.ask(INSIDE, { id: shared });
    expect(data.businessForm).toMatchObject({ state: 'IN_REVIEW', tasks: null, history: null });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });
});

describe('a rejection (spec 6.2)', () => {
  it('ends the form, and what the kind holds is given back', async () => {
    const { owner, customer } = own;
    const stock = async () => (await owner.query('{ products(first: 1) { nodes { availability } } }')).products.nodes[0].availability;
    const before = await stock();
    const { formId, task } = await orderFor(owner, customer);
    expect(await stock()).toBe(before - 1);
    const { task: decided, form } = await owner.does(REJECT, {
      input: { taskId: task.id, expectedVersion: 1, comment: 'Not in our region.' },
    });
    expect(decided).toEqual({ id: task.id, version: 2, state: 'DECIDED', decision: 'REJECTED' });
    expect(form).toEqual({ id: formId, state: 'REJECTED', customerState: 'REJECTED' });
    expect(await stock()).toBe(before);
    const { tasks, history } = await read(formId);
    expect(tasks.nodes).toMatchObject([{ state: 'DECIDED', decision: 'REJECTED', comment: 'Not in our region.' }]);
    expect(history.nodes).toMatchObject([
      { kind: 'SUBMITTED' },
      { kind: 'REJECTED', comment: 'Not in our region.', actor: { id: owner.id } },
    ]);
  });

  it('by a later holder ends it as well, and nobody has a task any more', async () => {
    const { owner, customer, colleague } = own;
    const { formId } = await orderFor(owner, customer);
    await approve(owner, formId, colleague);
    const { id } = await taskOn(colleague, formId);
    await colleague.does(REJECT, { input: { taskId: id } });
    expect((await read(formId)).state).toBe('REJECTED');
    for (const seat of [owner, colleague, own.admin]) await expect(taskOn(seat, formId)).rejects.toThrow('no open task');
  });
});
