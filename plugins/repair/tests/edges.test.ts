import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEEDED, Workshop } from './workshop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
  await shop.strike(); // winds the clocks up
});
afterAll(() => shop?.close());
const people = () => shop.plugin;
const fault = (path: string, code: string) => ({ __typename: 'ValidationFailed', issues: [{ path: ['input', path], code }] });

describe('what is new (spec 8.5)', () => {
  const part = { sku: 'PIPE-1', name: 'Pipe', price: { amount: 100, currency: 'CNY' }, stock: 1 };
  it.each([
    ['setRepairTechnician', () => ({ employeeId: people().colleague.id, firstName: 'Jun' }), ['sharee']],
    ['addRepairPart', () => part, ['scopedAdmin']],
    ['addRepairAsset', () => ({ name: 'Pump', serial: 'P-1' }), ['supervisor']],
  ] as const)('is made by whoever holds the right, and by no other employee: %s', async (mutation, input, may) => {
    for (const name of ['colleague', 'owner', 'formsAdmin', 'sharee', 'supervisor', 'scopedAdmin'] as const)
      if (!(may as readonly string[]).includes(name))
        expect([name, await shop.asks(people()[name], mutation, input())]).toMatchObject([name, { __typename: 'FORBIDDEN' }]);
    for (const name of may) await shop.does(people()[name], mutation, input());
  });
});

describe('visits that would overlap (spec 8.5)', () => {
  it('of two dispatchers who plan at once for one technician, one does', async () => {
    const repairs = [await shop.triaged(), await shop.triaged()];
    const window = shop.window();
    const answers = await Promise.all(repairs.map((repairId) => shop.asks(people().sharee, 'scheduleVisit', { repairId, ...window })));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ScheduleVisitSuccess', 'ValidationFailed']);
    expect(answers.find(({ __typename }) => __typename === 'ValidationFailed')).toMatchObject(fault('startsAt', 'OVERLAPS'));
  });
  it('are refused by a minute, and may follow each other', async () => {
    const window = shop.window();
    const at = (minutes: number) => new Date(Date.parse(window.endsAt) + minutes * 60_000).toISOString();
    const { sharee } = people();
    await shop.does(sharee, 'scheduleVisit', { repairId: await shop.triaged(), ...window });
    const next = { ...window, startsAt: at(-1), endsAt: at(59) };
    const repairId = await shop.triaged();
    expect(await shop.asks(sharee, 'scheduleVisit', { repairId, ...next })).toMatchObject(fault('startsAt', 'OVERLAPS'));
    const { visit } = await shop.does(sharee, 'scheduleVisit', { repairId, ...next, startsAt: at(0) }, 'visit { id }');
    expect(await shop.asks(sharee, 'moveVisit', { visitId: visit.id, ...next })).toMatchObject(fault('startsAt', 'OVERLAPS'));
    await shop.does(sharee, 'moveVisit', { visitId: visit.id, ...next, technicianId: shop.technicians.owner });
  });
  it('of one who has declined do not count, nor do those that are over', async () => {
    const { sharee, colleague } = people();
    const window = shop.window();
    const { visit } = await shop.does(sharee, 'scheduleVisit', { repairId: await shop.triaged(), ...window }, 'visit { id }');
    await shop.does(sharee, 'dispatchVisit', { visitId: visit.id });
    await shop.does(colleague, 'declineVisit', { visitId: visit.id, reason: 'I am ill.' });
    await shop.does(sharee, 'scheduleVisit', { repairId: await shop.triaged(), ...window });
  });
  it('tell where a machine stands to whoever goes there, and to nobody who does not', async () => {
    const { supervisor, sharee, colleague, customer } = people();
    const machine = { name: 'Pump', serial: 'P-77', site: 'Hall 7', contactId: customer.id };
    const { asset } = await shop.does(supervisor, 'addRepairAsset', machine, 'asset { id }');
    const sites = async () =>
      (await colleague.query('{ repairAssets { nodes { site } } }')).repairAssets.nodes.map(({ site }: { site: string }) => site);
    const repairId = await shop.asked({ assetId: asset.id });
    await shop.does(supervisor, 'triageRepair', { repairId, priority: 'NORMAL', inGuarantee: false });
    const { visit } = await shop.does(sharee, 'scheduleVisit', { repairId, ...shop.window() }, 'visit { id }');
    expect(await sites()).toEqual([]);
    await shop.does(sharee, 'dispatchVisit', { visitId: visit.id });
    expect(await sites()).toEqual(['Hall 7']);
    await shop.does(colleague, 'declineVisit', { visitId: visit.id, reason: 'I am ill.' });
    expect(await sites()).toEqual([]);
  });
  it.each([
    ['an end before its beginning', { endsAt: '2026-06-01T00:00:00Z' }, fault('endsAt', 'NOT_AFTER_START')],
    ['more than a day', { endsAt: '2027-06-01T00:00:00Z' }, fault('endsAt', 'TOO_LONG')],
    ['a zone that is none', { zone: 'Nowhere/At all' }, fault('zone', 'NO_ZONE')],
  ])('are refused with %s', async (_, wrong, refused) => {
    const answer = await shop.asks(people().sharee, 'scheduleVisit', { repairId: await shop.triaged(), ...shop.window(), ...wrong });
    expect(answer).toMatchObject({ __typename: refused.__typename, issues: expect.arrayContaining(refused.issues) });
  });
  it('need somebody who can do it, and goes there', async () => {
    const { sharee } = people();
    const repairId = await shop.triaged({ skill: 'lifts', area: 'North' });
    expect(await shop.asks(sharee, 'scheduleVisit', { repairId, ...shop.window() })).toMatchObject(fault('technicianId', 'SKILL'));
    const able = { employeeId: people().colleague.id, firstName: 'Jun', skills: ['lifts'] };
    await shop.does(sharee, 'setRepairTechnician', { ...able, areas: ['South'] });
    expect(await shop.asks(sharee, 'scheduleVisit', { repairId, ...shop.window() })).toMatchObject(fault('technicianId', 'AREA'));
    await shop.does(sharee, 'setRepairTechnician', { ...able, isRetired: true });
    expect(await shop.asks(sharee, 'scheduleVisit', { repairId, ...shop.window() })).toMatchObject(fault('technicianId', 'RETIRED'));
    await shop.does(sharee, 'setRepairTechnician', able);
    await shop.does(sharee, 'scheduleVisit', { repairId, ...shop.window() });
  });
});

