import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSeat, seatsOfSession } from '../../../src/domains/accounts/account-seat.service.ts';
import { authenticate, type IdentityDoor, signInAs } from '../../../src/domains/accounts/index.ts';
import { endSessions, listSessions } from '../../../src/domains/accounts/own-session.service.ts';
import { openSessions } from '../../../src/domains/accounts/session.service.ts';
import { type SignInRequest, signIn as signInFrom, switchSeat } from '../../../src/domains/accounts/sign-in.service.ts';
import {
  addSeat,
  askForCode,
  DAY,
  HOUR,
  type IdentityDatabase,
  identityDatabase,
  MINUTE,
  moment,
  newAddress,
  newPhone,
  otherThan,
  testDoor,
} from './identity-database.ts';

let database: IdentityDatabase;
beforeAll(async () => {
  database = await identityDatabase();
});
afterAll(() => database.close());

const ask = (door: IdentityDoor, phone: string, now = moment(0), address = newAddress()) =>
  askForCode(door, { phone, address, language: 'en' }, now);
/** From an address that has asked for nothing, unless it says another. */
const signIn = (door: IdentityDoor, request: Omit<SignInRequest, 'address'> & { address?: string }, now: Date) =>
  signInFrom(door, { address: '192.0.2.1', ...request }, now);
const refused = { message: 'SignInRefused' };
const notFound = { message: 'NotFound' };

describe('a code', () => {
  it('opens one session and no second', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    expect(await ask(door, phone)).toEqual({ expiresAt: moment(5 * MINUTE) });
    const opened = await signIn(door, { phone, code: lastCode() }, moment(1));
    expect(opened.seat).toBeUndefined();
    expect(await authenticate(door, opened.token, moment(2))).toEqual({ sessionId: opened.sessionId, accountId: opened.accountId });
    await expect(signIn(door, { phone, code: lastCode() }, moment(3))).rejects.toMatchObject(refused);
  });

  it('names the organization where the phone has its seats in one, and none where in several', async () => {
    const { door, sent } = testDoor(database);
    const [none, one, twice, several] = [newPhone(), newPhone(), newPhone(), newPhone()];
    const { organizationId } = await addSeat(database, { phone: one });
    for (const kind of ['EMPLOYEE', 'CONTACT'] as const) await addSeat(database, { phone: twice, organizationId, kind });
    for (const _ of [1, 2]) await addSeat(database, { phone: several });
    for (const phone of [none, one, twice, several]) await ask(door, phone);
    expect(sent.map(({ text }) => /code for ([^.]+)\./.exec(text)![1])).toEqual(['Guichet', 'Qinghe Tools', 'Qinghe Tools', 'Guichet']);
  });

  it('opens one session of many asked for at once', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    await ask(door, phone);
    const code = lastCode();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => signIn(door, { phone, code }, moment(1))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused);
  });

  it('is good until five minutes have passed', async () => {
    const { door, lastCode } = testDoor(database);
    const [early, late] = [newPhone(), newPhone()];
    await ask(door, early);
    await expect(signIn(door, { phone: early, code: lastCode() }, moment(5 * MINUTE - 1))).resolves.toBeDefined();
    await ask(door, late);
    await expect(signIn(door, { phone: late, code: lastCode() }, moment(5 * MINUTE))).rejects.toMatchObject(refused);
  });

  it('can be tried five times', async () => {
    const { door, lastCode } = testDoor(database);
    for (const [wrong, outcome] of [
      [4, 'opened'],
      [5, 'refused'],
    ] as const) {
      const phone = newPhone();
      await ask(door, phone);
      const code = lastCode();
      for (let i = 1; i <= wrong; i++)
        await expect(signIn(door, { phone, code: otherThan(code, i) }, moment(i))).rejects.toMatchObject(refused);
      const last = signIn(door, { phone, code }, moment(10));
      await (outcome === 'opened' ? expect(last).resolves.toBeDefined() : expect(last).rejects.toMatchObject(refused));
    }
  });

  it('is good for its own phone only, and gives way to the next', async () => {
    const { door, lastCode } = testDoor(database);
    const [phone, other] = [newPhone(), newPhone()];
    const address = newAddress();
    await ask(door, phone, moment(0), address);
    const first = lastCode();
    await expect(signIn(door, { phone: other, code: first }, moment(1))).rejects.toMatchObject(refused);
    await ask(door, phone, moment(2), address);
    if (first !== lastCode()) await expect(signIn(door, { phone, code: first }, moment(3))).rejects.toMatchObject(refused);
    await expect(signIn(door, { phone, code: lastCode() }, moment(4))).resolves.toBeDefined();
  });

  it('stays good where the seat that was named is not the phone’s', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    const foreign = await addSeat(database, { phone: newPhone() });
    const own = await addSeat(database, { phone, kind: 'CONTACT' });
    await ask(door, phone);
    for (const seat of [foreign, { seatId: randomUUID(), kind: 'EMPLOYEE' as const }, { ...own, kind: 'EMPLOYEE' as const }]) {
      await expect(signIn(door, { phone, code: lastCode(), seat }, moment(1))).rejects.toMatchObject(notFound);
    }
    expect((await signIn(door, { phone, code: lastCode(), seat: own }, moment(2))).seat).toEqual(own);
  });
});

