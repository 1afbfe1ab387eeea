import { openIn } from '@guichet/sdk';
import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractMoves } from '../contract.moves.ts';
import { Desk, TEXT } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
const waiting = async (...seats: TestSeat[]): Promise<number[]> => Promise.all(seats.map(async (seat) => (await desk.tasks(seat)).length));
const CAN = `viewerCan { ${Object.keys(contractMoves.moves)
  .filter((name) => !['expire', 'activate', 'warn', 'end'].includes(name))
  .join(' ')} }`;

describe('the review of a contract (spec 8.5)', () => {
  it.each([
    ['a small amount: legal alone', 99_999_99, 'CNY', 'SALES', ['supervisor']],
    ['from the limit on: legal, then finance', 100_000_00, 'CNY', 'SALES', ['supervisor', 'sharee']],
    ['a currency without a limit, however little: both', 1, 'USD', 'SALES', ['supervisor', 'sharee']],
    ['a kind that legal leaves to finance', 100_000_00, 'CNY', 'RENT', ['sharee']],
    ['such a kind, where finance does not look: legal', 1, 'CNY', 'RENT', ['supervisor']],
  ] as const)('%s', async (_, amount, currency, kind, reviewers) => {
    await desk.set({ withoutLegal: ['RENT'] });
    const { id } = await desk.draft({ amount: { amount, currency }, kind });
    await desk.does(desk.plugin.owner, 'requestContractReview', { contractId: id });
    for (const reviewer of reviewers) {
      expect(await desk.read(id)).toMatchObject({ state: 'INTERNAL_REVIEW' });
      await desk.decide(desk.plugin[reviewer], 'approve');
    }
    expect(await desk.read(id)).toMatchObject({ state: 'NEGOTIATION', isApproved: true });
  });

  it('is somebody else’s, of one’s own contracts', async () => {
    const { admin, supervisor, owner } = desk.plugin;
    const { id } = await desk.draft({}, supervisor);
    await desk.does(supervisor, 'requestContractReview', { contractId: id });
    expect(await waiting(supervisor, owner)).toEqual([0, 0]); // nobody else holds the right: an admin claims it
    const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
    await admin.does(GRANT, { input: { employeeId: desk.plugin.colleague.id, right: 'CONTRACT_LEGAL' } });
    await desk.does(supervisor, 'addContractVersion', {
      contractId: id,
      expectedVersion: (await desk.read(id, supervisor)).version,
      text: 'Anew.',
    });
    await desk.does(supervisor, 'requestContractReview', { contractId: id });
    expect(await waiting(supervisor, desk.plugin.colleague)).toEqual([0, 1]);
    await desk.decide(desk.plugin.colleague, 'approve');
    expect(await desk.read(id, supervisor)).toMatchObject({ state: 'NEGOTIATION' });
    await admin.does(GRANT.replaceAll('grant', 'revoke').replaceAll('Grant', 'Revoke'), {
      input: { employeeId: desk.plugin.colleague.id, right: 'CONTRACT_LEGAL' },
    });
  });

  it('begins anew with a new version: what was asked before is asked no more', async () => {
    const { owner, supervisor, sharee } = desk.plugin;
    const { id } = await desk.draft({ amount: { amount: 1, currency: 'USD' } });
    await desk.does(owner, 'requestContractReview', { contractId: id });
    await desk.decide(supervisor, 'approve');
    expect(await waiting(supervisor, sharee)).toEqual([0, 1]);
    const anew = await desk.does(owner, 'addContractVersion', {
      contractId: id,
      expectedVersion: (await desk.read(id)).version,
      text: 'Anew.',
    });
    expect(anew).toMatchObject({ state: 'REVISING', isApproved: false, currentVersion: { position: 2 } });
    expect(await waiting(supervisor, sharee)).toEqual([0, 0]);
    await desk.does(owner, 'requestContractReview', { contractId: id });
    expect(await waiting(supervisor, sharee)).toEqual([1, 0]);
    await desk.decide(supervisor, 'approve');
    await desk.decide(sharee, 'approve');
  });

  it('sends it back, or rejects it: it is written anew, and whoever drafted it is told', async () => {
    const { owner, supervisor } = desk.plugin;
    for (const what of ['reject', 'return'] as const) {
      const { id } = await desk.draft();
      await desk.does(owner, 'requestContractReview', { contractId: id });
      await desk.decide(supervisor, what);
      expect(await desk.read(id)).toMatchObject({ state: 'REVISING', isApproved: false });
      await desk.does(owner, 'requestContractReview', { contractId: id });
      await desk.decide(supervisor, 'approve');
      expect(await desk.read(id)).toMatchObject({ state: 'NEGOTIATION' });
    }
    await expect.poll(() => desk.told(owner)).toContain('RETURNED');
  });

  it('approves one version: another is not frozen by it', async () => {
    const { owner } = desk.plugin;
    const { id, version } = await desk.approved();
    expect(await desk.ask(owner, 'requestContractReview', { contractId: id })).toMatchObject({ issues: [{ code: 'APPROVED' }] });
    await desk.does(owner, 'addContractVersion', { contractId: id, expectedVersion: version, text: 'Other.' });
    expect(await desk.ask(owner, 'freezeContract', { contractId: id })).toMatchObject({
      __typename: 'InvalidTransition',
      state: 'REVISING',
    });
  });
});

