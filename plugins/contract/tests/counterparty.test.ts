import { createHash } from 'node:crypto';
import { everythingOf, type TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, TEXT } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());
const people = () => desk.plugin;
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const worded = async (contractId: string, text: string) => {
  const { version: expectedVersion } = await desk.read(contractId);
  await desk.does(people().owner, 'addContractVersion', { contractId, expectedVersion, text });
};

describe('who signs for the counterparty and is not it (spec 8.5)', () => {
  const sentToBoth = async (): Promise<string> => {
    desk.beside = () => [people().unowned];
    const { id } = await desk.approved();
    await desk.does(people().owner, 'shareContract', { contractId: id });
    await desk.does(people().owner, 'commentOnSharedContract', { contractId: id, text: 'Between us.' }, 'comment { id }');
    await desk.does(people().owner, 'freezeContract', { contractId: id });
    await desk.send(id);
    desk.beside = () => [];
    return id;
  };
  it('reads what they sign and who else does, and nothing of what was spoken about', async () => {
    const id = await sentToBoth();
    const { unowned } = people();
    expect(await desk.readAsSigner(id, unowned)).toMatchObject({
      state: 'SIGNING',
      frozenSha256: sha(TEXT),
      currentVersion: { text: TEXT },
    });
    for (const field of [
      'sharedComments { nodes { text } }',
      'versions { nodes { text } }',
      'obligations { title }',
      'voidAskedBy',
      'reason',
    ]) {
      const { data, errors } = await unowned.ask(`query ($id: ID!) { contract(id: $id) { ${field} } }`, { id });
      expect([data?.contract?.[field.split(' ')[0]!] ?? null, errors[0]?.extensions.code], field).toEqual([null, 'FORBIDDEN']);
    }
    await expect.poll(() => desk.told(unowned)).toContain('YOUR_TURN');
    expect(await desk.told(unowned)).not.toContain('COMMENTED');
  });

  it('signs it or does not, and neither negotiates nor ends it', async () => {
    const id = await sentToBoth();
    const { unowned, owner, customer } = people();
    for (const [mutation, more] of [
      ['proposeContractEdit', { text: 'Cheaper.', proposedText: 'Less.' }],
      ['commentOnSharedContract', { text: 'Cheaper.' }],
      ['voidContract', { reason: 'No.' }],
      ['terminateContract', { reason: 'No.', endsOn: desk.day(30) }],
    ] as const)
      expect(await desk.ask(unowned, mutation, { contractId: id, ...more }, '__typename'), mutation).toMatchObject({
        __typename: 'FORBIDDEN',
      });
    expect(await desk.signs(unowned, id)).toMatchObject({ contract: { state: 'PART_SIGNED' } });
    await desk.does(owner, 'voidContract', { contractId: id, reason: 'A mistake.' });
    expect(await desk.ask(unowned, 'voidContract', { contractId: id, reason: 'Agreed.' })).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await desk.does(customer, 'voidContract', { contractId: id, reason: 'Agreed.' })).toMatchObject({ state: 'VOIDED' });
  });

  it('reads no version that they were not sent, also of a contract that they were to sign before', async () => {
    const id = await sentToBoth();
    const { unowned, owner, customer } = people();
    await worded(id, 'Anew.');
    expect(await desk.readAsSigner(id, unowned)).toMatchObject({ state: 'NEGOTIATION', currentVersion: null });
    await desk.review(id);
    await desk.does(owner, 'shareContract', { contractId: id });
    await desk.does(owner, 'freezeContract', { contractId: id });
    expect(await desk.readAsSigner(id, unowned)).toMatchObject({ currentVersion: null });
    expect(await desk.read(id, customer)).toMatchObject({ currentVersion: { text: 'Anew.' } });
    await desk.send(id); // without them
    expect(await desk.readAsSigner(id, unowned)).toBeNull();
  });

  it('does not sign in the place of the counterparty: it is among those who sign', async () => {
    const { owner, unowned } = people();
    const { id } = await desk.frozen();
    const signers = [
      { employeeId: owner.id, name: 'Ms Owner', role: 'Director' },
      { contactId: unowned.id, name: 'Mr Else', role: 'Director' },
    ];
    const expiresAt = new Date(desk.now + 86_400_000).toISOString();
    expect(await desk.ask(owner, 'sendContractForSigning', { contractId: id, signers, order: 'ANY', expiresAt })).toMatchObject({
      issues: [{ code: 'BOTH_SIDES', path: ['input', 'signers'] }],
    });
  });
});

