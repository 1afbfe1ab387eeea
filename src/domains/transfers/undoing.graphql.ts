import { forbidden, type GuichetBuilder, HiringChoiceName, type UseCase, words } from '../../sdk/index.ts';
import { directory, employeePhoneTaken, holdDirectory, phoneBelongsToContact } from '../directory/index.ts';
import { transfer } from './permissions.ts';
import { TRANSFER_FAULTS, transferNotUndoable } from './transfer.errors.ts';
import { Transfer } from './transfer.refs.ts';
import { refuseOthers } from './transfer.roles.ts';
import { type TransferRow, transferNow } from './transfer.service.ts';
import { refuseUndoable, undoTransfer } from './undoing.service.ts';

const rule = transfer.undo;
const TransferFault = words('TransferFault', 'Why a transfer cannot be taken back.', TRANSFER_FAULTS);

/** Taking a transfer back within 24 hours (spec 3.15). */
export function undoingTypes(builder: GuichetBuilder): void {
  builder.words(TransferFault);
  builder.useCase('undoTransfer', {
    description:
      'Takes a transfer back, within 24 hours: what nobody has changed since goes back, and the items say what was kept, and why. Whoever left with it is an employee again, with the rights that you could grant or that nobody holds; shares stay ended.',
    rule,
    doesOnce: true,
    input: (t) => ({
      transferId: t.globalId(Transfer, { description: 'The transfer.' }),
      onContact: t.choice(HiringChoiceName, {
        description: 'What becomes of a contact who has the phone of whoever comes back.',
        required: false,
      }),
    }),
    refusals: [transferNotUndoable, employeePhoneTaken, phoneBelongsToContact],
    guard: (use, { transferId }) => findUndoable(use, transferId),
    run: (use, { onContact }, found) => undoTransfer(use, found, onContact),
    success: (t) => ({
      transfer: t.loaded(Transfer, 'transfer', { description: 'The transfer, with what became of its items.', rule: transfer.read }),
      returned: t.exposeInt('returned', { description: 'How many items went back.', rule }),
      kept: t.exposeInt('kept', { description: 'How many were kept where they are.', rule }),
      rights: t.field({
        type: ['ReturnedRight' as never],
        description: 'Of a leaving: the admin rights that had ended with it, and whether they are held again.',
        rule,
        resolve: ({ rights = [] }) => rights as never,
      }),
      lostDepartments: t.stringList({
        description: 'Of a leaving: names of departments that are gone by now, in which whoever is back does not sit any more.',
        rule,
        resolve: ({ lostDepartments = [] }) => [...lostDepartments],
      }),
    }),
  });
}

/** A leaving is the staff's matter, other transfers are of contacts. @throws NotFound, FORBIDDEN, TransferNotUndoable */
async function findUndoable(use: UseCase, transferId: string): Promise<TransferRow> {
  refuseOthers(use.seat, rule);
  await use.find('Transfer', transferId, ['input', 'transferId']);
  const found = await transferNow(use, transferId);
  if (found.kind === 'LEAVING') await holdDirectory(use);
  const may =
    found.kind === 'LEAVING' ? await use.may('Employee', found.from_id!, directory.manage) : await use.may('Transfer', transferId, rule);
  if (!may) throw forbidden(found.kind === 'LEAVING' ? directory.manage : rule);
  refuseUndoable(use, found);
  return found;
}
