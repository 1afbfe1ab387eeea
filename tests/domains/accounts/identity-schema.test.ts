import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverSecret, signInAs } from '../../../src/domains/accounts/index.ts';
import { theSeatIndex } from '../../../src/domains/accounts/seat-index.service.ts';
import { signIn, switchSeat } from '../../../src/domains/accounts/sign-in.service.ts';
import { inSavepoint, inTransaction, type Transaction } from '../../../src/platform/database/transaction.ts';
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

let database: IdentityDatabase;
beforeAll(async () => {
  database = await identityDatabase();
});
afterAll(() => database.close());

const DENIED = '42501';
const tables = async (): Promise<string[]> => {
  const { rows } = await database.owner.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'identity' order by 1",
  );
  return rows.map(({ name }) => name);
};

describe('the schema identity', () => {
  it('is closed to requests, and open to its own role', async () => {
    const names = await tables();
    expect(names).toEqual([
      'accounts',
      'asked_codes',
      'code_requests',
      'phone_changes',
      'seats',
      'secrets',
      'sessions',
      'sign_in_codes',
      'signing_codes',
    ]);
    for (const name of names) {
      await expect(database.app.query(`select from identity.${name}`)).rejects.toMatchObject({ code: DENIED });
      await expect(database.app.query(`delete from identity.${name}`)).rejects.toMatchObject({ code: DENIED });
      await expect(database.identity.query(`select from identity.${name}`)).resolves.toBeDefined();
    }
    await expect(database.identity.query('create table identity.more ()')).rejects.toMatchObject({ code: DENIED });
  });

  it('holds no code and no token as it is', async () => {
    const { door, sent, lastCode } = testDoor(database);
    const phone = newPhone();
    await addSeat(database, { phone });
    await askForCode(door, { phone, address: newAddress(), language: 'en' }, moment(0));
    const used = lastCode();
    const { token } = await signIn(door, { phone, code: used, address: newAddress() }, moment(1));
    const other = await signInAs(door, { phone }, moment(1));
    await askForCode(door, { phone, address: newAddress(), language: 'zh-CN' }, moment(2));
    expect(sent.map(({ text }) => /\d{6}/.test(text))).toEqual([true, true]);
    const rows = await Promise.all((await tables()).map((name) => database.owner.query(`select * from identity.${name}`)));
    const text = rows
      .flatMap(({ rows }) => rows)
      .map((row) => Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))));
    const cells = text.flat();
    expect(cells.some((cell) => cell === phone)).toBe(true);
    for (const secret of [token, other.token]) {
      const raw = Buffer.from(secret, 'base64url').toString('latin1');
      expect(cells.some((cell) => cell.includes(secret) || cell.includes(raw))).toBe(false);
    }
    for (const code of [used, lastCode()]) expect(cells.filter((cell) => cell === code)).toEqual([]);
  });
});

