import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, CLAIM, CONFIRM, orderFor, placeOrder, REJECT, taskOn } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { formNow, formsNow, tasksNow } from '../../support/live-places.ts';
import { bare } from '../../support/says.ts';

const MY_TASKS =
  'subscription ($after: EventCursor) { myTasks(after: $after) { kind taskId task { id state assignee { id } form { id } } } }';
const MY_FORMS = 'subscription ($after: EventCursor) { myForms(after: $after) { kind customerState formId form { id } } }';
const FORM = `subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) {
  cursor kind at customerState formId form { id state customerState tasks { nodes { state } } }
} }`;
const OUTLINE = 'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind form { state } } }';
const FORM_OF_CUSTOMER =
  'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind customerState formId form { id } } }';
const SUBMIT = `mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename ... on SubmitFormSuccess { form { id } } } }`;

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization({ name: 'Other Works' });
});
afterAll(() => server.stop());

/** The code that a subscription is refused with. */
async function codeOf(seat: TestSeat, subscription: string, variables: object): Promise<string> {
  const live = seat.follow(subscription, { ...variables });
  const refused = await live.next().then(
    () => new Error('It was not refused.'),
    (error: Error) => error,
  );
  await live.stop();
  return JSON.parse(refused.message)[0].extensions.code;
}

describe('tasks, live (spec 6.5)', () => {
  it('come, change and leave, for who holds them and for nobody else', async () => {
    const { owner, colleague, customer, rival } = own;
    const inbox = owner.follow(MY_TASKS, { after: await tasksNow(server, owner) });
    const others = colleague.follow(MY_TASKS, { after: await tasksNow(server, colleague) });
    const formId = await placeOrder(customer);
    const opened = await inbox.next();
    expect(opened).toEqual({
      kind: 'OPENED',
      taskId: opened.task.id,
      task: { id: opened.taskId, state: 'OPEN', assignee: { id: owner.id }, form: { id: formId } },
    });
    await approve(owner, formId, colleague);
    expect(await inbox.next()).toMatchObject({ kind: 'DECIDED', taskId: opened.taskId, task: { state: 'DECIDED' } });
    expect(await others.next()).toMatchObject({ kind: 'OPENED', task: { assignee: { id: colleague.id }, form: { id: formId } } });
    const theirs = await placeOrder(rival);
    expect(await others.next()).toMatchObject({ kind: 'OPENED', task: { form: { id: theirs } } });
    await Promise.all([inbox.stop(), others.stop()]);
  });

  it('that are given to somebody else leave whoever held them', async () => {
    const { owner, formsAdmin, sharee } = own;
    const formId = await placeOrder(own.customer);
    const { id: taskId } = await taskOn(owner, formId);
    const gives = (to: TestSeat) => formsAdmin.does(bare('reassignFormTask'), { input: { taskId, employeeId: to.id, reason: 'For now.' } });
    const live = owner.follow(MY_TASKS, { after: await tasksNow(server, owner) });
    await gives(sharee);
    await gives(owner);
    expect(await live.next()).toMatchObject({ kind: 'LEFT', taskId });
    expect(await live.next()).toMatchObject({ kind: 'OPENED', taskId, task: { assignee: { id: owner.id } } });
    await live.stop();
  });

  it('that nobody holds come to the admins of forms, who are told when one of them has taken it', async () => {
    const { admin, formsAdmin, scopedAdmin, unowned, customer } = own;
    const [taker, told] = [
      admin.follow(MY_TASKS, { after: await tasksNow(server, admin) }),
      formsAdmin.follow(MY_TASKS, { after: await tasksNow(server, formsAdmin) }),
    ];
    const scoped = scopedAdmin.follow(MY_TASKS, { after: await tasksNow(server, scopedAdmin) });
    const { formId, task } = await orderFor(admin, unowned);
    for (const live of [taker, told]) expect(await live.next()).toMatchObject({ kind: 'OPENED', task: { id: task.id, assignee: null } });
    await admin.does(CLAIM, { input: { taskId: task.id } });
    for (const live of [taker, told])
      expect(await live.next()).toMatchObject({ kind: 'CLAIMED', taskId: task.id, task: { assignee: { id: admin.id } } });
    await approve(admin, formId, scopedAdmin);
    expect(await taker.next()).toMatchObject({ kind: 'DECIDED', taskId: task.id });
    // Rights for some departments show no task that nobody holds, and what one holds is no other admin's news.
    expect(await scoped.next()).toMatchObject({ kind: 'OPENED', task: { assignee: { id: scopedAdmin.id } } });
    const { task: next } = await orderFor(formsAdmin, unowned);
    expect(await told.next()).toMatchObject({ kind: 'OPENED', taskId: next.id });
    await placeOrder(customer);
    await Promise.all([taker, told, scoped].map((live) => live.stop()));
  });

  it('are not missed between reading and following', async () => {
    const { owner, customer } = own;
    const orders = Promise.all(Array.from({ length: 20 }, () => placeOrder(customer)));
    const { myTasks } = await owner.query('{ myTasks(first: 100) { liveCursor nodes { id form { id } } } }');
    const known = new Set<string>(myTasks.nodes.map(({ form }: { form: { id: string } }) => form.id));
    const live = owner.follow(MY_TASKS, { after: myTasks.liveCursor });
    const placed = await orders;
    while (placed.some((id) => !known.has(id))) known.add((await live.next()).task.form.id);
    await live.stop();
  });
});

