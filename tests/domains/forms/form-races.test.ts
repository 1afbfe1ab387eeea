import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, CLAIM, CONFIRM, orderFor, PLACE, placeOrder, productId, REJECT } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { RawDatabase } from '../../support/raw-database.ts';

// Promise 3, over as many connections as there are requests. The limit of writes is off.

const TRANSFER = `mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }`;

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

type Payload = { readonly __typename: string } & Record<string, { readonly id: string; readonly assignee: { readonly id: string } }>;
/** Asks so many times at once. */
const atOnce = (times: number, ask: (i: number) => Promise<Record<string, Payload>>): Promise<Payload[]> =>
  Promise.all(Array.from({ length: times }, async (_, i) => Object.values(await ask(i))[0]!));
const counted = (payloads: readonly Payload[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(payloads, ({ __typename }) => __typename)].map(([type, all]) => [type, all.length]));

/** What is kept of one form: its tasks, history and events inside, by kind. */
async function keptOf(formId: string): Promise<{ tasks: string[]; history: string[]; events: string[] }> {
  const { businessForm } = await own.admin.query('query ($id: ID!) { businessForm(id: $id) { number } }', { id: formId });
  const words = async (text: string): Promise<string[]> =>
    (
      await database.rows<{ word: string }>(`with form as (select * from business_forms where number = $1) ${text}`, [businessForm.number])
    ).map(({ word }) => word);
  return {
    tasks: await words('select task.state as word from form_tasks task join form on form.id = task.form_id order by task.id'),
    history: await words('select step.kind as word from form_history step join form on form.id = step.form_id order by step.id'),
    events: await words(
      `select event.topic || ' ' || event.kind as word from events event, form
        where event.stream = form.organization_id and (event.subject_id = form.id or event.subject_id in (select id from form_tasks where form_id = form.id))
        order by event.id`,
    ),
  };
}

describe('one task (spec 6.4)', () => {
  it('is approved once by 50 approvals of its holder', async () => {
    const { owner, customer, colleague } = own;
    const { formId, task } = await orderFor(owner, customer);
    const input = { taskId: task.id, expectedVersion: task.version, nextApproverId: colleague.id };
    const answers = await atOnce(50, (i) => owner.query(APPROVE, { input: { ...input, idempotencyKey: `tab-${i}` } }));
    expect(counted(answers)).toEqual({ ApproveFormTaskSuccess: 1, TaskAlreadyDecided: 49 });
    expect(await keptOf(formId)).toEqual({
      tasks: ['DECIDED', 'OPEN'],
      history: ['SUBMITTED', 'APPROVED'],
      events: ['FORM SUBMITTED', 'TASK OPENED', 'TASK DECIDED', 'TASK OPENED', 'FORM APPROVED'],
    });
  });

  it('is approved or rejected, not both', async () => {
    const { owner, customer } = own;
    for (let round = 0; round < 5; round++) {
      const { formId, task } = await orderFor(owner, customer);
      const input = { taskId: task.id };
      const answers = await atOnce(10, (i) => owner.query(i % 2 ? APPROVE : REJECT, { input }));
      const { TaskAlreadyDecided, ApproveFormTaskSuccess = 0, RejectFormTaskSuccess = 0 } = counted(answers);
      expect([TaskAlreadyDecided, ApproveFormTaskSuccess + RejectFormTaskSuccess]).toEqual([9, 1]);
      const { history } = await keptOf(formId);
      expect(history).toEqual(['SUBMITTED', ...(ApproveFormTaskSuccess ? ['APPROVED', 'CONFIRMATION_ASKED'] : ['REJECTED'])]);
    }
  });

  it('is claimed once by 50 claims of two admins', async () => {
    const { admin, formsAdmin, unowned } = own;
    const { formId, task } = await orderFor(admin, unowned);
    const answers = await atOnce(50, (i) => (i % 2 ? admin : formsAdmin).query(CLAIM, { input: { taskId: task.id } }));
    expect(counted(answers)).toEqual({ ClaimFormTaskSuccess: 1, TaskAlreadyClaimed: 49 });
    expect(new Set(answers.map(({ task: taken }) => taken!.assignee.id)).size).toBe(1);
    expect(await keptOf(formId)).toEqual({
      tasks: ['OPEN'],
      history: ['SUBMITTED', 'CLAIMED'],
      events: ['FORM SUBMITTED', 'TASK OPENED', 'TASK CLAIMED', 'FORM CLAIMED'],
    });
  });
});