describe('the index of seats', () => {
  it('is kept without the rights of identity', async () => {
    const organizationId = randomUUID();
    await inTransaction(database.app, organizationId, async (transaction) => {
      const use = { transaction, organizationId, now: moment(0) };
      await theSeatIndex.add(use, { seatId: randomUUID(), kind: 'CONTACT', phone: newPhone(), isDemo: false });
      const { rows } = await transaction.client.query('select current_user');
      expect(rows).toEqual([{ current_user: 'guichet_app' }]);
      const bad = { seatId: randomUUID(), kind: 'CONTACT' as const, phone: '138', isDemo: false };
      await expect(inSavepoint(transaction, () => theSeatIndex.add(use, bad))).rejects.toMatchObject({ code: '23514' });
      const peek = () => transaction.client.query('select from identity.seats');
      await expect(inSavepoint(transaction, peek)).rejects.toMatchObject({ code: DENIED });
    });
  });

  it('touches nothing of another organization', async () => {
    const { door } = testDoor(database);
    const phone = newPhone();
    const seat = await addSeat(database, { phone });
    const organizationId = randomUUID();
    await inTransaction(database.app, organizationId, async (transaction) => {
      const use = { transaction, organizationId, now: moment(0) };
      await theSeatIndex.end(use, [seat.seatId]);
      await theSeatIndex.movePhone(use, seat.seatId, newPhone());
      expect(await theSeatIndex.isUsed(use, seat.seatId)).toBe(false);
    });
    expect((await signInAs(door, { phone }, moment(1))).seat).toEqual(seat);
  });

  it('makes two seats one person’s while they have one number', async () => {
    const organizationId = randomUUID();
    const [own, beside, elsewhere] = [randomUUID(), randomUUID(), randomUUID()];
    const [phone, person] = [newPhone(), randomUUID()];
    await inTransaction(database.app, organizationId, async (transaction) => {
      const use = { transaction, organizationId, now: moment(0) };
      for (const [seatId, of] of [
        [own, phone],
        [beside, phone],
        [elsewhere, newPhone()],
      ] as const)
        await theSeatIndex.add(use, { seatId, kind: 'EMPLOYEE', phone: of, isDemo: false });
    });
    await database.owner.query('update identity.seats set person = $2 where seat_id = $1', [own, person]);
    const personAfter = async (besideId: string) => {
      await inTransaction(database.app, organizationId, (transaction) =>
        theSeatIndex.join({ transaction, organizationId, now: moment(0) }, own, besideId),
      );
      return (await database.owner.query('select person from identity.seats where seat_id = $1', [own])).rows[0].person;
    };
    expect([await personAfter(elsewhere), await personAfter(beside)]).toEqual([person, null]);
  });

  it('tells who has ten thousand numbers, and takes ten thousand seats in, in a table that was never analyzed', async () => {
    const organizationId = randomUUID();
    await database.owner.query('alter table identity.seats set (autovacuum_enabled = false)');
    const seats = Array.from({ length: 10_000 }, (_, i) => ({ seatId: randomUUID(), phone: `+861390${String(i).padStart(7, '0')}` }));
    const inUse = <T>(work: (use: { transaction: Transaction; organizationId: string; now: Date }) => Promise<T>) =>
      inTransaction(database.hurried, organizationId, (transaction) => work({ transaction, organizationId, now: moment(0) }));
    await inUse((use) => theSeatIndex.addAll(use, { seats, kind: 'EMPLOYEE', isDemo: false }));
    const found = await inUse((use) =>
      theSeatIndex.having(
        use,
        seats.map(({ phone }) => phone),
      ),
    );
    expect(new Map(found.map(({ seatId, phone }) => [seatId, phone]))).toEqual(new Map(seats.map(({ seatId, phone }) => [seatId, phone])));
  });

  it('goes back with the use case', async () => {
    const { door } = testDoor(database);
    const [organizationId, phone] = [randomUUID(), newPhone()];
    const failing = inTransaction(database.app, organizationId, async (transaction) => {
      await theSeatIndex.add(
        { transaction, organizationId, now: moment(0) },
        { seatId: randomUUID(), kind: 'CONTACT', phone, isDemo: false },
      );
      throw new Error('something later');
    });
    await expect(failing).rejects.toThrow('something later');
    await expect(signInAs(door, { phone }, moment(1))).rejects.toThrow('No seat');
  });

  it('knows whether somebody has signed in to a seat, with the phone that it has', async () => {
    const { door, lastCode } = testDoor(database);
    const phone = newPhone();
    const { organizationId, seatId } = await addSeat(database, { phone });
    const isUsed = () =>
      inTransaction(database.app, organizationId, (transaction) =>
        theSeatIndex.isUsed({ transaction, organizationId, now: moment(0) }, seatId),
      );
    expect(await isUsed()).toBe(false);
    await signInAs(door, { phone }, moment(1));
    expect(await isUsed()).toBe(false); // without a code
    await askForCode(door, { phone, address: newAddress(), language: 'en' }, moment(2));
    await signIn(door, { phone, code: lastCode(), address: newAddress() }, moment(3));
    expect(await isUsed()).toBe(true);
    const inUse = <T>(work: (use: { transaction: Transaction; organizationId: string; now: Date }) => Promise<T>) =>
      inTransaction(database.app, organizationId, (transaction) => work({ transaction, organizationId, now: moment(4) }));
    const other = newPhone();
    await inUse((use) => theSeatIndex.movePhone(use, seatId, other));
    expect(await isUsed()).toBe(false); // another's, who has not come yet
    await database.owner.query('update identity.seats set last_used_at = now() where seat_id = $1', [seatId]);
    for (const [again, known] of [
      [other, true],
      [phone, false],
    ] as const) {
      await inUse((use) => theSeatIndex.add(use, { seatId, kind: 'EMPLOYEE', phone: again, isDemo: false }));
      expect(await isUsed()).toBe(known);
    }
    const { sessionId } = await signInAs(door, { phone }, moment(5));
    await switchSeat(door, sessionId, { seatId, kind: 'EMPLOYEE' }, moment(6));
    expect(await isUsed()).toBe(true);
  });
});

describe('the server’s secret', () => {
  it('is made once, whoever asks first', async () => {
    const secrets = await Promise.all(Array.from({ length: 10 }, () => serverSecret(database.identity)));
    expect(secrets[0]).toHaveLength(32);
    expect(new Set(secrets.map((one) => one.toString('hex'))).size).toBe(1);
  });

  it('gives way to one that is set, which must be long enough', async () => {
    const given = await serverSecret(database.identity, 'x'.repeat(32));
    expect(given).toHaveLength(32);
    expect(given).not.toEqual(await serverSecret(database.identity));
    await expect(serverSecret(database.identity, 'x'.repeat(31))).rejects.toThrow('GUICHET_SECRET has 31 characters');
  });
});
