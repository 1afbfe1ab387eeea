import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS, SITE_PHONE, Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
});
afterAll(() => shop?.close());

const FORM = 'query ($id: ID!) { node(id: $id) { ... on BusinessForm { state customerState } } }';

const TOLD = 'query ($id: ID!) { node(id: $id) { ... on RepairOrder { form { customerState } } } }';
const INBOX = '{ notifications(first: 100) { nodes { kind } } }';

describe('a repair from beginning to end (spec 8.5)', () => {
  it('is asked for, triaged, quoted, done on a visit, signed off and rated', async () => {
    const { customer, supervisor, formsAdmin, sharee, colleague, admin } = shop.plugin;
    const repairId = await shop.asked();
    const { form, ...begun } = await shop.order(repairId, 'state number problem siteName form { id }');
    expect(begun).toEqual({
      state: 'SUBMITTED',
      number: expect.stringMatching(/^RP-/),
      problem: 'It makes a noise.',
      siteName: 'Warehouse 3',
    });
    const formOf = async () => (await admin.query(FORM, { id: form.id })).node;
    expect(await formOf()).toEqual({ state: 'IN_REVIEW', customerState: 'RECEIVED' });
    await shop.does(supervisor, 'triageRepair', { repairId, priority: 'HIGH', inGuarantee: false, skill: 'pumps', area: 'East' });
    expect(await shop.order(repairId, 'state priority dueAt')).toEqual({
      state: 'TRIAGED',
      priority: 'HIGH',
      dueAt: '2026-06-02T08:00:00.000Z',
    });
    expect(await formOf()).toEqual({ state: 'IN_REVIEW', customerState: 'IN_PROGRESS' });
    const price = { amount: 45_000, currency: 'CNY' };
    await shop.does(formsAdmin, 'quoteRepair', { repairId, price, cost: 20_000, text: 'A bearing, and two hours.' });
    await shop.does(customer, 'answerRepairQuote', { repairId, accept: true });
    await shop.does(sharee, 'setRepairTechnician', { employeeId: colleague.id, firstName: 'Jun', skills: ['pumps'], areas: ['East'] });
    const window = shop.window();
    const { visit } = await shop.does(sharee, 'scheduleVisit', { repairId, ...window }, 'visit { id }');
    await shop.does(sharee, 'dispatchVisit', { visitId: visit.id });
    for (const step of ['acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork', 'finishVisit']) await shop.step(step, visit.id);
    expect(await shop.order(repairId, 'state visits { state summary steps { step } }')).toEqual({
      state: 'WORK_DONE',
      visits: [
        {
          state: 'DONE',
          summary: 'A new bearing.',
          steps: ['DISPATCHED', 'ACCEPTED', 'EN_ROUTE', 'ON_SITE', 'IN_PROGRESS', 'DONE'].map((step) => ({ step })),
        },
      ],
    });
    expect(await formOf()).toEqual({ state: 'AWAITING_CONFIRMATION', customerState: 'AWAITING_YOUR_CONFIRMATION' });
    await shop.does(customer, 'signOffWork', { repairId });
    await shop.does(customer, 'rateRepair', { repairId, stars: 5 });
    expect(await formOf()).toEqual({ state: 'COMPLETED', customerState: 'COMPLETED' });
    expect(await shop.order(repairId, 'state confirmedBy guaranteeUntil signedHash stars', customer)).toEqual({
      state: 'CONFIRMED',
      confirmedBy: 'CUSTOMER',
      guaranteeUntil: '2026-08-30T01:00:00.000Z',
      signedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      stars: 5,
    });
  });
  it('is in progress for the customer from the first act inside on: of none that is refused, and once', async () => {
    const { supervisor, colleague, customer } = shop.plugin;
    const repairId = await shop.asked();
    const told = async () => (await customer.query(TOLD, { id: repairId })).node.form.customerState;
    const moved = async () =>
      (await customer.query(INBOX)).notifications.nodes.filter(({ kind }: { kind: string }) => kind === 'FORM_MOVED').length;
    const before = await moved();
    const triage = { repairId, priority: 'HIGH', inGuarantee: false };
    expect((await shop.asks(colleague, 'triageRepair', triage)).__typename).not.toBe('TriageRepairSuccess');
    expect(await told()).toBe('RECEIVED');
    for (let times = 0; times < 2; times++) await shop.does(supervisor, 'triageRepair', triage);
    expect(await told()).toBe('IN_PROGRESS');
    await expect.poll(moved).toBe(before + 1);
  });
  it('tells the technician who is at the site from dispatch until the visit is over, and nobody before or behind', async () => {
    const { sharee, colleague, owner } = shop.plugin;
    const site = async (id: string, seat = colleague) => {
      const { data, errors } = await seat.ask(
        'query ($id: ID!) { node(id: $id) { ... on RepairOrder { siteAddress siteContactPhone } } }',
        { id },
      );
      return data.node && { ...data.node, codes: [...new Set(errors.map(({ extensions }) => extensions.code))] };
    };
    const known = { siteAddress: ADDRESS, siteContactPhone: SITE_PHONE, codes: [] };
    const hidden = { siteAddress: null, siteContactPhone: null, codes: ['FORBIDDEN'] };
    const { repairId, visitId } = await shop.scheduled();
    expect(await site(repairId)).toBeNull();
    await shop.does(sharee, 'dispatchVisit', { visitId });
    expect(await site(repairId)).toEqual(known);
    await shop.does(sharee, 'moveVisit', { visitId, ...shop.window('owner') });
    expect(await site(repairId)).toBeNull();
    await shop.does(sharee, 'dispatchVisit', { visitId });
    expect(await site(repairId)).toBeNull();
    expect(await site(repairId, owner)).toEqual(known);
    const { repairId: other, visitId: otherVisit } = await shop.done();
    expect((await shop.visit(otherVisit, 'state', colleague)).state).toBe('DONE');
    expect(await site(other)).toEqual(hidden);
  });
});
