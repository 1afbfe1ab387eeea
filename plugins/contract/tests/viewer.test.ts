import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, TEXT } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.moveTo(people().unowned, 'Riverside');
});
afterAll(() => desk?.close());
const people = () => desk.plugin;

describe('who looks on for the counterparty (spec 8.5)', () => {
  const add = (contractId: string, contactId: string, seat = people().owner) =>
    desk.ask(seat, 'addContractViewer', { contractId, contactId }, '__typename');
  const remove = (contractId: string, contactId: string) =>
    desk.ask(people().owner, 'removeContractViewer', { contractId, contactId }, '__typename');

  it('reads what it reads once that is shared, is told, and says and signs nothing', async () => {
    const { owner, unowned, customer, rival } = people();
    const { id } = await desk.approved();
    expect(await add(id, unowned.id)).toMatchObject({ __typename: 'AddContractViewerSuccess' });
    expect(await desk.read(id, unowned)).toBeNull(); // nothing was shared yet
    expect(await desk.told(unowned)).not.toContain('SHARED');
    const live = unowned.follow('subscription { myContracts { kind contract { state } } }');
    await live.opened;
    await desk.does(owner, 'shareContract', { contractId: id });
    expect(await live.next()).toMatchObject({ kind: 'VERSION_SHARED', contract: { state: 'NEGOTIATION' } });
    await live.stop();
    await expect.poll(() => desk.told(unowned)).toContain('SHARED');
    expect(await desk.told(unowned)).not.toContain('COMMENTED');
    await desk.does(owner, 'commentOnContract', { contractId: id, text: 'Inside.' }, 'comment { id }');
    await desk.does(owner, 'commentOnSharedContract', { contractId: id, text: 'Between us.' }, 'comment { id }');
    await expect.poll(() => desk.told(unowned)).toContain('COMMENTED');
    const READ = `query ($id: ID!) { contract(id: $id) { currentVersion { text } versions { nodes { text } }
      sharedComments { nodes { text } } viewerCan { sign proposeEdit voidTogether terminate } } }`;
    const outside = (await customer.query(READ, { id })).contract;
    const seen = (await unowned.query(READ, { id })).contract;
    const nothing = { sign: false, proposeEdit: false, voidTogether: false, terminate: false };
    expect(seen).toEqual({ ...outside, viewerCan: nothing });
    expect(seen).toMatchObject({ versions: { nodes: [{ text: TEXT }] }, sharedComments: { nodes: [{ text: 'Between us.' }] } });
    expect((await unowned.query('{ myContracts { nodes { id } } }')).myContracts.nodes).toEqual([{ id }]);
    for (const [mutation, more] of [
      ['commentOnSharedContract', { text: 'Cheaper.' }],
      ['proposeContractEdit', { text: 'Cheaper.', proposedText: 'Less.' }],
      ['voidContract', { reason: 'No.' }],
      ['terminateContract', { reason: 'No.', endsOn: desk.day(30) }],
      ['declineContract', { reason: 'No.' }],
    ] as const)
      expect(await desk.ask(unowned, mutation, { contractId: id, ...more }, '__typename'), mutation).toMatchObject({
        __typename: 'FORBIDDEN',
      });
    expect(await desk.read(id, rival)).toBeNull();
  });

  it('is named by whoever drafted it, once, and reads nothing any more when they are taken out', async () => {
    const { owner, unowned, customer, rival, colleague, other } = people();
    const { id } = await desk.approved();
    await desk.does(owner, 'shareContract', { contractId: id });
    expect(await add(id, rival.id, colleague)).toMatchObject({ __typename: 'NotFound' });
    expect(await add(id, other.customer.id)).toMatchObject({ __typename: 'NotFound' });
    expect(await add(id, customer.id)).toMatchObject({ __typename: 'ValidationFailed' });
    const twice = await Promise.all([add(id, unowned.id), add(id, unowned.id)]);
    expect(twice.map(({ __typename }) => __typename).sort()).toEqual(['AddContractViewerSuccess', 'ValidationFailed']);
    await expect.poll(() => desk.told(unowned)).toContain('SHARED');
    const named = async () =>
      (await owner.query('query ($id: ID!) { contract(id: $id) { viewers { contact { id } } } }', { id })).contract.viewers;
    expect(await named()).toEqual([{ contact: { id: unowned.id } }]);
    expect(await remove(id, rival.id)).toMatchObject({ __typename: 'NotFound' });
    const elsewhere = await desk.approved();
    expect(await remove(elsewhere.id, unowned.id)).toMatchObject({ __typename: 'NotFound' }); // they look on in another contract
    expect(await desk.read(id, unowned)).not.toBeNull();
    expect(await remove(id, unowned.id)).toMatchObject({ __typename: 'RemoveContractViewerSuccess' });
    expect([await named(), await desk.read(id, unowned)]).toEqual([[], null]);
  });

  it('is of the counterparty’s company, which sees who it is, and reads and is told nothing once they are of another', async () => {
    const { owner, unowned, customer, rival } = people();
    const { id } = await desk.approved();
    expect(await add(id, rival.id)).toMatchObject({ issues: [{ code: 'OTHER_COMPANY', path: ['input', 'contactId'] }] });
    await desk.does(owner, 'shareContract', { contractId: id });
    await add(id, unowned.id);
    const NAMES = 'query ($id: ID!) { contract(id: $id) { viewers { name } } }';
    const names = async (seat: TestSeat) => (await seat.query(NAMES, { id })).contract?.viewers;
    for (const seat of [owner, customer]) expect(await names(seat)).toEqual([{ name: 'The unowned' }]);
    expect((await unowned.ask(NAMES, { id })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const READ = 'query ($id: ID!) { contract(id: $id) { versions { nodes { id } } } }';
    const [{ id: versionId }] = (await unowned.query(READ, { id })).contract.versions.nodes;
    const version = async () => (await unowned.query('query ($id: ID!) { node(id: $id) { id } }', { id: versionId })).node;
    expect(await version()).toEqual({ id: versionId });
    await desk.moveTo(unowned, 'Harbour');
    expect([await desk.read(id, unowned), await version(), await names(customer)]).toEqual([null, null, []]);
    const before = await desk.told(unowned);
    await desk.does(owner, 'commentOnSharedContract', { contractId: id, text: 'Between us.' }, 'comment { id }');
    await expect.poll(() => desk.told(customer)).toContain('COMMENTED');
    expect(await desk.told(unowned)).toEqual(before);
    await desk.moveTo(unowned, 'Riverside');
    expect(await desk.read(id, unowned)).not.toBeNull();
  });

  it('looks on for the counterparty of their company when they were named, and for no other when they come to its company', async () => {
    const { owner, customer, unowned, rival } = people();
    await desk.moveTo(unowned, 'Mountain');
    await desk.moveTo(rival, 'Riverside');
    desk.further = () => [unowned];
    const { id } = await desk.approved();
    desk.further = () => [];
    await desk.does(owner, 'shareContract', { contractId: id });
    await add(id, rival.id);
    const NAMES = 'query ($id: ID!) { contract(id: $id) { viewers { name } } }';
    const listed = async (seat: TestSeat) => (await seat.query(NAMES, { id })).contract.viewers.length;
    const READ = 'query ($id: ID!) { contract(id: $id) { versions { nodes { text } } } }';
    const read = async () => (await rival.query(READ, { id })).contract?.versions.nodes.length ?? 0;
    const seen = async () => [await listed(owner), await listed(customer), await listed(unowned), await read()];
    expect(await seen()).toEqual([1, 1, 0, 1]);
    await desk.moveTo(rival, 'Mountain'); // nobody has named them for that
    expect(await seen()).toEqual([1, 0, 0, 0]);
    const before = [await desk.told(rival), (await desk.told(unowned)).length] as const;
    await desk.does(owner, 'commentOnSharedContract', { contractId: id, text: 'To all.' }, 'comment { id }');
    await expect.poll(async () => (await desk.told(unowned)).length).toBe(before[1] + 1);
    expect(await desk.told(rival)).toEqual(before[0]);
    await remove(id, rival.id);
    await add(id, rival.id);
    expect(await seen()).toEqual([1, 0, 1, 1]);
  });

  it('is forgotten with the counterparty for whom they look on', async () => {
    const { owner, unowned, rival } = people();
    desk.further = () => [unowned];
    const { id } = await desk.draft();
    desk.further = () => [];
    await add(id, rival.id);
    const PARTIES = 'query ($id: ID!) { contract(id: $id) { furtherCounterparties { id } viewers { name } } }';
    const parties = async () => (await owner.query(PARTIES, { id })).contract;
    const [{ id: counterpartyId }] = (await parties()).furtherCounterparties;
    await desk.does(owner, 'removeContractCounterparty', { contractId: id, counterpartyId });
    expect(await parties()).toEqual({ furtherCounterparties: [], viewers: [] });
  });
});