describe('a day of a technician (spec 8.5)', () => {
  const day = async (date: string) =>
    (await people().owner.query('query ($date: Date) { technicianDay(date: $date) { nodes { id } } }', { date })).technicianDay.nodes;
  const planned = async (startsAt: string, endsAt: string, zone: string): Promise<string> => {
    const { sharee } = people();
    const input = { repairId: await shop.triaged(), technicianId: shop.technicians.owner, startsAt, endsAt, zone };
    const { visit } = await shop.does(sharee, 'scheduleVisit', input, 'visit { id }');
    await shop.does(sharee, 'dispatchVisit', { visitId: visit.id });
    return visit.id;
  };
  it('has a visit across midnight on both days, of the zone that it is meant in', async () => {
    const id = await planned('2026-11-01T14:30:00Z', '2026-11-01T17:00:00Z', 'Asia/Shanghai'); // 22:30 to 1:00
    expect(await day('2026-11-01')).toEqual([{ id }]);
    expect(await day('2026-11-02')).toEqual([{ id }]);
    expect(await day('2026-11-03')).toEqual([]);
  });
  it('is as long as it is where clocks change', async () => {
    const id = await planned('2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z', 'Europe/Berlin'); // 25 hours of that Sunday, 24 of them here
    expect(await day('2026-10-25')).toEqual([{ id }]);
    expect(await day('2026-10-24')).toEqual([]);
    expect(await day('2026-10-26')).toEqual([]);
  });
});

