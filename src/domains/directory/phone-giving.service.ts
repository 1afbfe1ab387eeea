import type { UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { organizationOf } from '../organization/index.ts';
import { holdDirectory, takePhonesOfStaff } from './directory-turn.service.ts';
import { havingPhones } from './having-phones.service.ts';
import { closeConflictsOf, type Holder, phoneHolders } from './phone-following.service.ts';

/** What came of it: `held` names who else in the organization has the number, `unknown` that there is nobody with this id. */
export type GivenPhone =
  | { readonly outcome: 'given' | 'unchanged'; readonly seat: Holder; readonly before: string }
  | { readonly outcome: 'held'; readonly seat: Holder; readonly by: Holder }
  | { readonly outcome: 'unknown' };

/**
 * Gives one employee or contact another number, whoever has signed in with the one that they have: row and seat, with search terms and history. The
 * sessions of the seat end, and whoever proves the new number goes on as it. For the operator, who has looked at who they are: nobody proves
 * anything. Nobody else in the organization may have the number.
 * @param phone a mobile, E.164
 */
export async function givePhone(use: UseCase, seatId: string, phone: string): Promise<GivenPhone> {
  await holdDirectory(use);
  await takePhonesOfStaff(use);
  const found = await findSeat(use, seatId);
  if (!found) return { outcome: 'unknown' };
  const { seat, before } = found;
  const by = await otherHolder(use, seatId, phone);
  if (by) return { outcome: 'held', seat, by };
  const seats = use.service(seatIndex);
  if (before === phone && (await seats.phoneOf(use, seatId)) === phone) return { outcome: 'unchanged', seat, before };
  const { take } = use.registered(phoneHolders).find(({ kind }) => kind === seat.kind)!;
  if (before !== phone) await take(use, [{ id: seatId, phone }]);
  await seats.movePhone(use, seatId, phone);
  const { is_demo: isDemo } = await organizationOf(use);
  await seats.add(use, { seatId, kind: seat.kind, phone, isDemo }); // a contact with a landline had no seat
  await closeConflictsOf(use, [seatId]);
  return { outcome: 'given', seat, before };
}

async function findSeat(use: UseCase, id: string): Promise<{ seat: Holder; before: string } | undefined> {
  for (const { kind, phoneOf } of use.registered(phoneHolders)) {
    const before = await phoneOf(use, id);
    if (before !== undefined) return { seat: { kind, id }, before };
  }
  return undefined;
}

async function otherHolder(use: UseCase, seatId: string, phone: string): Promise<Holder | undefined> {
  for (const { kind } of use.registered(phoneHolders)) {
    const other = (await havingPhones(use, kind, [phone])).find(({ id }) => id !== seatId);
    if (other) return { kind, id: other.id };
  }
  return undefined;
}
