import { forbidden, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { refuseMoreRights } from './admin-right.service.ts';
import type { HolderKind } from './directory-conflict.entity.ts';
import { takePhonesOfStaff } from './directory-turn.service.ts';
import { directory } from './permissions.ts';
import { closeConflictsOf, type Holder, type PhoneHolders, phoneHolders } from './phone-following.service.ts';

/** Two who cannot both have a number. */
interface Exchange {
  /** E.164 */
  readonly phone: string;
  readonly seat_kind: HolderKind;
  readonly seat_id: string;
  readonly holder_kind: HolderKind;
  readonly holder_id: string;
}

/**
 * Whoever's account has taken a number gets it, and who has it gets the one that the other leaves: so two who have exchanged their telephones each
 * go on as the one that they were. Where the account of who has it has gone on to a number that nobody else has, they get that one.
 * @param path of the input that is to blame. @returns whether there was something to exchange: not where who had it has it no more
 * @throws FORBIDDEN, RightNotYours where who had the number is not the seat's to give another
 */
export async function exchangePhones(use: UseCase, given: Exchange, path: readonly string[]): Promise<boolean> {
  await takePhonesOfStaff(use);
  const { phone } = given;
  const [taker, holder] = [
    { kind: given.seat_kind, id: given.seat_id },
    { kind: given.holder_kind, id: given.holder_id },
  ];
  const left = await ofKind(use, taker.kind).phoneOf(use, taker.id);
  if (left === undefined || left === phone || (await ofKind(use, holder.kind).phoneOf(use, holder.id)) !== phone) return false;
  const seats = use.service(seatIndex);
  const proven = await seats.phoneOf(use, holder.id);
  const hasGone = proven !== undefined && proven !== phone;
  if (!hasGone) await refuseMoving(use, holder, path);
  const next = hasGone && !(await isSomebodyElses(use, proven, [taker, holder])) ? proven : left;
  await takeBoth(use, { ...taker, phone }, { ...holder, phone: next });
  await closeConflictsOf(use, [taker.id]);
  if (!hasGone) await seats.movePhone(use, holder.id, next);
  if (!hasGone || next === proven) await closeConflictsOf(use, [holder.id]);
  return true;
}

const ofKind = (use: UseCase, kind: HolderKind): PhoneHolders => use.registered(phoneHolders).find((one) => one.kind === kind)!;

/** Who has another phone signs in with another: that is decided by whoever could give them the rights that they hold, as of a mended phone. */
async function refuseMoving(use: UseCase, { kind, id }: Holder, path: readonly string[]): Promise<void> {
  const right = kind === 'EMPLOYEE' ? 'DIRECTORY' : 'CONTACTS';
  if (use.seat.rights.get(right) !== 'ALL') throw forbidden(directory.conflict);
  if (kind === 'EMPLOYEE' && id !== use.seat.id) await refuseMoreRights(use, id, path);
}

async function isSomebodyElses(use: UseCase, phone: string, these: readonly Holder[]): Promise<boolean> {
  const exempt = these.map(({ id }) => id);
  for (const { amongThese } of use.registered(phoneHolders))
    if ((await amongThese(use, [phone])).some(({ id }) => !exempt.includes(id))) return true;
  return false;
}

type Taking = Holder & { readonly phone: string };
async function takeBoth(use: UseCase, first: Taking, second: Taking): Promise<void> {
  if (first.kind === second.kind) return ofKind(use, first.kind).take(use, [first, second]);
  for (const { kind, ...one } of [first, second]) await ofKind(use, kind).take(use, [one]);
}
