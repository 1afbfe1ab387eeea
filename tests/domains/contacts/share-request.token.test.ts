import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openRequest, sealRequest } from '../../../src/domains/contacts/share-request.token.ts';

const HOUR = 3_600_000;
const secret = randomBytes(32);
const now = new Date(Date.UTC(2026, 5, 1));
const later = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
const request = { seatId: '01a20ff2-ab17-7000-854e-261d16589bda', contactId: '01a20ff2-ab17-7001-854e-261d16589bdb' };
const token = sealRequest(secret, request, now);
const opened = (of: string, { seatId = request.seatId, at = now, by = secret } = {}) => openRequest(by, of, seatId, at);

describe('the token of a refused phone (spec 3.4)', () => {
  it('names the contact to this server, for the seat that was refused', () => expect(opened(token)).toBe(request.contactId));

  it('shows nothing of the contact or the seat', () => {
    for (const text of [token, Buffer.from(token, 'base64url').toString('latin1')])
      for (const id of Object.values(request)) expect(text).not.toContain(id.slice(0, 8));
    expect(sealRequest(secret, request, now)).not.toBe(token);
  });

  it.each([
    [24 * HOUR - 1, request.contactId],
    [24 * HOUR, undefined],
    [48 * HOUR, undefined],
  ])('%i milliseconds later: %s', (after, found) => expect(opened(token, { at: later(after) })).toBe(found));

  it.each([
    ['another seat', () => opened(token, { seatId: request.contactId })],
    ['another server', () => opened(token, { by: randomBytes(32) })],
    ['no token', () => opened('')],
    ['a short token', () => opened(token.slice(0, 30))],
    ['some text', () => opened('Let me in, please. It is urgent, and I am the admin.')],
    [
      'another character anywhere',
      () => [...token].map((_, i) => opened(`${token.slice(0, i)}${token[i] === 'A' ? 'Q' : 'A'}${token.slice(i + 1)}`)).find(Boolean),
    ],
  ])('is nothing to %s', (_, open) => expect(open()).toBeUndefined());
});
