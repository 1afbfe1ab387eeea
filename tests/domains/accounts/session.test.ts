import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seatsOfSession } from '../../../src/domains/accounts/account-seat.service.ts';
import { authenticate, forgetExpired, openSessions, signInAs } from '../../../src/domains/accounts/index.ts';
import { endSessions, listSessions } from '../../../src/domains/accounts/own-session.service.ts';
import { theSeatIndex } from '../../../src/domains/accounts/seat-index.service.ts';
import { switchSeat } from '../../../src/domains/accounts/sign-in.service.ts';
import { inTransaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { addSeat, DAY, type IdentityDatabase, identityDatabase, MINUTE, moment, newPhone, testDoor } from './identity-database.ts';

let database: IdentityDatabase;
beforeAll(async () => {
  database = await identityDatabase();
});
afterAll(() => database.close());

/** A session of a new seat, opened at the start. */
async function session(phone = newPhone(), isDemo = false) {
  const { door } = testDoor(database);
  const seat = await addSeat(database, { phone, isDemo });
  return { ...(await signInAs(door, { phone, organizationId: seat.organizationId }, moment(0))), door, seat, phone };
}
type Made = Awaited<ReturnType<typeof session>>;

const inItsOrganization = ({ seat }: Made, work: (use: Parameters<typeof theSeatIndex.end>[0]) => Promise<void>, now = moment(1)) =>
  inTransaction(database.app, seat.organizationId, (transaction) => work({ transaction, organizationId: seat.organizationId, now }));

describe('a session', () => {
  it('says who it is, and nothing for another token', async () => {
    const { door, token, seat, sessionId, accountId } = await session();
    expect(await authenticate(door, token, moment(1))).toEqual({ sessionId, accountId, ...seat });
    const other = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BA' : 'AA'}`;
    for (const wrong of [other, '', token.slice(1), `${token}A`, "' or true --"])
      expect(await authenticate(door, wrong, moment(1))).toBeUndefined();
  });

  it('ends after thirty days without use', async () => {
    const [used, idle] = [await session(), await session()];
    expect(await authenticate(used.door, used.token, moment(30 * DAY - 1))).toBeDefined();
    expect(await authenticate(used.door, used.token, moment(59 * DAY))).toBeDefined();
    expect(await authenticate(idle.door, idle.token, moment(30 * DAY))).toBeUndefined();
  });

  it('ends after ninety days, however much it is used', async () => {
    const { door, token } = await session();
    for (let day = 20; day < 90; day += 20) expect(await authenticate(door, token, moment(day * DAY))).toBeDefined();
    expect(await authenticate(door, token, moment(90 * DAY - 1))).toBeDefined();
    expect(await authenticate(door, token, moment(90 * DAY))).toBeUndefined();
  });

  it('notes its use at most once a minute, for itself and its seat', async () => {
    const { door, token, sessionId, seat } = await session();
    const noted = async (): Promise<unknown[]> => {
      const { rows } = await database.owner.query<{ session: Date; seat: Date | null }>(
        `select s.last_used_at as session, i.last_used_at as seat from identity.sessions s join identity.seats i using (organization_id, seat_id)
         where s.id = $1 and i.seat_id = $2`,
        [sessionId, seat.seatId],
      );
      return [rows[0]?.session, rows[0]?.seat];
    };
    await authenticate(door, token, moment(MINUTE - 1));
    expect(await noted()).toEqual([moment(0), null]);
    await Promise.all(Array.from({ length: 10 }, () => authenticate(door, token, moment(MINUTE))));
    expect(await noted()).toEqual([moment(MINUTE), null]); // opened without a code: nobody has used the seat
    await database.owner.query('update identity.seats set last_used_at = $1 where seat_id = $2', [moment(0), seat.seatId]);
    await authenticate(door, token, moment(2 * MINUTE));
    expect(await noted()).toEqual([moment(2 * MINUTE), moment(2 * MINUTE)]);
    await authenticate(door, token, moment(3 * MINUTE - 1));
    expect(await noted()).toEqual([moment(2 * MINUTE), moment(2 * MINUTE)]);
  });

  it('is refused once its seat has ended, and does not come back with the seat', async () => {
    const made = await session();
    const { door, token, sessionId, seat, phone } = made;
    await inItsOrganization(made, (use) => theSeatIndex.end(use, [seat.seatId]));
    expect(await authenticate(door, token, moment(2))).toBeUndefined();
    expect(await openSessions(door, [sessionId], moment(2))).toEqual(new Set());
    await expect(signInAs(door, { phone }, moment(2))).rejects.toThrow('No seat');
    await inItsOrganization(made, (use) => theSeatIndex.add(use, { seatId: seat.seatId, kind: 'EMPLOYEE', phone, isDemo: false }));
    expect(await authenticate(door, token, moment(3))).toBeUndefined();
    expect((await signInAs(door, { phone }, moment(3))).seat).toEqual(seat);
  });

  it('is of the seat that is named, where a phone has several in one organization', async () => {
    const made = await session();
    const beside = uuidv7();
    await inItsOrganization(made, (use) => theSeatIndex.add(use, { seatId: beside, kind: 'CONTACT', phone: made.phone, isDemo: false }));
    for (const [named, id] of [
      ['CONTACT', beside],
      [beside, beside],
      ['EMPLOYEE', made.seat.seatId],
    ])
      expect((await signInAs(made.door, { phone: made.phone, seat: named }, moment(2))).seat!.seatId).toBe(id);
    await expect(signInAs(made.door, { phone: made.phone, seat: uuidv7() }, moment(2))).rejects.toThrow(
      `it has EMPLOYEE ${made.seat.seatId}, CONTACT`,
    );
  });

  it('is refused once its seat has another phone; the seat follows the phone', async () => {
    const made = await session();
    const next = newPhone();
    await inItsOrganization(made, (use) => theSeatIndex.movePhone(use, made.seat.seatId, made.phone));
    expect(await authenticate(made.door, made.token, moment(2))).toBeDefined();
    await inItsOrganization(made, (use) => theSeatIndex.movePhone(use, made.seat.seatId, next));
    expect(await authenticate(made.door, made.token, moment(2))).toBeUndefined();
    await expect(signInAs(made.door, { phone: made.phone }, moment(2))).rejects.toThrow('No seat');
    expect((await signInAs(made.door, { phone: next }, moment(2))).seat).toEqual(made.seat);
  });
});

describe('a session whose seat has another phone than its account', () => {
  it('is nobody’s, also where nothing has ended it', async () => {
    const { door, token, sessionId, seat } = await session();
    await database.owner.query('update identity.seats set phone = $1 where seat_id = $2', [newPhone(), seat.seatId]);
    expect(await authenticate(door, token, moment(1))).toBeUndefined();
    expect(await openSessions(door, [sessionId], moment(1))).toEqual(new Set());
  });
});

describe('an account’s sessions', () => {
  it('are listed, its own only, and ended by name or all', async () => {
    const made = await session();
    const { door, phone, sessionId } = made;
    const [second, third] = [await signInAs(door, { phone }, moment(1)), await signInAs(door, { phone }, moment(2))];
    const stranger = await session();
    const ids = async (): Promise<string[]> => (await listSessions(door, sessionId, moment(3))).map((one) => one.sessionId);
    expect(await ids()).toEqual([third.sessionId, second.sessionId, sessionId]);
    await expect(endSessions(door, sessionId, [second.sessionId, stranger.sessionId], moment(3))).rejects.toThrow('NotFound');
    expect(await authenticate(door, second.token, moment(3))).toBeDefined();
    expect(await endSessions(door, sessionId, [second.sessionId], moment(3))).toBe(1);
    expect(await endSessions(door, sessionId, [second.sessionId], moment(3))).toBe(0);
    expect(await ids()).toEqual([third.sessionId, sessionId]);
    expect(await endSessions(door, sessionId, undefined, moment(4))).toBe(2);
    for (const { token } of [made, second, third]) expect(await authenticate(door, token, moment(5))).toBeUndefined();
    expect(await authenticate(door, stranger.token, moment(5))).toBeDefined();
  });

  it('are asked for together: the live ones of many', async () => {
    const [live, ended, idle] = [await session(), await session(), await session()];
    await endSessions(live.door, ended.sessionId, undefined, moment(1));
    await authenticate(live.door, live.token, moment(29 * DAY));
    const all = [live, ended, idle].map(({ sessionId }) => sessionId);
    expect(await openSessions(live.door, all, moment(30 * DAY))).toEqual(new Set([live.sessionId]));
    expect(await openSessions(live.door, [], moment(0))).toEqual(new Set());
  });

  it('are forgotten past their last day, and not before', async () => {
    const { door, sessionId } = await session();
    const kept = async () => (await database.owner.query('select 1 from identity.sessions where id = $1', [sessionId])).rowCount;
    await forgetExpired(door, moment(90 * DAY - 1));
    expect(await kept()).toBe(1);
    await forgetExpired(door, moment(90 * DAY));
    expect(await kept()).toBe(0);
  });
});

describe('the seats that a session reaches', () => {
  const reached = async ({ door, sessionId }: Pick<Made, 'door' | 'sessionId'>): Promise<string[]> =>
    (await seatsOfSession(database.identity, sessionId, door.settings.demo)).map(({ seatId }) => seatId);

  it('are those that its number had when it proved it, that moment included, and none that it was given later', async () => {
    const made = await session();
    const atOnce = await addSeat(database, { phone: made.phone, at: moment(0) });
    await addSeat(database, { phone: made.phone, at: moment(1) });
    expect(await reached(made)).toEqual([made.seat, atOnce].map(({ seatId }) => seatId).toSorted());
  });
  it('are the same of what it switches to, however late', async () => {
    const made = await session();
    const later = await addSeat(database, { phone: made.phone, at: moment(MINUTE) });
    const { sessionId } = await switchSeat(made.door, made.sessionId, made.seat, moment(2 * MINUTE));
    expect(await reached({ door: made.door, sessionId })).toEqual([made.seat.seatId]);
    await expect(switchSeat(made.door, sessionId, later, moment(2 * MINUTE))).rejects.toThrow();
  });
  it('are all that the number has when somebody signs in, also where the clock of whoever gave one is ahead', async () => {
    const made = await session();
    await addSeat(database, { phone: made.phone, at: moment(5 * MINUTE) });
    const { sessionId } = await signInAs(made.door, { phone: made.phone }, moment(MINUTE));
    expect(await reached({ door: made.door, sessionId })).toHaveLength(2);
  });
  it('are given anew where a seat comes to the number from another', async () => {
    const made = await session();
    const other = await session();
    await inItsOrganization(other, (use) => theSeatIndex.movePhone(use, other.seat.seatId, made.phone));
    expect(await reached(made)).toEqual([made.seat.seatId]);
  });
});
