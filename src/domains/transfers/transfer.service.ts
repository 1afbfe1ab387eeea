import { type HandedOver, isServer, type KeptReason, type UseCase } from '../../sdk/index.ts';
import { membershipsOf } from '../directory/index.ts';
import { Transfer, TransferItem, type TransferKind, type TransferReason, transferItems, transfers } from './transfer.entity.ts';

/** Hours in which a transfer can be taken back (spec 3.15). */
export const UNDOABLE_HOURS = 24;
const HOUR = 3_600_000;

export interface NewItem extends HandedOver {
  readonly kind: string;
  readonly reason: TransferReason;
}

/** Writes a transfer down with its items. @returns its id. */
export async function recordTransfer(use: UseCase, kind: TransferKind, fromId: string | null, items: readonly NewItem[]): Promise<string> {
  const id = use.newId();
  const from_departments = fromId === null ? [] : (await membershipsOf(use, fromId)).map(({ department_id }) => department_id);
  const created_by = isServer(use.seat) ? null : use.seat.id;
  const undoable_until = new Date(use.now.getTime() + UNDOABLE_HOURS * HOUR);
  use.on(Transfer).add({ id, kind, from_id: fromId, from_departments, created_by, created_at: use.now, undoable_until });
  use.on(TransferItem).add(
    items.map(({ kind: of, id: subject_id, from, to, reason }) => ({
      id: use.newId(),
      transfer_id: id,
      kind: of,
      subject_id,
      from_id: from,
      to_id: to,
      state: 'MOVED' as const,
      reason,
    })),
  );
  return id;
}

export const transferNow = (use: UseCase, id: string) =>
  use
    .on(transfers)
    .selectFrom('transfers')
    .select(['id', 'kind', 'from_id', 'created_by', 'created_at', 'undoable_until', 'undone_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
export type TransferRow = Awaited<ReturnType<typeof transferNow>>;

export const itemsOf = (use: UseCase, transferId: string) =>
  use
    .on(transferItems)
    .selectFrom('transfer_items')
    .select(['id', 'kind', 'subject_id', 'from_id', 'to_id'])
    .where('transfer_id', '=', transferId)
    .orderBy('id')
    .execute();

/** Says what became of items when their transfer was taken back. */
export async function settleItems(use: UseCase, transferId: string, kind: string, kept: ReadonlyMap<string, KeptReason>): Promise<void> {
  const tables = use.on(transferItems);
  const ofKind = () => tables.updateTable('transfer_items').where('transfer_id', '=', transferId).where('kind', '=', kind);
  await ofKind().set({ state: 'RETURNED' }).execute();
  for (const [reason, of] of Map.groupBy(kept, ([, why]) => why))
    await ofKind()
      .set({ state: 'KEPT', reason })
      .where(
        'subject_id',
        'in',
        of.map(([id]) => id),
      )
      .execute();
}