describe('a telephone without a network (spec 8.5)', () => {
  it('sends the finish before the start: both keep their own times, and there is no second finish', async () => {
    const { visitId, repairId } = await shop.going('acceptVisit');
    shop.now += 2 * HOUR;
    const at = (minutes: number) => new Date(shop.now - minutes * 60_000).toISOString();
    await shop.does(people().colleague, 'finishVisit', { visitId, summary: 'A new belt.', at: at(10) });
    await shop.does(people().colleague, 'startVisit', { visitId, at: at(90), latitude: '31.2', longitude: '121.4' });
    await shop.does(people().colleague, 'arriveAtVisit', { visitId, at: at(60) });
    expect(await shop.visit(visitId, 'state finishedAt steps { step clientAt latitude }')).toEqual({
      state: 'DONE',
      finishedAt: at(10),
      steps: [
        { step: 'DISPATCHED', clientAt: null, latitude: null },
        { step: 'ACCEPTED', clientAt: null, latitude: null },
        { step: 'DONE', clientAt: at(10), latitude: null },
        { step: 'EN_ROUTE', clientAt: at(90), latitude: 31.2 },
        { step: 'ON_SITE', clientAt: at(60), latitude: null },
      ],
    });
    expect((await shop.order(repairId, 'state')).state).toBe('WORK_DONE');
    const refused = { __typename: 'InvalidTransition', state: 'DONE', allowed: [] };
    const again = { summary: 'Once more.', at: at(9) };
    expect(await shop.asks(people().colleague, 'finishVisit', { visitId, ...again })).toMatchObject(refused);
    expect(await shop.asks(people().colleague, 'startVisit', { visitId, at: at(80) })).toMatchObject(refused); // it has started once
    expect(await shop.asks(people().colleague, 'beginVisitWork', { visitId, at: at(5) })).toMatchObject(refused); // behind its end
    shop.now -= 2 * HOUR;
  });
  it('goes on where the app was off on the way', async () => {
    const { visitId } = await shop.going('acceptVisit', 'startVisit');
    const before = await shop.visit(visitId, 'state steps { step at }');
    await shop.switch(false);
    expect(await shop.asks(people().colleague, 'arriveAtVisit', { visitId })).toMatchObject({ __typename: 'PluginDisabled' });
    await shop.switch(true);
    expect(await shop.visit(visitId, 'state steps { step at }')).toEqual(before);
    for (const step of ['arriveAtVisit', 'beginVisitWork', 'finishVisit']) await shop.step(step, visitId);
    expect(await shop.visit(visitId, 'state')).toEqual({ state: 'DONE' });
  });
  it('cannot be ahead of its time, or nowhere', async () => {
    const { visitId } = await shop.going('acceptVisit');
    const wrong = { at: new Date(shop.now + HOUR).toISOString(), latitude: '91', longitude: '-181' };
    const { issues } = await shop.asks(people().colleague, 'startVisit', { visitId, ...wrong });
    expect(issues.map(({ code }: { code: string }) => code)).toEqual(['OUT_OF_RANGE', 'OUT_OF_RANGE', 'FUTURE']);
    for (const at of ['0001-01-01T00:00:00Z', new Date(shop.now - HOUR).toISOString()])
      expect(await shop.asks(people().colleague, 'startVisit', { visitId, at })).toMatchObject({
        issues: [{ path: ['input', 'at'], code: 'BEFORE_VISIT' }],
      });
    expect((await shop.visit(visitId, 'state')).state).toBe('ACCEPTED');
  });
});

