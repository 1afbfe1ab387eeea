import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TextMessage } from '../../src/sdk/index.ts';
import { newPhone, type TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { asOwner } from '../rules/rows.fixture.ts';
import { WatchedPool } from '../support/watched-pool.ts';
import { post } from './attack.fixture.ts';

// Codes of signing in, guessed from many connections at once, and asked about by somebody who wants to know who is known.

let server: TestServer;
let seats: TestOrganization;
let sent: { phone: string; code: string }[];
const sms = {
  name: 'kept',
  send: async ({ phone, parameters }: TextMessage) => void sent.push({ phone, code: parameters.code! }),
};
let now = new Date('2026-06-01T08:00:00Z');
beforeAll(async () => {
  sent = [];
  server = await startTestServer({ now: () => now, poolSize: 20, sms });
  seats = await server.organization({ isDemo: false });
});
afterAll(() => server?.stop());

interface SignIn {
  readonly __typename: string;
  readonly token?: string;
}
const REQUEST =
  'mutation ($phone: PhoneNumber!) { requestSignInCode(input: { phone: $phone }) { __typename ... on RequestSignInCodeSuccess { expiresAt } } }';
const SIGN_IN = `mutation ($phone: PhoneNumber!, $code: String!) {
  signIn(input: { phone: $phone, code: $code }) { __typename ... on SignInSuccess { token } ... on UserError { code message path } }
}`;
const requestCode = async (phone: string): Promise<string> => {
  // Each from an hour of its own, so that what was asked for before does not count.
  now = new Date(now.getTime() + 3_600_000);
  await server.nobody.does(REQUEST, { phone });
  await server.runtime.door.texts.settled();
  return sent.at(-1)!.code;
};
const signIn = async (phone: string, code: string): Promise<SignIn> => (await server.nobody.query(SIGN_IN, { phone, code })).signIn;
const others = (code: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0')).filter(
    (other) => other !== '246810',
  );
const knownPhone = (): string => seats.plan.employees.find(({ key }) => key === 'owner')!.phone;

describe('many guesses at once', () => {
  it('are five, however many there are: the right code among fifty comes too late or is one of five', async () => {
    const phone = knownPhone();
    const code = await requestCode(phone);
    const guesses = [...others(code, 49), code];
    const outcomes = await Promise.all(guesses.map((guess) => signIn(phone, guess)));
    const [{ tries } = { tries: 5 }] = await asOwner<{ tries: number }>(
      server,
      `select tries from identity.asked_codes where phone = '${phone}'`,
    );
    const opened = outcomes.filter(({ token }) => token);
    // Where the code was one of the first five it is used up, else it is spoilt.
    expect([opened.length, tries]).toEqual(opened.length === 1 ? [1, 5] : [0, 5]);
    expect(await signIn(phone, code)).toMatchObject({ __typename: 'SignInRefused' });
  });

  it('with the right code open one session, and its token is good', async () => {
    const phone = knownPhone();
    const code = await requestCode(phone);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signIn(phone, code)));
    const tokens = outcomes.flatMap(({ token }) => token ?? []);
    expect(tokens).toHaveLength(1);
    const { text } = await post(server.url, '{"query":"{ viewer { name } }"}', { authorization: `Bearer ${tokens[0]}` });
    expect(text).toBe('{"data":{"viewer":{"name":"The owner"}}}');
  });

  it('in one request are counted like any others', async () => {
    const phone = knownPhone();
    const code = await requestCode(phone);
    const guesses = [...others(code, 5), code];
    const fields = guesses.map((guess, i) => `g${i}: signIn(input: { phone: "${phone}", code: "${guess}" }) { __typename }`);
    const answers = Object.values(await server.nobody.query<Record<string, SignIn>>(`mutation { ${fields.join(' ')} }`));
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['SignInRefused']));
  });
});

