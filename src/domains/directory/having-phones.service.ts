import type { UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import type { HolderKind } from './directory-conflict.entity.ts';
import { type PhoneHaving, phoneHolders } from './phone-following.service.ts';

/**
 * As many numbers as a statement holds each row against: of more all rows are read and sought through here. How a table was never analyzed decides
 * nothing then; ten thousand numbers held against ten thousand rows take seconds.
 */
const FEW = 200;

/**
 * Who of a kind has some numbers in the organization: by their row, or because the account of a live seat has proven one, and admins have not
 * decided yet about who else has it (spec 3.3). Everybody who gives a number to somebody asks this. Those by their rows come first.
 */
export async function havingPhones(use: UseCase, kind: HolderKind, phones: readonly string[]): Promise<readonly PhoneHaving[]> {
  if (phones.length === 0) return [];
  const { phoneOf } = holdersOf(use, kind);
  const [written, seats] = await Promise.all([writtenPhones(use, kind, phones), use.service(seatIndex).having(use, phones)]);
  const known = new Set(written.map(({ id }) => id));
  const proven: PhoneHaving[] = [];
  for (const { seatId: id, phone, kind: of } of seats)
    if (of === kind && !known.has(id) && (await phoneOf(use, id)) !== undefined) proven.push({ id, phone }); // a seat may end after its row
  return [...written, ...proven];
}

const holdersOf = (use: UseCase, kind: HolderKind) => use.registered(phoneHolders).find((one) => one.kind === kind)!;

/**
 * Who of a kind has some numbers by their row. They alone are in the way of whoever comes back to the number that they had: whose account has proven
 * it meanwhile, while admins have yet to decide, waits for their decision as before (`awaitDecision`).
 */
export async function writtenPhones(use: UseCase, kind: HolderKind, phones: readonly string[]): Promise<readonly PhoneHaving[]> {
  const sought = new Set(phones);
  const rows = await holdersOf(use, kind).amongThese(use, sought.size > FEW ? undefined : phones);
  return rows.filter(({ phone }) => sought.has(phone));
}

/** Those of some numbers that somebody of a kind has. */
export const phonesHeldBy = async (use: UseCase, kind: HolderKind, phones: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set((await havingPhones(use, kind, phones)).map(({ phone }) => phone));
