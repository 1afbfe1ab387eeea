import { everythingOf, type TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, TEXT } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  desk.further = () => [people().unowned];
});
afterAll(() => desk?.close());
const people = () => desk.plugin;
const DAY = 86_400_000;
const add = (contractId: string, contactId: string, seat = people().owner) =>
  desk.ask(seat, 'addContractCounterparty', { contractId, contactId, legalName: 'Mountain Ltd', creditCode: '9144', address: '3 Hill' });
const FURTHER = 'furtherCounterparties { id legalName creditCode address hasSigned }';
const furtherOf = async (contractId: string, seat: TestSeat = people().owner) =>
  (await seat.query(`query ($id: ID!) { contract(id: $id) { ${FURTHER} } }`, { id: contractId })).contract?.furtherCounterparties;
const voids = (seat: TestSeat, contractId: string) => desk.ask(seat, 'voidContract', { contractId, reason: 'No.' });

describe('a contract with several counterparties (spec 8.5)', () => {
  it('is made with them while it is a draft, by whoever drafts it, with each once', async () => {
    const { owner, colleague, customer, unowned, rival, other } = people();
    const { id } = await desk.draft();
    expect(await add(id, rival.id, colleague)).toMatchObject({ __typename: 'NotFound' });
    expect(await add(id, other.customer.id)).toMatchObject({ __typename: 'NotFound' });
    for (const seat of [customer, unowned]) expect(await add(id, seat.id)).toMatchObject({ issues: [{ code: 'TWICE' }] });
    const twice = await Promise.all([add(id, rival.id), add(id, rival.id)]);
    expect(twice.map(({ __typename }) => __typename).sort()).toEqual(['AddContractCounterpartySuccess', 'ValidationFailed']);
    const [first, second] = await furtherOf(id);
    expect([first, second]).toMatchObject([
      { legalName: 'unowned Ltd', creditCode: null },
      { legalName: 'Mountain Ltd', creditCode: '9144', address: '3 Hill', hasSigned: false },
    ]);
    const remove = (counterpartyId: string, contractId = id) =>
      desk.ask(owner, 'removeContractCounterparty', { contractId, counterpartyId });
    const elsewhere = await desk.draft();
    expect(await remove(second.id, elsewhere.id)).toMatchObject({ __typename: 'NotFound' });
    expect(await remove(second.id)).toMatchObject({ __typename: 'RemoveContractCounterpartySuccess' });
    expect(await furtherOf(id)).toEqual([first]);
    await desk.review(id);
    expect(await add(id, rival.id)).toMatchObject({ __typename: 'InvalidTransition', state: 'NEGOTIATION' });
    expect(await remove(first.id)).toMatchObject({ __typename: 'InvalidTransition' });
  });

  it('is shared with each, who is told live, comments and proposes; the others read what it is called, and nothing of the contact', async () => {
    const { owner, customer, unowned, rival } = people();
    const { id } = await desk.approved();
    for (const seat of [customer, unowned]) expect(await desk.read(id, seat)).toBeNull();
    const live = unowned.follow('subscription { myContracts { kind contract { state } } }');
    await live.opened;
    await desk.does(owner, 'shareContract', { contractId: id });
    expect(await live.next()).toMatchObject({ kind: 'VERSION_SHARED', contract: { state: 'NEGOTIATION' } });
    await live.stop();
    await expect.poll(() => desk.told(unowned)).toContain('SHARED');
    expect((await unowned.query('{ myContracts { nodes { id } } }')).myContracts.nodes).toContainEqual({ id });
    expect(await desk.read(id, rival)).toBeNull();
    const proposal = { contractId: id, text: 'Less.', proposedText: 'You pay 8 yuan.' };
    await desk.does(unowned, 'proposeContractEdit', proposal, 'comment { id }');
    await expect.poll(() => desk.told(customer)).toContain('COMMENTED');
    await expect.poll(() => desk.told(owner)).toContain('COMMENTED');
    expect(await desk.told(unowned)).not.toContain('COMMENTED');
    await desk.does(customer, 'commentOnSharedContract', { contractId: id, text: 'No.' }, 'comment { id }');
    await expect.poll(() => desk.told(unowned)).toContain('COMMENTED');
    const SAID = `query ($id: ID!) { contract(id: $id) { currentVersion { text }
      sharedComments { nodes { side text counterparty { legalName } } } } }`;
    for (const seat of [owner, customer, unowned])
      expect((await seat.query(SAID, { id })).contract).toEqual({
        currentVersion: { text: TEXT },
        sharedComments: {
          nodes: [
            { side: 'COUNTERPARTY', text: 'No.', counterparty: null },
            { side: 'COUNTERPARTY', text: 'Less.', counterparty: { legalName: 'unowned Ltd' } },
          ],
        },
      });
    expect((await unowned.query('query ($id: ID!) { contract(id: $id) { contact { id } } }', { id })).contract).toEqual({ contact: null });
    for (const hidden of ['furtherCounterparties { contact { id } }', 'furtherCounterparties { position }', 'viewers { since }'])
      expect((await customer.ask(`query ($id: ID!) { contract(id: $id) { ${hidden} } }`, { id })).errors, hidden).toMatchObject([
        { extensions: { code: 'BAD_REQUEST' } },
      ]);
    const all = await everythingOf(customer, id);
    expect(all).toContain('unowned Ltd');
    expect(all).not.toContain(unowned.id);
  });

  it('is signed by each, and by whom else they name, in their turn; the phones are no other party’s to read', async () => {
    const { owner, customer, unowned, rival, url } = people();
    const { id, number } = await desk.frozen();
    const [{ id: counterpartyId }] = await furtherOf(id);
    const send = (...outside: object[]) =>
      desk.ask(owner, 'sendContractForSigning', {
        ...{ contractId: id, order: 'IN_ORDER', expiresAt: new Date(desk.now + 7 * DAY).toISOString() },
        signers: [...outside, { employeeId: owner.id, name: 'Ms Owner', role: 'Director' }],
      });
    const first = { contactId: customer.id, name: 'Mr Customer', role: 'Buyer' };
    const second = { contactId: unowned.id, name: 'Ms Second', role: 'Buyer' };
    const beside = { contactId: rival.id, name: 'Mr Beside', role: 'Director', counterpartyId };
    expect(await send(first)).toMatchObject({ issues: [{ code: 'BOTH_SIDES' }] });
    expect(await send({ ...first, counterpartyId }, second)).toMatchObject({
      issues: [{ code: 'OTHER_PARTY', path: ['input', 'signers', '0', 'counterpartyId'] }],
    });
    expect(await send(first, second, { ...beside, counterpartyId: undefined })).toMatchObject({
      issues: [{ code: 'WHICH_PARTY', path: ['input', 'signers', '2', 'counterpartyId'] }],
    });
    expect(await send(first, second, beside)).toMatchObject({ contract: { state: 'SIGNING' } });
    expect(await desk.signs(unowned, id)).toMatchObject({ __typename: 'ContractNotYourTurn' });
    await desk.signs(customer, id);
    expect((await furtherOf(id, customer))[0].hasSigned).toBe(false);
    await desk.signs(unowned, id);
    expect((await furtherOf(id, customer))[0].hasSigned).toBe(true);
    for (const seat of [rival, owner]) await desk.signs(seat, id);
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNED' });
    const PHONES = 'query ($id: ID!) { contract(id: $id) { signers { name phoneMasked counterparty { legalName } } } }';
    const phones = async (seat: TestSeat) =>
      (await seat.query(PHONES, { id })).contract.signers.map(({ phoneMasked }: { phoneMasked: string | null }) => phoneMasked !== null);
    expect(await phones(owner)).toEqual([true, true, true, true]);
    expect(await phones(customer)).toEqual([true, false, false, true]);
    expect(await phones(unowned)).toEqual([false, true, false, true]);
    const { signers } = (await owner.query(PHONES, { id })).contract;
    expect(signers.map((one: { counterparty: object | null }) => one.counterparty)).toEqual([
      null,
      { legalName: 'unowned Ltd' },
      { legalName: 'unowned Ltd' },
      null,
    ]);
    const headers = { authorization: `Bearer ${customer.token}`, 'accept-language': 'en' };
    const receipt = await (await fetch(`${url}/plugins/contract/receipt?number=${number}`, { headers })).text();
    expect(receipt).toContain('Test Works / Customer Ltd / unowned Ltd');
    expect(receipt).toContain('3. Mr Beside, Director, unowned Ltd\n');
    expect(receipt).toContain(signers[0].phoneMasked);
    expect(receipt).not.toContain(signers[1].phoneMasked);
    const { frozenSha256 } = await desk.read(id);
    const VERIFY = 'query ($sha256: String!) { verifyDocument(sha256: $sha256) { isSigned signatures } }';
    expect(await unowned.query(VERIFY, { sha256: frozenSha256 })).toEqual({ verifyDocument: { isSigned: true, signatures: 4 } });
  });

  it('is signed for the counterparty of whose company somebody is, where nobody says for which', async () => {
    const { customer, unowned, rival, owner } = people();
    await desk.moveTo(unowned, 'Mountain');
    const signsFor = async (company: string) => {
      await desk.moveTo(rival, company);
      const { id } = await desk.sent();
      const { signers } = (await owner.query('query ($id: ID!) { contract(id: $id) { signers { counterparty { legalName } } } }', { id }))
        .contract;
      return signers.at(-1).counterparty;
    };
    desk.beside = () => [rival];
    expect(await signsFor('Mountain')).toEqual({ legalName: 'unowned Ltd' });
    expect(await signsFor('Riverside')).toBeNull();
    const { id } = await desk.sent();
    for (const seat of [owner, rival]) await desk.signs(seat, id);
    expect(await voids(owner, id)).toMatchObject({ contract: { state: 'PART_SIGNED' } });
    expect(await voids(customer, id)).toMatchObject({ contract: { state: 'VOIDED' } }); // the rival has signed for it alone
    desk.beside = () => [];
  });

  it('is void when all have said so for whom somebody has signed, also where two of them say it at once', async () => {
    const { owner, customer, unowned } = people();
    const { id: half } = await desk.sent();
    for (const seat of [owner, customer]) await desk.signs(seat, half);
    expect(await voids(owner, half)).toMatchObject({ contract: { state: 'PART_SIGNED', voidAskedBy: 'OWN' } });
    expect(await voids(unowned, half)).toMatchObject({ contract: { state: 'PART_SIGNED' } }); // they have not signed: the customer has
    expect(await voids(customer, half)).toMatchObject({ contract: { state: 'VOIDED', voidAskedBy: null } });
    const { id } = await desk.signed();
    expect(await voids(owner, id)).toMatchObject({ contract: { state: 'SIGNED' } });
    await expect.poll(() => desk.told(unowned)).toContain('VOID_ASKED');
    const at = await Promise.all([voids(customer, id), voids(unowned, id)]);
    expect(at.map(({ contract }) => contract.state).sort()).toEqual(['SIGNED', 'VOIDED']);
    expect(await desk.read(id)).toMatchObject({ state: 'VOIDED' });
    const { id: asked } = await desk.sent();
    for (const seat of [owner, customer]) await desk.signs(seat, asked);
    for (const seat of [owner, unowned]) await voids(seat, asked);
    await desk.signs(unowned, asked); // what was asked is forgotten with a signature
    expect(await voids(customer, asked)).toMatchObject({ contract: { state: 'SIGNED', voidAskedBy: 'COUNTERPARTY' } });
  });

  it('is signed by two at once, and ends when all name one day', async () => {
    const { owner, customer, unowned } = people();
    const { id } = await desk.sent('ANY', { startsOn: desk.day(0) });
    await desk.signs(owner, id);
    const answers = await Promise.all([desk.signs(customer, id), desk.signs(unowned, id)]);
    expect(answers.map(({ __typename }) => __typename)).toEqual(['SignContractSuccess', 'SignContractSuccess']);
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNED' });
    await desk.wait(1);
    const ends = (seat: TestSeat, days: number) =>
      desk.ask(seat, 'terminateContract', { contractId: id, endsOn: desk.day(days), reason: 'We move.' });
    await ends(customer, 15);
    expect(await ends(unowned, 15)).toMatchObject({ contract: { terminationAskedBy: 'COUNTERPARTY', endsEarlyOn: desk.day(15) } });
    expect(await ends(owner, 16)).toMatchObject({ contract: { terminationAskedBy: 'OWN' } }); // another day: all are asked anew
    const at = await Promise.all([ends(customer, 16), ends(unowned, 16)]);
    expect(at.map(({ contract }) => contract.terminationAskedBy)).toContain('OWN');
    expect(await desk.read(id)).toMatchObject({ terminationAskedBy: null, endsEarlyOn: desk.day(16) });
  });

  it('is amended by all its parties, and goes on for all', async () => {
    const { owner, customer, unowned } = people();
    const old = await desk.active();
    const { id } = await desk.does(owner, 'amendContract', { contractId: old.id, title: 'More saws', text: 'We deliver more saws.' });
    const [copied] = await furtherOf(id);
    expect(copied.legalName).toBe('unowned Ltd');
    expect(await desk.ask(owner, 'removeContractCounterparty', { contractId: id, counterpartyId: copied.id })).toMatchObject({
      issues: [{ code: 'OF_AMENDED' }],
    });
    await desk.review(id);
    await desk.does(owner, 'freezeContract', { contractId: id });
    await desk.send(id);
    for (const seat of [owner, customer]) await desk.signs(seat, id);
    expect(await desk.read(old.id)).toMatchObject({ state: 'ACTIVE' });
    await desk.signs(unowned, id);
    expect(await desk.read(old.id)).toMatchObject({ state: 'SUPERSEDED' });
    const goesOn = await desk.active({ endsOn: desk.day(3), renewsMonths: 1, noticeDays: 0 });
    await desk.wait(3);
    expect((await desk.read(goesOn.id)).state).toMatch(/^RENEWED|EXPIRING$/);
    await expect.poll(() => desk.told(unowned)).toContain('ENDED');
  });

  it('stays what it was when one of the contacts is deleted, who reads it no more', async () => {
    const { admin, unowned, customer } = people();
    const { id } = await desk.signed();
    const before = [(await desk.read(id)).signers, await furtherOf(id)];
    await admin.does('mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }', {
      input: { contactIds: [unowned.id] },
    });
    expect([(await desk.read(id)).signers, await furtherOf(id)]).toEqual(before);
    expect((await furtherOf(id, customer))[0]).toMatchObject({ legalName: 'unowned Ltd', hasSigned: true });
    const READ = 'query ($id: ID!) { contract(id: $id) { id } }';
    await expect.poll(async () => (await unowned.ask(READ, { id })).data?.contract ?? null).toBeNull();
    await admin.does('mutation ($input: RestoreContactsInput!) { restoreContacts(input: $input) { __typename } }', {
      input: { contactIds: [unowned.id] },
    });
  });
});
