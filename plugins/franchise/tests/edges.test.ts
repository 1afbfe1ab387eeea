import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, points, reached, terms } from './journey.ts';
import { Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  await office.set({ reapplyMonths: 0 });
});
afterAll(() => office?.close());
const people = () => office.plugin;
/** Keeps going back to the beginning: no application of the customer is in the way of the next one. */
const over = async (...journeys: readonly Journey[]): Promise<void> => {
  for (const one of journeys) await one.does(one.applicant, 'withdrawApplication');
};
const later = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, day.length);
const issue = (code: string) => ({ __typename: 'ValidationFailed', issues: [expect.objectContaining({ code })] });

describe('one exclusive territory (spec 8.5)', () => {
  it('goes to one of two whose committees agree at the same time; the other is told that it is not available', async () => {
    const territory = await office.territory();
    const first = await reached(office, 'COMMITTEE', { territory });
    const second = await reached(office, 'COMMITTEE', { territory, applicant: people().rival });
    const { admin, supervisor } = people();
    for (const one of [first, second]) await one.does(admin, 'decideCommittee', { approves: true });
    await Promise.all([first, second].map((one) => one.does(supervisor, 'decideCommittee', { approves: true })));
    const states = [await office.stateOf(first.id), await office.stateOf(second.id)];
    expect(states.sort()).toEqual(['PROVISIONAL', 'SCORED']);
    const [lost, won] = (await office.stateOf(first.id)) === 'SCORED' ? [first, second] : [second, first];
    await expect.poll(() => office.told(lost.applicant)).toContain('TERRITORY_GONE');
    expect(await lost.ask(lost.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(9) })).toMatchObject({
      __typename: 'FranchiseTerritoryNotAvailable',
    });
    const SEEN = 'query ($id: ID!) { node(id: $id) { ... on FranchiseTerritory { isFree } } }';
    expect(await lost.applicant.query(SEEN, { id: territory })).toEqual({ node: { isFree: false } });
    await over(won);
    await lost.does(lost.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(9) });
    await over(lost);
  });

  it('has as many places as its quota, and is free again when a day is over', async () => {
    const territory = await office.territory({ isExclusive: false, quota: 2 });
    const other = await office.territory();
    const all = [people().customer, people().rival, people().unowned];
    const journeys = await Promise.all(all.map((applicant) => Journey.begin(office, { applicant, territory })));
    for (const one of journeys) await one.qualify();
    const answers = await Promise.all(
      journeys.map((one) => one.ask(one.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(1) })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'FranchiseTerritoryNotAvailable',
      'HoldTerritorySuccess',
      'HoldTerritorySuccess',
    ]);
    const late = journeys[answers.findIndex(({ __typename }) => __typename === 'FranchiseTerritoryNotAvailable')]!;
    await late.does(late.recruiter, 'holdTerritory', { territoryId: other, until: office.day(1) });
    await office.wait(2);
    await late.does(late.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(5) });
    expect(await late.ask(late.recruiter, 'holdTerritory', { territoryId: territory, until: office.day(-1) })).toMatchObject(
      issue('IN_THE_PAST'),
    );
    await over(...journeys);
  });
});

