import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { inOneUseCase } from '../../../src/app/founding/furnish-organization.ts';
import { signInAs } from '../../../src/domains/accounts/index.ts';
import { applicantName, withoutMarks } from '../../../src/domains/joining/applicant-name.rules.ts';
import { forgetOld } from '../../../src/domains/joining/forgetting.clock.ts';
import { applyToWindow } from '../../../src/domains/joining/index.ts';
import { stampEvents } from '../../../src/platform/live/stamper.ts';
import { serverSeat } from '../../../src/platform/permissions/seat.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { WatchedPool } from '../../support/watched-pool.ts';
import { ADD, rowsOf } from '../contacts/contact.fixture.ts';
import { ACCEPT, APPLICATIONS, APPLY, ASK_CODE, LINKS, Messages, makeLink, outcomeOf, REFUSE, REVOKE } from './joining.fixture.ts';

const START = new Date('2026-06-01T08:00:00Z').getTime();
let now = new Date(START);
const wait = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const messages = new Messages();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ now: () => now, sms: messages, poolSize: 20 });
});
afterAll(() => server?.stop());

const apply = (input: object, seat: TestSeat = server.nobody, headers: Record<string, string> = {}) =>
  outcomeOf(seat, APPLY, input, headers);
const waiting = async ({ admin }: TestOrganization, state = 'PENDING') => (await admin.query(APPLICATIONS, { state })).joinApplications;
const person = (code: string, more: object = {}) => ({ code, name: 'Hu Yan', phone: newPhone(), ...more });

/** Somebody whose number is proven applies. @throws the refusal */
async function proven(code: string, given: { readonly phone?: string; readonly name?: string; readonly message?: string } = {}) {
  const { name = 'Hu Yan', phone = newPhone(), message } = given;
  const visitor = { address: '203.0.113.9', language: 'en' as const, account: { phone, isProven: true, name } };
  await applyToWindow(server.runtime.joins, code, { name, phone, message }, visitor);
  return { code, name, phone };
}

/** So many days pass for what is forgotten, and for nobody else: sessions do not last as long. */
async function forgetAfter(own: TestOrganization, days: number): Promise<void> {
  const today = now;
  wait(days * 24 * 60);
  await inOneUseCase(server.runtime, serverSeat(own.id), forgetOld);
  now = today;
}

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
/** Asks for a code, and reads it. */
async function codeFor(code: string, phone: string): Promise<string> {
  expect((await outcomeOf(server.nobody, ASK_CODE, { code, phone })).__typename).toBe('RequestJoinCodeSuccess');
  await server.runtime.door.texts.settled();
  return messages.code(phone)!;
}

