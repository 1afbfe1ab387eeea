import {
  type Belongings,
  belongings,
  employeeReturned,
  type HandedOver,
  type HandingOver,
  type HiringChoice,
  type KeptReason,
  type UseCase,
} from '../../sdk/index.ts';
import { type Resumed, resumeEmployment } from '../directory/index.ts';
import { transfers } from './transfer.entity.ts';
import { transferNotUndoable } from './transfer.errors.ts';
import { itemsOf, settleItems, type TransferRow } from './transfer.service.ts';

export interface Undone extends Partial<Resumed> {
  readonly transfer: string;
  readonly returned: number;
  readonly kept: number;
}
const PATH = ['input', 'transferId'];

/** @throws TransferNotUndoable */
export function refuseUndoable(use: UseCase, { id, undone_at, undoable_until }: TransferRow): void {
  if (undone_at) throw transferNotUndoable({ transfer: id, reason: 'ALREADY_UNDONE' }, PATH);
  if (undoable_until < use.now) throw transferNotUndoable({ transfer: id, reason: 'TOO_LATE' }, PATH);
}

/**
 * Takes a transfer back as far as nobody has changed it since; whoever left with it is an employee again, in the seat that they had, with the
 * rights that may be given back. Of two who do it at once the second is refused.
 * @param onContact what becomes of a contact who has that person's phone by now
 * @throws TransferNotUndoable, EmployeePhoneTaken, PhoneBelongsToContact
 */
export async function undoTransfer(use: UseCase, transfer: TransferRow, onContact?: HiringChoice): Promise<Undone> {
  await takeUndoing(use, transfer.id);
  const resumed = transfer.kind === 'LEAVING' && transfer.from_id ? await bringBack(use, transfer.from_id, onContact) : {};
  const items = await itemsOf(use, transfer.id);
  let kept = 0;
  for (const part of use.registered(belongings)) {
    const handed: HandedOver[] = items
      .filter((item) => item.kind === part.kind)
      .map(({ subject_id: id, from_id: from, to_id: to }) => ({ id, from, to }));
    if (!part.giveBack || handed.length === 0) continue;
    const stayed = await giveBack(use, part, handed, transfer);
    await settleItems(use, transfer.id, part.kind, stayed);
    kept += stayed.size;
  }
  return { transfer: transfer.id, returned: items.length - kept, kept, ...resumed };
}

/** Whoever takes back what somebody else did decides about each thing as by an act of their own; one's own act is one's own to take back. */
async function giveBack(
  use: UseCase,
  part: Belongings,
  handed: readonly HandedOver[],
  { kind, created_by, created_at }: TransferRow,
): Promise<ReadonlyMap<string, KeptReason>> {
  const beyond = created_by === use.seat.id ? NONE : await notYours(use, part, handed, kind);
  const rest = handed.filter(({ id }) => !beyond.has(id));
  const stayed = rest.length ? await part.giveBack!(use, rest, created_at) : NONE_KEPT;
  return new Map([...stayed, ...[...beyond].map((id) => [id, 'NOT_YOURS'] as const)]);
}
const NONE: ReadonlySet<string> = new Set();
const NONE_KEPT: ReadonlyMap<string, KeptReason> = new Map();

function notYours(
  use: UseCase,
  part: Belongings,
  handed: readonly HandedOver[],
  kind: HandingOver,
): ReadonlySet<string> | Promise<ReadonlySet<string>> {
  if (part.notYours) return part.notYours(use, handed, kind);
  return kind === 'LEAVING' ? NONE : new Set(handed.map(({ id }) => id));
}

async function takeUndoing(use: UseCase, id: string): Promise<void> {
  const { numUpdatedRows } = await use
    .on(transfers)
    .updateTable('transfers')
    .set({ undone_at: use.now, undone_by: use.seat.id })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw transferNotUndoable({ transfer: id, reason: 'ALREADY_UNDONE' }, PATH);
}

async function bringBack(use: UseCase, employeeId: string, onContact?: HiringChoice): Promise<Resumed> {
  const resumed = await resumeEmployment(use, { employeeId, onContact, path: PATH });
  await use.announce(employeeReturned({ employeeId }));
  return resumed;
}
