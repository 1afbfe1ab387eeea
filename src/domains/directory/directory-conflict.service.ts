import { contactsOfStaff, invalid, type RowOf, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { directoryConflictSettled } from './directory.errors.ts';
import { type ConflictChoice, DirectoryConflict, type directoryConflicts } from './directory-conflict.entity.ts';
import { holdDirectory } from './directory-turn.service.ts';
import { directory } from './permissions.ts';
import { exchangePhones } from './phone-exchanging.service.ts';
import { takeUnlessHeld } from './phone-following.service.ts';

export type ConflictRow = RowOf<typeof directoryConflicts>;

/** Of an employee and a contact both can have one number, or the contact goes; of two of a kind one has it (spec 3.3). */
export const choicesOf = ({ seat_kind, holder_kind }: Pick<ConflictRow, 'seat_kind' | 'holder_kind'>): ConflictChoice[] =>
  seat_kind === holder_kind ? ['KEEP', 'EXCHANGE'] : ['CONVERT', 'KEEP', 'EXCHANGE'];

/** Finds an open conflict that is the seat's to settle. @throws NotFound, FORBIDDEN, DirectoryConflictSettled */
export async function findOpen(use: UseCase, conflictId: string): Promise<ConflictRow> {
  await holdDirectory(use);
  await use.authorize('DirectoryConflict', conflictId, directory.conflict, { path: PATH });
  const row = await use
    .on(DirectoryConflict)
    .selectFrom('directory_conflicts')
    .selectAll()
    .where('id', '=', conflictId)
    .executeTakeFirstOrThrow();
  if (row.settled_at) throw directoryConflictSettled({ conflict: conflictId }, PATH);
  return row;
}
const PATH = ['input', 'conflictId'];

/**
 * Settles a conflict, once. Whoever's account has the number gets it, unless somebody of their own kind still has it: then they keep the
 * former one. An employee and a contact that are kept are one person's from then on: one account takes both along. Of two who exchange each has
 * a number of their own.
 * @throws FORBIDDEN where the contact is not the seat's to delete or whoever had the number not the seat's to give another, RightNotYours, ValidationFailed for a choice that the two do not have, DirectoryConflictSettled
 */
export async function settleConflict(use: UseCase, row: ConflictRow, choice: ConflictChoice): Promise<void> {
  if (!choicesOf(row).includes(choice)) throw notAChoice();
  if (choice === 'CONVERT') await use.service(contactsOfStaff).convert(use, row.seat_kind === 'CONTACT' ? row.seat_id : row.holder_id);
  await markSettled(use, row.id, choice);
  if (choice === 'EXCHANGE' && (await exchangePhones(use, { kind: row.seat_kind, id: row.seat_id, phone: row.phone }, PATH))) return;
  const isGone = choice === 'CONVERT' && row.seat_kind === 'CONTACT';
  const holder = { kind: row.holder_kind, id: row.holder_id };
  if (choice === 'KEEP' && row.seat_kind !== row.holder_kind) await use.service(seatIndex).join(use, row.holder_id, row.seat_id);
  if (!isGone) await takeUnlessHeld(use, { seatId: row.seat_id, kind: row.seat_kind, phone: row.phone }, holder);
}

const notAChoice = () =>
  invalid(['input', 'choice'], 'NOT_A_CHOICE', {
    en: 'Two of a kind cannot be made one yet: keep both.',
    'zh-CN': '两个同类身份暂不能合并，请选择保留。',
  });

async function markSettled(use: UseCase, id: string, choice: ConflictChoice): Promise<void> {
  const { numUpdatedRows } = await use
    .on(DirectoryConflict)
    .updateTable('directory_conflicts')
    .set({ settled_at: use.now, settled_by: use.seat.id, choice })
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw directoryConflictSettled({ conflict: id }, PATH);
}
