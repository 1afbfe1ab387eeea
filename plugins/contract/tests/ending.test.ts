import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

describe('how a contract ends (spec 8.5)', () => {
  it('is void by its own side as long as nobody has signed, and by both afterwards', async () => {
    const { owner, customer, admin } = desk.plugin;
    const { id: unsigned } = await desk.sent();
    expect(await desk.ask(customer, 'voidContract', { contractId: unsigned, reason: 'No.' })).toMatchObject({ state: 'SIGNING' });
    await desk.does(owner, 'declineContract', { contractId: unsigned, reason: 'No.' });
    expect(await desk.ask(customer, 'voidContract', { contractId: unsigned, reason: 'No.' })).toMatchObject({
      issues: [{ code: 'NOT_SIGNED' }],
    });
    expect(await desk.does(owner, 'voidContract', { contractId: unsigned, reason: 'No.' })).toMatchObject({
      state: 'VOIDED',
      reason: 'No.',
    });
    const { id } = await desk.sent();
    await desk.signs(owner, id);
    const asked = { state: 'PART_SIGNED', voidAskedBy: 'OWN' };
    expect(await desk.does(owner, 'voidContract', { contractId: id, reason: 'A mistake.' })).toMatchObject(asked);
    expect(await desk.does(admin, 'voidContract', { contractId: id, reason: 'A mistake.' })).toMatchObject(asked); // the same side once more
    await expect.poll(() => desk.told(customer)).toContain('VOID_ASKED');
    expect(await desk.does(customer, 'voidContract', { contractId: id, reason: 'Agreed.' })).toMatchObject({
      state: 'VOIDED',
      voidAskedBy: null,
      signers: [{ state: 'VOIDED' }, { state: 'WAITING' }],
    });
    await expect.poll(() => desk.told(owner)).toContain('VOIDED');
  });

  it('is void for good: a review that was sent back to whoever drafted it ends with it', async () => {
    const { owner, supervisor } = desk.plugin;
    const { id } = await desk.draft();
    await desk.does(owner, 'requestContractReview', { contractId: id });
    await desk.decide(supervisor, 'return');
    expect(await desk.read(id)).toMatchObject({ state: 'REVISING' });
    await desk.does(owner, 'voidContract', { contractId: id, reason: 'No.' });
    const { formTasks } = await owner.query('{ formTasks: myTasks(first: 10) { nodes { id } } }');
    expect(formTasks.nodes).toEqual([]);
    expect(await desk.read(id)).toMatchObject({ state: 'VOIDED' });
  });

  it('before its time when both name one day, which the days of notice allow', async () => {
    const { owner, customer } = desk.plugin;
    const { id, endsOn } = await desk.active({ noticeDays: 3 });
    const ends = (seat: typeof owner, day: string) =>
      desk.ask(seat, 'terminateContract', { contractId: id, endsOn: day, reason: 'We move.' });
    expect(await ends(owner, desk.day(2))).toMatchObject({ issues: [{ code: 'NOTICE', path: ['input', 'endsOn'] }] });
    expect(await ends(owner, endsOn)).toMatchObject({ issues: [{ code: 'ENDS_ANYWAY' }] });
    expect(await ends(owner, desk.day(10))).toMatchObject({
      contract: { state: 'ACTIVE', terminationAskedBy: 'OWN', endsEarlyOn: desk.day(10) },
    });
    await expect.poll(() => desk.told(customer)).toContain('TERMINATION_ASKED');
    const other = desk.day(12);
    expect(await ends(customer, other)).toMatchObject({ contract: { terminationAskedBy: 'COUNTERPARTY', endsEarlyOn: other } });
    expect(await ends(customer, other)).toMatchObject({ contract: { terminationAskedBy: 'COUNTERPARTY' } }); // nobody agrees with themself
    expect(await ends(owner, other)).toMatchObject({ contract: { state: 'ACTIVE', terminationAskedBy: null, endsEarlyOn: other } });
    for (const [seat, days] of [
      [owner, 11],
      [customer, 14],
      [owner, 12],
    ] as const)
      expect(await ends(seat, desk.day(days))).toMatchObject({ issues: [{ code: 'AGREED', path: ['input', 'endsOn'] }] });
    expect(await desk.read(id)).toMatchObject({ terminationAskedBy: null, endsEarlyOn: other }); // what is agreed stands
    await desk.wait(12); // its last day
    expect(await desk.read(id)).toMatchObject({ state: expect.stringMatching(/^ACTIVE|EXPIRING$/) });
    await desk.wait(1);
    expect(await desk.read(id)).toMatchObject({ state: 'TERMINATED' });
  });

  it('is amended by a contract of its own, and superseded when that is signed, not before', async () => {
    const { owner, customer } = desk.plugin;
    const old = await desk.active();
    const amendment = await desk.does(owner, 'amendContract', { contractId: old.id, title: 'More saws', text: 'We deliver more saws.' });
    const amends = expect.stringMatching(new RegExp(`^${old.number}-[0-9A-HJKMNP-TV-Z]{6}$`));
    expect(amendment).toMatchObject({ state: 'DRAFT', number: amends, currentVersion: { text: 'We deliver more saws.' } });
    expect(await desk.read(amendment.id, customer)).toBeNull();
    await desk.review(amendment.id);
    await desk.does(owner, 'freezeContract', { contractId: amendment.id });
    await desk.send(amendment.id);
    await desk.signs(owner, amendment.id);
    expect(await desk.read(old.id)).toMatchObject({ state: 'ACTIVE' });
    await desk.signs(customer, amendment.id);
    expect(await desk.read(old.id)).toMatchObject({ state: 'SUPERSEDED' });
    const next = await desk.does(owner, 'amendContract', { contractId: amendment.id, title: 'Fewer', text: 'Fewer.' });
    expect(next).toMatchObject({ number: amends });
    expect(await desk.ask(owner, 'amendContract', { contractId: old.id, title: 'X', text: 'X' })).toMatchObject({
      __typename: 'InvalidTransition',
    });
  });

  it('stays what it has become where it has ended before its amendment is signed', async () => {
    const { owner, customer } = desk.plugin;
    const old = await desk.signed();
    const { id } = await desk.does(owner, 'amendContract', { contractId: old.id, title: 'More saws', text: 'We deliver more saws.' });
    await desk.review(id);
    await desk.does(owner, 'freezeContract', { contractId: id });
    await desk.send(id);
    for (const seat of [owner, customer]) await desk.does(seat, 'voidContract', { contractId: old.id, reason: 'No.' });
    for (const seat of [owner, customer]) await desk.signs(seat, id);
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNED' });
    expect(await desk.read(old.id)).toMatchObject({ state: 'VOIDED' });
  });

  it('says before the last day of notice that it goes on, not behind it: whoever wants to end it still can', async () => {
    const { owner, customer } = desk.plugin;
    await desk.set({ expiringDays: 2 });
    const { id } = await desk.active({ endsOn: desk.day(30), renewsMonths: 12, noticeDays: 5 });
    const times = async (seat: TestSeat) => (await desk.told(seat)).filter((news) => news === 'EXPIRING').length;
    const before = [await times(owner), await times(customer)];
    await desk.wait(19); // five working days before the last day are seven days, and two more
    expect([(await desk.read(id)).state, await times(owner), await times(customer)]).toEqual(['ACTIVE', ...before]);
    await desk.wait(2);
    for (const [i, seat] of [owner, customer].entries()) await expect.poll(() => times(seat)).toBe(before[i]! + 1);
    const ending = { contractId: id, endsOn: desk.day(7), reason: 'We move.' };
    expect(await desk.ask(customer, 'terminateContract', ending)).toMatchObject({ __typename: 'TerminateContractSuccess' });
    await desk.wait(1);
    for (const [i, seat] of [owner, customer].entries()) expect(await times(seat)).toBe(before[i]! + 1);
    await desk.set({});
  });

  it('goes on where that was agreed', async () => {
    const { id, endsOn } = await desk.active({ endsOn: desk.day(3), renewsMonths: 1, noticeDays: 0 });
    await desk.wait(3);
    const renewed = await desk.read(id);
    expect(renewed.state).toMatch(/^RENEWED|EXPIRING$/);
    expect(renewed.endsOn > endsOn).toBe(true);
  });

  it('reminds of what is due, of missed reminders once, and not of what is done', async () => {
    const { owner, customer } = desk.plugin;
    const { id } = await desk.active();
    const add = (title: string, dueOn: string) =>
      desk.does(owner, 'addContractObligation', { contractId: id, title, side: 'COUNTERPARTY', dueOn }, 'obligation { id dueOn doneAt }');
    const before = (await desk.told(customer)).filter((news) => news === 'OBLIGATION_DUE').length;
    await add('Pay', desk.day(3));
    const { obligation: done } = await add('Call', desk.day(3));
    await desk.does(owner, 'completeContractObligation', { contractId: id, obligationId: done.id }, 'obligation { doneAt }');
    const DUE = 'query ($by: Date) { obligationsDue(by: $by) { nodes { title side } } }';
    expect((await customer.query(DUE, { by: desk.day(3) })).obligationsDue.nodes).toEqual([{ title: 'Pay', side: 'COUNTERPARTY' }]);
    expect((await customer.query(DUE, { by: desk.day(2) })).obligationsDue.nodes).toEqual([]);
    await desk.wait(2); // seven and three days before were missed
    const told = async () => (await desk.told(customer)).filter((news) => news === 'OBLIGATION_DUE').length - before;
    await expect.poll(told).toBe(1);
  });
});
