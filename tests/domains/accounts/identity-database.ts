import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  accounts,
  DEFAULT_SIGN_IN_SETTINGS,
  type IdentityDoor,
  type SeatEntry,
  type SignInSettings,
  TextOutbox,
} from '../../../src/domains/accounts/index.ts';
import { theSeatIndex } from '../../../src/domains/accounts/seat-index.service.ts';
import { requestSignInCode } from '../../../src/domains/accounts/sign-in-code.service.ts';
import { createPool } from '../../../src/platform/database/pool.ts';
import { APP_ROLE, IDENTITY_ROLE } from '../../../src/platform/database/server-roles.ts';
import { inTransaction } from '../../../src/platform/database/transaction.ts';
import type { TextMessage } from '../../../src/sdk/index.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase } from '../../../src/testing/test-database.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A moment so long after the start. @param milliseconds */
export const moment = (milliseconds: number): Date => new Date(Date.parse('2026-06-01T08:00:00Z') + milliseconds);

export type IdentityDatabase = Awaited<ReturnType<typeof identityDatabase>>;

/** A migrated database of its own, with a pool of each role. */
export async function identityDatabase() {
  const database = await createTestDatabase([{ module: accounts.name, migrations: accounts.migrations! }]);
  const onError = (error: Error): never => {
    throw error;
  };
  const identity = createPool({ ...patientPool, url: database.url, role: IDENTITY_ROLE, size: 30, onError });
  const app = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 5, onError });
  const hurried = createPool({ url: database.url, role: APP_ROLE, size: 1, onError });
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  return {
    identity,
    app,
    /** The same with the patience of production: a statement that takes five seconds is cancelled. */
    hurried,
    owner,
    close: async () => {
      await Promise.all([identity.end(), app.end(), hurried.end(), owner.end()]);
      await database.drop();
    },
  };
}

let phones = 0;
/** A mobile number that no other test has. */
export const newPhone = (): string => `+861381000${String(phones++).padStart(4, '0')}`;
export const newAddress = (): string => `10.${phones++ % 256}.${Math.floor(phones / 256)}.1`;

const secret = randomBytes(32);

/** The door as the app makes it, with a sender that keeps what it is given. */
export function testDoor({ identity }: IdentityDatabase, settings: Partial<SignInSettings> = {}, demoPhones: readonly string[] = []) {
  const sent: { phone: string; text: string }[] = [];
  const sender = { name: 'kept', send: async ({ phone, text }: TextMessage) => void sent.push({ phone, text }) };
  const names = { names: async (seats: readonly SeatEntry[]) => seats.map(() => ({ organizationName: 'Qinghe Tools', name: 'Lin Fang' })) };
  const door: IdentityDoor = {
    pool: identity,
    secret,
    texts: new TextOutbox({ sender }),
    names,
    settings: { ...DEFAULT_SIGN_IN_SETTINGS, ...settings },
    demoPhones: new Set(demoPhones),
  };
  return { door, sent, lastCode: () => /\d{6}/.exec(sent.at(-1)!.text)![0] };
}

/** Asks for a code, and waits until it is sent: nobody else does. */
export async function askForCode(door: IdentityDoor, request: Parameters<typeof requestSignInCode>[1], now: Date) {
  const answer = await requestSignInCode(door, request, now);
  await door.texts.settled();
  return answer;
}

/** A code that is not the one given. */
export const otherThan = (code: string, step = 1): string => String((Number(code) + step) % 1_000_000).padStart(6, '0');

interface MadeSeat {
  readonly phone: string;
  readonly organizationId?: string;
  readonly kind?: 'EMPLOYEE' | 'CONTACT';
  readonly isDemo?: boolean;
  readonly at?: Date;
}
/** Adds a seat as other domains do: in a transaction of its organization, as the role of requests. */
export async function addSeat({ app }: IdentityDatabase, { phone, kind = 'EMPLOYEE', isDemo = false, at = moment(0), ...rest }: MadeSeat) {
  const seat = { organizationId: rest.organizationId ?? randomUUID(), seatId: randomUUID(), kind };
  await inTransaction(app, seat.organizationId, (transaction) =>
    theSeatIndex.add({ transaction, organizationId: seat.organizationId, now: at }, { seatId: seat.seatId, kind, phone, isDemo }),
  );
  return seat;
}