describe('what the counterparty is told (spec 8.5)', () => {
  it('is what was shared, and nothing before and beside it', async () => {
    const { owner, customer, rival, unowned } = desk.plugin;
    const { id } = await desk.approved();
    await desk.does(owner, 'commentOnContract', { contractId: id, text: 'They will pay more.' }, 'comment { text }');
    expect(await desk.read(id, customer)).toBeNull();
    expect(await desk.ask(customer, 'commentOnSharedContract', { contractId: id, text: 'Hello' }, 'comment { id }')).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await desk.ask(owner, 'commentOnSharedContract', { contractId: id, text: 'Hello' }, 'comment { id }')).toMatchObject({
      issues: [{ code: 'NOT_SHARED' }],
    });
    await desk.does(owner, 'shareContract', { contractId: id });
    const proposed = { contractId: id, text: 'Less.', proposedText: 'You pay 8 yuan.' };
    await desk.does(customer, 'proposeContractEdit', proposed, 'comment { id }');
    expect(await desk.ask(owner, 'proposeContractEdit', proposed, 'comment { id }')).toMatchObject({ __typename: 'FORBIDDEN' });
    await expect.poll(() => desk.told(owner)).toContain('COMMENTED');
    await desk.does(owner, 'commentOnSharedContract', { contractId: id, text: 'No.' }, 'comment { id }');
    await desk.does(owner, 'addContractVersion', {
      contractId: id,
      expectedVersion: (await desk.read(id)).version,
      text: 'We deliver saws.\nNew.',
    });

    const SEEN = `query ($id: ID!) { contract(id: $id) { state currentVersion { text } versions { nodes { text changes { text } } }
      sharedComments { nodes { side text proposedText version { text } } } } }`;
    expect(await customer.query(SEEN, { id })).toEqual({
      contract: {
        state: 'NEGOTIATION',
        currentVersion: { text: TEXT },
        versions: { nodes: [{ text: TEXT, changes: null }] },
        sharedComments: {
          nodes: [
            { side: 'OWN', text: 'No.', proposedText: null, version: { text: TEXT } },
            { side: 'COUNTERPARTY', text: 'Less.', proposedText: 'You pay 8 yuan.', version: { text: TEXT } },
          ],
        },
      },
    });
    const { contract } = await owner.query(
      'query ($id: ID!) { contract(id: $id) { versions { nodes { position changes { kind text } } } } }',
      { id },
    );
    expect(contract.versions.nodes[0]).toMatchObject({ position: 2, changes: expect.arrayContaining([{ kind: 'ADDED', text: 'New.' }]) });
    for (const seat of [rival, unowned]) expect(await desk.read(id, seat)).toBeNull();
    for (const field of ['internalComments { totalCount }', 'drafter { id }', 'isApproved', 'version'])
      expect((await customer.ask(`query ($id: ID!) { contract(id: $id) { ${field} } }`, { id })).errors).toMatchObject([
        { extensions: { code: 'BAD_REQUEST' } },
      ]);
    expect((await customer.query('{ myContracts { nodes { id } } }')).myContracts.nodes).toEqual([{ id }]);
    expect((await customer.ask('{ expiringContracts(by: "2099-01-01") { totalCount } }')).errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' } },
    ]);
  });

  it('comes live: what was shared and who signs, and nothing of what is only inside', async () => {
    const { owner, customer } = desk.plugin;
    const live = customer.follow('subscription { myContracts { kind contract { state } } }');
    await live.opened;
    const { id } = await desk.approved();
    await desk.does(owner, 'shareContract', { contractId: id });
    expect(await live.next()).toEqual({ kind: 'VERSION_SHARED', contract: { state: 'NEGOTIATION' } });
    await desk.does(owner, 'commentOnContract', { contractId: id, text: 'Inside.' }, 'comment { id }');
    await desk.does(owner, 'freezeContract', { contractId: id });
    expect(await live.next()).toEqual({ kind: 'MOVED', contract: { state: 'APPROVED_TO_SIGN' } });
    await desk.send(id);
    expect(await live.next()).toEqual({ kind: 'SIGNER_CHANGED', contract: { state: 'SIGNING' } });
    await live.stop();
  });
});