describe('whoever asked for a code', () => {
  const [ASKER, OTHER] = ['203.0.113.5', '198.51.100.7'];
  const guess = async (door: IdentityDoor, phone: string, code: string, times: number, address: string) => {
    for (let i = 1; i <= times; i++)
      await expect(signIn(door, { phone, code: otherThan(code, i), address }, moment(i))).rejects.toMatchObject(refused);
  };

  it('signs in although others have guessed as often as they may, and more', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    await ask(door, phone, moment(0), ASKER);
    await guess(door, phone, lastCode(), 4, ASKER);
    for (const address of [OTHER, '2001:db8::1', '']) await guess(door, phone, lastCode(), 6, address);
    await expect(signIn(door, { phone, code: lastCode(), address: ASKER }, moment(20))).resolves.toBeDefined();
  });
  it('is told by all of a network of IPv6', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    await ask(door, phone, moment(0), '2001:db8:1:2::5');
    await guess(door, phone, lastCode(), 6, OTHER);
    await expect(signIn(door, { phone, code: lastCode(), address: '2001:db8:1:2:ffff::6' }, moment(20))).resolves.toBeDefined();
  });
  it('may come from elsewhere with the code, as long as others have tries left', async () => {
    const { door, lastCode } = testDoor(database);
    for (const [wrong, outcome] of [
      [4, 'opened'],
      [5, 'refused'],
    ] as const) {
      const phone = newPhone();
      await ask(door, phone, moment(0), ASKER);
      await guess(door, phone, lastCode(), wrong, `198.51.100.${wrong}`);
      const last = signIn(door, { phone, code: lastCode(), address: OTHER }, moment(20));
      await (outcome === 'opened' ? expect(last).resolves.toBeDefined() : expect(last).rejects.toMatchObject(refused));
    }
  });
  it('has no more tries from an address of their own than there are', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    await ask(door, phone, moment(0), ASKER);
    await guess(door, phone, lastCode(), 5, ASKER);
    await expect(signIn(door, { phone, code: lastCode(), address: ASKER }, moment(20))).rejects.toMatchObject(refused);
  });
  it('keeps the code where others ask for one of the same phone; each opens one session, and then none is good', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    await ask(door, phone, moment(0), ASKER);
    const own = lastCode();
    await ask(door, phone, moment(1), OTHER);
    const others = lastCode();
    await ask(door, phone, moment(2), '192.0.2.77');
    const unguessed = lastCode();
    await guess(door, phone, others, 6, OTHER);
    await expect(signIn(door, { phone, code: own, address: ASKER }, moment(20))).resolves.toBeDefined();
    for (const [code, address] of [
      [own, ASKER],
      [others, OTHER],
      [unguessed, '192.0.2.77'],
    ] as const)
      await expect(signIn(door, { phone, code, address }, moment(21))).rejects.toMatchObject(refused);
  });
  it('meets guesses of many at once, of whom none gets more tries than all others have', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    await ask(door, phone, moment(0), ASKER);
    await ask(door, phone, moment(0), OTHER);
    const guesses = Array.from({ length: 30 }, (_, i) =>
      signIn(door, { phone, code: otherThan(lastCode(), i + 1), address: [ASKER, OTHER, '192.0.2.9'][i % 3]! }, moment(1)),
    );
    for (const { status } of await Promise.allSettled(guesses)) expect(status).toBe('rejected');
    const { rows } = await database.owner.query('select tries, tries_of_others from identity.asked_codes where phone = $1', [phone]);
    expect(rows).toEqual([
      { tries: 5, tries_of_others: 5 },
      { tries: 5, tries_of_others: 5 },
    ]);
  });
});

