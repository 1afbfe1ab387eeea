import { input, type RefusalType, type RootFields, type Rule, type SchemaDoor, type UseCase } from '../../sdk/index.ts';
import { contactPhoneTaken, contactQuotaReached, notYours, phoneBelongsToEmployee } from './contact.errors.ts';
import { findOwner } from './contact-adding.service.ts';
import { type ItemPayload, toEachContact } from './contact-bulk.service.ts';
import { byPhone, deleteContact, restoreContact } from './contact-deleting.service.ts';
import { changeOwner } from './contact-moving.service.ts';
import { contact } from './permissions.ts';

const contactIds = input.ids('Contact', 'The contacts, at most 250.', { least: 1 });

/** Declares what a bulk act answers for each contact: done, or why not (api 1). @returns the success fields of the mutation. */
function itemResults(
  door: SchemaDoor,
  act: string,
  rule: Rule,
  refusals: readonly RefusalType<never>[],
): (t: RootFields) => ReturnType<RootFields['list']> {
  const success = `${act}ItemSuccess`;
  const mutation = `\`${act[0]!.toLowerCase()}${act.slice(1)}\``;
  const resolve = (item: { contactId: string }) => item.contactId;
  door.object(success, `${mutation} was done to this contact.`, {
    contactId: door.root.plain('ID', { description: 'Global id of the contact.', rule, nullable: false, resolve }),
  });
  door.union(`${act}ItemResult`, `Whether ${mutation} was done to one contact, or why not.`, [
    success,
    'NotFound',
    ...refusals.map(({ name }) => name),
  ]);
  return (t) =>
    t.plain(`[${act}ItemResult]`, {
      description: 'One result for each id, in their order.',
      rule,
      nullable: false,
      resolve: ({ results }: { results: readonly ItemPayload[] }) => results,
    });
}

/** Acts on many contacts: each is done by itself, and says why it was not (spec 3.14). */
export function bulkMutations(door: SchemaDoor): void {
  const deleted = itemResults(door, 'DeleteContacts', contact.delete, [notYours]);
  door.mutation('deleteContacts', {
    description: 'Puts contacts into the bin: they are gone for everybody, and an admin can restore them for 30 days (spec 3.8).',
    rule: contact.delete,
    input: { contactIds },
    refusals: [notYours],
    success: (t) => ({ results: deleted(t) }),
    run: async (use: UseCase, given) => ({
      results: await toEachContact(use, given.contactIds, { success: 'DeleteContactsItemSuccess', rule: contact.delete }, (id) =>
        deleteContact(use, id),
      ),
    }),
  });
  const refusals = [notYours, phoneBelongsToEmployee, contactPhoneTaken, contactQuotaReached];
  const restored = itemResults(door, 'RestoreContacts', contact.delete, refusals);
  door.mutation('restoreContacts', {
    description: 'Takes contacts out of the bin (spec 3.8).',
    rule: contact.delete,
    input: { contactIds },
    refusals,
    success: (t) => ({ results: restored(t) }),
    run: async (use: UseCase, given) => ({
      results: await toEachContact(
        use,
        given.contactIds,
        {
          success: 'RestoreContactsItemSuccess',
          rule: contact.delete,
          absentToo: true,
          inOrder: (ids) => byPhone(use, ids),
        },
        (id) => restoreContact(use, id),
      ),
    }),
  });
  declareTransfer(door);
}

function declareTransfer(door: SchemaDoor): void {
  const transferred = itemResults(door, 'TransferContacts', contact.edit, [notYours]);
  door.mutation('transferContacts', {
    description: 'Gives contacts to another owner, or to nobody.',
    rule: contact.edit,
    input: { contactIds, ownerId: input.optional(input.id('Employee', 'The new owner; left out or null, nobody answers for them.')) },
    refusals: [notYours],
    success: (t) => ({ results: transferred(t) }),
    guard: async (use: UseCase, { ownerId }) => (ownerId ? findOwner(use, ownerId, ['input', 'ownerId']) : null),
    run: async (use, given, owner) => ({
      results: await toEachContact(use, given.contactIds, { success: 'TransferContactsItemSuccess', rule: contact.edit }, (id) =>
        changeOwner(use, id, owner),
      ),
    }),
  });
}