describe('applying without an account (spec 5.6)', () => {
  it('with a code that was sent to the phone, which proves it', async () => {
    const own = await server.organization();
    const { code, id } = await makeLink(own.colleague);
    const given = person(code, { message: 'We met at the fair.' });
    const verificationCode = await codeFor(code, given.phone);
    expect(await apply({ ...given, verificationCode })).toEqual({ __typename: 'ApplyToWindowSuccess', phoneProven: true });
    expect(await waiting(own)).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          name: 'Hu Yan',
          phone: given.phone,
          phoneProven: true,
          message: 'We met at the fair.',
          state: 'PENDING',
          contact: null,
          link: { id, sharer: { id: own.colleague.id } },
        },
      ],
    });
    const [text] = messages.to(given.phone);
    expect(text).toMatchObject({ kind: 'JOIN_CODE', parameters: { organization: 'Test Works', minutes: '5' } });
    // the code is used up, and opens no session
    expect((await apply({ ...given, verificationCode })).code).toBe('VERIFICATION_CODE_REFUSED');
    const another = await codeFor(code, given.phone);
    expect((await outcomeOf(server.nobody, SIGN_IN, { phone: given.phone, code: another })).__typename).toBe('SignInRefused');
  });

  it('without a code, unproven: it binds no seat', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const given = person(code);
    expect(await apply(given)).toEqual({ __typename: 'ApplyToWindowSuccess', phoneProven: false });
    expect((await waiting(own)).nodes).toMatchObject([{ phone: given.phone, phoneProven: false }]);
    expect(await rowsOf(server, own, `select from contacts where phone = '${given.phone}'`)).toEqual([]);
    await expect(server.seat(given.phone)).rejects.toThrow('No seat');
  });

  it('a code is good for one link, one phone and the address that asked', async () => {
    const own = await server.organization();
    const [first, second] = [await makeLink(own.owner), await makeLink(own.owner)];
    const given = person(first.code);
    const verificationCode = await codeFor(first.code, given.phone);
    const wrong = verificationCode === '000000' ? '000001' : '000000';
    expect((await apply({ ...given, verificationCode: wrong })).code).toBe('VERIFICATION_CODE_REFUSED');
    expect((await apply({ ...given, code: second.code, verificationCode })).code).toBe('VERIFICATION_CODE_REFUSED');
    expect((await apply({ ...given, phone: newPhone(), verificationCode })).code).toBe('VERIFICATION_CODE_REFUSED');
    expect((await waiting(own)).nodes).toEqual([]);
    expect(await apply({ ...given, verificationCode: ` ${verificationCode.slice(0, 3)} ${verificationCode.slice(3)} ` })).toMatchObject({
      phoneProven: true,
    });
  });

  it('codes of one phone for two links and for signing in are each good, once, in whatever order', async () => {
    const links = [await makeLink((await server.organization()).owner), await makeLink((await server.organization()).owner)];
    const phone = newPhone();
    await server.nobody.does('mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }', {
      input: { phone },
    });
    await server.runtime.door.texts.settled();
    const { code: toSignIn } = messages.to(phone).at(-1)!.parameters;
    const given: object[] = [];
    for (const { code } of links) given.push(person(code, { phone, verificationCode: await codeFor(code, phone) }));
    const signIn = async () => (await outcomeOf(server.nobody, SIGN_IN, { phone, code: toSignIn })).__typename;
    for (const input of given) expect(await apply(input)).toMatchObject({ phoneProven: true });
    expect(await signIn()).toBe('SignInSuccess');
    for (const input of given) expect((await apply(input)).code).toBe('VERIFICATION_CODE_REFUSED');
    expect(await signIn()).toBe('SignInRefused');
  });

  it('a code can be tried five times, and is good for five minutes', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const given = person(code);
    const first = await codeFor(code, given.phone);
    const wrong = first === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i++) expect((await apply({ ...given, verificationCode: wrong })).code).toBe('VERIFICATION_CODE_REFUSED');
    expect((await apply({ ...given, verificationCode: first })).code).toBe('VERIFICATION_CODE_REFUSED');
    const second = await codeFor(code, given.phone);
    wait(5);
    expect((await apply({ ...given, verificationCode: second })).code).toBe('VERIFICATION_CODE_REFUSED');
  });

  it('says each fault with its field, in the caller’s language', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const issuesOf = async (more: object) => (await apply({ ...person(code), ...more })).issues;
    expect(await issuesOf({ phone: '12345' })).toEqual([{ path: ['input', 'phone'], code: 'INVALID_PHONE' }]);
    expect(await issuesOf({ phone: '0755 8600 1234' })).toEqual([{ path: ['input', 'phone'], code: 'NOT_A_MOBILE' }]);
    expect(await issuesOf({ phone: undefined })).toEqual([{ path: ['input', 'phone'], code: 'REQUIRED' }]);
    expect(await issuesOf({ name: '  ' })).toEqual([{ path: ['input', 'name'], code: 'REQUIRED' }]);
    expect(await issuesOf({ name: 'x'.repeat(101), message: 'x'.repeat(501) })).toEqual([
      { path: ['input', 'name'], code: 'TOO_LONG' },
      { path: ['input', 'message'], code: 'TOO_LONG' },
    ]);
    const { message } = await apply({ ...person(code), verificationCode: '123' }, server.nobody, { 'accept-language': 'zh-CN' });
    expect(message).toBe('验证码错误或已失效，请重新获取。');
    for (const name of ['evil.example.com', 'Pay at https://evil.example', 'Hu evil。com', 'me@evil.com', 'evil.xyz/a', '203.0.113.9/x'])
      expect(await issuesOf({ name })).toEqual([{ path: ['input', 'name'], code: 'HOLDS_ADDRESS' }]);
    expect(withoutMarks('a\u202eb\u0007c\n安')).toBe('abc\n安');
    for (const name of ['evil[.]com', 'evil (.) com', 'http:evil', 'tel:+123', 'TEL：123', '@evil', 'me[@]evil'])
      expect(applicantName(name)).toMatchObject([{ code: 'HOLDS_ADDRESS' }]);
    for (const name of ['Dr. Hu Yan', 'J.R. Hu', '胡艳（北京）', 'O’Neill, Jr.', 'Hu (J.)', 'Branch 3: Hu', '北京店:胡艳'])
      expect(applicantName(name)).toEqual([]);
    expect((await apply(person('nobody-gave-this-out-00'))).__typename).toBe('NotFound');
    expect((await apply(person('A'.repeat(22)))).__typename).toBe('NotFound');
    expect((await waiting(own)).nodes).toEqual([]);
  });

  it('reads a phone as of the organization’s country', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const phone = newPhone();
    expect(await apply(person(code, { phone: phone.slice(3) }))).toMatchObject({ phoneProven: false });
    expect((await waiting(own)).nodes).toMatchObject([{ phone }]);
  });

  it('sent again while it waits, it is changed, and what is proven is not changed by what is not', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const given = person(code);
    await apply({ ...given, verificationCode: await codeFor(code, given.phone) });
    for (const name of ['Hu', 'Hu Yanyan']) await apply({ ...given, name });
    expect((await waiting(own)).nodes).toMatchObject([
      { name: 'Hu Yanyan', phoneProven: false },
      { name: 'Hu Yan', phoneProven: true },
    ]);
    expect((await own.owner.query(LINKS)).windowLinks.nodes).toMatchObject([{ applications: 2 }]);
  });
});