describe('the deadline of a repair (spec 8.5)', () => {
  const times = (repairId: string) => shop.order(repairId, 'dueAt minutesLeft');
  it('counts working hours, and stands still while the customer is asked', async () => {
    const begun = shop.now;
    const repairId = await shop.triaged({ priority: 'URGENT' }); // 4 hours from 9 o'clock
    expect(await times(repairId)).toEqual({ dueAt: new Date(begun + 4 * HOUR).toISOString(), minutesLeft: null });
    shop.now = begun + HOUR;
    await shop.does(people().supervisor, 'askRepairInfo', { repairId, question: 'Since when?' });
    expect(await times(repairId)).toEqual({ dueAt: null, minutesLeft: 180 });
    shop.now = begun + 8 * HOUR; // 17 o'clock
    await shop.does(people().customer, 'answerRepairInfo', { repairId, answer: 'Since Monday.' });
    expect(await times(repairId)).toEqual({ dueAt: new Date(begun + DAY + 2 * HOUR).toISOString(), minutesLeft: null }); // 11 o'clock the next day
    shop.now = begun;
  });
  it('stands still on hold for the reasons of the settings, and for no other', async () => {
    const { visitId, repairId } = await shop.going('acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork');
    await shop.does(people().colleague, 'holdVisit', { visitId, reason: 'ESCALATED' });
    expect((await times(repairId)).minutesLeft).toBeNull();
    await shop.does(people().colleague, 'resumeVisit', { visitId });
    await shop.does(people().colleague, 'holdVisit', { visitId, reason: 'PARTS' });
    expect(await times(repairId)).toEqual({ dueAt: null, minutesLeft: 40 * 60 });
  });
  it('runs on with what it had left where the work cannot be completed', async () => {
    const { visitId, repairId } = await shop.going('acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork');
    const before = await times(repairId);
    await shop.step('holdVisit', visitId);
    expect(await times(repairId)).toEqual({ dueAt: null, minutesLeft: 40 * 60 });
    await shop.step('cannotComplete', visitId);
    expect(await times(repairId)).toEqual(before);
  });
});

describe('a quote (spec 8.5)', () => {
  const price = { amount: 10_000, currency: 'CNY' };
  it('in the middle of a visit lets the visit wait, until the customer has taken it', async () => {
    const { visitId, repairId } = await shop.going('acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork');
    await shop.does(people().formsAdmin, 'quoteRepair', { repairId, price, text: 'Out of warranty: a motor.' });
    expect(await shop.visit(visitId, 'state holdReason')).toEqual({ state: 'ON_HOLD', holdReason: 'CUSTOMER' });
    expect(await shop.asks(people().colleague, 'resumeVisit', { visitId })).toMatchObject(fault('visitId', 'QUOTE_NOT_TAKEN'));
    await shop.does(people().customer, 'answerRepairQuote', { repairId, accept: true });
    expect((await shop.order(repairId, 'state')).state).toBe('IN_PROGRESS');
    await shop.does(people().colleague, 'resumeVisit', { visitId });
    await shop.step('finishVisit', visitId);
  });
  it('takes the place of the one before; what is too late is refused, and the clock ends it', async () => {
    const repairId = await shop.triaged();
    const validUntil = new Date(shop.now + 2 * DAY).toISOString();
    await shop.does(people().formsAdmin, 'quoteRepair', { repairId, price, text: 'A belt.' });
    await shop.does(people().formsAdmin, 'quoteRepair', { repairId, price, text: 'A motor.', validUntil });
    const states = async () => (await shop.order(repairId, 'quotes { state }')).quotes.map(({ state }: { state: string }) => state);
    expect(await states()).toEqual(['OPEN', 'REPLACED']);
    const before = shop.now;
    shop.now += 2 * DAY;
    expect(await shop.asks(people().customer, 'answerRepairQuote', { repairId, accept: true })).toMatchObject({
      __typename: 'RepairQuoteExpired',
    });
    await shop.strike();
    expect(await states()).toEqual(['EXPIRED', 'REPLACED']);
    expect((await shop.order(repairId, 'state')).state).toBe('TRIAGED');
    shop.now = before;
  });
  it('is not told at its cost to the customer, nor to the technician', async () => {
    const { repairId } = await shop.scheduled(await shop.triaged());
    expect(await shop.asks(people().formsAdmin, 'quoteRepair', { repairId, price, text: 'A belt.' })).toMatchObject({
      __typename: 'InvalidTransition',
      state: 'SCHEDULED',
    });
    const { repairId: other } = await shop.going('acceptVisit', 'startVisit');
    await shop.does(people().formsAdmin, 'quoteRepair', { repairId: other, price, cost: 4_000, text: 'A belt.' });
    const ask = 'query ($id: ID!) { node(id: $id) { ... on RepairOrder { quotes { price { amount } cost { amount } } } } }';
    expect((await people().formsAdmin.query(ask, { id: other })).node.quotes).toEqual([
      { price: { amount: 10_000 }, cost: { amount: 4_000 } },
    ]);
    const { data, errors } = await people().colleague.ask(ask, { id: other });
    expect(data.node.quotes).toEqual([{ price: { amount: 10_000 }, cost: null }]);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await people().customer.ask(ask, { id: other })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });
});