describe('what the counterparty is told of a contract (spec 8.5)', () => {
  const EVENTS = 'subscription { myContracts { kind } }';
  /** What the customer follows meanwhile: three events of signing are the last. */
  async function followed(tell: () => Promise<string[]>): Promise<{ texts: string[]; events: unknown[] }> {
    const stream = people().customer.follow(EVENTS);
    await stream.opened;
    const texts = await tell();
    const events: { kind: string }[] = [];
    while (events.filter(({ kind }) => kind === 'SIGNER_CHANGED').length < 3) events.push(await stream.next());
    await stream.stop();
    return { texts: texts.filter((text) => text !== 'null'), events: events.map(({ kind }) => kind) };
  }
  /** All that the portal says, at each moment at which something happens to the counterparty. */
  async function told(inside: 'short' | 'long'): Promise<string[]> {
    const { owner, customer, supervisor } = people();
    const said: string[] = [];
    const { id } = await desk.draft();
    const look = async () => said.push(await everythingOf(customer, id));
    const thinkAgain = async (text: string) => {
      if (inside === 'short') return;
      await worded(id, `${text} Or not?`);
      await desk.does(owner, 'commentOnContract', { contractId: id, text: 'They pay late.' }, 'comment { id }');
      await desk.does(owner, 'requestContractReview', { contractId: id });
      await look();
      await desk.decide(supervisor, 'return');
      await look();
      await worded(id, text);
      await look();
    };
    await thinkAgain(TEXT);
    await desk.review(id);
    await desk.does(owner, 'shareContract', { contractId: id });
    await look();
    await desk.does(
      customer,
      'proposeContractEdit',
      { contractId: id, text: 'Too dear.', proposedText: 'You pay 9 yuan.' },
      'comment { id }',
    );
    await look();
    await worded(id, 'You pay 9 yuan.');
    await look();
    await thinkAgain('You pay 9 yuan.');
    await desk.review(id);
    await desk.does(owner, 'shareContract', { contractId: id });
    await desk.does(owner, 'freezeContract', { contractId: id });
    await look();
    await desk.send(id);
    for (const seat of [owner, customer]) await desk.signs(seat, id);
    await look();
    return said.filter((text, i) => text !== said[i - 1]);
  }
  it('is the same however often it was thought over inside', async () => {
    const { owner, supervisor } = people();
    const [short, long] = [await followed(() => told('short')), await followed(() => told('long'))];
    expect(long).toEqual(short);
    const all = long.texts.join();
    expect(all).toContain('You pay 9 yuan.');
    for (const hidden of ['Or not?', 'They pay late', '"position": 3', owner.name, supervisor.name, 'INTERNAL_REVIEW', 'REVISING'])
      expect(all, hidden).not.toContain(hidden);
  });
  it('has what changed since the version before that it has', async () => {
    const { owner, customer } = people();
    const { id } = await desk.approved({ text: 'One.' });
    await desk.does(owner, 'shareContract', { contractId: id });
    await worded(id, 'Two.');
    await worded(id, 'Three.');
    await desk.review(id);
    await desk.does(owner, 'shareContract', { contractId: id });
    const CHANGES =
      'query ($id: ID!) { contract(id: $id) { currentVersion { changes { kind text } } versions { nodes { sha256 text } } } }';
    const { contract } = await customer.query(CHANGES, { id });
    expect(contract.currentVersion.changes).toEqual([
      { kind: 'REMOVED', text: 'One.' },
      { kind: 'ADDED', text: 'Three.' },
    ]);
    const inside = (await owner.query(CHANGES, { id })).contract;
    expect(inside.currentVersion.changes[0]).toEqual({ kind: 'REMOVED', text: 'Two.' });
    const [, two, one] = inside.versions.nodes as { sha256: string }[];
    const SINCE = 'query ($id: ID!, $since: String!) { contract(id: $id) { currentVersion { changes(since: $since) { kind text } } } }';
    const since = async (seat: TestSeat, version: string) =>
      (await seat.query(SINCE, { id, since: version })).contract.currentVersion.changes;
    expect(await since(customer, two!.sha256)).toBeNull();
    expect(await since(customer, one!.sha256)).toEqual(contract.currentVersion.changes);
  });
});

describe('whether a document was signed, where several contracts have one text (spec 8.5)', () => {
  it('is told of one contract: by its number, or of one’s own, and never of somebody else’s', async () => {
    const { customer, rival, owner } = people();
    const text = 'The same for everybody.';
    const first = await desk.signed({ text });
    const second = await desk.signed({ text });
    const QUERY = 'query ($sha256: String!, $number: String) { verifyDocument(sha256: $sha256, number: $number) { isSigned signatures } }';
    const known = { isSigned: true, signatures: 2 };
    const unknown = { isSigned: false, signatures: 0 };
    const asked = async (seat: TestSeat, number?: string) => (await seat.query(QUERY, { sha256: sha(text), number })).verifyDocument;
    expect(await asked(customer)).toEqual(known);
    expect(await asked(owner)).toEqual(known);
    expect(await asked(rival)).toEqual(unknown);
    expect(await asked(rival, second.number)).toEqual(known);
    expect(await asked(rival, 'CT-2020-000001')).toEqual(unknown);
    for (const seat of [owner, customer]) await desk.does(seat, 'voidContract', { contractId: second.id, reason: 'No.' });
    expect(await asked(rival, second.number)).toEqual({ isSigned: false, signatures: 0 });
    expect(await asked(rival, first.number)).toEqual(known);
  });
});
