import type { GuichetBuilder, InputMaker, PayloadFields, RefusalType, Rule } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { contactPhoneTaken, contactQuotaReached, notYours, phoneBelongsToEmployee } from './contact.errors.ts';
import { Contact } from './contact.refs.ts';
import { findOwner, holdOwner, type Owner } from './contact-adding.service.ts';
import { type ItemPayload, toEachContact } from './contact-bulk.service.ts';
import { byPhone, deleteContact, restoreContact } from './contact-deleting.service.ts';
import { changeOwner } from './contact-moving.service.ts';
import { contact } from './permissions.ts';

const OWNER = ['input', 'ownerId'];
const contactIds = (t: InputMaker) => t.globalIds(Contact, { description: 'The contacts, at most 250.', least: 1 });
type Done = { readonly results: readonly ItemPayload[] };

/** Declares what a bulk act answers for each contact: done, or why not (api 1). @returns the success fields of the mutation. */
function itemResults(builder: GuichetBuilder, act: string, rule: Rule, refusals: readonly RefusalType<never>[]) {
  const mutation = `\`${act[0]!.toLowerCase()}${act.slice(1)}\``;
  const Done = builder.objectRef<{ readonly contactId: string }>(`${act}ItemSuccess`).implement({
    description: `${mutation} was done to this contact.`,
    fields: (t) => ({ contactId: t.exposeID('contactId', { description: 'Global id of the contact.', rule }) }),
  });
  const Result = builder.unionType(`${act}ItemResult`, {
    description: `Whether ${mutation} was done to one contact, or why not.`,
    types: [Done.name, 'NotFound', ...refusals.map(({ name }) => name)] as never,
  });
  return (t: PayloadFields<Done>) => ({
    results: t.field({
      type: [Result],
      description: 'One result for each id, in their order.',
      rule,
      resolve: ({ results }) => [...results] as never[],
    }),
  });
}

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

function declareTransfer(builder: GuichetBuilder): void {
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
    run: async (use, { contactIds, ownerId }): Promise<Done> => {
      let owner: Owner | null = null;
      const whenHeld = async () => {
        owner = ownerId ? await holdOwner(use, ownerId, OWNER) : null;
        return undefined;
      };
      const how = { success: 'TransferContactsItemSuccess', rule: contact.edit, whenHeld };
      return { results: await toEachContact(use, contactIds, how, (id) => changeOwner(use, id, owner)) };
    },
    success: itemResults(builder, 'TransferContacts', contact.edit, [notYours]),
  });
}
