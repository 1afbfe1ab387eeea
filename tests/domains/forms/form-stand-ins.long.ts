import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder, taskOn } from '../../support/form-moves.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { act, done, doneOnTask, inside } from './acts.fixture.ts';

const HOUR = 3_600_000;
let now = Date.parse('2026-06-01T02:00:00Z');
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0, now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const at = (hours: number): string => new Date(now + hours * HOUR).toISOString();
const ID =
  '... on SetStandInSuccess { standIn { id } } ... on StandInNotAllowed { reason message } ... on ValidationFailed { issues { path code } }';
const set = (seat: TestSeat, standIn: TestSeat, more: object = {}) =>
  act(seat, 'setStandIn', { standInId: standIn.id, until: at(24), ...more }, ID);
async function named(seat: TestSeat, standIn: TestSeat, more: object = {}): Promise<string> {
  const payload = await set(seat, standIn, more);
  if (payload.__typename !== 'SetStandInSuccess') throw new Error(JSON.stringify(payload));
  return (payload.standIn as { readonly id: string }).id;
}
const read = (formId: string) => inside(own.admin, formId, own as unknown as Record<string, unknown>);
const FOR = 'query ($id: ID!) { businessForm(id: $id) { tasks(first: 20) { nodes { state assignee { id } for { id } } } } }';
/** `HOLDER for WHOM` of the live turns. */
async function turnsFor(formId: string): Promise<string[]> {
  const nameOf = ({ id }: { id: string }) => Object.entries(own).find(([, seat]) => (seat as unknown as TestSeat)?.id === id)?.[0];
  const { nodes } = (await own.admin.query(FOR, { id: formId })).businessForm.tasks;
  type Node = { state: string; assignee: { id: string }; for: { id: string } | null };
  return (nodes as Node[])
    .filter(({ state }) => state === 'OPEN' || state === 'WAITING')
    .map((task) => `${nameOf(task.assignee)}${task.for ? ` for ${nameOf(task.for)}` : ''}`);
}
const LIST = '{ standIns(first: 50) { nodes { id employee { id } standIn { id } from until templates { id } } } }';
const listed = async (seat: TestSeat) => (await seat.query(LIST)).standIns.nodes;
const kindsOf = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query('{ notifications(first: 100) { nodes { kind } } }')).notifications.nodes.map(({ kind }: { kind: string }) => kind);
const strike = (): Promise<void> => server.strike('forms.keepTime');