describe('limits of asking for codes', () => {
  const limited = (retryAfter: number) => ({ extensions: { code: 'RATE_LIMITED', retryAfter } });

  it('are ten an hour for a number, wherever it is asked from', async () => {
    const { door, sent } = testDoor(database);
    const phone = newPhone();
    for (let i = 0; i < 10; i++) await ask(door, phone, moment(i * MINUTE));
    await expect(ask(door, phone, moment(10 * MINUTE))).rejects.toMatchObject(limited(50 * 60));
    await expect(ask(door, phone, moment(HOUR - 1))).rejects.toMatchObject(limited(1));
    expect(sent).toHaveLength(10);
    await expect(ask(door, phone, moment(HOUR))).resolves.toBeDefined();
    await expect(ask(door, phone, moment(HOUR))).rejects.toMatchObject(limited(60));
  });

  it('are twenty an hour for an address, whatever the number; a network of IPv6 is one address', async () => {
    const { door } = testDoor(database);
    for (let i = 0; i < 20; i++) await ask(door, newPhone(), moment(0), `2001:db8:0:7::${i.toString(16)}`);
    await expect(ask(door, newPhone(), moment(1), '2001:db8::7:ffff:0:0:1')).rejects.toMatchObject(limited(3600));
    await expect(ask(door, newPhone(), moment(1), '2001:db8:0:8::1')).resolves.toBeDefined();
  });

  it('hold when many ask at once', async () => {
    const { door, sent } = testDoor(database);
    const phone = newPhone();
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => ask(door, phone)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(sent).toHaveLength(10);
  });

  it('are their own for the demo’s phones, on a demo server only', async () => {
    const [phone, address] = [newPhone(), newAddress()];
    const demo = testDoor(database, { demo: true, demoCodesPerNumber: 30, demoCodesPerAddress: 30 }, [phone]);
    for (let i = 0; i < 30; i++) await ask(demo.door, phone, moment(0), address);
    await expect(ask(demo.door, phone, moment(1), address)).rejects.toMatchObject(limited(3600));
    await expect(ask(demo.door, newPhone(), moment(1), address)).resolves.toBeDefined();
    const other = newPhone();
    const real = testDoor(database, { demo: false }, [other]);
    for (let i = 0; i < 10; i++) await ask(real.door, other);
    await expect(ask(real.door, other)).rejects.toMatchObject(limited(3600));
  });
});

describe('the seat of a session', () => {
  it('is the named one, else the last used, else the oldest', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    const young = await addSeat(database, { phone, at: moment(-DAY) });
    const old = await addSeat(database, { phone, kind: 'CONTACT', at: moment(-2 * DAY) });
    const enter = async (now: Date, seat?: typeof young) => {
      await ask(door, phone, now);
      return (await signIn(door, { phone, code: lastCode(), seat }, now)).seat;
    };
    expect(await enter(moment(0))).toEqual(old);
    expect(await enter(moment(1), young)).toEqual(young);
    expect(await enter(moment(2))).toEqual(young);
    await signInAs(door, { phone, organizationId: old.organizationId }, moment(3));
    expect(await enter(moment(4))).toEqual(young);
    await enter(moment(5), old);
    expect(await enter(moment(6))).toEqual(old);
    const { sessionId } = await signInAs(door, { phone, organizationId: old.organizationId }, moment(7));
    await switchSeat(door, sessionId, young, moment(7));
    expect(await enter(moment(8))).toEqual(young);
  });

  it('is the last used, also where the oldest was never used', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    const young = await addSeat(database, { phone, at: moment(-DAY) });
    await addSeat(database, { phone, kind: 'CONTACT', at: moment(-2 * DAY) });
    for (const seat of [young, undefined]) {
      await ask(door, phone);
      expect((await signIn(door, { phone, code: lastCode(), seat }, moment(1))).seat).toEqual(young);
    }
  });

  it('can be switched to any of the account’s own: the old token stays, the end stays', async () => {
    const { door } = testDoor(database);
    const phone = newPhone();
    const [first, second] = [await addSeat(database, { phone }), await addSeat(database, { phone, kind: 'CONTACT', at: moment(1) })];
    const foreign = await addSeat(database, { phone: newPhone() });
    const opened = await signInAs(door, { phone }, moment(0));
    expect(await seatsOfSession(database.identity, opened.sessionId, false)).toEqual([first, second]);
    await expect(switchSeat(door, opened.sessionId, foreign, moment(1))).rejects.toMatchObject(notFound);
    await expect(switchSeat(door, opened.sessionId, { ...second, kind: 'EMPLOYEE' }, moment(1))).rejects.toMatchObject(notFound);
    const switched = await switchSeat(door, opened.sessionId, second, moment(20 * DAY));
    expect(await authenticate(door, switched.token, moment(20 * DAY))).toMatchObject(second);
    expect(await authenticate(door, opened.token, moment(20 * DAY))).toMatchObject(first);
    for (let day = 40; day < 90; day += 10) expect(await authenticate(door, switched.token, moment(day * DAY))).toBeDefined();
    expect(await authenticate(door, switched.token, moment(90 * DAY))).toBeUndefined();
  });

  it('must exist for a token without a code', async () => {
    const { door } = testDoor(database);
    const phone = newPhone();
    await addSeat(database, { phone });
    await expect(signInAs(door, { phone: newPhone() }, moment(0))).rejects.toThrow('No seat has this phone');
    await expect(signInAs(door, { phone, organizationId: randomUUID() }, moment(0))).rejects.toThrow('No seat in this organization');
    await expect(signInAs(door, { phone, demoOnly: true }, moment(0))).rejects.toThrow('No seat has this phone');
  });
});

