import type { GuichetBuilder, HandedOver, PayloadFields, UseCase } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { recordTransfer, Transfer, transfer } from '../transfers/index.ts';
import { contactPhoneTaken, contactQuotaReached, notYours, phoneBelongsToEmployee } from './contact.errors.ts';
import { findOwner, holdOwner, type Owner } from './contact-adding.service.ts';
import { contactIds, type BulkDone as Done, itemResults } from './contact-bulk.results.ts';
import { toEachContact } from './contact-bulk.service.ts';
import { byPhone, deleteContact, restoreContact } from './contact-deleting.service.ts';
import { changeOwner } from './contact-moving.service.ts';
import { contact } from './permissions.ts';

const OWNER = ['input', 'ownerId'];
/** Acts on many contacts: each is done by itself, and says why it was not (spec 3.14). */
export function bulkMutations(builder: GuichetBuilder): void {
  builder.useCase('deleteContacts', {
    description: 'Puts contacts into the bin: they are gone for everybody, and an admin can restore them for 30 days (spec 3.8).',
    rule: contact.delete,
    input: (t) => ({ contactIds: contactIds(t) }),
    refusals: [notYours],
    run: async (use, given): Promise<Done> => ({
      results: await toEachContact(use, given.contactIds, { success: 'DeleteContactsItemSuccess', rule: contact.delete }, (id) =>
        deleteContact(use, id),
      ),
    }),
    success: itemResults(builder, 'DeleteContacts', contact.delete, [notYours]),
  });
  const refusals = [notYours, phoneBelongsToEmployee, contactPhoneTaken, contactQuotaReached];
  builder.useCase('restoreContacts', {
    description: 'Takes contacts out of the bin (spec 3.8).',
    rule: contact.delete,
    input: (t) => ({ contactIds: contactIds(t) }),
    refusals,
    run: async (use, given): Promise<Done> => ({
      results: await toEachContact(
        use,
        given.contactIds,
        {
          success: 'RestoreContactsItemSuccess',
          rule: contact.delete,
          absentToo: true,
          whenHeld: (ids) => byPhone(use, ids),
        },
        (id) => restoreContact(use, id),
      ),
    }),
    success: itemResults(builder, 'RestoreContacts', contact.delete, refusals),
  });
  declareTransfer(builder);
}

type Transferred = Done & { readonly transfer: string | null };

function declareTransfer(builder: GuichetBuilder): void {
  const results = itemResults(builder, 'TransferContacts', contact.edit, [notYours]);
  builder.useCase('transferContacts', {
    description: 'Gives contacts to another owner, or to nobody.',
    rule: contact.edit,
    input: (t) => ({
      contactIds: contactIds(t),
      ownerId: t.globalId(Employee, { description: 'The new owner; left out or null, nobody answers for them.', required: false }),
    }),
    refusals: [notYours],
    guard: async (use, { ownerId }) => {
      if (ownerId) await findOwner(use, ownerId, OWNER);
    },
    run: async (use, { contactIds, ownerId }): Promise<Transferred> => {
      let owner: Owner | null = null;
      const whenHeld = async () => {
        owner = ownerId ? await holdOwner(use, ownerId, OWNER) : null;
        return undefined;
      };
      const how = { success: 'TransferContactsItemSuccess', rule: contact.edit, whenHeld };
      const moves: HandedOver[] = [];
      const results = await toEachContact(use, contactIds, how, async (id) => {
        const from = await changeOwner(use, id, owner);
        if (from !== undefined) moves.push({ id, from, to: ownerId ?? null });
      });
      return { results, transfer: transferOf(use, moves) };
    },
    success: (t: PayloadFields<Transferred>) => ({
      ...results(t),
      transfer: t.loaded(Transfer, 'transfer', {
        description: 'What changed hands, which an admin can take back for 24 hours; null where nothing did.',
        rule: transfer.read,
      }),
    }),
  });
}

/** An admin can take back what changed hands (spec 3.15). */
function transferOf(use: UseCase, moves: readonly HandedOver[]): string | null {
  if (moves.length === 0) return null;
  const froms = new Set(moves.map(({ from }) => from));
  const items = moves.map((move) => ({ ...move, kind: 'CONTACT', reason: move.to ? ('NAMED' as const) : ('NOBODY' as const) }));
  return recordTransfer(use, 'TRANSFER', froms.size === 1 ? [...froms][0]! : null, items);
}