describe('a committee (spec 8.5)', () => {
  it('decides by most of those who take part; whoever does not, does not count, and a vote is given once', async () => {
    const { admin, supervisor, scopedAdmin, owner, rival } = people();
    await office.committee('MAJORITY', admin, supervisor, scopedAdmin);
    const one = await reached(office, 'COMMITTEE', { applicant: rival });
    await one.does(scopedAdmin, 'recuseFromApplication', { reason: 'My neighbour.' });
    expect(await office.ballots(scopedAdmin)).toEqual([]);
    await one.does(admin, 'decideCommittee', { approves: true, comment: 'Good.' });
    expect(await one.ask(admin, 'decideCommittee', { approves: false })).toMatchObject({ __typename: 'FranchiseDecidedAlready' });
    expect(await one.ask(owner, 'decideCommittee', { approves: true })).toMatchObject({ __typename: 'NotFound' });
    const [taskId] = await office.ballots(supervisor);
    const REJECT = 'mutation ($input: RejectFormTaskInput!) { rejectFormTask(input: $input) { __typename } }';
    await supervisor.does(REJECT, { input: { taskId, comment: 'No.' } });
    expect(await one.read()).toMatchObject({ state: 'REJECTED', votesFor: 1, votesAgainst: 1, releasedReason: null });
    await one.does(one.recruiter, 'releaseReason', { releasedReason: 'Not now.' });
    expect(await one.read(rival)).toMatchObject({ releasedReason: 'Not now.' });
    await office.committee('ALL', admin, supervisor);
  });

  it('whose form is taken back comes to nothing, and is called once more', async () => {
    const one = await reached(office, 'COMMITTEE');
    const { myTasks } = await people().admin.query('{ myTasks(first: 1) { nodes { form { id } } } }');
    const WITHDRAW = 'mutation ($input: WithdrawFormInput!) { withdrawForm(input: $input) { __typename } }';
    await people().owner.does(WITHDRAW, { input: { formId: myTasks.nodes[0].form.id } });
    expect(await office.stateOf(one.id)).toBe('SCORED');
    expect([await office.ballots(people().admin), await office.ballots(people().supervisor)]).toEqual([[], []]);
    await one.callCommittee();
    await one.agreed();
    expect(await office.stateOf(one.id)).toBe('PROVISIONAL');
    await over(one);
  });
});

describe('what an applicant leaves undone (spec 8.5)', () => {
  it('lapses after the days of the settings, and what they have said is forgotten', async () => {
    const { customer } = people();
    await office.set({ silenceDays: 10, retentionDays: 5, reapplyMonths: 0 });
    const one = await reached(office, 'QUALIFIED');
    await one.does(customer, 'saveStage', { expectedVersion: 1, legalName: 'Chen Wei' });
    expect(await one.ask(customer, 'saveStage', { expectedVersion: 1, legalName: 'Other' })).toMatchObject({
      __typename: 'VersionConflict',
    });
    await office.wait(9);
    expect(await office.stateOf(one.id)).toBe('QUALIFIED');
    await office.wait(1);
    expect(await office.stateOf(one.id)).toBe('LAPSED');
    await expect.poll(() => office.told(customer)).toContain('ENDED');
    await office.wait(6);
    expect(await office.read(one.id, people().admin, 'profile { legalName message }')).toEqual({
      profile: { legalName: null, message: null },
    });
    await office.set({ reapplyMonths: 0 });
  });

  it('is no silence while the window is suspended, and territories are kept longer', async () => {
    await office.set({ silenceDays: 10, reapplyMonths: 0 });
    const held = await reached(office, 'PROVISIONAL', { applicant: people().rival });
    const { until } = (await held.read()).hold;
    const one = await reached(office, 'QUALIFIED');
    await office.wait(9);
    await people().certify('BASIC');
    await office.wait(19);
    await people().certify('ADVANCED');
    expect(await office.stateOf(one.id)).toBe('QUALIFIED');
    expect((await held.read()).hold.until).toBe(later(until, 19));
    await office.wait(1);
    expect(await office.stateOf(one.id)).toBe('LAPSED');
    await over(held);
  });

  it('is asked for again: a document that expires between review and contract', async () => {
    const one = await reached(office, 'UNDER_REVIEW');
    const documentId = await one.askDocument();
    await one.sendDocument(documentId, { expiresOn: office.day(3) });
    await one.verify(documentId);
    await one.does(one.applicant, 'submitStage');
    await one.interview();
    await office.wait(4);
    expect((await one.read()).documents).toMatchObject([{ state: 'EXPIRED' }]);
    await one.sendDocument(documentId, { expiresOn: office.day(300) });
    await one.verify(documentId, { accept: false, remark: 'It cannot be read.' });
    expect(await one.read(one.applicant)).toMatchObject({ documents: [{ state: 'REFUSED', remark: 'It cannot be read.' }] });
    await over(one);
  });

  it('is followed live, without a word of who and why', async () => {
    const { customer } = people();
    const one = await Journey.begin(office);
    const live = customer.follow('subscription { stageChanged { kind application { state } } }');
    await live.opened;
    await one.qualify();
    expect(await live.next()).toEqual({ kind: 'MOVED', application: { state: 'QUALIFIED' } });
    await one.does(one.recruiter, 'rejectApplication', { reason: 'No means.' });
    expect(await live.next()).toEqual({ kind: 'MOVED', application: { state: 'REJECTED' } });
    await live.stop();
  });
});