describe('work that is done (spec 8.5)', () => {
  it('confirms itself after the days of the settings, marked as such, and the form with it', async () => {
    const before = shop.now;
    const { repairId } = await shop.done();
    shop.now += 6 * DAY + 23 * HOUR;
    await shop.strike();
    expect((await shop.order(repairId, 'state')).state).toBe('WORK_DONE');
    shop.now += 2 * HOUR;
    await shop.strike();
    expect(await shop.order(repairId, 'state confirmedBy signerName')).toEqual({
      state: 'CONFIRMED',
      confirmedBy: 'SILENCE',
      signerName: null,
    });
    shop.now = before;
  });
  it('is signed by whoever is at the site, by a code to their phone', async () => {
    const { repairId } = await shop.done();
    const { colleague, customer } = people();
    const { phoneMasked } = await shop.does(colleague, 'requestSiteSignature', { repairId }, 'phoneMasked');
    expect(phoneMasked).toMatch(/^\+86139\*+9999$/);
    const given = { repairId, signerName: 'Lao Zhou', code: '246810' };
    expect(await shop.asks(colleague, 'signOffAtSite', { ...given, code: '000000' })).toMatchObject({ __typename: 'SigningCodeRefused' });
    await shop.does(colleague, 'signOffAtSite', given);
    expect(await shop.order(repairId, 'state confirmedBy signerName signedHash', customer)).toEqual({
      state: 'CONFIRMED',
      confirmedBy: 'SITE_CONTACT',
      signerName: 'Lao Zhou',
      signedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
  it('is confirmed and disputed by the mutations of the core too', async () => {
    const { repairId } = await shop.done();
    const formOf = async (id: string) => (await shop.order(id, 'form { id }')).form.id;
    const act = (mutation: string, input: string) => `mutation ($id: ID!) { ${mutation}(input: { formId: $id ${input} }) { __typename } }`;
    await people().customer.does(act('disputeForm', 'reason: "It leaks."'), { id: await formOf(repairId) });
    expect((await shop.order(repairId, 'state')).state).toBe('DISPUTED');
    const { repairId: other } = await shop.done();
    await people().customer.does(act('confirmForm', ''), { id: await formOf(other) });
    expect(await shop.order(other, 'state confirmedBy')).toEqual({ state: 'CONFIRMED', confirmedBy: 'CUSTOMER' });
  });
  it('is finished once the checklist is answered and there are photos enough', async () => {
    await shop.set({ checklist: ['Power is off', 'Site is clean'] });
    const { visitId } = await shop.going('acceptVisit');
    const done = { visitId, ...NEEDED.finishVisit };
    const half = [
      { item: 'Power is off', done: true },
      { item: 'Site is clean', done: false },
    ];
    expect(await shop.asks(people().colleague, 'finishVisit', { ...done, checklist: half })).toMatchObject(
      fault('checklist', 'NOT_CHECKED'),
    );
    await shop.does(people().colleague, 'finishVisit', { ...done, checklist: half.map((one) => ({ ...one, done: true })) });
    await shop.set({ checklist: [], leastPhotos: 1 });
    const { visitId: other } = await shop.going('acceptVisit');
    expect(await shop.asks(people().colleague, 'finishVisit', { visitId: other, ...NEEDED.finishVisit })).toMatchObject(
      fault('visitId', 'TOO_FEW_PHOTOS'),
    );
    await shop.set({ leastPhotos: 0 });
  });
  it('is rated once it is confirmed, and changed for seven days; the technician does not learn of it', async () => {
    const before = shop.now;
    const { repairId } = await shop.done();
    const { customer, colleague } = people();
    expect(await shop.asks(customer, 'rateRepair', { repairId, stars: 4 })).toMatchObject(fault('repairId', 'NOT_CONFIRMED'));
    await shop.does(customer, 'signOffWork', { repairId, signerName: 'Lao Zhou' });
    await shop.does(customer, 'rateRepair', { repairId, stars: 1, comment: 'Late.' });
    shop.now += 7 * DAY;
    await shop.does(customer, 'rateRepair', { repairId, stars: 3 });
    shop.now += 1;
    expect(await shop.asks(customer, 'rateRepair', { repairId, stars: 5 })).toMatchObject({ __typename: 'RepairRatingClosed' });
    expect(await shop.order(repairId, 'stars ratingComment signerName')).toEqual({ stars: 3, ratingComment: null, signerName: 'Lao Zhou' });
    const told = 'query ($id: ID!) { node(id: $id) { ... on RepairOrder { stars ratingComment ratedAt version } } }'; // each rating raises it
    const { data, errors } = await colleague.ask(told, { id: repairId });
    expect(data.node).toEqual({ stars: null, ratingComment: null, ratedAt: null, version: null });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(Array(4).fill('FORBIDDEN'));
    shop.now = before;
  });
  it('may be opened again within the guarantee, and counts then', async () => {
    const before = shop.now;
    const { repairId } = await shop.done();
    const { customer } = people();
    await shop.does(customer, 'signOffWork', { repairId });
    await shop.does(customer, 'reopenRepair', { repairId, reason: 'The noise is back.' });
    expect(await shop.order(repairId, 'state reopenedTimes inGuarantee')).toEqual({
      state: 'REOPENED',
      reopenedTimes: 1,
      inGuarantee: true,
    });
    const { visitId } = await shop.scheduled(repairId);
    await shop.does(people().sharee, 'dispatchVisit', { visitId });
    for (const step of ['acceptVisit', 'finishVisit']) await shop.step(step, visitId);
    await shop.set({ guaranteeDays: 2 });
    await shop.does(customer, 'signOffWork', { repairId });
    shop.now += 2 * DAY;
    expect(await shop.asks(customer, 'reopenRepair', { repairId, reason: 'Again.' })).toMatchObject({ __typename: 'RepairGuaranteeOver' });
    shop.now = before;
  });
});

describe('a window that is suspended (spec 6.11)', () => {
  it('leaves customers the time that was left: to answer quotes, until silence counts, and to deadlines in working hours', async () => {
    const { repairId: done } = await shop.done();
    shop.now += 3 * DAY;
    const { repairId: confirmed } = await shop.done();
    await shop.does(people().customer, 'signOffWork', { repairId: confirmed });
    const until = async () => (await shop.order(confirmed, 'guaranteeUntil')).guaranteeUntil;
    const guarantee = await until();
    const [running, quoted] = [await shop.triaged(), await shop.triaged()];
    const validUntil = new Date(shop.now + 2 * DAY).toISOString();
    const price = { amount: 10_000, currency: 'CNY' };
    await shop.does(people().formsAdmin, 'quoteRepair', { repairId: quoted, price, text: 'A motor.', validUntil });
    const { dueAt } = await shop.order(running, 'dueAt');
    const read = async () => ({ ...(await shop.order(running, 'dueAt')), ...(await shop.order(quoted, 'quotes { state validUntil }')) });
    const later = (moment: string) => new Date(Date.parse(moment) + 7 * DAY).toISOString();
    await people().certify('TEAM');
    shop.now += 7 * DAY;
    await shop.strike();
    expect(await read()).toEqual({ dueAt, quotes: [{ state: 'OPEN', validUntil }] });
    await people().certify('ADVANCED');
    expect(await read()).toEqual({ dueAt: later(dueAt), quotes: [{ state: 'OPEN', validUntil: later(validUntil) }] });
    expect(await until()).toBe(later(guarantee));
    shop.now += 3 * DAY;
    await shop.strike();
    expect((await shop.order(done, 'state')).state).toBe('WORK_DONE');
    shop.now += DAY;
    await shop.strike();
    expect((await shop.order(done, 'state')).state).toBe('CONFIRMED');
  });
});