describe('a stand-in (spec 6.10)', () => {
  it('has new and open turns from now on, shown as for whom they are, sees the form, and is told', async () => {
    const { owner, colleague, customer, supervisor } = own;
    const open = await placeOrder(customer);
    await named(owner, colleague);
    expect(await turnsFor(open)).toEqual(['colleague for owner']);
    expect((await read(open)).history).toEqual(['SUBMITTED', 'REASSIGNED']);
    const fresh = await placeOrder(customer);
    expect(await turnsFor(fresh)).toEqual(['colleague for owner']);
    const { businessForm } = await colleague.query('query ($id: ID!) { businessForm(id: $id) { tasks { nodes { id } } } }', { id: open });
    expect(businessForm.tasks.nodes).toHaveLength(1);
    await approve(colleague, open, supervisor);
    expect(await turnsFor(open)).toEqual(['supervisor']);
    await doneOnTask(supervisor, 'handOverFormTask', open, { employeeId: owner.id });
    expect(await turnsFor(open)).toEqual(['colleague for owner']);
    await expect.poll(async () => (await kindsOf(colleague)).sort()).toEqual(['STAND_IN_SET', 'TASK_CAME', 'TASK_CAME', 'TASK_CAME']);
    expect(await kindsOf(owner)).not.toContain('STAND_IN_SET');
  });

  it('is named by oneself, for others by admins with FORMS alone, and both read it', async () => {
    const { owner, colleague, formsAdmin, sharee, customer } = own;
    expect((await set(colleague, sharee, { employeeId: owner.id })).__typename).toBe('FORBIDDEN');
    expect((await set(customer, sharee)).__typename).not.toBe('SetStandInSuccess');
    const id = await named(formsAdmin, colleague, { employeeId: owner.id });
    const [one] = await listed(owner);
    expect(one).toMatchObject({ id, employee: { id: owner.id }, standIn: { id: colleague.id }, templates: [] });
    expect(await listed(colleague)).toHaveLength(1);
    expect(await listed(formsAdmin)).toHaveLength(1);
    expect(await listed(sharee)).toEqual([]);
    expect((await act(sharee, 'removeStandIn', { id })).__typename).toBe('NotFound');
    expect((await act(colleague, 'removeStandIn', { id })).__typename).toBe('FORBIDDEN');
    const other = await server.organization();
    expect((await act(other.formsAdmin, 'removeStandIn', { id })).__typename).toBe('NotFound');
    expect((await set(other.owner, sharee)).__typename).toBe('NotFound');
    const open = await placeOrder(customer);
    await done(owner, 'removeStandIn', { id });
    expect(await listed(owner)).toEqual([]);
    expect(await turnsFor(open)).toEqual(['colleague for owner']); // what is open stays
    expect(await turnsFor(await placeOrder(customer))).toEqual(['owner']);
    await expect.poll(async () => (await kindsOf(colleague)).includes('STAND_IN_ENDED')).toBe(true);
  });

  it('begins by the clock and ends by itself; what is open then stays with whoever has it', async () => {
    const { owner, colleague, customer } = own;
    await strike(); // winds the clocks up
    await named(owner, colleague, { from: at(2), until: at(4) });
    const open = await placeOrder(customer);
    expect(await turnsFor(open)).toEqual(['owner']);
    now += 1 * HOUR;
    await strike();
    expect(await turnsFor(open)).toEqual(['owner']);
    now += 1.5 * HOUR;
    await strike();
    expect(await turnsFor(open)).toEqual(['colleague for owner']);
    now += 2 * HOUR;
    await strike();
    expect(await turnsFor(open)).toEqual(['colleague for owner']);
    expect(await turnsFor(await placeOrder(customer))).toEqual(['owner']);
  });

  it('may have one too; whoever is named for a template goes before whoever is named for all', async () => {
    const { owner, colleague, sharee, supervisor, customer, formsAdmin } = own;
    const { id: templateId } = await published(formsAdmin, { fields: [WISH] });
    await named(owner, colleague);
    const open = await placeOrder(customer);
    await named(colleague, sharee);
    expect(await turnsFor(open)).toEqual(['sharee for owner']);
    await named(owner, supervisor, { templateIds: [templateId] });
    const payload = await done(
      customer,
      'submitForm',
      { templateId, values: [{ field: 'wish', text: 'Bolts' }] },
      '... on SubmitFormSuccess { form { id } }',
    );
    expect(await turnsFor((payload.form as { id: string }).id)).toEqual(['supervisor for owner']);
    expect(await turnsFor(open)).toEqual(['sharee for owner']);
  });

  it.each([
    ['oneself', 'SELF', /themself/],
    ['who would have it come back', 'CYCLE', /come back/],
    ['beside another for the same time', 'OVERLAPS', /already/],
    ['who has left', 'GONE', /has left/],
  ] as const)('is nobody, and why is said: %s', async (_, reason, why) => {
    const message = expect.stringMatching(why);
    const { owner, colleague, sharee, admin } = own;
    if (reason === 'SELF') expect(await set(owner, owner)).toMatchObject({ reason, message });
    if (reason === 'CYCLE') {
      await named(colleague, sharee);
      await named(sharee, owner, { from: at(12) });
      expect(await set(owner, colleague)).toMatchObject({ __typename: 'StandInNotAllowed', reason, message, path: ['input', 'standInId'] });
      await named(owner, colleague, { until: at(12) });
    }
    if (reason === 'OVERLAPS') {
      await named(owner, colleague);
      expect(await set(owner, sharee, { from: at(23), until: at(48) })).toMatchObject({ reason, message });
      await named(owner, sharee, { from: at(24), until: at(48) });
    }
    if (reason === 'GONE') {
      await done(admin, 'offboardEmployee', { employeeId: sharee.id });
      expect(await set(owner, sharee)).toMatchObject({ reason, message });
    }
  });

  it('is named for 50 periods that are not over, by each for themself', async () => {
    const { owner, colleague, supervisor } = own;
    for (let i = 0; i < 50; i++) await named(owner, colleague, { from: at(i), until: at(i + 1) });
    const one = { from: at(60), until: at(61) };
    expect(await set(owner, colleague, one)).toMatchObject({
      __typename: 'StandInNotAllowed',
      reason: 'TOO_MANY',
      message: expect.stringMatching(/50 periods/),
    });
    await named(supervisor, colleague, one);
    now += HOUR;
    await named(owner, colleague, { from: at(60), until: at(61) });
  });

  it('ends in the future, after it has begun', async () => {
    const { owner, colleague } = own;
    for (const period of [{ until: at(-1) }, { from: at(5), until: at(5) }])
      expect(await set(owner, colleague, period)).toMatchObject({ issues: [{ path: ['input', 'until'], code: 'NOT_AFTER' }] });
  });

  it('ends with whoever leaves, of both', async () => {
    const { owner, colleague, sharee, admin, supervisor, customer } = own;
    await named(owner, colleague);
    await named(sharee, owner);
    await done(admin, 'offboardEmployee', { employeeId: colleague.id, successorId: supervisor.id });
    expect(await listed(admin)).toMatchObject([{ employee: { id: sharee.id } }]);
    expect(await turnsFor(await placeOrder(customer))).toEqual(['owner']);
    await expect.poll(async () => (await kindsOf(owner)).includes('STAND_IN_ENDED')).toBe(true);
  });

  it('does not have a turn on a form that they handed in themselves', async () => {
    const { owner, supervisor, customer } = own;
    const lines = [{ productId: (await owner.query('{ products(first: 1) { nodes { id } } }')).products.nodes[0].id, quantity: 1 }];
    const payload = await act(supervisor, 'placeOrder', { lines, contactId: customer.id }, '... on PlaceOrderSuccess { order { id } }');
    const { id } = payload.order as { id: string };
    await named(owner, supervisor);
    expect(await turnsFor(id)).toEqual(['owner']);
  });
});

