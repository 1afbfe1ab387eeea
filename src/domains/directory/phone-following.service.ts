import { violates } from '../../sdk/core.ts';
import { registrationPoint, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { employees } from './directory.entity.ts';
import { DirectoryConflict, type HolderKind } from './directory-conflict.entity.ts';
import { takePhonesOfStaff } from './directory-turn.service.ts';

/** Those of whom nobody else in the organization may have the phone: employees, and what another module registers. */
export interface PhoneHolders {
  readonly kind: HolderKind;
  /** The unique index that keeps the phone of each. */
  readonly index: string;
  /** The id of who has the phone, other than `exceptId`. */
  holderOf(use: UseCase, phone: string, exceptId: string): Promise<string | undefined>;
  /** The phone that somebody has who is there. */
  phoneOf(use: UseCase, id: string): Promise<string | undefined>;
  /** Who has some phones as it is written, or all who are there. Whoever asks who has a number asks `havingPhones`. */
  amongThese(use: UseCase, phones: readonly string[] | undefined): Promise<readonly PhoneHaving[]>;
  /** Gives those who are there their numbers at once: each may get what another of them has. Phones are mobiles, E.164. */
  take(use: UseCase, given: readonly PhoneHaving[]): Promise<void>;
}
/** Somebody who has a number. */
export interface PhoneHaving {
  readonly id: string;
  readonly phone: string;
}
export const phoneHolders = registrationPoint<PhoneHolders>('directory.phoneHolders');

/** A seat whose account has another phone. */
export interface FollowingSeat {
  readonly seatId: string;
  readonly kind: HolderKind;
  /** E.164, proven by its holder. */
  readonly phone: string;
  /** Another seat of the person, of the other kind, that had one number with this one: they are meant to have the next one together too. */
  readonly beside?: string;
}

/**
 * A contact or employee follows the phone of their account. Where somebody else has the number, they keep theirs and the admins are told of the
 * conflict (spec 3.3): nothing is lost silently.
 */
export async function followPhone(use: UseCase, seat: FollowingSeat): Promise<void> {
  const all = use.registered(phoneHolders);
  await takePhonesOfStaff(use); // whoever is given the number at the same moment comes wholly before or after
  await closeFormer(use, seat.seatId);
  const known = await holderIn(use, all, seat);
  if (known) return recordConflict(use, seat, known);
  const own = all.find(({ kind }) => kind === seat.kind)!;
  try {
    await use.inSavepoint(() => own.take(use, [{ id: seat.seatId, phone: seat.phone }]));
  } catch (error) {
    const first = all.some(({ index }) => violates(error, index)) ? await holderIn(use, all, seat) : undefined;
    if (!first) throw error;
    await recordConflict(use, seat, first);
  }
}

/**
 * A contact or employee who comes back keeps the number that they had, because somebody else in the organization has that of their account: the admins
 * are told of the conflict. The turn of the phones is held or shared.
 */
export async function leaveToAdmins(use: UseCase, seat: FollowingSeat): Promise<void> {
  const holder = await holderIn(use, use.registered(phoneHolders), seat);
  if (holder) await recordConflict(use, seat, holder);
}

/**
 * Somebody has come back to a number that they have by their row, and that accounts of others have proven: admins decide about the two, unless they
 * have. Whoever had the number in between has it no more.
 */
export async function awaitDecision(use: UseCase, holder: Holder, phone: string): Promise<void> {
  for (const { seatId, kind } of await use.service(seatIndex).having(use, [phone])) {
    const written = seatId === holder.id ? phone : await phoneIn(use, { kind, id: seatId });
    if (written === undefined || written === phone) continue;
    const known = await conflictsOver(use, { seatId, phone });
    if (known.some((one) => one.holder_id === holder.id && (one.choice === 'KEEP' || !one.settled_at))) continue;
    await closeFormer(use, seatId);
    await recordConflict(use, { seatId, kind, phone }, holder);
  }
}
/** The employee beside whom admins have let a contact keep a number, be it while the contact was in the bin; null where there is none. */
export async function keptBeside(use: UseCase, contactId: string, phone: string): Promise<string | null> {
  const last = await use
    .on(DirectoryConflict)
    .selectFrom('directory_conflicts')
    .select('seat_id')
    .where('holder_id', '=', contactId)
    .where('phone', '=', phone)
    .where('seat_kind', '=', 'EMPLOYEE')
    .where('choice', 'in', ['KEEP', 'EXCHANGE']) // nothing is exchanged with whoever is gone: both are kept
    .orderBy('settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.seat_id ?? null;
}
const phoneIn = (use: UseCase, { kind, id }: Holder): Promise<string | undefined> =>
  use
    .registered(phoneHolders)
    .find((one) => one.kind === kind)!
    .phoneOf(use, id);
const conflictsOver = (use: UseCase, { seatId, phone }: Pick<FollowingSeat, 'seatId' | 'phone'>) =>
  use
    .on(DirectoryConflict)
    .selectFrom('directory_conflicts')
    .select(['holder_id', 'choice', 'settled_at'])
    .where('seat_id', '=', seatId)
    .where('phone', '=', phone)
    .execute();

/** Of seats of one account: which two, an employee and a contact, have one number before any of them follows. By the id of each. */
export async function pairedSeats(use: UseCase, seats: readonly Omit<FollowingSeat, 'phone'>[]): Promise<ReadonlyMap<string, string>> {
  const phones = new Map<string, string | undefined>();
  for (const { seatId, kind } of seats) phones.set(seatId, await phoneIn(use, { kind, id: seatId }));
  const pairs = seats.flatMap((one) => {
    const other = seats.find(
      ({ seatId, kind }) => kind !== one.kind && phones.get(seatId) && phones.get(seatId) === phones.get(one.seatId),
    );
    return other ? [[one.seatId, other.seatId] as const] : [];
  });
  return new Map(pairs);
}

/**
 * Gives a seat the number of its account, unless another of its own kind has it: an admin has decided about the two, so who is of the other kind
 * is in nobody's way. About a third who has it by now nobody has decided: that is another conflict.
 */
export async function takeUnlessHeld(use: UseCase, seat: FollowingSeat, decided: Holder): Promise<void> {
  await takePhonesOfStaff(use);
  const all = use.registered(phoneHolders);
  const third = await holderIn(use, all, { ...seat, beside: decided.id });
  if (third) await recordConflict(use, seat, third);
  else if (seat.kind !== decided.kind || !(await isHeldBy(use, all, decided, seat)))
    await all.find(({ kind }) => kind === seat.kind)!.take(use, [{ id: seat.seatId, phone: seat.phone }]);
}
const isHeldBy = async (
  use: UseCase,
  all: readonly PhoneHolders[],
  { kind, id }: Holder,
  { phone, seatId }: FollowingSeat,
): Promise<boolean> => (await all.find((one) => one.kind === kind)!.holderOf(use, phone, seatId)) === id;

/** Those of some seats about which admins have yet to decide: their accounts have a number that somebody else in the organization has. */
export async function openConflictsOf(use: UseCase, seatIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (seatIds.length === 0) return new Set();
  const rows = await use
    .on(DirectoryConflict)
    .selectFrom('directory_conflicts')
    .select('seat_id')
    .where('seat_id', 'in', seatIds)
    .where('settled_at', 'is', null)
    .execute();
  return new Set(rows.map(({ seat_id }) => seat_id));
}

/** Seats that have ended follow nobody: nothing has to be decided about them, and whoever brings one back decides anew. */
export async function closeConflictsOf(use: UseCase, seatIds: readonly string[]): Promise<void> {
  for (const seatId of seatIds) await closeFormer(use, seatId);
}

/** The account has gone on to another number: nobody has to decide any more about the one before. */
const closeFormer = (use: UseCase, seatId: string): Promise<unknown> =>
  use
    .on(DirectoryConflict)
    .updateTable('directory_conflicts')
    .set({ settled_at: use.now })
    .where('seat_id', '=', seatId)
    .where('settled_at', 'is', null)
    .execute();

export interface Holder {
  readonly kind: HolderKind;
  readonly id: string;
}
async function holderIn(use: UseCase, all: readonly PhoneHolders[], { seatId, phone, beside }: FollowingSeat): Promise<Holder | undefined> {
  for (const { kind, holderOf } of all) {
    const id = await holderOf(use, phone, seatId);
    if (id && id !== beside) return { kind, id };
  }
  return undefined;
}

async function recordConflict(use: UseCase, { seatId, kind, phone }: FollowingSeat, holder: Holder): Promise<void> {
  await use
    .on(DirectoryConflict)
    .insertInto('directory_conflicts')
    .values({
      organization_id: use.organizationId,
      id: use.newId(),
      phone,
      seat_kind: kind,
      seat_id: seatId,
      holder_kind: holder.kind,
      holder_id: holder.id,
      at: use.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Employees as holders of phones; one who has left follows no more. */
export const employedHolders: PhoneHolders = {
  kind: 'EMPLOYEE',
  index: 'employees_phone',
  holderOf: async (use, phone, exceptId) => {
    const found = await use
      .on(employees)
      .selectFrom('employees')
      .select('id')
      .where('phone', '=', phone)
      .where('id', '<>', exceptId)
      .where('left_at', 'is', null)
      .executeTakeFirst();
    return found?.id;
  },
  phoneOf: async (use, id) => {
    const found = await use
      .on(employees)
      .selectFrom('employees')
      .select('phone')
      .where('id', '=', id)
      .where('left_at', 'is', null)
      .executeTakeFirst();
    return found?.phone;
  },
  amongThese: async (use, phones) => {
    const found = await use
      .on(employees)
      .selectFrom('employees')
      .select(['id', 'phone'])
      .$if(phones !== undefined, (query) => query.where((of) => of('phone', '=', of.fn.any(of.val([...phones!])))))
      .where('left_at', 'is', null)
      .execute();
    return found;
  },
  take: async (use, given) => {
    const rows = () => use.on(employees).updateTable('employees').where('left_at', 'is', null);
    const ids = given.map(({ id }) => id);
    if (given.length > 1)
      await rows()
        .set((of) => ({ phone: of.cast<string>('id', 'text') })) // nobody has the number of another of them meanwhile
        .where('id', 'in', ids)
        .execute();
    for (const { id, phone } of given)
      await rows()
        .set((of) => ({ phone, version: of('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
  },
};