describe('each seat, in each state', () => {
  const OWN: Readonly<Record<string, readonly string[]>> = {
    owner: [
      'addVersion',
      'addCounterparty',
      'removeCounterparty',
      'requestReview',
      'share',
      'freeze',
      'send',
      'sign',
      'recordPaper',
      'delegate',
      'decline',
      'extend',
      'void',
      'terminate',
      'amend',
    ],
    customer: ['proposeEdit', 'sign', 'decline', 'voidTogether', 'terminate'],
    admin: ['extend', 'void', 'terminate'],
    supervisor: [],
  };
  const signs = new Set(['sign', 'decline']);
  it('is told what it can do, and that is what the moves say', async () => {
    const { owner } = desk.plugin;
    const told = async (id: string): Promise<void> => {
      const { state, signers } = await desk.read(id);
      for (const [name, own] of Object.entries(OWN)) {
        const seat = desk.plugin[name as 'owner'];
        const { contract } = await seat.query(`query ($id: ID!) { contract(id: $id) { ${CAN} } }`, { id });
        if (!contract) continue; // nothing was shared with the customer yet
        const can = Object.entries(contract.viewerCan).flatMap(([move, may]) => (may ? [move] : []));
        const mine = openIn(contractMoves, state as keyof typeof contractMoves.states).filter(
          (move) => own.includes(move) && (!signs.has(move) || signers.length > 0),
        );
        expect([state, name, can]).toEqual([state, name, mine]);
      }
    };
    const { id } = await desk.draft({ startsOn: desk.day(0) });
    await told(id);
    await desk.does(owner, 'requestContractReview', { contractId: id });
    await told(id);
    await desk.decide(desk.plugin.supervisor, 'approve');
    await desk.does(owner, 'shareContract', { contractId: id });
    await told(id);
    await desk.does(owner, 'freezeContract', { contractId: id });
    await told(id);
    await desk.send(id);
    await told(id);
    for (const seat of [owner, desk.plugin.customer]) {
      await desk.signs(seat, id);
      await told(id);
    }
    await desk.wait(1);
    await told(id);
  });
});