describe('at the same time (spec 6.4, 6.10)', () => {
  it('of namings that would close a cycle one is refused, whoever they concern', async () => {
    const { owner, colleague, sharee, supervisor } = own;
    const ring = [owner, colleague, sharee, supervisor]; // two beside each other have nobody in common
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => set(ring[i % 4]!, ring[(i + 1) % 4]!)));
    expect(answers.filter(({ __typename }) => __typename === 'SetStandInSuccess')).toHaveLength(3);
    expect(answers.filter(({ reason }) => reason === 'CYCLE').length).toBeGreaterThan(0);
    expect(await listed(own.admin)).toHaveLength(3);
  });

  it('forms that come in while somebody is named all go to the stand-in', async () => {
    const { owner, colleague, customer, rival, supervisor } = own;
    const { id: taskId } = await taskOn(colleague, await placeOrder(rival));
    const [ids] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => placeOrder(customer))),
      act(colleague, 'handOverFormTask', { taskId, employeeId: owner.id }),
      named(owner, supervisor),
    ]);
    for (const formId of ids!) expect(await turnsFor(formId)).toEqual(['supervisor for owner']);
    const { nodes } = (await owner.query('{ myTasks(first: 100) { nodes { id } } }')).myTasks;
    expect(nodes).toEqual([]);
  });
});

