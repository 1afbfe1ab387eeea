import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate, type IdentityDoor, type OpenedSession, signInAs } from '../../../src/domains/accounts/index.ts';
import { endSessions } from '../../../src/domains/accounts/own-session.service.ts';
import { theSeatIndex } from '../../../src/domains/accounts/seat-index.service.ts';
import { signIn, switchSeat } from '../../../src/domains/accounts/sign-in.service.ts';
import { inTransaction } from '../../../src/platform/database/transaction.ts';
import {
  addSeat,
  askForCode,
  type IdentityDatabase,
  identityDatabase,
  moment,
  newAddress,
  newPhone,
  testDoor,
} from './identity-database.ts';

// What opens sessions beside what ends them, on connections of their own. Whichever comes first, nothing that was opened before an ending
// outlives it: the row that both stand on is locked by both.

const TRIES = 40;

let database: IdentityDatabase;
let door: IdentityDoor;
beforeAll(async () => {
  database = await identityDatabase();
  ({ door } = testDoor(database));
});
afterAll(() => database.close());

type Seat = Awaited<ReturnType<typeof addSeat>>;
interface Account {
  readonly phone: string;
  readonly seats: readonly [Seat, Seat];
  readonly opened: OpenedSession;
}
async function account(): Promise<Account> {
  const phone = newPhone();
  const seats = [await addSeat(database, { phone }), await addSeat(database, { phone, kind: 'CONTACT', at: moment(1) })] as const;
  return { phone, seats: [...seats], opened: await signInAs(door, { phone }, moment(2)) };
}
const settled = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);
const isOpen = async ({ token }: OpenedSession): Promise<boolean> => (await authenticate(door, token, moment(10))) !== undefined;
const openOf = async ({ accountId }: OpenedSession): Promise<{ id: string }[]> =>
  (await database.owner.query<{ id: string }>('select id from identity.sessions where account_id = $1 and ended_at is null', [accountId]))
    .rows;
const ofSeat = <T>({ organizationId }: Seat, work: (use: Parameters<typeof theSeatIndex.end>[0]) => Promise<T>): Promise<T> =>
  inTransaction(database.app, organizationId, (transaction) => work({ transaction, organizationId, now: moment(5) }));
/** Does both at once, many times over, now the one first and now the other. */
async function race(
  one: (given: Account) => Promise<unknown>,
  other: (given: Account) => Promise<unknown>,
  after: (given: Account, results: [unknown, unknown]) => Promise<void>,
) {
  for (let i = 0; i < TRIES; i++) {
    const given = await account();
    const begun: [Promise<unknown>, Promise<unknown>] =
      i % 2 ? [one(given), other(given)] : ([other(given), one(given)].reverse() as never);
    await after(given, await Promise.all(begun));
  }
}

describe('ending all sessions', () => {
  it('beside switching the seat leaves none, or switching is refused', async () => {
    await race(
      ({ opened }) => endSessions(door, opened.sessionId, undefined, moment(3)),
      ({ opened, seats }) => settled(switchSeat(door, opened.sessionId, seats[1], moment(3))),
      async ({ opened }, [ended, switched]) => {
        expect(await openOf(opened)).toEqual([]);
        expect([1, 2]).toContain(ended);
        expect(switched !== undefined).toBe(ended === 2);
      },
    );
  });
  it('beside switching many times over, and beside ending them as well', async () => {
    for (let i = 0; i < TRIES / 4; i++) {
      const { opened, seats } = await account();
      await Promise.all([
        ...Array.from({ length: 6 }, (_, n) => settled(switchSeat(door, opened.sessionId, seats[n % 2]!, moment(3)))),
        endSessions(door, opened.sessionId, undefined, moment(3)),
        endSessions(door, opened.sessionId, undefined, moment(3)),
      ]);
      expect(await openOf(opened)).toEqual([]);
    }
  });
  it('beside signing in leaves at most the one that came after, and says how many it has ended', async () => {
    await race(
      ({ opened }) => endSessions(door, opened.sessionId, undefined, moment(3)),
      ({ phone }) => signInAs(door, { phone }, moment(3)),
      async ({ opened }, [ended, signedIn]) => {
        const isAfter = ended === 1;
        expect(await isOpen(signedIn as OpenedSession)).toBe(isAfter);
        expect(await openOf(opened)).toHaveLength(isAfter ? 1 : 0);
      },
    );
  });
});

describe('signing out', () => {
  it('beside switching ends the session that asks; what was switched to was opened before, or not at all', async () => {
    await race(
      ({ opened }) => endSessions(door, opened.sessionId, [opened.sessionId], moment(3)),
      ({ opened, seats }) => settled(switchSeat(door, opened.sessionId, seats[1], moment(3))),
      async ({ opened }, [ended, switched]) => {
        expect(ended).toBe(1);
        expect(await isOpen(opened)).toBe(false);
        expect(await openOf(opened)).toHaveLength(switched ? 1 : 0);
      },
    );
  });
});

describe('ending a seat', () => {
  const end = ({ seats: [seat] }: Account): Promise<unknown> => ofSeat(seat, (use) => theSeatIndex.end(use, [seat.seatId]));
  const sessionsOfFirst = async ({ seats: [seat] }: Account): Promise<unknown[]> =>
    (await database.owner.query('select id from identity.sessions where seat_id = $1 and ended_at is null', [seat.seatId])).rows;

  it('beside signing in leaves no session of it', async () => {
    await race(
      end,
      ({ phone }) => signInAs(door, { phone }, moment(3)),
      async (given) => expect(await sessionsOfFirst(given)).toEqual([]),
    );
  });
  it('beside switching to it leaves no session of it', async () => {
    await race(
      end,
      ({ opened, seats }) => settled(switchSeat(door, opened.sessionId, seats[0], moment(3))),
      async (given) => expect(await sessionsOfFirst(given)).toEqual([]),
    );
  });
  it('beside ending all sessions waits for nobody who waits for it', async () => {
    await race(
      end,
      ({ opened }) => endSessions(door, opened.sessionId, undefined, moment(3)),
      async ({ opened }) => expect(await openOf(opened)).toEqual([]),
    );
  });
});

describe('giving a seat another phone, where nobody has proven the former', () => {
  it('beside the first signing in is refused, or the seat is none of the phone’s any more', async () => {
    for (let i = 0; i < TRIES; i++) {
      const phone = newPhone();
      const seat = await addSeat(database, { phone });
      const other = await addSeat(database, { phone, kind: 'CONTACT', at: moment(1) });
      const move = (): Promise<boolean> =>
        ofSeat(seat, async (use) => {
          if (await theSeatIndex.isUsed(use, seat.seatId)) return false;
          await theSeatIndex.movePhone(use, seat.seatId, newPhone());
          return true;
        });
      const by = testDoor(database);
      const [address, language] = [newAddress(), 'en' as const];
      await askForCode(by.door, { phone, address, language }, moment(2));
      const signsIn = (): Promise<OpenedSession> => signIn(by.door, { phone, code: by.lastCode(), address }, moment(3));
      const [moved, opened] =
        i % 2 ? await Promise.all([move(), signsIn()]) : ((await Promise.all([signsIn(), move()])).reverse() as never);
      expect((opened as OpenedSession).seat).toEqual(moved ? other : seat);
      expect(await isOpen(opened)).toBe(true);
    }
  });
});
