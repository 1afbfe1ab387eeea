import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
  await shop.set({ hourlyRate: { amount: 10_000, currency: 'CNY' } });
});
afterAll(() => shop?.close());
const people = () => shop.plugin;

const WORKING = ['acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork'];
const adds = (visitId: string, minutes: number, more: object = {}, seat = people().colleague) =>
  shop.asks(seat, 'addLabour', { visitId, minutes, ...more }, 'labour { id minutes price { amount currency } }');
const charged = async (repairId: string, seat = people().customer) =>
  (await shop.order(repairId, 'charged { amount currency }', seat)).charged;
let parts = 0;
async function part(currency = 'CNY'): Promise<string> {
  const given = { sku: `WORK-${parts++}`, name: 'Bearing', price: { amount: 900, currency }, stock: 10 };
  return (await shop.does(people().scopedAdmin, 'addRepairPart', given, 'part { id }')).part.id;
}

describe('time that is worked on a visit (spec 8.5)', () => {
  it('is written down by its technician, charged at the rate of its day, and summed up with the parts', async () => {
    const { colleague, sharee, customer, admin } = people();
    const { repairId, visitId } = await shop.going(...WORKING);
    expect(await adds(visitId, 45, { isChargeable: true, text: 'The bearing.' })).toMatchObject({
      labour: { minutes: 45, price: { amount: 7_500, currency: 'CNY' } },
    });
    expect(await adds(visitId, 20, { text: 'Looked for the key.' })).toMatchObject({ labour: { price: null } });
    await shop.set({ hourlyRate: { amount: 99_900, currency: 'CNY' } });
    const { labour: wrong } = await adds(visitId, 600, { isChargeable: true });
    await shop.does(colleague, 'removeLabour', { visitId, labourId: wrong.id });
    await shop.does(colleague, 'addPart', { visitId, partId: await part(), quantity: 2, isChargeable: true });
    await shop.does(colleague, 'addPart', { visitId, partId: await part(), quantity: 1 });
    const brought = { visitId, partId: await part(), quantity: 5, isChargeable: true };
    const { partUse } = await shop.does(colleague, 'addPart', brought, 'partUse { id }');
    await shop.does(colleague, 'returnPart', { visitId, partUseId: partUse.id });
    expect(await charged(repairId)).toBeNull();
    await shop.step('finishVisit', visitId);
    await shop.set({ hourlyRate: { amount: 10_000, currency: 'CNY' } });
    expect(await charged(repairId)).toEqual({ amount: 7_500 + 2 * 900, currency: 'CNY' });

    const all = 'workedMinutes labour { minutes isChargeable technician { name } }';
    for (const seat of [admin, sharee, colleague]) {
      const { workedMinutes, labour } = await shop.visit(visitId, all, seat);
      expect([workedMinutes, labour.map((one: { minutes: number }) => one.minutes).sort()]).toEqual([65, [20, 45]]);
      expect(labour[0].technician.name).toBe('The colleague');
    }
    const { labour: shown } = await shop.visit(visitId, 'labour { minutes text price { amount } }', customer);
    expect(shown).toEqual([{ minutes: 45, text: 'The bearing.', price: { amount: 7_500 } }]);
  });
  it('names nobody to the customer, in no field', async () => {
    const { visitId } = await shop.going(...WORKING);
    await adds(visitId, 30, { isChargeable: true });
    const ask = 'query ($id: ID!) { node(id: $id) { ... on RepairVisit { labour { minutes FIELD } } } }';
    for (const field of ['technician { name }', 'technicianId']) {
      const { data, errors } = await people().customer.ask(ask.replace('FIELD', field), { id: visitId });
      expect([data, errors[0]?.extensions.code]).toEqual([null, 'BAD_REQUEST']);
    }
  });
  it('is the technician’s own: nobody else writes any down, or takes it back', async () => {
    const { owner, sharee, customer, stranger, colleague } = people();
    const { visitId } = await shop.going(...WORKING);
    const { labour } = await adds(visitId, 30);
    const takesBack = async (seat = colleague, of = visitId) =>
      (await shop.asks(seat, 'removeLabour', { visitId: of, labourId: labour.id })).__typename;
    for (const seat of [owner, sharee]) {
      expect((await adds(visitId, 30, {}, seat)).__typename).toBe('FORBIDDEN');
      expect(await takesBack(seat)).toBe('FORBIDDEN');
    }
    expect((await adds(visitId, 30, {}, customer)).__typename).toBe('BAD_REQUEST');
    expect(await takesBack(stranger)).toBe('NotFound');
    expect(await takesBack(colleague, (await shop.going(...WORKING)).visitId)).toBe('NotFound');
    expect(await takesBack()).toBe('RemoveLabourSuccess');
  });
  it('stays with whoever has worked it where the visit is given to another technician', async () => {
    const { owner, sharee } = people();
    const { visitId } = await shop.going('acceptVisit');
    const { labour } = await adds(visitId, 30);
    await shop.does(sharee, 'moveVisit', { visitId, ...shop.window('owner') });
    await shop.does(sharee, 'dispatchVisit', { visitId });
    await shop.step('acceptVisit', visitId, owner);
    expect(await shop.asks(owner, 'removeLabour', { visitId, labourId: labour.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await adds(visitId, 10, {}, owner)).toMatchObject({ labour: { minutes: 10 } });
    expect((await adds(visitId, 10)).__typename).toBe('NotFound');
  });
  it('is of a visit that is under way', async () => {
    const before = await shop.going();
    expect(await adds(before.visitId, 30)).toMatchObject({ __typename: 'InvalidTransition', state: 'DISPATCHED' });
    const { visitId } = await shop.going(...WORKING);
    const { labour } = await adds(visitId, 30);
    await shop.step('finishVisit', visitId);
    for (const late of [await adds(visitId, 30), await shop.asks(people().colleague, 'removeLabour', { visitId, labourId: labour.id })])
      expect(late).toMatchObject({ __typename: 'InvalidTransition', state: 'DONE' });
  });
  it('is charged in one currency with the parts, and costs nothing where no rate is set', async () => {
    const { colleague } = people();
    const { visitId, repairId } = await shop.going(...WORKING);
    await adds(visitId, 30, { isChargeable: true });
    const dollars = { visitId, partId: await part('USD'), quantity: 1 };
    expect(await shop.asks(colleague, 'addPart', { ...dollars, isChargeable: true })).toMatchObject({ issues: [{ code: 'ONE_CURRENCY' }] });
    await shop.does(colleague, 'addPart', dollars);
    await shop.set({ hourlyRate: { amount: 10_000, currency: 'USD' } });
    expect(await adds(visitId, 30, { isChargeable: true })).toMatchObject({ issues: [{ code: 'ONE_CURRENCY' }] });
    await shop.set({ hourlyRate: null });
    expect(await adds(visitId, 30, { isChargeable: true })).toMatchObject({ labour: { price: null } });
    await shop.set({ hourlyRate: { amount: 10_000, currency: 'CNY' } });
    await shop.step('finishVisit', visitId);
    expect(await charged(repairId)).toEqual({ amount: 5_000, currency: 'CNY' });
  });
  it.each(['ZZZ', 'cny', 'YUAN'])('has a rate in a currency, and in nothing else: %s', async (currency) => {
    const document = `mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) {
      __typename ... on ValidationFailed { issues { path code message } } } }`;
    const input = { plugin: 'repair', settings: { hourlyRate: { amount: 1, currency } } };
    expect((await people().admin.query(document, { input })).updatePluginSettings).toEqual({
      __typename: 'ValidationFailed',
      issues: [
        {
          path: ['input', 'settings', 'hourlyRate', 'currency'],
          code: 'NOT_A_CURRENCY',
          message: 'This is no currency of ISO 4217, such as CNY.',
        },
      ],
    });
  });
  it('is charged also where the visit could not be completed, and the owner says that it is solved', async () => {
    const { colleague, customer } = people();
    const { repairId, visitId } = await shop.going(...WORKING);
    await adds(visitId, 30, { isChargeable: true });
    await shop.does(colleague, 'addPart', { visitId, partId: await part(), quantity: 1, isChargeable: true });
    await shop.step('cannotComplete', visitId);
    expect(await charged(repairId)).toBeNull();
    await shop.decides('approveFormTask', repairId);
    expect(await charged(repairId)).toEqual({ amount: 5_000, currency: 'CNY' }); // the part went back
    await shop.does(customer, 'signOffWork', { repairId });
    expect(await charged(repairId)).toEqual({ amount: 5_000, currency: 'CNY' });
  });
  it('is in what whoever signs is shown, word for word', async () => {
    const { repairId, visitId } = await shop.going(...WORKING);
    await adds(visitId, 30, { isChargeable: true, text: 'The bearing.' });
    await shop.step('finishVisit', visitId);
    await shop.does(people().customer, 'signOffWork', { repairId });
    const { signedHash, number, problem, visits } = await shop.order(repairId, 'signedHash number problem visits { summary finishedAt }');
    const charged = [{ what: 'The bearing.', minutes: 30, priceMinor: 5_000, currency: 'CNY' }];
    expect(signedHash).toBe(
      createHash('sha256')
        .update(JSON.stringify({ number, problem, charged, done: visits }))
        .digest('hex'),
    );
  });
  it('is said in a quote', async () => {
    const { formsAdmin, customer } = people();
    const repairId = await shop.triaged();
    const price = { amount: 45_000, currency: 'CNY' };
    await shop.does(formsAdmin, 'quoteRepair', { repairId, price, text: 'A bearing.', labourMinutes: 120 });
    expect(await shop.order(repairId, 'quotes { labourMinutes }', customer)).toEqual({ quotes: [{ labourMinutes: 120 }] });
  });
});

describe('where a machine stands (spec 8.5)', () => {
  it('finds it, is where its repair is, and whoever is named there signs', async () => {
    const { admin, customer, colleague } = people();
    for (const site of ['Hall 7', 'Hall 8'])
      await shop.does(admin, 'addRepairAsset', { name: 'A pump', serial: `P ${site}`, site, contactId: customer.id });
    const { repairAssets } = await customer.query('{ repairAssets(where: { site: { equals: "Hall 7" } }) { nodes { id serial site } } }');
    expect(repairAssets.nodes).toMatchObject([{ serial: 'P Hall 7', site: 'Hall 7' }]);
    const repairId = await shop.asked({ assetId: repairAssets.nodes[0].id, siteAddress: undefined });
    expect(await shop.order(repairId, 'siteAddress siteContactName', customer)).toEqual({
      siteAddress: 'Hall 7',
      siteContactName: 'Lao Zhou',
    });
    await shop.does(people().supervisor, 'triageRepair', { repairId, priority: 'NORMAL', inGuarantee: true });
    await shop.finished(repairId);
    expect((await shop.asks(colleague, 'requestSiteSignature', { repairId })).__typename).toBe('RequestSiteSignatureSuccess');
  });
});