describe('four eyes of a fixed route (spec 6.2, 6.10)', () => {
  async function onRoute(first: TestSeat | readonly TestSeat[], second: TestSeat, mode: 'ALL' | 'ANY' = 'ALL'): Promise<string> {
    const approvers = [first].flat().map(({ id }) => ({ employeeId: id }));
    const steps = [
      { name: 'First', mode, approvers },
      { name: 'Second', approvers: [{ employeeId: second.id }] },
    ];
    const flow = { steps, withConfirmation: false };
    const { id: templateId, outcome } = await published(own.formsAdmin, { fields: [WISH], flow });
    if (outcome.__typename !== 'PublishFormTemplateSuccess') throw new Error(JSON.stringify(outcome));
    const values = [{ field: 'wish', text: 'Bolts' }];
    const { form } = await done(own.customer, 'submitForm', { templateId, values }, '... on SubmitFormSuccess { form { id } }');
    return (form as { readonly id: string }).id;
  }

  it('are not those of a stand-in who has approved in another’s place: their own turn waits to be claimed', async () => {
    const { colleague, supervisor } = own;
    await named(colleague, supervisor);
    const formId = await onRoute(colleague, supervisor);
    expect(await turnsFor(formId)).toEqual(['supervisor for colleague']);
    await approve(supervisor, formId);
    expect((await read(formId)).turns).toEqual(['nobody']);
  });

  it.each(['ALL', 'ANY'] as const)('are not those of whoever has approved in their own place and in another’s: %s', async (mode) => {
    const { colleague, supervisor, sharee } = own;
    await named(colleague, supervisor);
    const formId = await onRoute([colleague, supervisor, ...(mode === 'ANY' ? [sharee] : [])], supervisor, mode);
    await approve(supervisor, formId);
    expect((await read(formId)).turns).toEqual(['nobody']);
  });

  it('are not those of a stand-in who has approved before: the turn is, or stays, with whom it is for', async () => {
    const { colleague, supervisor } = own;
    const open = await onRoute(supervisor, colleague);
    await approve(supervisor, open);
    await named(colleague, supervisor);
    const fresh = await onRoute(supervisor, colleague);
    await approve(supervisor, fresh);
    expect([await turnsFor(open), await turnsFor(fresh)]).toEqual([['colleague'], ['colleague']]);
    await approve(colleague, open);
    expect(await read(open)).toMatchObject({ state: 'COMPLETED' });
  });

  it('are two of the same person where the route itself names them twice', async () => {
    const formId = await onRoute(own.supervisor, own.supervisor);
    await approve(own.supervisor, formId);
    expect(await turnsFor(formId)).toEqual(['supervisor']);
  });
});

