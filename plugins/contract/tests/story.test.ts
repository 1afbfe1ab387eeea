import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CODE, Desk, TEXT } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a contract from its draft to its end (spec 8.5)', () => {
  it('is signed by a code that was asked for, once', async () => {
    const { owner } = desk.plugin;
    const { id, frozenSha256 } = await desk.sent();
    const input = { contractId: id, versionSha256: frozenSha256, code: DEMO_CODE };
    expect(await desk.ask(owner, 'signContract', input)).toMatchObject({ __typename: 'SigningCodeRefused', path: ['input', 'code'] });
    expect(await desk.signs(owner, id)).toMatchObject({ __typename: 'SignContractSuccess' });
    expect(await desk.ask(owner, 'signContract', input)).toMatchObject({ __typename: 'ContractNotYourTurn' });
  });

  it('is written from a template, each of whose variables needs a value', async () => {
    const { owner } = desk.plugin;
    const { contractTemplates } = await owner.query('{ contractTemplates { nodes { id name variables } } }');
    const [template] = contractTemplates.nodes;
    expect(template).toMatchObject({ name: 'Supply', variables: ['goods', 'price'] });
    const { currentVersion } = await desk.draft({
      templateId: template.id,
      values: [
        { name: 'goods', value: 'saws' },
        { name: 'price', value: '10 yuan' },
      ],
    });
    expect(currentVersion.text).toContain(
      '1. Subject\nThe supplier delivers saws to the buyer.\n\n2. Price\nThe buyer pays 10 yuan within',
    );
    const missing = desk.draft({ templateId: template.id, values: [{ name: 'goods', value: 'saws' }] });
    await expect(missing).rejects.toThrow('REQUIRED');
  });

  it('is known again by its hash: that it was signed and is in force, and nothing else', async () => {
    const { stranger, rival, customer } = desk.plugin;
    const text = 'What was signed.';
    const { id, number } = await desk.active({ text });
    const QUERY =
      'query ($sha256: String!, $number: String) { verifyDocument(sha256: $sha256, number: $number) { isSigned isInForce signatures } }';
    const verified = { verifyDocument: { isSigned: true, isInForce: true, signatures: 2 } };
    expect(await rival.query(QUERY, { sha256: sha(text), number })).toEqual(verified);
    expect(await customer.query(QUERY, { sha256: sha(text).toUpperCase() })).toEqual(verified);
    for (const sha256 of [sha('other'), 'x', ''])
      expect(await customer.query(QUERY, { sha256, number })).toEqual({
        verifyDocument: { isSigned: false, isInForce: false, signatures: 0 },
      });
    expect(await stranger.query(QUERY, { sha256: sha(text), number })).toMatchObject({ verifyDocument: { isSigned: false } });
    expect(await desk.read(id, rival)).toBeNull();
  });

  it('is drafted, reviewed, shared, frozen, signed by both, comes into force and ends', async () => {
    const { owner, customer, supervisor } = desk.plugin;
    const drafted = await desk.draft();
    expect(drafted).toMatchObject({
      state: 'DRAFT',
      number: expect.stringMatching(/^CT-26\d\d-[0-9A-HJKMNP-TV-Z]{6}$/),
      isApproved: false,
      currentVersion: { position: 1, text: TEXT, sha256: sha(TEXT) },
    });
    const { id } = drafted;
    expect(await desk.read(id, customer)).toBeNull();

    expect(await desk.does(owner, 'requestContractReview', { contractId: id })).toMatchObject({ state: 'INTERNAL_REVIEW' });
    expect(await desk.tasks(supervisor)).toHaveLength(1);
    await desk.decide(supervisor, 'approve');
    expect(await desk.read(id)).toMatchObject({ state: 'NEGOTIATION', isApproved: true });
    await expect.poll(() => desk.told(owner)).toContain('APPROVED');

    expect(await desk.does(owner, 'shareContract', { contractId: id })).toMatchObject({ state: 'NEGOTIATION' });
    expect(await desk.read(id, customer)).toMatchObject({ state: 'NEGOTIATION', currentVersion: { text: TEXT } });
    expect(await desk.does(owner, 'freezeContract', { contractId: id })).toMatchObject({
      state: 'APPROVED_TO_SIGN',
      frozenSha256: sha(TEXT),
    });

    expect(await desk.send(id, 'IN_ORDER')).toMatchObject({
      state: 'SIGNING',
      signers: [
        { side: 'OWN', state: 'WAITING' },
        { side: 'COUNTERPARTY', state: 'WAITING' },
      ],
    });
    expect(await desk.signs(customer, id)).toMatchObject({ __typename: 'ContractNotYourTurn' });
    expect(await desk.signs(owner, id)).toMatchObject({ __typename: 'SignContractSuccess', contract: { state: 'PART_SIGNED' } });
    await expect.poll(() => desk.told(customer)).toContain('YOUR_TURN');
    const { contract } = await desk.signs(customer, id);
    expect(contract).toMatchObject({
      state: 'SIGNED',
      signers: [
        { state: 'SIGNED', sha256: sha(TEXT), method: 'PHONE_CODE' },
        { state: 'SIGNED', sha256: sha(TEXT), method: 'PHONE_CODE', phoneMasked: expect.stringMatching(/^\+86138\*{4}\d{4}$/) },
      ],
    });
    await expect.poll(() => desk.told(owner)).toContain('SIGNED');

    await desk.set({ expiringDays: 5 });
    await desk.wait(7); // before its first day
    expect(await desk.read(id)).toMatchObject({ state: 'SIGNED' });
    await desk.wait(2);
    expect(await desk.read(id)).toMatchObject({ state: 'ACTIVE' });
    await desk.wait(15);
    expect(await desk.read(id)).toMatchObject({ state: 'ACTIVE' });
    await desk.wait(7); // five days before the last on which five working days of notice can be given
    expect(await desk.read(id)).toMatchObject({ state: 'EXPIRING' });
    await desk.wait(9); // its last day
    expect(await desk.read(id)).toMatchObject({ state: 'EXPIRING' });
    await desk.wait(1);
    expect(await desk.read(id)).toMatchObject({ state: 'EXPIRED' });
    await expect.poll(() => desk.told(owner)).toEqual(expect.arrayContaining(['EXPIRING', 'ENDED']));
  });
});
