import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { TestSocket } from '../platform/server/socket.fixture.ts';
import { say } from '../support/raw-connection.ts';
import { bearer, post } from './attack.fixture.ts';

// A token bent in every way opens nothing, and says nothing of how near it came.

let server: TestServer;
let seats: TestOrganization;
let now = new Date('2026-06-01T08:00:00Z');
beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  seats = await server.organization();
});
afterAll(() => server?.stop());

const WHO = JSON.stringify({ query: '{ viewer { name } }' });
const flipped = (token: string, at: number, bit: number): string => {
  const bytes = Buffer.from(token, 'base64url');
  bytes[at]! ^= 1 << bit;
  return bytes.toString('base64url');
};
const otherCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
/** The last letter of a token has two bits that stand for nothing: with another one the same bytes are read. */
const sameBytes = (token: string): string =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((letter) => token.slice(0, -1) + letter)
    .find((other) => other !== token && Buffer.from(other, 'base64url').equals(Buffer.from(token, 'base64url')))!;

const BENT: readonly [string, (token: string) => string][] = [
  ['cut', (token) => `Bearer ${token.slice(0, -1)}`],
  ['without its beginning', (token) => `Bearer ${token.slice(1)}`],
  ['with a letter more', (token) => `Bearer ${token}A`],
  ['twice', (token) => `Bearer ${token}${token}`],
  ['twice, with a comma', (token) => `Bearer ${token}, Bearer ${token}`],
  ['in another case', (token) => `Bearer ${otherCase(token)}`],
  ['backwards', (token) => `Bearer ${[...token].reverse().join('')}`],
  ['with the first bit flipped', (token) => `Bearer ${flipped(token, 0, 7)}`],
  ['with the last bit flipped', (token) => `Bearer ${flipped(token, 31, 0)}`],
  ['with other letters for the same bytes', (token) => `Bearer ${sameBytes(token)}`],
  ['padded', (token) => `Bearer ${token}=`],
  ['quoted', (token) => `Bearer "${token}"`],
  ['with a blank inside', (token) => `Bearer ${token.slice(0, 20)} ${token.slice(20)}`],
  ['after a tab', (token) => `Bearer\t${token}`],
  ['percent-encoded', (token) => `Bearer %${token.charCodeAt(0).toString(16)}${token.slice(1)}`],
  ['without a scheme', (token) => token],
  ['of Basic', (token) => `Basic ${Buffer.from(`:${token}`).toString('base64')}`],
  ['of Token', (token) => `Token ${token}`],
  ['that is its hash', (token) => `Bearer ${Buffer.from(token).toString('hex').slice(0, 64)}`],
  ['that is a session', () => `Bearer ${seats.owner.id}`],
  ['that is empty', () => 'Bearer '],
  ['that is nothing at all', () => ''],
  ['that is a condition of SQL', () => "Bearer ' or true --"],
  ['of 8 kB', () => `Bearer ${'A'.repeat(8_000)}`],
];

describe('a token', () => {
  it.each(BENT)('%s is UNAUTHENTICATED, over HTTP and on a socket', async (_, bend) => {
    const authorization = bend(seats.owner.token!);
    const { text, codes } = await post(server.url, WHO, { authorization });
    expect(codes).toEqual(['UNAUTHENTICATED']);
    expect(text).not.toContain('data');
    const socket = await new TestSocket(server.url).opened();
    socket.send({ type: 'connection_init', payload: { authorization } });
    expect((await socket.closed).code).toBe(4403);
  });

  it('is one fault, whatever is wrong with it', async () => {
    const messages = new Set<string>();
    for (const [, bend] of BENT) {
      const { text } = await post(server.url, WHO, { authorization: bend(seats.owner.token!) });
      messages.add(JSON.parse(text).errors[0].message);
    }
    expect(messages.size).toBe(1);
  });

  it('counts in its header alone', async () => {
    const { token } = seats.owner;
    const elsewhere = [
      `?${new URLSearchParams({ query: '{ viewer { name } }', authorization: `Bearer ${token}`, access_token: token!, token: token! })}`,
      `?${new URLSearchParams({ query: '{ viewer { name } }', extensions: JSON.stringify({ authorization: `Bearer ${token}` }) })}`,
    ];
    const nobody = { data: { viewer: null } };
    for (const search of elsewhere) expect(await (await fetch(`${server.url}/graphql${search}`)).json()).toEqual(nobody);
    const others: Record<string, string>[] = [
      { cookie: `authorization=Bearer ${token}; token=${token}` },
      { 'x-authorization': `Bearer ${token}` },
    ];
    for (const headers of others) expect(JSON.parse((await post(server.url, WHO, headers)).text)).toEqual(nobody);
    const inBody = JSON.stringify({ query: '{ viewer { name } }', authorization: `Bearer ${token}`, extensions: { token } });
    expect(JSON.parse((await post(server.url, inBody)).text)).toEqual(nobody);
  });

  it('that comes in two headers is the first, good or bad', async () => {
    const asked = (first: string, second: string): string =>
      `POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${WHO.length}\r\nAuthorization: Bearer ${first}\r\nAuthorization: Bearer ${second}\r\n\r\n${WHO}`;
    const { owner, admin } = seats;
    expect(await say(server.url, asked(owner.token!, admin.token!))).toContain('{"data":{"viewer":{"name":"The owner"}}}');
    expect(await say(server.url, asked('x'.repeat(43), admin.token!))).toContain('UNAUTHENTICATED');
  });

  it('that has ended or grown old is like one that never was', async () => {
    const { plan, id } = seats;
    const phone = plan.employees.find(({ key }) => key === 'colleague')!.phone;
    const [ended, old] = [await server.seat(phone, id), await server.seat(phone, id)];
    await ended.does('mutation { signOut { __typename } }');
    expect((await post(server.url, WHO, bearer(ended.token))).codes).toEqual(['UNAUTHENTICATED']);
    expect((await post(server.url, WHO, bearer(old.token))).codes).toEqual([]);
    now = new Date(now.getTime() + 91 * 24 * 3_600_000);
    expect((await post(server.url, WHO, bearer(old.token))).codes).toEqual(['UNAUTHENTICATED']);
    now = new Date('2026-06-01T08:00:00Z');
  });
});
