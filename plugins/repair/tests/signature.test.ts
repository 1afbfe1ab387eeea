import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture, Workshop } from './workshop.ts';

const DAY = 24 * 3_600_000;
const SIGNATURES = 'state signedHash signatures { by signerName at sha256 image { id mimeType } }';
const READ = 'query ($id: ID!) { node(id: $id) { ... on RepairOrder { signatures { image { url } } } } }';
const NEEDED = { __typename: 'ValidationFailed', issues: [{ path: ['input', 'signatureId'], code: 'SIGNATURE_NEEDED' }] };
let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
  await shop.strike(); // winds the clocks up
});
afterAll(() => shop?.close());
const people = () => shop.plugin;
const drawn = async (seat = people().customer) => shop.upload(seat, 'REPAIR_SIGNATURE', await picture('png'));
const CONFIRM =
  'mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) { __typename ... on ValidationFailed { issues { path code } } } }';
const confirmed = async (repairId: string) => {
  const { form } = await shop.order(repairId, 'form { id }');
  return (await people().customer.ask(CONFIRM, { input: { formId: form.id } })).data.confirmForm;
};

describe('a signature (spec 8.5)', () => {
  it('is kept as it was drawn, with who, when and the hash of what was shown, and read by whoever reads the repair', async () => {
    const { customer, owner, colleague, supervisor, rival } = people();
    const { repairId } = await shop.done();
    await shop.does(customer, 'signOffWork', { repairId, signerName: 'Lao Zhou', signatureId: await drawn() });
    const { signatures, signedHash } = await shop.order(repairId, SIGNATURES);
    expect(signatures).toEqual([
      {
        by: 'CUSTOMER',
        signerName: 'Lao Zhou',
        at: new Date(shop.now).toISOString(),
        sha256: signedHash,
        image: { id: expect.any(String), mimeType: 'image/png' },
      },
    ]);
    for (const seat of [customer, owner, colleague, supervisor]) {
      const { node } = await seat.query(READ, { id: repairId });
      expect((await fetch(node.signatures[0].image.url)).status).toBe(200);
    }
    expect((await rival.query(READ, { id: repairId })).node).toBeNull();
  });
  it('of an earlier time stays when the repair is opened again, and signed off once more', async () => {
    const { customer, colleague } = people();
    const { repairId } = await shop.done();
    await shop.does(customer, 'signOffWork', { repairId, signatureId: await drawn() });
    await shop.does(customer, 'reopenRepair', { repairId, reason: 'The noise is back.' });
    await shop.finished(repairId);
    await shop.asks(colleague, 'requestSiteSignature', { repairId });
    const site = { repairId, signerName: 'Lao Zhou', code: '246810', signatureId: await drawn(colleague) };
    await shop.does(colleague, 'signOffAtSite', site);
    const { signatures } = await shop.order(repairId, SIGNATURES);
    expect(signatures).toMatchObject([
      { by: 'SITE_CONTACT', signerName: 'Lao Zhou', image: { mimeType: 'image/png' } },
      { by: 'CUSTOMER', signerName: null, image: { mimeType: 'image/png' } },
    ]);
    expect(signatures[0].sha256).not.toBe(signatures[1].sha256); // another visit was shown
  });
  it('is an upload of one’s own that was sent for it, and used once', async () => {
    const { customer } = people();
    const { repairId } = await shop.done();
    const unknown = { __typename: 'NotFound', path: ['input', 'signatureId'] };
    const photo = await shop.upload(customer, 'REPAIR_PHOTO', await picture('png'));
    for (const signatureId of [photo, await drawn(people().rival)])
      expect(await shop.asks(customer, 'signOffWork', { repairId, signatureId })).toMatchObject(unknown);
    expect((await shop.order(repairId, SIGNATURES)).signatures).toEqual([]);
    const signatureId = await drawn();
    await shop.does(customer, 'signOffWork', { repairId, signatureId });
    const { repairId: other } = await shop.done();
    expect(await shop.asks(customer, 'signOffWork', { repairId: other, signatureId })).toMatchObject(unknown);
  });
});