describe('applying with an account, by one touch (spec 5.6)', () => {
  it('takes its proven phone and the name of its seat', async () => {
    const [home, away] = [await server.organization(), await server.organization()];
    const { code } = await makeLink(away.owner);
    expect(await apply({ code }, home.customer)).toEqual({ __typename: 'ApplyToWindowSuccess', phoneProven: true });
    expect(await apply({ code, name: 'Boss' }, home.colleague)).toMatchObject({ phoneProven: true });
    expect((await waiting(away)).nodes).toMatchObject([
      { name: 'Boss', phoneProven: true },
      { name: 'The customer', phone: home.plan.contacts[0]!.phone },
    ]);
    // of another number it is as anybody is
    expect(await apply(person(code), home.customer)).toMatchObject({ phoneProven: false });
  });

  it('proves nothing by a session of before the number was given another seat: it may have passed on', async () => {
    const [home, away] = [await server.organization(), await server.organization()];
    const { code } = await makeLink(away.owner);
    const { phone } = home.plan.contacts[0]!;
    wait(1);
    const other = await server.organization();
    await other.admin.does(ADD, { input: { name: 'Hu Yan', phone, tagIds: [other.tagIds[0]] } });
    expect(await apply({ code }, home.customer)).toMatchObject({ phoneProven: false });
    expect(await apply({ code }, await server.seat(phone, home.id))).toMatchObject({ phoneProven: true });
  });

  it('an account without a seat says its name; a demo’s session proves nothing', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const phone = newPhone();
    const ask = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
    await server.nobody.does(ask, { input: { phone } });
    await server.runtime.door.texts.settled();
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token } } }';
    const { token } = await server.nobody.does(signIn, { input: { phone, code: messages.to(phone).at(-1)!.parameters.code } });
    const seatless = new TestSeat({ id: '', name: 'seatless', token, url: server.url });
    expect(await apply({ code }, seatless)).toMatchObject({ issues: [{ path: ['input', 'name'], code: 'REQUIRED' }] });
    expect(await apply({ code, name: 'Hu Yan' }, seatless)).toMatchObject({ phoneProven: true });
    const demo = await signInAs(server.runtime.door, { phone: own.plan.contacts[0]!.phone, demoOnly: true }, now);
    expect(await apply({ code }, new TestSeat({ id: '', name: 'demo', token: demo.token, url: server.url }))).toMatchObject({
      phoneProven: false,
    });
  });
});

