import { refs, tenantEntity } from '../../sdk/index.ts';

export const TRANSFER_KINDS = ['LEAVING', 'TRANSFER'] as const;
export const ITEM_STATES = ['MOVED', 'RETURNED', 'KEPT'] as const;
/** Why something went where it went; of what was not given back, why not. */
export const TRANSFER_REASONS = [
  'NAMED',
  'SUPERVISOR',
  'OTHER_DEPARTMENT',
  'DEPARTMENT_ABOVE',
  'NOBODY',
  'CHANGED_SINCE',
  'FORMER_LEFT',
  'NOT_YOURS',
] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];
export type TransferReason = (typeof TRANSFER_REASONS)[number];

/** What changed hands at one moment (spec 3.15). */
export const Transfer = tenantEntity(
  'transfers',
  (t) => ({
    kind: t.oneOf(...TRANSFER_KINDS),
    /** Whose it was; null where it was several people's, or nobody's. */
    fromId: t.idOf(() => refs.Employee).nullable(),
    /** Where whoever it was sat at that time: who reads of it does not hang on where they sit later. */
    fromDepartments: t.json<readonly string[]>().defaultRaw(`'[]'`),
    /** Null where nobody did: whoever has gone from the source of the staff is let go by a clock. */
    createdBy: t.idOf(() => refs.Employee).nullable(),
    createdAt: t.timestamptz(),
    undoableUntil: t.timestamptz(),
    undoneAt: t.timestamptz().nullable(),
    undoneBy: t.idOf(() => refs.Employee).nullable(),
  }),
  { indexes: { transfers_from: { columns: ['fromId', '-id'] } } },
);

/** One thing of a transfer. It stays when the thing itself is gone, so it refers to it by nothing but the id. */
export const TransferItem = tenantEntity(
  'transfer_items',
  (t) => ({
    transferId: t.idOf(() => Transfer, 'cascade'),
    /** Of a registration of `belongings`. */
    kind: t.text(),
    subjectId: t.uuid(),
    fromId: t.idOf(() => refs.Employee).nullable(),
    toId: t.idOf(() => refs.Employee).nullable(),
    state: t.oneOf(...ITEM_STATES),
    reason: t.oneOf(...TRANSFER_REASONS),
  }),
  { indexes: { transfer_items_of: { columns: ['transferId', 'id'] } } },
);

export const transfers = Transfer.table;
export const transferItems = TransferItem.table;
