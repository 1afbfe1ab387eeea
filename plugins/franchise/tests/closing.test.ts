import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, reached, terms } from './journey.ts';
import { CODE, Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  await office.set({ reapplyMonths: 0 });
});
afterAll(() => office?.close());
const people = () => office.plugin;
const issue = (code: string) => ({ __typename: 'ValidationFailed', issues: [expect.objectContaining({ code })] });
const HOUR = 3_600_000;

describe('the days to rescind (spec 8.5)', () => {
  it('let the applicant rescind: the contract ends, the territory is free, and the deposit goes back, once', async () => {
    const { customer, owner, rival, scopedAdmin } = people();
    const territory = await office.territory();
    const one = await reached(office, 'COOLING_OFF', { territory });
    const { contract } = await office.read(one.id, owner);
    expect(await one.ask(owner, 'rescindFranchise', { reason: 'Theirs.' })).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await one.ask(rival, 'rescindFranchise', { reason: 'Not mine.' })).toMatchObject({ __typename: 'NotFound' });
    await one.does(customer, 'rescindFranchise', { reason: 'I have thought better of it.' });
    const again = await one.ask(customer, 'rescindFranchise', { reason: 'Again.' });
    expect(again).toMatchObject({ __typename: 'InvalidTransition', state: 'RESCINDED', allowed: [] });
    expect(await one.read(customer)).toMatchObject({
      state: 'RESCINDED',
      hold: null,
      deposit: { refundDueSince: office.day(0), refundedOn: null },
    });
    expect((await office.read(one.id, owner)).contract).toEqual({ id: contract.id, state: 'TERMINATED' });
    await expect.poll(() => office.told(owner)).toContain('REFUND_DUE');
    const DUE = '{ franchiseRefundsDue { nodes { application { id } amount { amount } } } }';
    expect((await scopedAdmin.query(DUE)).franchiseRefundsDue.nodes).toEqual([
      { application: { id: one.id }, amount: { amount: 2_000_000 } },
    ]);
    expect(await one.ask(scopedAdmin, 'refundDeposit', { refundedOn: office.day(1) })).toMatchObject(issue('OUT_OF_RANGE'));
    await one.does(scopedAdmin, 'refundDeposit', { refundedOn: office.day(0) });
    expect(await one.ask(scopedAdmin, 'refundDeposit', { refundedOn: office.day(0) })).toMatchObject(issue('NO_DEPOSIT'));
    expect((await scopedAdmin.query(DUE)).franchiseRefundsDue.nodes).toEqual([]);
    const next = await Journey.begin(office, { applicant: rival, territory });
    await next.qualify();
    await next.does(next.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(5) });
    await next.does(rival, 'withdrawApplication');
  });

  it('are over when their last day is, whether or not the clock has struck', async () => {
    const one = await reached(office, 'COOLING_OFF');
    office.now += 8 * 24 * HOUR;
    expect(await one.ask(one.applicant, 'rescindFranchise', { reason: 'Late.' })).toMatchObject(issue('OVER'));
    await office.wait(0);
    expect(await office.stateOf(one.id)).toBe('OPENING');
    const { contract } = await office.read(one.id);
    // What both sides make void has no store either.
    for (const seat of [one.recruiter, one.applicant])
      await office.does(seat, 'voidContract', { contractId: contract.id, reason: 'Neither of us.' }, 'contract { id }');
    expect(await one.read(one.applicant)).toMatchObject({ state: 'RESCINDED', hold: null, deposit: { refundDueSince: office.day(0) } });
  });
});