describe('a link that takes no more (spec 5.5)', () => {
  it('has ended, is full, or belongs to a suspended window', async () => {
    const own = await server.organization();
    const ended = await makeLink(own.owner);
    await own.owner.does(REVOKE, { input: { linkId: ended.id } });
    const full = await makeLink(own.owner, { maxApplications: 1 });
    const first = await proven(full.code);
    expect((await apply(person(ended.code))).code).toBe('WINDOW_LINK_ENDED');
    expect((await outcomeOf(server.nobody, ASK_CODE, { code: ended.code, phone: newPhone() })).code).toBe('WINDOW_LINK_ENDED');
    expect((await apply(person(full.code))).code).toBe('WINDOW_LINK_FULL');
    expect((await apply({ ...first, name: 'Hu' })).code).toBe('WINDOW_LINK_FULL'); // unproven, it tells nobody who waits
    await expect(proven(full.code)).rejects.toThrow('WindowLinkFull');
    // whoever holds a place changes what they have sent
    await proven(full.code, { ...first, message: 'Once more' });
    expect((await waiting(own)).nodes).toMatchObject([{ phone: first.phone, message: 'Once more' }]);
    await certifyOrganization(server.runtime, own.id, { level: 'BASIC', reason: 'Looked at' });
    const open = await makeLink((await server.organization()).owner);
    expect((await apply(person(full.code))).code).toBe('WINDOW_SUSPENDED');
    expect((await apply(person(open.code))).phoneProven).toBe(false);
  });

  it('of fifty for the last place one has it', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner, { maxApplications: 3 });
    for (let i = 0; i < 2; i++) await proven(code);
    for (let i = 0; i < 4; i++) await apply(person(code)); // what proves nothing takes no place
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => proven(code)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(all.filter((one) => one.status === 'rejected' && String(one.reason).includes('WindowLinkFull'))).toHaveLength(49);
    expect((await own.owner.query(LINKS)).windowLinks.nodes).toMatchObject([{ applications: 7, placesTaken: 3 }]);
  });

  it('a refusal gives its place back, and whoever is let in unproven takes one', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner, { maxApplications: 1, tagIds: [own.tagIds[0]] });
    await apply(person(code));
    await proven(code);
    const [first, unproven] = (await waiting(own)).nodes;
    const links = async () => (await own.owner.query(LINKS)).windowLinks.nodes[0];
    expect(await links()).toMatchObject({ placesTaken: 1, waiting: 2, accepted: 0, refused: 0 });
    await outcomeOf(own.admin, REFUSE, { applicationIds: [first.id], reason: 'No' });
    expect(await links()).toMatchObject({ placesTaken: 0, waiting: 1, refused: 1 });
    await outcomeOf(own.admin, ACCEPT, { applicationIds: [unproven.id] });
    expect(await links()).toMatchObject({ placesTaken: 1, waiting: 0, accepted: 1, refused: 1 });
    await expect(proven(code)).rejects.toThrow('WindowLinkFull');
  });

  const decide =
    (act: string, more: object = {}) =>
    async (own: TestOrganization) =>
      outcomeOf(own.admin, act, { applicationIds: (await waiting(own)).nodes.map(({ id }: { id: string }) => id), ...more });
  it.each([
    ['both refused', 0, decide(REFUSE, { reason: 'No' })],
    ['both let in', 2, decide(ACCEPT)],
    ['both forgotten', 0, (own: TestOrganization) => forgetAfter(own, 181)],
  ])('of one who has proven their number and one who has not, %s, %i hold a place', async (_, places, end) => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    await apply(person(code));
    await proven(code);
    await end(own);
    expect((await own.owner.query(LINKS)).windowLinks.nodes).toMatchObject([{ placesTaken: places, waiting: 0 }]);
  });

  it('what came to nothing is forgotten in time, and its place is free again', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    await proven(code);
    await proven(code);
    const [refused] = (await waiting(own)).nodes;
    await outcomeOf(own.admin, REFUSE, { applicationIds: [refused.id], reason: 'No' });
    const kept = async () => [(await waiting(own, 'REFUSED')).totalCount, (await waiting(own)).totalCount];
    await forgetAfter(own, 89);
    expect(await kept()).toEqual([1, 1]);
    await forgetAfter(own, 91);
    expect(await kept()).toEqual([0, 1]);
    await forgetAfter(own, 181);
    expect(await kept()).toEqual([0, 0]);
    expect((await own.owner.query(LINKS)).windowLinks.nodes).toMatchObject([{ applications: 2, placesTaken: 0 }]);
  });

  it('is refused to whoever was let through before it was taken back', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    const crossing = await Crossing.open(server);
    try {
      const revoked = 'update window_links set revoked_at = now() where organization_id = $1 and code = $2';
      expect(await crossing.meetByHand(revoked, [own.id, code], async () => (await apply(person(code))).__typename)).toBe(
        'WindowLinkEnded',
      );
      const suspended = `update organizations set certification = 'BASIC' where organization_id = $1`;
      const { code: next } = await makeLink(own.owner);
      expect(await crossing.meetByHand(suspended, [own.id], async () => (await apply(person(next))).__typename)).toBe('WindowSuspended');
    } finally {
      await crossing.close();
    }
    expect((await waiting(own)).nodes).toEqual([]);
  });
});