describe('seats of demo organizations, where the server is no demo (spec 2.1)', () => {
  it('are closed: no code, no command and no switch opens them', async () => {
    const { door, sent, lastCode } = testDoor(database);
    const phone = newPhone();
    const closed = await addSeat(database, { phone, isDemo: true });
    await ask(door, phone);
    expect(sent.at(-1)!.text).toContain('code for Guichet.');
    await expect(signIn(door, { phone, code: '246810' }, moment(1))).rejects.toMatchObject(refused);
    await expect(signIn(door, { phone, code: lastCode(), seat: closed }, moment(1))).rejects.toMatchObject(notFound);
    const opened = await signIn(door, { phone, code: lastCode() }, moment(1));
    expect(opened.seat).toBeUndefined();
    expect(await seatsOfSession(database.identity, opened.sessionId, false)).toEqual([]);
    await expect(switchSeat(door, opened.sessionId, closed, moment(2))).rejects.toMatchObject(notFound);
    await expect(signInAs(door, { phone }, moment(2))).rejects.toThrow(
      'No seat has this phone (DEMO is off, so the seats of demo organizations are closed).',
    );
  });

  it('do not stand in the way of a real one of the same phone, however lately they were used', async () => {
    const demo = testDoor(database, { demo: true }).door;
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    const real = await addSeat(database, { phone, at: moment(1) });
    const closed = await addSeat(database, { phone, isDemo: true });
    expect((await signIn(demo, { phone, code: '246810' }, moment(2))).seat).toEqual(closed);
    await ask(door, phone, moment(3));
    expect((await signIn(door, { phone, code: lastCode() }, moment(3))).seat).toEqual(real);
    expect((await signInAs(door, { phone }, moment(4))).seat).toEqual(real);
  });

  it('end with the demo for those who are in, and are open where it goes on', async () => {
    const demo = testDoor(database, { demo: true }).door;
    const { door } = testDoor(database);
    const phone = newPhone();
    await addSeat(database, { phone, isDemo: true });
    const { token, sessionId } = await signInAs(demo, { phone }, moment(0));
    expect(await authenticate(door, token, moment(1))).toBeUndefined();
    expect(await openSessions(door, [sessionId], moment(1))).toEqual(new Set());
    expect(await authenticate(demo, token, moment(1))).toBeDefined();
  });
});

describe('the demo’s code', () => {
  it('opens seats of the demo, again and again, and leads to no other', async () => {
    const { door } = testDoor(database, { demo: true });
    const phone = newPhone();
    const real = await addSeat(database, { phone, at: moment(-DAY) });
    const demo = await addSeat(database, { phone, isDemo: true });
    const realSession = await signInAs(door, { phone, organizationId: real.organizationId }, moment(0));
    await signIn(door, { phone, code: '246810' }, moment(1));
    const opened = await signIn(door, { phone, code: '246810' }, moment(2));
    expect(opened.seat).toEqual(demo);
    expect(await seatsOfSession(database.identity, opened.sessionId, true)).toEqual([demo]);
    expect(findSeat([demo], real)).toBeUndefined();
    await expect(switchSeat(door, opened.sessionId, real, moment(3))).rejects.toMatchObject(notFound);
    await expect(signIn(door, { phone, code: '246810', seat: real }, moment(3))).rejects.toMatchObject(notFound);
    expect(await listSessions(door, opened.sessionId, moment(4))).toHaveLength(2);
    await expect(endSessions(door, opened.sessionId, [realSession.sessionId], moment(4))).rejects.toMatchObject(notFound);
    await endSessions(door, opened.sessionId, undefined, moment(5));
    expect(await authenticate(door, realSession.token, moment(6))).toBeDefined();
    expect(await authenticate(door, opened.token, moment(6))).toBeUndefined();
  });

  it('opens nothing for phones outside the demo, and nothing on a real server', async () => {
    const [phone, demoPhone] = [newPhone(), newPhone()];
    await addSeat(database, { phone });
    await addSeat(database, { phone: demoPhone, isDemo: true });
    const demo = testDoor(database, { demo: true }).door;
    const real = testDoor(database).door;
    await expect(signIn(demo, { phone, code: '246810' }, moment(0))).rejects.toMatchObject(refused);
    await expect(signIn(real, { phone: demoPhone, code: '246810' }, moment(0))).rejects.toMatchObject(refused);
    const opened = await signIn(demo, { phone: demoPhone, code: '246810' }, moment(0));
    expect(await authenticate(demo, opened.token, moment(1))).toBeDefined();
    expect(await authenticate(real, opened.token, moment(1))).toBeUndefined();
  });
});