describe('what a rejected applicant has said (spec 8.5)', () => {
  it('is kept for the days of the settings, and not longer: means, documents with their files, notes of those who judged', async () => {
    await office.set({ retentionDays: 5, reapplyMonths: 0 });
    const one = await reached(office, 'UNDER_REVIEW', { applicant: people().unowned });
    const documentId = await one.askDocument();
    await one.sendDocument(documentId, { expiresOn: office.day(300) });
    await one.verify(documentId);
    await one.does(one.applicant, 'submitStage');
    const KEPT = 'state innerReason profile { legalName experience capital { amount } } documents { id file { url(expiresIn: 600) } }';
    const kept = () => office.read(one.id, people().admin, KEPT);
    await one.does(one.recruiter, 'rejectApplication', { reason: 'Too little money.' });
    await office.wait(4);
    const before = await kept();
    expect(before).toMatchObject({ state: 'REJECTED', innerReason: 'Too little money.', profile: { legalName: 'Chen Wei' } });
    expect((await fetch(before.documents[0].file.url)).status).toBe(200);
    await office.wait(1);
    const nothing = { legalName: null, experience: null, capital: null };
    expect(await kept()).toEqual({ state: 'REJECTED', innerReason: null, profile: nothing, documents: [] });
    expect((await fetch(before.documents[0].file.url)).status).not.toBe(200);
    await office.set({ reapplyMonths: 0 });
  });
});

describe('signing (spec 8.5)', () => {
  it('waits for the first lawful day, also where it is disclosed anew while the contract is signed', async () => {
    const { admin } = people();
    const one = await reached(office, 'DISCLOSURE_ACKNOWLEDGED', { applicant: people().rival });
    const { recruiter: owner, applicant: customer } = one;
    expect(await one.ask(owner, 'startContract', terms(office))).toMatchObject(issue('NO_DEPOSIT'));
    await one.deposit();
    await one.contract();
    const given = await one.toBeSigned();
    await one.disclose({ text: 'Something else.' });
    const early = await office.ask(customer, 'requestSigningCode', given, 'contract { id }');
    expect(early).toMatchObject(issue('TOO_EARLY'));
    expect(early.issues[0].message).toContain(office.day(30)); // the first lawful day
    await one.acknowledge();
    await office.wait(29);
    expect(await one.ask(owner, 'startContract', terms(office))).toMatchObject({ earliestOn: office.day(1) });
    expect(await office.ask(owner, 'requestSigningCode', given, 'contract { id }')).toMatchObject(issue('TOO_EARLY'));
    await office.wait(1);
    expect(await office.ask(owner, 'requestSigningCode', given, 'contract { id }')).toMatchObject(issue('NOT_READY'));
    await one.does(admin, 'startContract', terms(office));
    expect(await office.ask(owner, 'requestSigningCode', given, 'contract { id }')).toMatchObject({
      __typename: 'RequestSigningCodeSuccess',
    });
  });
});

