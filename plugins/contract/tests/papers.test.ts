import { createHash } from 'node:crypto';
import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());
const DAY = 86_400_000;
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
const UPLOAD =
  'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on CreateUploadSuccess { upload { id url method headers { name value } } } } }';

async function sent(seat: TestSeat, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const input = { name: 'contract.txt', size: bytes.length, mimeType: 'text/plain', purpose: 'CONTRACT_CHECK' };
  const { upload } = await seat.does(UPLOAD, { input });
  const headers = upload.headers.map((one: { name: string; value: string }) => [one.name, one.value]);
  expect((await fetch(upload.url, { method: upload.method, headers, body: bytes })).ok).toBe(true);
  return upload.id;
}

describe('the seal (spec 8.5)', () => {
  const named = (...isSeal: boolean[]) => {
    const { owner, colleague, customer } = desk.plugin;
    return [
      { employeeId: owner.id, name: 'Ms Owner', role: 'Director', isSeal: isSeal[0] },
      { contactId: customer.id, name: 'Mr Customer', role: 'Buyer', isSeal: isSeal[1] },
      { employeeId: colleague.id, name: 'Mr Colleague', role: 'Keeper of the seal', isSeal: isSeal[2] },
    ];
  };
  const send = (contractId: string, signers: object[]) =>
    desk.ask(desk.plugin.owner, 'sendContractForSigning', {
      ...{ contractId, signers, order: 'ANY', expiresAt: new Date(desk.now + 7 * DAY).toISOString() },
    });
  it('is set by the last inside, who holds its right, behind all others of the own side', async () => {
    const { owner, colleague, customer, admin } = desk.plugin;
    const { id } = await desk.frozen();
    await desk.set({ needsSeal: true });
    expect(await send(id, named())).toMatchObject({ issues: [{ code: 'NO_SEAL', path: ['input', 'signers'] }] });
    await desk.set({ needsSeal: false });
    for (const [wrong, place] of [
      [named(true), '0'], // somebody inside signs behind them
      [named(false, true), '1'], // the other side has no seal of ours
      [named(true, false, true), '2'],
    ] as const)
      expect(await send(id, wrong)).toMatchObject({ issues: [{ code: 'SEAL', path: ['input', 'signers', place] }] });
    expect(await send(id, named(false, false, true))).toMatchObject({ contract: { state: 'SIGNING' } });
    expect(await desk.signs(colleague, id)).toMatchObject({ __typename: 'ContractNotYourTurn' });
    const { signers } = await desk.read(id);
    const onPaper = () => desk.ask(owner, 'recordPaperSignature', { contractId: id, signerId: signers[2].id });
    expect(await onPaper()).toMatchObject({ __typename: 'ContractNotYourTurn', path: ['input', 'signerId'] });
    await desk.signs(owner, id);
    expect(await desk.signs(colleague, id)).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await onPaper()).toMatchObject({ __typename: 'FORBIDDEN' }); // no drafter seals, on paper neither
    await admin.does(GRANT, { input: { employeeId: colleague.id, right: 'CONTRACT_SEAL' } });
    await expect.poll(() => desk.signs(colleague, id)).toMatchObject({ contract: { state: 'PART_SIGNED' } });
    expect(await desk.signs(customer, id)).toMatchObject({ contract: { state: 'SIGNED' } });
    const SEALS = 'query ($id: ID!) { contract(id: $id) { signers { isSeal } } }';
    expect((await customer.query(SEALS, { id })).contract.signers.map(({ isSeal }: { isSeal: boolean }) => isSeal)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('the receipt of what was signed (spec 8.5)', () => {
  const asked = (seat: TestSeat, number: string, language = 'en') =>
    fetch(`${desk.plugin.url}/plugins/contract/receipt?number=${number}`, {
      headers: { authorization: `Bearer ${seat.token}`, 'accept-language': language },
    });
  it('is a file for both sides: who, what, when and how; of what is not signed there is none', async () => {
    const { owner, customer, rival, stranger } = desk.plugin;
    const { id: unsigned, number: not } = await desk.sent();
    await desk.signs(owner, unsigned);
    expect((await asked(owner, not)).status).toBe(404);
    const { id, number, frozenSha256, signers } = await desk.signed();
    const answer = await asked(customer, number);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      200,
      'text/plain; charset=utf-8',
      `attachment; filename="${number}.txt"`,
    ]);
    const text = await answer.text();
    expect(text).toBe(await (await asked(owner, number)).text());
    for (const said of [number, frozenSha256, 'Test Works / Customer Ltd', signers[1].signedAt, signers[1].phoneMasked])
      expect(text).toContain(said);
    expect(text).toContain('1. Ms Owner, Director, Test Works\n');
    expect(text).not.toContain(signers[1].evidenceId);
    expect(await (await asked(customer, number, 'zh-CN')).text()).toContain('合同签署凭证');
    for (const seat of [rival, stranger]) expect((await asked(seat, number)).status).toBe(404);
    for (const seat of [owner, customer]) await desk.does(seat, 'voidContract', { contractId: id, reason: 'No.' });
    expect((await asked(owner, number)).status).toBe(404);
  });
});

describe('whether a document was signed (spec 8.5)', () => {
  const KNOWN = 'verification { sha256 isSigned isInForce signatures lastSignedAt }';
  const asked = async (seat: TestSeat, uploadId: string, number?: string) =>
    desk.ask(seat, 'verifyContractFile', { uploadId, number }, KNOWN);
  it('is told of the file itself, once, to whoever has sent it', async () => {
    const { customer, rival, owner } = desk.plugin;
    const text = 'We sell. 这是合同。';
    const { signers, number } = await desk.signed({ text });
    const mine = await sent(rival, text);
    expect(await asked(customer, mine, number)).toMatchObject({ __typename: 'NotFound' });
    const lastSignedAt = signers[1].signedAt;
    expect(await asked(rival, mine, number)).toMatchObject({
      verification: { sha256: sha(text), isSigned: true, isInForce: false, signatures: 2, lastSignedAt },
    });
    expect(await asked(rival, mine)).toMatchObject({ __typename: 'NotFound' }); // it is gone
    expect(await asked(owner, await sent(owner, `${text} `))).toMatchObject({ verification: { isSigned: false, lastSignedAt: null } });
  });

  it('is told to anybody where the organization wants that, and to nobody else’s documents', async () => {
    const { id: organizationId, other, url } = desk.plugin;
    const text = 'What everybody may check.';
    const { number } = await desk.signed({ text });
    const at = (id: string, query = '') => `${url}/plugins/contract/${id}/verify${query}`;
    const got = (id: string) => fetch(at(id, `?number=${number}&sha256=${sha(text)}`));
    expect((await got(organizationId)).status).toBe(404);
    await desk.set({ verifiesPublicly: true });
    const signed = { sha256: sha(text), isSigned: true, isInForce: false, signatures: 2, lastSignedAt: expect.any(String) };
    expect(await (await got(organizationId)).json()).toEqual(signed);
    expect(await (await fetch(at(organizationId, `?number=${number}`), { method: 'POST', body: text })).json()).toEqual(signed);
    expect(await (await fetch(at(organizationId, `?number=${number}`), { method: 'POST', body: `${text}!` })).json()).toMatchObject({
      isSigned: false,
    });
    expect(await (await fetch(at(organizationId, `?number=${number}&sha256=x`))).json()).toMatchObject({ isSigned: false, signatures: 0 });
    expect((await got(other.id)).status).toBe(404);
    expect((await fetch(at(organizationId, `?sha256=${sha(text)}`))).status).toBe(404); // of which contract, it is to say
    expect((await fetch(at(organizationId, `?number=${number}&sha256=%00`))).status).toBe(400); // what no schema has looked at
    await desk.set({ verifiesPublicly: false });
  });
});

describe('whoever drafted a contract and leaves (spec 3.15, 8.5)', () => {
  it('hands over what is not over; whoever goes on answers for it', async () => {
    const { admin, colleague, owner, sharee } = desk.plugin;
    const { id } = await desk.draft({}, sharee);
    const { id: over } = await desk.draft({}, sharee);
    await desk.does(sharee, 'voidContract', { contractId: over, reason: 'No.' });
    const LEAVE =
      'mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { __typename ... on OffboardEmployeeSuccess { report { kinds { kind count } } } } }';
    const { report } = await admin.does(LEAVE, { input: { employeeId: sharee.id, successorId: owner.id } });
    expect(report.kinds).toContainEqual({ kind: 'CONTRACT', count: 1 });
    expect(await desk.read(id, colleague)).toBeNull();
    expect(await desk.does(owner, 'requestContractReview', { contractId: id })).toMatchObject({ state: 'INTERNAL_REVIEW' });
    expect(await desk.read(over, owner)).toBeNull();
  });
});
