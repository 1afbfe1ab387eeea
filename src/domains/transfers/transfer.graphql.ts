import { ADMIN, type GuichetBuilder, sql, types, words } from '../../sdk/index.ts';
import { TRANSFER_STAFF_ADMIN, transfer } from './permissions.ts';
import { transferItems } from './transfer.entity.ts';
import { Transfer, TransferItem, TransferViewerCan } from './transfer.refs.ts';
import { refuseOthers, transferRoles } from './transfer.roles.ts';

const rule = transfer.read;
const READERS = [ADMIN, TRANSFER_STAFF_ADMIN];

const TransferKind = words('TransferKind', 'Why things changed hands. More kinds may come: have a default branch.', {
  LEAVING: 'An employee left.',
  TRANSFER: 'Somebody gave contacts to another owner.',
});
const TransferItemState = words('TransferItemState', 'What became of one thing of a transfer.', {
  MOVED: 'It is where the transfer brought it, or where others have brought it since.',
  RETURNED: 'The transfer was taken back, and it is where it was before.',
  KEPT: 'The transfer was taken back, but this stayed where it was.',
});
const TransferReason = words(
  'TransferReason',
  'Why something went where it went; of what was not given back, why not. More reasons may come: have a default branch.',
  {
    NAMED: 'Whoever made the transfer named who goes on.',
    SUPERVISOR: 'The leaver’s main department has this supervisor.',
    OTHER_DEPARTMENT: 'The main department never had a supervisor; another department of the leaver’s has this one.',
    DEPARTMENT_ABOVE: 'A department above the leaver’s main one has this supervisor.',
    NOBODY: 'Nobody was found: nobody answers for it, or it is to be claimed.',
    CHANGED_SINCE: 'It was kept: somebody has changed it since.',
    FORMER_LEFT: 'It was kept: whom it came from has left.',
    NOT_YOURS: 'It was kept: whoever took back what somebody else had done could not have given it themself.',
  },
);

/** What changed hands, for admins (spec 3.15). */
export function transferTypes(builder: GuichetBuilder): void {
  for (const ref of [TransferKind, TransferItemState, TransferReason]) builder.words(ref);
  declareTransfer(builder);
  declareItem(builder);
  builder.queryField('transfers', (t) =>
    t.entityPages(Transfer, {
      description: 'What changed hands in the organization, newest first: when somebody left, or gave contacts to others.',
      rule,
      listedBy: () => READERS,
      check: (seat) => refuseOthers(seat, rule),
    }),
  );
}

function declareTransfer(builder: GuichetBuilder): void {
  builder.entity(Transfer, {
    description: 'What changed hands at one moment. It can be taken back for 24 hours (spec 3.15).',
    roles: transferRoles,
    listedFor: READERS,
    filters: {
      kind: { compares: 'enum', column: 'kind', values: TransferKind.name, rule, description: 'By why it changed hands.' },
      from: { compares: 'id', type: 'Employee', column: 'from_id', rule, description: 'By whose it was.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { type: TransferKind, description: 'Why it changed hands.', rule }),
      from: t.relation(types.Employee, 'from_id', {
        description: 'Whose it was; null where it was several people’s, or nobody’s.',
        rule,
      }),
      createdAt: t.column('created_at', { description: 'When.', rule }),
      by: t.relation(types.Employee, 'created_by', { description: 'Who made the transfer; null where a clock did.', rule }),
      undoableUntil: t.column('undoable_until', { description: 'Until when it can be taken back.', rule }),
      undoneAt: t.column('undone_at', { description: 'When it was taken back; null where it was not.', rule }),
      undoneBy: t.relation(types.Employee, 'undone_by', { description: 'Who took it back.', rule }),
      items: t.pages(TransferItem, {
        on: (row, target) => sql`${target.transfer_id} = ${row.id}`,
        description: 'What changed hands, one by one.',
        rule,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: READERS,
      }),
      viewerCan: t.sameRow(TransferViewerCan, { description: 'What you may do with it.', rule }),
    }),
  });
  builder.entityPart(TransferViewerCan, {
    description: 'What a seat may do with a transfer. Whether it can still be done depends on its age as well.',
    fields: (t) => ({ undo: t.permission(transfer.undo, { description: 'Take it back.', rule }) }),
  });
}

function declareItem(builder: GuichetBuilder): void {
  builder.entity(TransferItem, {
    description: 'One thing that changed hands. Its field `contact` or `task` says what, where you can still come to it.',
    roles: builder.rolesThrough(Transfer, transferItems, 'transfer_id'),
    listedFor: READERS,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { description: 'What it is: `CONTACT`, `TASK`; plugins’ kinds carry their prefix.', rule }),
      from: t.relation(types.Employee, 'from_id', { description: 'Whose it was; null for nobody.', rule }),
      to: t.relation(types.Employee, 'to_id', { description: 'Whose it became; null for nobody.', rule }),
      state: t.column('state', { type: TransferItemState, description: 'What became of it.', rule }),
      reason: t.column('reason', { type: TransferReason, description: 'Why.', rule }),
    }),
  });
}