describe('one key (spec 6.4)', () => {
  const order = async (seat: TestSeat, idempotencyKey: string) => {
    const lines = [{ productId: await productId(seat), quantity: 1 }];
    return (): Promise<Record<string, Payload>> => seat.query(PLACE, { input: { lines, idempotencyKey } });
  };
  const orders = async (): Promise<number> => (await own.admin.query('{ businessForms { totalCount } }')).businessForms.totalCount;

  it('is one order, however often it is sent; another key is another', async () => {
    const { customer } = own;
    const before = await orders();
    const answers = await atOnce(20, await order(customer, 'one'));
    expect(counted(answers)).toEqual({ PlaceOrderSuccess: 20 });
    expect(new Set(answers.map(({ order: placed }) => placed!.id)).size).toBe(1);
    expect(await orders()).toBe(before + 1);
    const [first, second] = await Promise.all([await order(customer, 'two'), await order(customer, 'three')]);
    const both = await Promise.all([first(), second()]);
    expect(new Set(both.map(({ placeOrder: placed }) => placed!.order!.id)).size).toBe(2);
    expect(await orders()).toBe(before + 3);
  });

  it('is each seat’s own', async () => {
    const { customer, rival } = own;
    const asked = [await order(customer, 'shared'), await order(rival, 'shared')];
    const answers = await atOnce(20, (i) => asked[i % 2]!());
    expect(new Set(answers.map(({ order: placed }) => placed!.id)).size).toBe(2);
  });

  it('approves once, and every retry is told so', async () => {
    const { owner, customer, colleague } = own;
    const { formId, task } = await orderFor(owner, customer);
    const input = { taskId: task.id, expectedVersion: task.version, nextApproverId: colleague.id, idempotencyKey: 'slow network' };
    expect(counted(await atOnce(20, () => owner.query(APPROVE, { input })))).toEqual({ ApproveFormTaskSuccess: 20 });
    expect((await keptOf(formId)).tasks).toEqual(['DECIDED', 'OPEN']);
  });
});

describe('one form', () => {
  it('is confirmed once by 20 confirmations', async () => {
    const { owner, customer } = own;
    const formId = await placeOrder(customer);
    await approve(owner, formId);
    const answers = await atOnce(20, () => customer.query(CONFIRM, { input: { formId } }));
    expect(counted(answers)).toEqual({ ConfirmFormSuccess: 1, FormMoveNotAllowed: 19 });
    expect((await keptOf(formId)).history).toEqual(['SUBMITTED', 'APPROVED', 'CONFIRMATION_ASKED', 'CONFIRMED', 'COMPLETED']);
  });

  it('of a contact that is transferred meanwhile has a task of one of the two owners', async () => {
    const { admin, owner, colleague, customer } = own;
    const owners = [owner, colleague];
    const lines = [{ productId: await productId(customer), quantity: 1 }];
    for (let round = 0; round < 4; round++) {
      const transfer = { contactIds: [customer.id], ownerId: owners[(round + 1) % 2]!.id };
      const answers = await atOnce(7, (i) =>
        i === 3 ? admin.query(TRANSFER, { input: transfer }) : customer.query(PLACE, { input: { lines } }),
      );
      expect(counted(answers)).toEqual({ PlaceOrderSuccess: 6, TransferContactsSuccess: 1 });
      const { nodes } = await admin.query(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on BusinessForm { tasks { nodes { state assignee { id } } } } } }',
        { ids: answers.flatMap(({ order: placed }) => placed?.id ?? []) },
      );
      for (const { tasks } of nodes) {
        expect(tasks.nodes).toEqual([{ state: 'OPEN', assignee: { id: expect.any(String) } }]);
        expect(owners.map(({ id }) => id)).toContain(tasks.nodes[0].assignee.id);
      }
    }
  });
});

describe('one template of a kind', () => {
  it('is published once, however many need it at once', async () => {
    const template = { kind: 'GENERAL', name: 'A wish', withConfirmation: false, fields: [] };
    await Promise.all(Array.from({ length: 8 }, () => publish(server, own, template)));
    const kept = await database.rows('select id from form_templates where organization_id = $1 and kind = $2', [own.id, template.kind]);
    expect(kept).toHaveLength(1);
  });
});