describe('a repair that needs a signature (spec 8.5)', () => {
  const machine = async (serial: string, needsSignature = true): Promise<string> => {
    const input = { name: 'Lift', serial, contactId: people().customer.id, needsSignature };
    return (await shop.does(people().supervisor, 'addRepairAsset', input, 'asset { id }')).asset.id;
  };
  const doneOf = async (asset: Record<string, unknown>, triage: Record<string, unknown> = {}): Promise<string> => {
    const repairId = await shop.asked(asset);
    await shop.does(people().supervisor, 'triageRepair', { repairId, priority: 'NORMAL', inGuarantee: false, ...triage });
    await shop.finished(repairId);
    return repairId;
  };
  const stateOf = async (id: string) => (await shop.order(id, 'state')).state;

  it('is not confirmed by silence, nor by its form alone; its machine hands that down, and it stays when it is opened again', async () => {
    const { customer } = people();
    const repairId = await doneOf({ assetId: await machine('L-1') });
    const { repairId: other } = await shop.done();
    const silent = async () => {
      shop.now += 8 * DAY; // one more than those of the settings
      await shop.strike();
    };
    await silent();
    expect([await stateOf(repairId), await stateOf(other)]).toEqual(['WORK_DONE', 'CONFIRMED']);
    expect(await confirmed(repairId)).toEqual({ ...NEEDED, issues: [{ path: ['input', 'formId'], code: 'SIGNATURE_NEEDED' }] });
    expect(await shop.asks(customer, 'signOffWork', { repairId })).toMatchObject(NEEDED);
    expect(await stateOf(repairId)).toBe('WORK_DONE');
    await shop.does(customer, 'signOffWork', { repairId, signatureId: await drawn() });
    await shop.does(customer, 'reopenRepair', { repairId, reason: 'It is stuck again.' });
    await shop.finished(repairId);
    await silent();
    expect(await shop.order(repairId, 'state needsSignature reopenedTimes')).toEqual({
      state: 'WORK_DONE',
      needsSignature: true,
      reopenedTimes: 1,
    });
    expect(await shop.asks(customer, 'signOffWork', { repairId })).toMatchObject(NEEDED);
  });
  it('is signed by the code of whoever is at the site, who need not draw', async () => {
    const { colleague } = people();
    const repairId = await doneOf({ assetId: await machine('L-2') });
    await shop.asks(colleague, 'requestSiteSignature', { repairId });
    await shop.does(colleague, 'signOffAtSite', { repairId, signerName: 'Lao Zhou', code: '246810' });
    expect(await shop.order(repairId, SIGNATURES)).toMatchObject({ state: 'CONFIRMED', signatures: [{ by: 'SITE_CONTACT', image: null }] });
  });
  it('is one because the desk says so, and is none any more', async () => {
    const { customer } = people();
    const needing = await doneOf({}, { needsSignature: true });
    expect(await shop.asks(customer, 'signOffWork', { repairId: needing })).toMatchObject(NEEDED);
    const spared = await doneOf({ assetId: await machine('L-3') }, { needsSignature: false });
    expect((await confirmed(spared)).__typename).toBe('ConfirmFormSuccess');
    expect(await shop.order(spared, 'state confirmedBy')).toEqual({ state: 'CONFIRMED', confirmedBy: 'CUSTOMER' });
  });
  it('is every one that is asked for from then on, where the settings say so', async () => {
    const before = await shop.asked();
    await shop.set({ signatureRequired: true });
    const [after, ofMachine] = [await shop.asked(), await shop.asked({ assetId: await machine('L-7', false) })];
    await shop.set({ signatureRequired: false });
    const needed = await Promise.all([before, after, ofMachine].map(async (id) => (await shop.order(id, 'needsSignature')).needsSignature));
    expect(needed).toEqual([false, true, true]);
  });
  it('stays as it was asked for when its machine is told otherwise afterwards', async () => {
    const assetId = await machine('L-4');
    const repairId = await shop.asked({ assetId });
    await shop.does(people().supervisor, 'updateRepairAsset', { assetId, expectedVersion: 1, needsSignature: false });
    expect(await shop.order(repairId, 'needsSignature asset { needsSignature }')).toEqual({
      needsSignature: true,
      asset: { needsSignature: false },
    });
  });
  it('waits for it also where the template lets silence confirm, and its form with it', async () => {
    await shop.template({ withConfirmation: true, confirmsItselfAfterDays: 3 });
    const repairId = await doneOf({ assetId: await machine('L-5') });
    const { repairId: other } = await shop.done();
    shop.now += 4 * DAY; // fewer than those of the app
    await shop.strike();
    const both = 'state form { state }';
    expect(await shop.order(repairId, both)).toEqual({ state: 'WORK_DONE', form: { state: 'AWAITING_CONFIRMATION' } });
    expect(await shop.order(other, both)).toEqual({ state: 'CONFIRMED', form: { state: 'COMPLETED' } });
  });
  it('waits for it also where the form asks nobody to confirm', async () => {
    await shop.template({ withConfirmation: false });
    const [repairId, other] = [await shop.asked({ assetId: await machine('L-6') }), await shop.asked()];
    for (const id of [repairId, other]) await shop.decides('approveFormTask', id);
    expect([await stateOf(repairId), await stateOf(other)]).toEqual(['WORK_DONE', 'CONFIRMED']);
    await shop.does(people().customer, 'signOffWork', { repairId, signatureId: await drawn() });
    expect(await stateOf(repairId)).toBe('CONFIRMED');
  });
});