describe('floods of applications (spec 5.6)', () => {
  it('five an hour a phone, at all links together', async () => {
    const own = await server.organization();
    const [{ code }, { code: other }] = [await makeLink(own.owner), await makeLink(own.owner)];
    const { phone } = person(code);
    for (let i = 0; i < 5; i++) expect((await apply(person(i % 2 ? code : other, { phone }))).phoneProven).toBe(false);
    expect(await apply(person(code, { phone }))).toBe('RATE_LIMITED');
    expect((await apply(person(code))).phoneProven).toBe(false);
    for (let i = 0; i < 5; i++) await codeFor(code, phone); // codes are counted apart
    expect(await outcomeOf(server.nobody, ASK_CODE, { code, phone })).toBe('RATE_LIMITED');
    wait(60);
    expect((await apply(person(code, { phone }))).phoneProven).toBe(false);
  });

  it('so many an hour an address, and a day a link', async () => {
    wait(60);
    const small = await startTestServer({ now: () => now, sms: messages, joinLimits: { perAddress: 3, perLink: 5 } });
    try {
      const own = await small.organization();
      const [{ code }, { code: other }] = [await makeLink(own.owner), await makeLink(own.owner)];
      const send = (of: string) => outcomeOf(small.nobody, APPLY, person(of));
      for (let i = 0; i < 3; i++) expect((await send(i ? code : other)).phoneProven).toBe(false);
      expect(await send(code)).toBe('RATE_LIMITED');
      wait(60);
      for (let i = 0; i < 3; i++) expect((await send(code)).phoneProven).toBe(false);
      wait(60);
      expect(await send(code)).toBe('RATE_LIMITED'); // five of this link within a day
      expect((await send(other)).phoneProven).toBe(false);
      wait(24 * 60);
      expect((await send(code)).phoneProven).toBe(false);
    } finally {
      await small.stop();
    }
  });
});

describe('whether a phone is known (spec 5.6)', () => {
  it.each(['customer', 'guest', 'colleague'] as const)(
    'is told by neither answers nor statements: that of the %s is answered like all others',
    async (who) => {
      const contacts = [
        { key: 'customer', name: 'A', phone: newPhone(), isMember: true },
        { key: 'guest', name: 'B', phone: newPhone() },
      ];
      const own = await server.organization({ contacts });
      const known = [...own.plan.contacts, ...own.plan.employees].find(({ key }) => key === who)!.phone;
      const { code } = await makeLink(own.owner);
      const pools = [server.runtime.pools.identity, server.runtime.pools.requests].map((pool) => new WatchedPool(pool));
      const asked = async (phone: string) => {
        for (const pool of pools) pool.forget();
        const answers = [
          await outcomeOf(server.nobody, ASK_CODE, { code, phone }),
          await apply({ code, name: 'Hu Yan', phone, verificationCode: 'wrong' }),
          await apply({ code, name: 'Hu Yan', phone }),
        ];
        const [identity, requests] = pools.map(({ statements }) => statements);
        return { answers, identity, looksUp: requests!.filter((text) => /\b(contacts|window_members)\b/.test(text)) };
      };
      const one = await asked(known);
      expect(one.identity!.length).toBeGreaterThan(8);
      expect(one.looksUp).toEqual([]);
      expect(await asked(newPhone())).toEqual(one);
    },
  );
});

describe('who reads applications (spec 5.6)', () => {
  it('admins with WINDOW alone, also live', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    for (const seat of [own.owner, own.formsAdmin, own.scopedAdmin])
      expect((await seat.ask(APPLICATIONS, {})).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await own.customer.ask(APPLICATIONS, {})).errors[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
    const { liveCursor } = await waiting(own);
    const FOLLOW = `subscription ($after: EventCursor) { joinApplications(after: $after) { kind applicationId application { name state } } }`;
    await apply(person(code));
    await stampEvents(server.runtime.pools.worker);
    const live = own.admin.follow(FOLLOW, { after: liveCursor });
    const refused = own.owner.follow(FOLLOW);
    await expect(refused.next()).rejects.toThrow('FORBIDDEN');
    expect(await live.next()).toMatchObject({ kind: 'CAME', application: { name: 'Hu Yan', state: 'PENDING' } });
    await apply(person(code, { name: 'Ma Rui' }));
    expect(await live.next()).toMatchObject({ kind: 'CAME', application: { name: 'Ma Rui' } });
    await live.stop();
    await refused.stop();
    await server.runtime.notifications.settled();
    const INBOX = '{ notifications { nodes { kind text joinApplication { name } } } }';
    expect((await own.admin.query(INBOX)).notifications.nodes).toEqual([
      { kind: 'JOIN_APPLICATION_CAME', text: 'Ma Rui asks to be let in at the window.', joinApplication: { name: 'Ma Rui' } },
      { kind: 'JOIN_APPLICATION_CAME', text: 'Hu Yan asks to be let in at the window.', joinApplication: { name: 'Hu Yan' } },
    ]);
    expect((await own.owner.query(INBOX)).notifications.nodes).toEqual([]);
    const other = await server.organization();
    expect((await waiting(other)).nodes).toEqual([]);
  });
});