describe('the first lawful day (spec 8.5)', () => {
  it('is one of the organization’s zone, and of the country that the territory lies in by now', async () => {
    const seattle = office.territories.get('Seattle')!;
    const one = await reached(office, 'PROVISIONAL', { applicant: people().rival, territory: seattle });
    await one.deposit();
    await one.disclose();
    expect(await one.read(one.applicant)).toMatchObject({ earliestSigningOn: office.day(14), disclosures: [{ days: 14 }] });
    const elsewhere = await office.territory({ country: 'FR' });
    expect(await one.ask(one.recruiter, 'holdTerritory', { territoryId: elsewhere, until: office.day(60) })).toMatchObject(
      issue('COUNTRY'),
    );
    const home = await office.territory();
    await one.does(one.recruiter, 'holdTerritory', { territoryId: home, until: office.day(60) });
    expect(await one.read(one.applicant)).toMatchObject({
      earliestSigningOn: office.day(30),
      hold: { territory: { name: expect.any(String) } },
    });
    await one.acknowledge();
    await office.wait(29); // ten in the morning at the organization’s place
    office.now += 14 * HOUR - 1;
    expect(await one.ask(one.recruiter, 'startContract', terms(office))).toMatchObject({
      __typename: 'FranchiseTooEarly',
      earliestOn: office.day(1),
    });
    office.now += 1;
    await one.contract();
    office.now += 10 * HOUR;
    expect(await office.stateOf(one.id)).toBe('CONTRACTING');
  });

  it('does not help where a document has expired since it was accepted', async () => {
    const one = await reached(office, 'UNDER_REVIEW', { applicant: people().unowned });
    const documentId = await one.askDocument();
    await one.sendDocument(documentId, { expiresOn: office.day(10) });
    await one.verify(documentId);
    await one.does(one.applicant, 'submitStage');
    await one.interview();
    await one.siteCheck();
    await one.visited();
    await one.scored();
    await one.callCommittee();
    for (const member of [people().supervisor]) await one.does(member, 'decideCommittee', { approves: true });
    await one.deposit();
    await one.disclose({ isRenewal: true });
    await one.acknowledge();
    office.now += 11 * 24 * HOUR; // no clock has struck
    expect(await one.ask(one.recruiter, 'startContract', terms(office))).toMatchObject(issue('DOCUMENTS'));
    await office.wait(0);
    expect(await one.read(one.applicant)).toMatchObject({ documents: [{ state: 'EXPIRED' }] });
    await one.does(one.applicant, 'withdrawApplication');
  });
});

describe('a renewal on the same terms (spec 8.5)', () => {
  it('is the contract’s own: it goes on by itself, or by an amendment, and no days of a disclosure hold it up', async () => {
    const one = await reached(office, 'DISCLOSURE_ACKNOWLEDGED');
    const { recruiter, applicant } = one;
    await one.deposit();
    const goesOn = { startsOn: office.day(0), endsOn: office.day(20), renewsMonths: 12, noticeDays: 0 };
    await one.does(recruiter, 'startContract', { ...terms(office), ...goesOn });
    await one.signed();
    await office.wait(8);
    await one.opened();
    const { contract } = await office.read(one.id);
    await office.wait(15);
    expect((await office.read(one.id)).contract).toMatchObject({ id: contract.id, state: expect.stringMatching(/^RENEWED|EXPIRING$/) });

    const run = (seat: TestSeat, mutation: string, input: object) => office.does(seat, mutation, input, 'contract { id frozenSha256 }');
    const drawn = { contractId: contract.id, title: 'Ten years more', text: 'You may open a tea house for ten years more.' };
    const { contract: anew } = await run(recruiter, 'amendContract', drawn);
    const given = await one.toBeSigned(anew.id);
    for (const seat of [recruiter, applicant]) {
      await run(seat, 'requestSigningCode', given);
      await run(seat, 'signContract', { ...given, code: CODE });
    }
    expect((await office.read(one.id)).contract.state).toBe('SUPERSEDED');
    expect(await one.read(applicant)).toMatchObject({ state: 'OPEN', disclosures: [{}] });
  });

  it('may be signed on the day on which something is disclosed with it; what is none waits', async () => {
    const { admin, supervisor, rival } = people();
    const one = await reached(office, 'PROVISIONAL', { applicant: rival, brand: await office.brand(admin, supervisor) });
    await one.deposit();
    await one.disclose();
    await one.acknowledge();
    expect(await one.ask(one.recruiter, 'startContract', terms(office))).toMatchObject({ earliestOn: office.day(30) });
    await one.disclose({ isRenewal: true });
    await one.acknowledge();
    expect(await one.read(one.applicant)).toMatchObject({ earliestSigningOn: office.day(0) });
    await one.contract();
    expect(await office.stateOf(one.id)).toBe('CONTRACTING');
  });
});