describe('one form, live (spec 6.5)', () => {
  it('is followed by everybody who may see it, each by their own rules', async () => {
    const { owner, supervisor, admin, sharee, colleague, rival, customer } = own;
    const insiders = [owner, supervisor, admin];
    const places = await Promise.all([...insiders, sharee].map((seat) => tasksNow(server, seat)));
    const place = await formsNow(server, customer);
    const formId = await placeOrder(customer);
    const lives = insiders.map((seat, i) => seat.follow(FORM, { id: formId, after: places[i] }));
    const outline = sharee.follow(OUTLINE, { id: formId, after: places[3] });
    const inside = sharee.follow(FORM, { id: formId, after: places[3] });
    const mine = customer.follow(FORM_OF_CUSTOMER, { id: formId, after: place });
    for (const live of lives) expect(await live.next()).toMatchObject({ kind: 'SUBMITTED', customerState: 'RECEIVED', formId });
    expect(await outline.next()).toEqual({ kind: 'SUBMITTED', form: { state: 'IN_REVIEW' } });
    await expect(inside.next()).rejects.toThrow('FORBIDDEN');
    expect(await mine.next()).toEqual({ kind: 'MOVED', customerState: 'RECEIVED', formId, form: { id: formId } });

    await approve(owner, formId, colleague);
    for (const live of lives)
      expect(await live.next()).toEqual({
        cursor: expect.any(String),
        kind: 'MOVED',
        at: expect.any(String),
        customerState: 'IN_PROGRESS',
        formId,
        form: { id: formId, state: 'IN_REVIEW', customerState: 'IN_PROGRESS', tasks: { nodes: [{ state: 'DECIDED' }, { state: 'OPEN' }] } },
      });
    expect(await outline.next()).toEqual({ kind: 'MOVED', form: { state: 'IN_REVIEW' } });
    expect(await mine.next()).toMatchObject({ kind: 'MOVED', customerState: 'IN_PROGRESS' });

    // whoever has got a task follows too; the customer hears of no later act inside
    const participant = colleague.follow(FORM, { id: formId });
    await participant.opened;
    await approve(colleague, formId, supervisor);
    await approve(supervisor, formId);
    for (const kind of ['MOVED', 'CONFIRMATION_ASKED']) expect((await outline.next()).kind).toBe(kind);
    expect(await mine.next()).toMatchObject({ customerState: 'AWAITING_YOUR_CONFIRMATION' });
    await customer.does(CONFIRM, { input: { formId } });
    let last = await participant.next();
    while (last.kind !== 'COMPLETED') last = await participant.next();
    expect(last).toMatchObject({ customerState: 'COMPLETED', form: { state: 'COMPLETED' } });

    for (const [seat, subscription] of [
      [rival, FORM_OF_CUSTOMER],
      [other.admin, FORM],
      [other.customer, FORM_OF_CUSTOMER],
    ] as const)
      expect(await codeOf(seat, subscription, { id: formId })).toBe('BAD_REQUEST');
    expect(await codeOf(owner, FORM, { id: 'never issued' })).toBe('BAD_REQUEST');
    await Promise.all([...lives, mine, outline, inside, participant].map((live) => live.stop()));
  });

  it('tells who only shares the contact that it has moved, not that somebody has taken its task', async () => {
    const { admin, formsAdmin, unowned, sharee } = own;
    await admin.does('mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename } }', {
      input: { contactId: unowned.id, employeeId: sharee.id },
    });
    const after = await tasksNow(server, sharee);
    const { formId, task } = await orderFor(formsAdmin, unowned);
    const outline = sharee.follow(OUTLINE, { id: formId, after });
    expect(await outline.next()).toEqual({ kind: 'SUBMITTED', form: { state: 'IN_REVIEW' } });
    await formsAdmin.does(CLAIM, { input: { taskId: task.id } });
    expect(await outline.next()).toEqual({ kind: 'MOVED', form: { state: 'IN_REVIEW' } });
    await outline.stop();
  });

  it('of others is not told', async () => {
    const { owner, customer } = own;
    const after = await tasksNow(server, owner);
    const [first, second] = [await placeOrder(customer), await placeOrder(customer)];
    const live = owner.follow(FORM, { id: second, after });
    await approve(owner, first);
    await approve(owner, second);
    for (const kind of ['SUBMITTED', 'CONFIRMATION_ASKED']) expect(await live.next()).toMatchObject({ kind, formId: second });
    await live.stop();
  });

  it('has a place to follow from of its own, for either side', async () => {
    const { owner, customer } = own;
    const formId = await placeOrder(customer);
    const inside = owner.follow(FORM, { id: formId, after: await formNow(server, owner, formId) });
    const mine = customer.follow(FORM_OF_CUSTOMER, { id: formId, after: await formNow(server, customer, formId) });
    await approve(owner, formId);
    expect(await inside.next()).toMatchObject({ kind: 'CONFIRMATION_ASKED' });
    expect(await mine.next()).toMatchObject({ customerState: 'IN_PROGRESS' });
    await Promise.all([inside.stop(), mine.stop()]);
  });
});

