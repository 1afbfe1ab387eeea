import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CODE, Desk, TEXT } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
const DAY = 86_400_000;
const at = (days: number): string => new Date(desk.now + days * DAY).toISOString();

describe('what is signed (spec 8.5)', () => {
  it('is what was shown, to the letter: another hash is refused, with what has changed', async () => {
    const { owner, customer } = desk.plugin;
    const first = await desk.approved();
    await desk.does(owner, 'shareContract', { contractId: first.id });
    const { sha256: old } = (await desk.read(first.id)).currentVersion;
    const text = TEXT.replace('10 yuan', '12 yuan');
    await desk.does(owner, 'addContractVersion', { contractId: first.id, expectedVersion: (await desk.read(first.id)).version, text });
    await desk.review(first.id);
    await desk.does(owner, 'freezeContract', { contractId: first.id });
    const { currentVersion } = await desk.send(first.id);
    const refused = {
      __typename: 'ContractChanged',
      path: ['input', 'versionSha256'],
      current: { id: currentVersion.id },
      changes: [
        { kind: 'SAME', text: 'We deliver saws.' },
        { kind: 'REMOVED', text: 'You pay 10 yuan.' },
        { kind: 'ADDED', text: 'You pay 12 yuan.' },
        { kind: 'SAME', text: 'Signed below.' },
      ],
    };
    expect(await desk.ask(customer, 'signContract', { contractId: first.id, versionSha256: old, code: DEMO_CODE })).toMatchObject(refused);
    expect(await desk.signs(customer, first.id, old)).toMatchObject(refused);
    expect(await desk.signs(customer, first.id, 'f'.repeat(64))).toMatchObject({ __typename: 'ContractChanged', changes: [] });
    expect(await desk.signs(customer, first.id)).toMatchObject({ __typename: 'SignContractSuccess' });
  });

  it('is void when it is worded anew between two signatures, and everybody is told', async () => {
    const { owner, customer, supervisor } = desk.plugin;
    const { id, version } = await desk.sent();
    await desk.signs(owner, id);
    const { version: now } = await desk.read(id);
    expect(now).toBeGreaterThan(version);
    expect(await desk.ask(owner, 'addContractVersion', { contractId: id, expectedVersion: version, text: 'Other.' })).toMatchObject({
      __typename: 'VersionConflict',
    });
    const anew = await desk.does(owner, 'addContractVersion', { contractId: id, expectedVersion: now, text: 'Other.' });
    expect(anew).toMatchObject({
      state: 'REVISING',
      frozenSha256: null,
      isApproved: false,
      signers: [{ state: 'VOIDED' }, { state: 'VOIDED' }],
    });
    await expect.poll(() => desk.told(customer)).toContain('SIGNATURES_VOID');
    expect(await desk.ask(owner, 'freezeContract', { contractId: id })).toMatchObject({
      __typename: 'InvalidTransition',
      state: 'REVISING',
      allowed: expect.arrayContaining(['addVersion', 'requestReview', 'void']),
    });
    await desk.does(owner, 'requestContractReview', { contractId: id });
    await desk.decide(supervisor, 'approve');
    await desk.does(owner, 'freezeContract', { contractId: id });
    expect(await desk.send(id)).toMatchObject({ signers: [{ state: 'WAITING' }, { state: 'WAITING' }] });
  });

  it('is void for everybody who was to sign it, inside and outside, and all of them are told', async () => {
    const { owner, colleague, customer, unowned, rival } = desk.plugin;
    const { id } = await desk.frozen();
    const signers = [
      { employeeId: colleague.id, name: 'Mr Colleague', role: 'Director' },
      { contactId: customer.id, name: 'Mr Customer', role: 'Buyer' },
      { contactId: unowned.id, name: 'Mr Beside', role: 'Director' },
    ];
    await desk.does(owner, 'sendContractForSigning', { contractId: id, signers, order: 'ANY', expiresAt: at(7) });
    for (const seat of [colleague, unowned]) await desk.signs(seat, id);
    const times = async (seat: TestSeat) => (await desk.told(seat)).filter((news) => news === 'SIGNATURES_VOID').length;
    const [before, others] = [await times(customer), await times(rival)];
    const { version: expectedVersion } = await desk.read(id);
    const anew = await desk.does(owner, 'addContractVersion', { contractId: id, expectedVersion, text: 'Other.' });
    expect(anew.signers.map(({ state }: { state: string }) => state)).toEqual(['VOIDED', 'VOIDED', 'VOIDED']);
    for (const seat of [colleague, unowned]) await expect.poll(() => times(seat)).toBe(1);
    await expect.poll(() => times(customer)).toBe(before + 1);
    expect(await times(rival)).toBe(others);
  });

  it('is signed later where the window was suspended meanwhile', async () => {
    const { id } = await desk.sent();
    desk.now += 6 * DAY;
    await desk.plugin.certify('INTERMEDIATE');
    desk.now += 10 * DAY;
    await desk.strike();
    const inVain = { __typename: 'WindowSuspended' };
    expect(await desk.ask(desk.plugin.owner, 'extendSigning', { contractId: id, expiresAt: at(3) })).toMatchObject(inVain);
    await desk.signs(desk.plugin.owner, id); // those inside go on: the time is not over
    await desk.plugin.certify('ADVANCED');
    expect(await desk.read(id)).toMatchObject({ state: 'PART_SIGNED' });
    desk.now += DAY;
    await desk.strike();
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNING_EXPIRED' });
  });
  it('is signed in time: that is looked at whether or not the clock has struck', async () => {
    const { owner, customer } = desk.plugin;
    const { id, frozenSha256: versionSha256 } = await desk.sent();
    await desk.signs(owner, id);
    desk.now += 7 * DAY;
    const over = { __typename: 'ContractSigningOver' };
    expect(await desk.ask(customer, 'requestSigningCode', { contractId: id, versionSha256 })).toMatchObject(over);
    expect(await desk.ask(customer, 'signContract', { contractId: id, versionSha256, code: DEMO_CODE })).toMatchObject(over);
    expect(await desk.ask(customer, 'declineContract', { contractId: id, reason: 'No.' })).toMatchObject(over);
    const { signers } = await desk.read(id);
    const late = { contractId: id, signerId: signers[1].id };
    expect(await desk.ask(owner, 'recordPaperSignature', late)).toMatchObject(over);
    const to = { contactId: desk.plugin.unowned.id, name: 'Mr Deputy', role: 'Deputy' };
    expect(await desk.ask(owner, 'delegateContractSignature', { ...late, to })).toMatchObject(over);
    await desk.strike();
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNING_EXPIRED' });
    await expect.poll(() => desk.told(customer)).toContain('SIGNING_OVER');
    expect(await desk.signs(customer, id, versionSha256)).toMatchObject({ __typename: 'InvalidTransition', state: 'SIGNING_EXPIRED' });
    expect(await desk.ask(owner, 'extendSigning', { contractId: id, expiresAt: at(0) })).toMatchObject({
      issues: [{ code: 'IN_THE_PAST' }],
    });
    expect(await desk.does(owner, 'extendSigning', { contractId: id, expiresAt: at(3) })).toMatchObject({ state: 'PART_SIGNED' });
    expect(await desk.signs(customer, id)).toMatchObject({ contract: { state: 'SIGNED' } });
  });

  it('is declined with a reason, which those who have signed are told', async () => {
    const { owner, customer } = desk.plugin;
    const { id } = await desk.sent('IN_ORDER');
    await desk.signs(owner, id);
    const declined = await desk.does(customer, 'declineContract', { contractId: id, reason: 'Too dear.' });
    expect(declined).toMatchObject({ state: 'DECLINED', reason: 'Too dear.', signers: [{ state: 'SIGNED' }, { state: 'DECLINED' }] });
    await expect.poll(() => desk.told(owner)).toContain('DECLINED');
    expect(await desk.signs(customer, id)).toMatchObject({ __typename: 'InvalidTransition', state: 'DECLINED' });
  });

  it('is what is current: of what was worded anew after somebody declined nothing counts as signed', async () => {
    const { owner, customer } = desk.plugin;
    const { id, frozenSha256: old } = await desk.sent('ANY', { text: 'As it was at first.' });
    await desk.signs(owner, id);
    await desk.does(customer, 'declineContract', { contractId: id, reason: 'Too dear.' });
    const { version: expectedVersion } = await desk.read(id);
    const anew = await desk.does(owner, 'addContractVersion', { contractId: id, expectedVersion, text: 'As it is now.' });
    expect(anew).toMatchObject({ state: 'REVISING', signers: [{ state: 'VOIDED' }, { state: 'DECLINED' }] });
    await desk.review(id);
    await desk.does(owner, 'freezeContract', { contractId: id });
    const { frozenSha256: current } = await desk.send(id);
    for (const seat of [owner, customer]) await desk.signs(seat, id);
    const VERIFY = 'query ($sha256: String!) { verifyDocument(sha256: $sha256) { isSigned signatures } }';
    expect(await owner.query(VERIFY, { sha256: old })).toEqual({ verifyDocument: { isSigned: false, signatures: 0 } });
    expect(await owner.query(VERIFY, { sha256: current })).toEqual({ verifyDocument: { isSigned: true, signatures: 2 } });
  });

  it('is signed by somebody else for somebody absent, which the signature says; and on paper', async () => {
    const { owner, colleague, unowned } = desk.plugin;
    const sent = await desk.sent();
    const { id, frozenSha256: sha256 } = sent;
    const [own, other] = sent.signers;
    const to = { employeeId: colleague.id, name: 'Mr Colleague', role: 'Deputy' };
    const wrong = { contactId: unowned.id, name: 'X', role: 'Y' };
    expect(await desk.ask(owner, 'delegateContractSignature', { contractId: id, signerId: own.id, to: wrong })).toMatchObject({
      issues: [{ code: 'OTHER_SIDE' }],
    });
    expect(await desk.ask(owner, 'delegateContractSignature', { contractId: id, signerId: other.id, to })).toMatchObject({
      issues: [{ code: 'OTHER_SIDE' }],
    });
    await desk.does(owner, 'delegateContractSignature', { contractId: id, signerId: own.id, to });
    expect(await desk.signs(owner, id)).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await desk.signs(colleague, id)).toMatchObject({ contract: { state: 'PART_SIGNED' } });
    const signed = await desk.does(owner, 'recordPaperSignature', { contractId: id, signerId: other.id });
    expect(signed).toMatchObject({
      state: 'SIGNED',
      signers: [
        { name: 'Mr Colleague', onBehalfOf: 'Ms Owner', method: 'PHONE_CODE', sha256 },
        { method: 'PAPER', sha256, phoneMasked: null, evidenceId: expect.any(String) },
      ],
    });
    expect(await desk.ask(owner, 'recordPaperSignature', { contractId: id, signerId: other.id })).toMatchObject({
      __typename: 'InvalidTransition',
    });
  });

  it('is signed by the other side also where the app was off between two signatures', async () => {
    const { owner, customer } = desk.plugin;
    const { id, frozenSha256 } = await desk.sent();
    await desk.signs(owner, id);
    const before = await desk.read(id);
    await desk.switch(false);
    expect(await desk.signs(customer, id, frozenSha256)).toMatchObject({ __typename: 'PluginDisabled' });
    expect((await owner.ask('query ($id: ID!) { contract(id: $id) { state } }', { id })).errors[0]?.extensions.code).toBe(
      'PLUGIN_DISABLED',
    );
    await desk.switch(true);
    expect(await desk.read(id)).toEqual(before);
    expect(await desk.signs(customer, id)).toMatchObject({ contract: { state: 'SIGNED' } });
  });
  it('is signed by both at once', async () => {
    const { owner, customer } = desk.plugin;
    const { id } = await desk.sent();
    const answers = await Promise.all([desk.signs(owner, id), desk.signs(customer, id)]);
    expect(answers.map(({ __typename }) => __typename)).toEqual(['SignContractSuccess', 'SignContractSuccess']);
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNED' });
  });

  it('is signed or worded anew, where both come at once', async () => {
    const { owner, customer } = desk.plugin;
    const { id, version, frozenSha256 } = await desk.sent();
    await desk.ask(customer, 'requestSigningCode', { contractId: id, versionSha256: frozenSha256 });
    const [signed, worded] = await Promise.all([
      desk.ask(customer, 'signContract', { contractId: id, versionSha256: frozenSha256, code: DEMO_CODE }),
      desk.ask(owner, 'addContractVersion', { contractId: id, expectedVersion: version, text: 'Other.' }),
    ]);
    const outcomes = [signed.__typename, worded.__typename];
    expect([
      ['SignContractSuccess', 'VersionConflict'],
      ['InvalidTransition', 'AddContractVersionSuccess'],
    ]).toContainEqual(outcomes);
  });

  it('stays signed when the contact is deleted: who, what and when', async () => {
    const { owner, admin, customer } = desk.plugin;
    const { id } = await desk.signed();
    const before = (await desk.read(id)).signers;
    const REMOVE = 'mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }';
    await admin.does(REMOVE, { input: { contactIds: [customer.id] } });
    expect((await desk.read(id)).signers).toEqual(before);
    const RESTORE = 'mutation ($input: RestoreContactsInput!) { restoreContacts(input: $input) { __typename } }';
    await admin.does(RESTORE, { input: { contactIds: [customer.id] } });
    expect(before[1]).toMatchObject({ state: 'SIGNED', evidenceId: expect.any(String) });
    expect(owner.id).not.toBe(admin.id);
  });
});
