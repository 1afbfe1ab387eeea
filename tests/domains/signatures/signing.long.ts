import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetExpired } from '../../../src/domains/accounts/index.ts';
import { masked, subjectOf } from '../../../src/domains/signatures/signing.rules.ts';
import type { TextMessage } from '../../../src/sdk/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { asOwner } from '../../rules/rows.fixture.ts';
import { deedsPlugin } from './deed.plugin.ts';

const MINUTE = 60_000;
const WRITE = 'mutation ($input: WriteDeedInput!) { writeDeed(input: $input) { __typename ... on WriteDeedSuccess { deed { id } } } }';
const REQUEST =
  'mutation ($input: RequestDeedCodeInput!) { requestDeedCode(input: $input) { __typename ... on RequestDeedCodeSuccess { expiresAt phoneMasked } } }';
const SIGN = `mutation ($input: SignDeedInput!) { signDeed(input: $input) { __typename ... on UserError { code path }
  ... on SignDeedSuccess { deed { evidenceId } } } }`;
const ON_PAPER = `mutation ($input: SignDeedOnPaperInput!) { signDeedOnPaper(input: $input) { __typename ... on SignDeedOnPaperSuccess { deed { evidenceId } } } }`;
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const SHA = hash('what was shown');
const REFUSED = { __typename: 'SigningCodeRefused', code: 'SIGNING_CODE_REFUSED', path: ['input', 'code'] };