describe('a territory that is kept (spec 8.5)', () => {
  it('is kept no more while the committee decides: where somebody else has it by then, it is not available', async () => {
    const territory = await office.territory();
    const late = await reached(office, 'SCORED', { territory });
    await late.does(late.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(1) });
    await late.callCommittee();
    const quick = await Journey.begin(office, { applicant: people().unowned, territory });
    await quick.qualify();
    const hold = { territoryId: territory, until: office.day(9) };
    expect(await quick.ask(quick.recruiter, 'holdTerritory', hold)).toMatchObject({ __typename: 'FranchiseTerritoryNotAvailable' });
    await office.wait(2);
    await expect.poll(() => office.told(late.recruiter)).toContain('HOLD_OVER');
    await quick.does(quick.recruiter, 'holdTerritory', hold);
    await late.agreed();
    expect(await late.read(late.applicant)).toMatchObject({ state: 'SCORED', hold: null });
    const SAID = '{ notifications(first: 5) { nodes { kind text } } }';
    await expect.poll(async () => JSON.stringify(await late.applicant.query(SAID))).toContain('FRANCHISE_TERRITORY_GONE');
    expect(JSON.stringify(await late.applicant.query(SAID))).not.toContain('unowned');
    for (const one of [late, quick]) await one.does(one.applicant, 'withdrawApplication');
  });
});

describe('one person (spec 8.5)', () => {
  it('applies for two brands at once, for each once; what comes after a rejection leads to it, without its scores', async () => {
    const { admin, customer, supervisor } = people();
    const given = { name: 'Evening Tea', description: 'Later.', deposit: { amount: 1, currency: 'CNY' }, committeeMode: 'ALL' };
    const { brand } = await office.does(admin, 'addFranchiseBrand', { ...given, memberIds: [supervisor.id] }, 'brand { id }');
    const first = await reached(office, 'SCORED');
    const other = await office.does(customer, 'applyForFranchise', { brandId: brand.id, idempotencyKey: 'other-brand' });
    const twice = await Promise.all(
      [1, 2].map((i) => office.ask(customer, 'applyForFranchise', { brandId: brand.id, idempotencyKey: `twice-${i}` })),
    );
    expect(twice.map(({ __typename }) => __typename)).toEqual(['FranchiseAppliedAlready', 'FranchiseAppliedAlready']);
    const lakeside = { brandId: brand.id, territoryId: office.territories.get('Lakeside')! };
    expect(await office.ask(people().rival, 'applyForFranchise', lakeside)).toMatchObject(issue('OTHER_BRAND'));
    await first.does(first.recruiter, 'rejectApplication', { reason: 'Too little money.' });
    expect(await office.stateOf(other.application.id)).toBe('INQUIRY');
    const again = await Journey.begin(office);
    const SEEN = 'query ($id: ID!) { franchiseApplication(id: $id) { previous { id state releasedReason } } }';
    expect(await customer.query(SEEN, { id: again.id })).toEqual({
      franchiseApplication: { previous: { id: first.id, state: 'REJECTED', releasedReason: null } },
    });
    const HIDDEN = 'query ($id: ID!) { franchiseApplication(id: $id) { previous { score } } }';
    expect((await customer.ask(HIDDEN, { id: again.id })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    await again.does(customer, 'withdrawApplication');
    await office.does(customer, 'withdrawApplication', { franchiseId: other.application.id });
  });

  it('is judged by nobody who answers for them by now', async () => {
    const { admin, colleague, customer, owner, supervisor } = people();
    const GIVE = 'mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }';
    const one = await reached(office, 'INTERVIEW');
    await one.siteCheck(colleague);
    await one.visited();
    const give = (to: string) => admin.does(GIVE, { input: { contactIds: [customer.id], ownerId: to } });
    await give(colleague.id);
    expect(await one.ask(colleague, 'submitScore', { points: [{ criterion: 'capital', points: 9 }] })).toMatchObject(issue('RECUSED'));
    await give(owner.id);
    await one.scored();
    await one.callCommittee();
    await give(supervisor.id);
    expect(await one.ask(supervisor, 'decideCommittee', { approves: true })).toMatchObject(issue('RECUSED'));
    await give(owner.id);
    await one.agreed();
    expect(await office.stateOf(one.id)).toBe('PROVISIONAL');
    await one.does(customer, 'withdrawApplication');
  });
});