describe('somebody who would have two turns of a form at once (spec 6.10)', () => {
  const ALSO =
    'query ($id: ID!) { businessForm(id: $id) { tasks(first: 20) { nodes { state assignee { name } for { name } alsoFor { name } } } } }';
  /** `HOLDER for WHOM` of the live turns, with all whom they are for. */
  async function liveTurns(id: string): Promise<string[]> {
    type Named = { readonly name: string };
    type Node = { readonly state: string; readonly assignee: Named; readonly for: Named | null; readonly alsoFor: readonly Named[] };
    const { nodes } = (await own.admin.query(ALSO, { id })).businessForm.tasks;
    const short = ({ name }: Named): string => name.replace('The ', '');
    return (nodes as Node[])
      .filter(({ state }) => state === 'OPEN')
      .map((one) => [short(one.assignee), ...[...(one.for ? [one.for] : []), ...one.alsoFor].map((of) => `for ${short(of)}`)].join(' '));
  }
  async function submittedTo(mode: 'ANY' | 'ALL', ...people: TestSeat[]): Promise<string> {
    const steps = [{ name: 'Step', mode, approvers: people.map(({ id }) => ({ employeeId: id })) }];
    const { id: templateId } = await published(own.formsAdmin, { fields: [WISH], flow: { steps, withConfirmation: false } });
    const values = [{ field: 'wish', text: 'Bolts' }];
    const { form } = await done(own.customer, 'submitForm', { templateId, values }, '... on SubmitFormSuccess { form { id } }');
    return (form as { readonly id: string }).id;
  }

  it.each(['ANY', 'ALL'] as const)('has one, for both whom they stand in for: %s', async (mode) => {
    const { colleague, sharee, supervisor } = own;
    await named(colleague, supervisor);
    await named(sharee, supervisor);
    const formId = await submittedTo(mode, colleague, sharee);
    expect(await liveTurns(formId)).toEqual(['supervisor for colleague for sharee']);
    await approve(supervisor, formId);
    expect(await read(formId)).toMatchObject({ state: 'COMPLETED' });
    const DONE = 'query ($id: ID!) { businessForm(id: $id) { history { nodes { kind for { id } } } } }';
    type Entry = { readonly kind: string; readonly for: readonly { readonly id: string }[] };
    const { nodes } = (await own.admin.query(DONE, { id: formId })).businessForm.history;
    const forWhom = (nodes as Entry[]).filter((one) => one.for.length > 0).map((one) => [one.kind, ...one.for.map(({ id }) => id).sort()]);
    expect(forWhom).toEqual([['APPROVED', ...[colleague.id, sharee.id].sort()]]);
  });

  it.each(['ANY', 'ALL'] as const)('has their own, for the other as well, whose turn was open: %s', async (mode) => {
    const { colleague, supervisor } = own;
    const formId = await submittedTo(mode, colleague, supervisor);
    const { id: taskId } = await taskOn(colleague, formId);
    await named(colleague, supervisor);
    expect(await liveTurns(formId)).toEqual(['supervisor for colleague']);
    expect((await act(colleague, 'approveFormTask', { taskId })).__typename).toBe('TaskAlreadyDecided');
    await approve(supervisor, formId);
    expect(await read(formId)).toMatchObject({ state: 'COMPLETED' });
  });

  it('has one where one of those at a step leaves, and the other goes on for them', async () => {
    const { colleague, supervisor, admin } = own;
    const formId = await submittedTo('ALL', colleague, supervisor);
    await done(admin, 'offboardEmployee', { employeeId: colleague.id, successorId: supervisor.id });
    expect(await liveTurns(formId)).toEqual(['supervisor']);
  });

  it('is for both, whoever has it then: it is handed over, reassigned, returned, or its holder leaves', async () => {
    const { colleague, sharee, supervisor, owner, admin, formsAdmin, scopedAdmin } = own;
    await named(colleague, supervisor);
    await named(sharee, supervisor);
    const formId = await submittedTo('ALL', colleague, sharee, owner);
    expect(await liveTurns(formId)).toEqual(['supervisor for colleague for sharee', 'owner']);
    await approve(supervisor, formId);
    await doneOnTask(owner, 'returnFormTask', formId, { to: 'HOLDER', holderId: supervisor.id, reason: 'Look again.' });
    expect(await liveTurns(formId)).toEqual(['supervisor for colleague for sharee']);
    const reassigned = async (to: TestSeat, from: TestSeat): Promise<void> => {
      const { id: taskId } = await taskOn(from, formId);
      await done(formsAdmin, 'reassignFormTask', { taskId, employeeId: to.id, reason: 'Somebody else.' });
    };
    await reassigned(sharee, supervisor); // whom it is for, though their stand-in has it
    expect(await liveTurns(formId)).toEqual(['sharee for colleague']);
    await doneOnTask(sharee, 'handOverFormTask', formId, { employeeId: formsAdmin.id });
    expect(await liveTurns(formId)).toEqual(['formsAdmin for colleague']);
    const open = await submittedTo('ALL', colleague, sharee);
    await done(admin, 'offboardEmployee', { employeeId: supervisor.id, successorId: scopedAdmin.id });
    expect(await liveTurns(open)).toEqual(['scopedAdmin for colleague for sharee']);
  });

  it('has two where they are of two forms, and does not take the turn of a third', async () => {
    const { colleague, supervisor, sharee } = own;
    const [one, other] = [await submittedTo('ALL', colleague, sharee), await submittedTo('ALL', supervisor, sharee)];
    await named(colleague, supervisor);
    expect(await liveTurns(one)).toEqual(['supervisor for colleague', 'sharee']);
    expect(await liveTurns(other)).toEqual(['supervisor', 'sharee']);
    await approve(supervisor, one);
    expect(await liveTurns(one)).toEqual(['sharee']);
  });
});