describe('a caller', () => {
  it('is the connection, whatever address its headers name', async () => {
    now = new Date(now.getTime() + 3_600_000);
    const asked = (i: number) => {
      const address = `10.1.${i}.1`;
      const headers = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` };
      return server.nobody.ask(REQUEST, { phone: `+861390000${1_000 + i}` }, headers); // none of the demo's
    };
    for (let i = 0; i < 20; i += 1) expect((await asked(i)).errors).toEqual([]);
    expect((await asked(20)).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: 3_600 } }]);
  });
});

describe('a caller behind a proxy that is trusted', () => {
  let behind: TestServer;
  beforeAll(async () => {
    behind = await startTestServer({
      now: () => now,
      databaseUrl: server.databaseUrl,
      sms,
      trustedProxies: ['127.0.0.1', '10.9.0.0/16', '::1'],
    });
  });
  afterAll(() => behind?.stop());
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('is the address that it passes on: twenty codes an hour stop nobody else', async () => {
    now = new Date(now.getTime() + 3_600_000);
    const asked = (i: number, address: string) =>
      behind.nobody.ask(REQUEST, { phone: `+861390000${2_000 + i}` }, from(`6.6.6.6, ${address}, 10.9.1.1`));
    for (let i = 0; i < 20; i += 1) expect((await asked(i, '203.0.113.1')).errors).toEqual([]);
    expect((await asked(20, '203.0.113.1')).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect((await asked(21, '203.0.113.2')).errors).toEqual([]);
    const other = await behind.nobody.ask(
      REQUEST,
      { phone: '+8613900002022' },
      { 'x-real-ip': '203.0.113.9', forwarded: 'for=203.0.113.9' },
    );
    expect(other.errors).toEqual([]);
  });
  it('who asked for a code uses it, however often others have guessed', async () => {
    now = new Date(now.getTime() + 3_600_000);
    const phone = knownPhone();
    await behind.nobody.ask(REQUEST, { phone }, from('203.0.113.3'));
    await behind.runtime.door.texts.settled();
    const { code } = sent.at(-1)!;
    const attempt = async (guess: string, address: string): Promise<string> =>
      (await behind.nobody.ask(SIGN_IN, { phone, code: guess }, from(address))).data!.signIn.__typename;
    for (const guess of others(code, 12)) expect(await attempt(guess, '198.51.100.9')).toBe('SignInRefused');
    expect(await attempt(code, '198.51.100.9')).toBe('SignInRefused');
    expect(await attempt(code, '203.0.113.3')).toBe('SignInSuccess');
  });
});

describe('whoever asks about a number', () => {
  it.each<[string, (code: string) => string]>([
    ['asks for a code', () => ''],
    ['guesses wrong', (code) => others(code, 1)[0]!],
    ['sends no code', () => '-'],
    ['sends the demo’s', () => '246810'],
  ])('and %s is told the same, by the same statements, whether it is known or not', async (_, guessFor) => {
    const [known, unknown] = [knownPhone(), newPhone()];
    const pool = new WatchedPool(server.runtime.pools.identity);
    const asked = async (phone: string): Promise<{ answer: unknown; statements: readonly string[] }> => {
      const code = await requestCode(phone);
      pool.forget();
      const guess = guessFor(code);
      const answer = guess ? await signIn(phone, guess) : await server.nobody.query(REQUEST, { phone });
      await server.runtime.door.texts.settled();
      return { answer: JSON.stringify(answer).replace(/"expiresAt":"[^"]+"/, ''), statements: pool.statements };
    };
    const [one, other] = [await asked(known), await asked(unknown)];
    expect(one.statements.length).toBeGreaterThan(2);
    expect(other).toEqual(one);
  });

  it('makes no account by asking or by guessing', async () => {
    const phone = newPhone();
    await signIn(phone, others(await requestCode(phone), 1)[0]!);
    expect(await asOwner(server, `select 1 from identity.accounts where phone = '${phone}'`)).toEqual([]);
    expect(sent.at(-1)!.phone).toBe(phone);
  });

  it('cannot have a code sent to what is no mobile number', async () => {
    const before = sent.length;
    for (const phone of ['110', '+861012345678', '0571-88880000', '+8613800000001,+8613800000002', '+8613800000001\r\nTo: x', 'x'])
      expect((await server.nobody.query(REQUEST, { phone })).requestSignInCode.__typename).toBe('ValidationFailed');
    expect(sent).toHaveLength(before);
  });
});

describe('limits of codes that the operator has set (targets 2)', () => {
  it('are those of a phone and of an address', async () => {
    const small = await startTestServer({ now: () => now, sms, codeLimits: { perPhone: 2, perAddress: 3 } });
    try {
      const codeOf = async (phone: string) => (await small.nobody.ask(REQUEST, { phone })).errors.map(({ extensions }) => extensions.code);
      const phone = newPhone();
      expect([await codeOf(phone), await codeOf(phone), await codeOf(phone)]).toEqual([[], [], ['RATE_LIMITED']]);
      expect([await codeOf(newPhone()), await codeOf(newPhone())]).toEqual([[], ['RATE_LIMITED']]);
    } finally {
      await small.stop();
    }
  });
});