describe('scores (spec 8.5)', () => {
  it('are blind until all are in, keep their sheet, and are given once', async () => {
    const { owner, sharee, colleague, admin, supervisor, customer } = people();
    const one = await reached(office, 'INTERVIEW');
    expect(await one.ask(owner, 'scheduleSiteVisit', { ...visit(), scorerIds: [owner.id] })).toMatchObject(issue('RECUSED'));
    await one.siteCheck(colleague, supervisor, sharee);
    expect(await one.ask(colleague, 'submitScore', { points: points() })).toMatchObject(issue('NO_VISIT'));
    await one.visited();
    expect(await one.ask(colleague, 'submitScore', { points: points().slice(1) })).toMatchObject(issue('REQUIRED'));
    const { node } = await admin.query('query ($id: ID!) { node(id: $id) { ... on FranchiseBrand { version } } }', { id: office.brandId });
    const CRITERION = { key: 'luck', label: 'Luck', weight: 1 };
    const sheet = { brandId: office.brandId, expectedVersion: node.version, criteria: [CRITERION], threshold: 1 };
    await office.does(admin, 'addScoreSheet', sheet, 'sheet { id }');
    await one.does(colleague, 'submitScore', { points: points(9) });
    expect(await one.ask(colleague, 'submitScore', { points: points(1) })).toMatchObject({ __typename: 'FranchiseDecidedAlready' });
    const SCORES = 'score scoresToCome scores { scorer { name } total }';
    expect(await office.read(one.id, colleague, SCORES)).toEqual({
      score: null,
      scoresToCome: 2,
      scores: [{ scorer: { name: 'The colleague' }, total: 900 }],
    });
    for (const seat of [admin, owner, sharee])
      expect((await office.read(one.id, seat, SCORES)).scores).toHaveLength(seat === sharee ? 1 : 0);
    await one.does(sharee, 'recuseFromApplication', { reason: 'My cousin.' });
    expect(await one.ask(sharee, 'submitScore', { points: points() })).toMatchObject({ __typename: 'FORBIDDEN' });
    await one.does(supervisor, 'submitScore', { points: points(3) });
    expect(await office.read(one.id, colleague, SCORES)).toMatchObject({ score: 600, scoresToCome: 0, scores: [{}, {}] });
    expect(await office.read(one.id, owner)).toMatchObject({ state: 'SCORED', isKnockedOut: true });
    expect(await one.ask(owner, 'callCommittee')).toMatchObject(issue('KNOCKED_OUT'));
    const sheetBack = await admin.query('query ($id: ID!) { node(id: $id) { ... on FranchiseBrand { version } } }', { id: office.brandId });
    const criteria = ['capital', 'experience', 'location'].map((key) => ({ key, label: key, weight: 1 }));
    await office.does(
      admin,
      'addScoreSheet',
      { brandId: office.brandId, expectedVersion: sheetBack.node.version, criteria, threshold: 1 },
      'sheet { id }',
    );

    await office.set({ reapplyMonths: 6 });
    const rejected = { reason: 'Too little money.', releasedReason: 'We look for somebody else.' };
    await one.does(owner, 'rejectApplication', rejected);
    expect(await one.read(customer)).toMatchObject({ state: 'REJECTED', releasedReason: 'We look for somebody else.' });
    for (const field of ['score', 'innerReason', 'scores { id }', 'votesFor', 'siteVisit { id }', 'contact { id }', 'version'])
      expect((await customer.ask(`query ($id: ID!) { franchiseApplication(id: $id) { ${field} } }`, { id: one.id })).errors).toMatchObject([
        { extensions: { code: 'BAD_REQUEST' } },
      ]);
    const again = await office.ask(customer, 'applyForFranchise', { brandId: office.brandId });
    expect(again).toMatchObject({ __typename: 'FranchiseReapplyLater', from: expect.any(String) });
  });
  it('are given also where the app was off between two of them', async () => {
    const { colleague, supervisor, sharee } = people();
    const one = await reached(office, 'INTERVIEW', { brand: await office.brand(people().supervisor) });
    await one.siteCheck(colleague, supervisor, sharee);
    await one.visited();
    await one.does(colleague, 'submitScore', { points: points(9) });
    await office.switch(false);
    expect(await one.ask(supervisor, 'submitScore', { points: points(3) })).toMatchObject({ __typename: 'PluginDisabled' });
    await office.switch(true);
    for (const seat of [supervisor, sharee]) await one.does(seat, 'submitScore', { points: points(9) });
    expect(await office.read(one.id, colleague, 'state scores { total }')).toEqual({
      state: 'SCORED',
      scores: [{ total: 900 }, { total: 900 }, { total: 900 }],
    });
  });
  it('are not given by whoever answers for somebody who applies together with the applicant', async () => {
    const { owner, colleague, supervisor, admin, rival } = people();
    const one = await reached(office, 'INTERVIEW', { brand: await office.brand(supervisor) }); // the colleague answers for the rival
    expect((await one.ask(owner, 'scheduleSiteVisit', { ...visit(), scorerIds: [colleague.id, supervisor.id] })).__typename).toBe(
      'ScheduleSiteVisitSuccess',
    );
    await one.visited();
    await one.does(admin, 'addCoApplicant', { contactId: rival.id });
    expect(await one.ask(colleague, 'submitScore', { points: points() })).toMatchObject(issue('RECUSED'));
    await one.does(admin, 'removeCoApplicant', { contactId: rival.id });
    await one.does(colleague, 'submitScore', { points: points() });
  });
  const visit = () => ({ inspectorId: people().sharee.id, at: office.moment(1), address: 'There' });
});