describe('the customer’s forms, live', () => {
  it('also tell that somebody is at it where the first act is the last, approved or rejected', async () => {
    const { customer, owner } = own;
    const templateId = await publish(server, own, { kind: 'GENERAL', name: 'Notice', withConfirmation: false, fields: [] });
    const live = customer.follow(MY_FORMS, { after: await formsNow(server, customer) });
    const told = async (count: number): Promise<unknown[]> => {
      const states: unknown[] = [];
      while (states.length < count) states.push((await live.next()).customerState);
      return states;
    };
    const { form } = await customer.does(SUBMIT, { input: { templateId, values: [] } });
    await approve(owner, form.id);
    expect(await told(3)).toEqual(['RECEIVED', 'IN_PROGRESS', 'COMPLETED']);
    const refused = await placeOrder(customer);
    await owner.does(REJECT, { input: { taskId: (await taskOn(owner, refused)).id } });
    expect(await told(3)).toEqual(['RECEIVED', 'IN_PROGRESS', 'REJECTED']);
    await live.stop();
  });

  it('are nobody else’s', async () => {
    const { owner, rival, customer } = own;
    expect(await codeOf(owner, MY_FORMS, {})).toBe('FORBIDDEN');
    expect(await codeOf(customer, MY_TASKS, {})).toBe('BAD_REQUEST');
    const live = rival.follow(MY_FORMS, { after: await formsNow(server, rival) });
    await placeOrder(customer);
    const theirs = await placeOrder(rival);
    expect(await live.next()).toMatchObject({ formId: theirs });
    await live.stop();
  });
});

describe('a cursor', () => {
  it('that is made up, or another seat’s, is BAD_REQUEST', async () => {
    const { owner, admin, customer, rival } = own;
    for (const after of [
      'made up',
      'A'.repeat(22),
      await tasksNow(server, admin),
      await formsNow(server, customer),
      await tasksNow(server, other.owner),
    ])
      expect(await codeOf(owner, MY_TASKS, { after })).toBe('BAD_REQUEST');
    expect(await codeOf(rival, MY_FORMS, { after: await formsNow(server, customer) })).toBe('BAD_REQUEST');
  });

  it('of any event goes on after it, also on another subscription of the stream', async () => {
    const { owner, customer } = own;
    const before = await tasksNow(server, owner);
    const { formId, task } = await orderFor(owner, customer);
    await owner.does(APPROVE, { input: { taskId: task.id } });
    const live = owner.follow(FORM, { id: formId, after: before });
    const submitted = await live.next();
    expect(submitted.kind).toBe('SUBMITTED');
    await live.stop();
    const again = owner.follow(FORM, { id: formId, after: submitted.cursor });
    expect((await again.next()).kind).toBe('CONFIRMATION_ASKED');
    await again.stop();
    const inbox = owner.follow(MY_TASKS, { after: submitted.cursor });
    expect([(await inbox.next()).kind, (await inbox.next()).kind]).toEqual(['OPENED', 'DECIDED']);
    await inbox.stop();
  });
});
