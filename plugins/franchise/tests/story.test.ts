import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, terms } from './journey.ts';
import { Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office?.close());

describe('an application from the first question to the open store (spec 8.5)', () => {
  it('goes its straight way', async () => {
    const { owner, customer, formsAdmin, admin } = office.plugin;
    const territory = office.territories.get('Lakeside')!;
    const one = await Journey.begin(office, { territory });
    expect(await one.read()).toMatchObject({ number: expect.stringMatching(/^FR-26\d\d-[0-9A-HJKMNP-TV-Z]{6}$/), state: 'INQUIRY' });
    await expect.poll(() => office.told(owner)).toContain('ASKED');
    const { id } = (await customer.query('{ myApplications { nodes { id } } }')).myApplications.nodes[0];
    expect(id).toBe(one.id);

    await one.qualify();
    await expect.poll(() => office.told(customer)).toContain('MOVED');
    const early = await one.ask(customer, 'submitStage');
    expect(early).toMatchObject({ issues: [{ path: ['input', 'franchiseId'], code: 'INCOMPLETE' }] });
    expect(early.message).toBeDefined();
    await one.submit();
    expect(await office.stateOf(id)).toBe('APPLIED');
    await one.review();

    const documentId = await one.askDocument();
    expect(await office.stateOf(id)).toBe('NEEDS_DOCUMENTS');
    expect(await one.ask(customer, 'submitStage')).toMatchObject({ issues: [{ code: 'INCOMPLETE' }] });
    await one.sendDocument(documentId, { expiresOn: office.day(300) });
    await one.does(customer, 'submitStage');
    expect(await office.stateOf(id)).toBe('UNDER_REVIEW');
    const unverified = { at: office.moment(2), place: 'The office' };
    expect(await one.ask(owner, 'scheduleInterview', unverified)).toMatchObject({ issues: [{ code: 'DOCUMENTS' }] });
    expect(await one.ask(owner, 'verifyDocument', { documentId, accept: true })).toMatchObject({ __typename: 'FORBIDDEN' });
    await one.verify(documentId);

    await one.interview();
    await one.siteCheck();
    await one.visited();
    await one.scored();
    expect(await one.read()).toMatchObject({ state: 'SCORED', score: 800, isKnockedOut: false });
    await one.does(owner, 'holdTerritory', { territoryId: territory, until: office.day(20) });
    await one.callCommittee();
    expect([(await office.ballots(admin)).length, (await office.ballots(office.plugin.supervisor)).length]).toEqual([1, 1]);
    await one.agreed();
    expect(await one.read()).toMatchObject({ state: 'PROVISIONAL', votesFor: 2, votesAgainst: 0, hold: { until: office.day(90) } });

    await one.deposit();
    await one.disclose();
    expect(await one.read(customer)).toMatchObject({ state: 'DISCLOSED', earliestSigningOn: office.day(30) });
    await one.acknowledge();
    await office.wait(29);
    expect(await one.ask(owner, 'startContract', terms(office))).toMatchObject({
      __typename: 'FranchiseTooEarly',
      earliestOn: office.day(1),
    });
    await office.wait(1);
    await one.contract();
    expect(await one.read()).toMatchObject({ state: 'CONTRACTING' });
    await one.signed();
    expect(await one.read(customer)).toMatchObject({ state: 'COOLING_OFF', coolingOffUntil: office.day(7), hold: { until: null } });
    await office.wait(8);
    expect(await one.read(customer)).toMatchObject({
      state: 'OPENING',
      openingTasks: [{ title: 'File the first contract of the brand', dueOn: office.day(7) }, {}, {}, {}],
    });
    await one.opened();
    expect(await office.stateOf(id)).toBe('OPEN');
    await expect.poll(() => office.told(customer)).toContain('OPEN');
    expect(formsAdmin.id).toBeDefined();
  });
});