let server: TestServer;
let own: TestOrganization;
let clock: Date;
const sent: TextMessage[] = [];
beforeAll(async () => {
  clock = new Date('2026-06-01T08:00:00Z');
  const send = async (message: TextMessage): Promise<void> => void sent.push(message);
  server = await startTestServer({ plugins: [deedsPlugin], sms: { name: 'kept', send }, now: () => clock });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const phoneOf = (key: string): string => [...own.plan.employees, ...own.plan.contacts].find((one) => one.key === key)!.phone;
const written = async (): Promise<string> => (await own.owner.does(WRITE, { input: { text: 'We agree.' } })).deed.id;
/** @returns the code that came to the phone. */
async function asked(seat: TestSeat, deedId: string, given: object = {}): Promise<string> {
  sent.length = 0;
  await seat.does(REQUEST, { input: { deedId, sha256: SHA, ...given } });
  await server.runtime.door.texts.settled();
  return sent[0]!.parameters.code!;
}
const signs = async (seat: TestSeat, deedId: string, code: string, given: object = {}) =>
  (await seat.query(SIGN, { input: { deedId, sha256: SHA, code, ...given } })).signDeed;
const wrong = (code: string): string => (code === '111111' ? '222222' : '111111');
const evidence = (id: string) =>
  asOwner<Record<string, unknown>>(server, `select * from signature_evidence where id = '${id}'`).then(([row]) => row!);

describe('what is masked, and what a code is bound to', () => {
  it.each([
    ['+8613800001234', '+86138****1234'],
    ['+4930123456', '****56'],
    ['+14155550123', '****23'],
    ['+447911123456', '****56'],
    ['+8613800000001', '+86138****0001'],
  ])('%s is shown as %s', (phone, shown) => expect(masked(phone)).toBe(shown));
  it('changes with each part of it', () => {
    const one = { purpose: 'A', subject: { type: 'B', id: 'c' }, sha256: 'd', phone: '+1' };
    const others = [
      { ...one, purpose: 'X' },
      { ...one, subject: { type: 'X', id: 'c' } },
      { ...one, subject: { type: 'B', id: 'x' } },
      { ...one, sha256: 'x' },
      { ...one, phone: undefined },
    ];
    expect(new Set([one, ...others].map(subjectOf)).size).toBe(6);
  });
});

describe('signing by a code (spec 8.5)', () => {
  it('sends the code to the phone of the seat, says where in part, and leaves evidence of all that was so', async () => {
    const id = await written();
    const phone = phoneOf('customer');
    const code = await asked(own.customer, id);
    expect(code).toMatch(/^\d{6}$/);
    expect(sent).toMatchObject([
      { phone, kind: 'SIGNING_CODE', parameters: { minutes: '5', subject: 'Deed 1', organization: 'Test Works' } },
    ]);
    expect(sent[0]!.text).toContain(`${code} signs Deed 1 with Test Works`);
    const answer = await own.customer.ask(SIGN, { input: { deedId: id, sha256: SHA, code } }, { 'user-agent': 'A browser' });
    const row = await evidence((answer.data as never as { signDeed: { deed: { evidenceId: string } } }).signDeed.deed.evidenceId);
    expect(row).toMatchObject({
      organization_id: own.id,
      seat_kind: 'CONTACT',
      signer_name: 'Whoever signs',
      role: 'DEEDS_SIGNER',
      on_behalf_of: null,
      purpose: 'DEEDS_SIGNATURE',
      subject_type: 'DeedsDeed',
      sha256: SHA,
      method: 'PHONE_CODE',
      signed_at: clock,
      phone_masked: masked(phone),
      address: '127.0.0.1',
      user_agent: 'A browser',
    });
    expect(row.code_id).toMatch(/^[0-9a-f-]{36}$/);
    const [kept] = await asOwner<{ code_hash: Buffer }>(server, `select code_hash from identity.signing_codes where id = '${row.code_id}'`);
    expect(kept!.code_hash.toString('utf8')).not.toContain(code);
  });

  it('tells in part where the code went, and until when it is good', async () => {
    const id = await written();
    expect(await own.owner.does(REQUEST, { input: { deedId: id, sha256: SHA } })).toEqual({
      __typename: 'RequestDeedCodeSuccess',
      expiresAt: new Date(clock.getTime() + 5 * MINUTE).toISOString(),
      phoneMasked: masked(phoneOf('owner')),
    });
  });

  it('signs once, also where it comes twice at the same time', async () => {
    const id = await written();
    const code = await asked(own.owner, id);
    const answers = await Promise.all(Array.from({ length: 4 }, () => signs(own.owner, id, code)));
    expect(answers.filter(({ __typename }) => __typename === 'SignDeedSuccess')).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename !== 'SignDeedSuccess')).toEqual([REFUSED, REFUSED, REFUSED]);
    expect(await signs(own.owner, id, code)).toEqual(REFUSED);
  });

  it('is good where what was signed was undone: nothing is left of that', async () => {
    const id = await written();
    const code = await asked(own.owner, id);
    expect(await signs(own.owner, id, code, { failsAfterwards: true })).toMatchObject({ __typename: 'ValidationFailed' });
    expect(await asOwner(server, `select from signature_evidence where organization_id = '${own.id}'`)).toEqual([]);
    expect(await signs(own.owner, id, code)).toMatchObject({ __typename: 'SignDeedSuccess' });
  });

  it('signs nothing else: no other hash, no other deed, from no other seat', async () => {
    const id = await written();
    const code = await asked(own.owner, id);
    expect(await signs(own.owner, id, code, { sha256: hash('something else') })).toEqual(REFUSED);
    expect(await signs(own.owner, await written(), code)).toEqual(REFUSED);
    expect(await signs(own.colleague, id, code)).toEqual(REFUSED);
    expect(await signs(own.owner, id, code)).toMatchObject({ __typename: 'SignDeedSuccess' });
  });

  it('has five tries, which no refusal gives back, however many come at once', async () => {
    const id = await written();
    const code = await asked(own.owner, id);
    const guesses = await Promise.all(Array.from({ length: 8 }, () => signs(own.owner, id, wrong(code))));
    expect(guesses).toEqual(Array.from({ length: 8 }, () => REFUSED));
    expect(await signs(own.owner, id, code)).toEqual(REFUSED);
    expect(await signs(own.owner, id, await asked(own.owner, id))).toMatchObject({ __typename: 'SignDeedSuccess' });
  });

  it('is good for five minutes, and not after a newer one', async () => {
    const id = await written();
    const early = await asked(own.owner, id);
    const late = await asked(own.owner, id);
    if (early !== late) expect(await signs(own.owner, id, early)).toEqual(REFUSED);
    clock = new Date(clock.getTime() + 5 * MINUTE);
    expect(await signs(own.owner, id, late)).toEqual(REFUSED);
    await forgetExpired(server.runtime.door, clock);
    expect(await asOwner(server, 'select from identity.signing_codes')).toEqual([]);
  });

  it('is as people type it, and the demo’s code where one was asked for', async () => {
    const id = await written();
    const code = await asked(own.owner, id);
    expect(await signs(own.owner, id, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({ __typename: 'SignDeedSuccess' });
    expect(await signs(own.customer, id, '246810')).toEqual(REFUSED);
    await asked(own.customer, id);
    expect(await signs(own.customer, id, '246810')).toMatchObject({ __typename: 'SignDeedSuccess' });
  });

  it('does not take the demo’s code from seats that are none of the demo’s', async () => {
    own = await server.organization({ isDemo: false });
    const id = await written();
    await asked(own.owner, id);
    expect(await signs(own.owner, id, '246810')).toEqual(REFUSED);
  });

  it('is refused where the phone has changed in between', async () => {
    const id = await written();
    const code = await asked(own.customer, id);
    await asOwner(server, `update identity.seats set phone = '+8613900000007' where phone = '${phoneOf('customer')}'`);
    for (const typed of [code, '246810']) expect(await signs(own.customer, id, typed)).toEqual(REFUSED);
    await asked(own.customer, id);
    expect(sent).toMatchObject([{ phone: '+8613900000007' }]);
  });

  it('goes to somebody without a seat, and is good for that phone alone', async () => {
    const id = await written();
    const phone = '+8613900000008';
    const code = await asked(own.owner, id, { phone });
    expect(sent).toMatchObject([{ phone }]);
    expect(await signs(own.owner, id, code)).toEqual(REFUSED);
    expect(await signs(own.owner, id, code, { phone: '+8613900000009' })).toEqual(REFUSED);
    const { deed } = await signs(own.owner, id, code, { phone });
    expect(await evidence(deed.evidenceId)).toMatchObject({ phone_masked: '+86139****0008' });
  });

  it('is sent ten times an hour to a number; what is asked for to sign in is counted apart', async () => {
    const id = await written();
    const phone = phoneOf('owner');
    const signIn = 'mutation ($phone: PhoneNumber!) { requestSignInCode(input: { phone: $phone }) { __typename } }';
    for (let i = 0; i < 10; i++) await server.nobody.ask(signIn, { phone });
    clock = new Date(clock.getTime() + 61 * MINUTE);
    for (let i = 0; i < 10; i++) await asked(own.owner, id);
    const { errors } = await own.owner.ask(REQUEST, { input: { deedId: id, sha256: SHA } });
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect((await server.nobody.ask(signIn, { phone })).errors).toEqual([]);
  });
});

describe('evidence', () => {
  it('is there of a signature on paper, with who wrote it down', async () => {
    const { deed } = await own.owner.does(ON_PAPER, { input: { deedId: await written(), sha256: SHA } });
    expect(await evidence(deed.evidenceId)).toMatchObject({
      method: 'PAPER',
      seat_kind: 'EMPLOYEE',
      signer_name: 'Old Wang',
      on_behalf_of: 'Wang Works',
      phone_masked: null,
      code_id: null,
    });
  });

  it('cannot be changed or deleted, by the owner of the tables neither', async () => {
    await own.owner.does(ON_PAPER, { input: { deedId: await written(), sha256: SHA } });
    for (const text of [
      `update signature_evidence set sha256 = '${hash('x')}'`,
      'delete from signature_evidence',
      'truncate signature_evidence',
    ])
      await expect(asOwner(server, text)).rejects.toThrow();
  });

  it('is refused for what is no hash', async () => {
    const { errors } = await own.owner.ask(ON_PAPER, { input: { deedId: await written(), sha256: 'not a hash' } });
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  });
});
