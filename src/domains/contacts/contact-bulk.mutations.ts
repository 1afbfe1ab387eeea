import type { GuichetBuilder, HandedOver, PayloadFields, Rule, UseCase } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { recordTransfer, Transfer, transfer } from '../transfers/index.ts';
import type { BulkAct } from './bulk-act.ts';
import { contactPhoneTaken, contactQuotaReached, notYours, phoneBelongsToEmployee } from './contact.errors.ts';
import { findOwner, holdOwner, type Owner } from './contact-adding.service.ts';
import { chosenContacts, contactIds, contactsGiven } from './contact-bulk.input.ts';
import { type BulkBegun, type BulkDone as Done, doOrBegin, itemResults, itemResultsOrJob } from './contact-bulk.results.ts';
import { toEachContact } from './contact-bulk.service.ts';
import { byPhone, deleteContact, restoreContact } from './contact-deleting.service.ts';
import { changeOwner } from './contact-moving.service.ts';
import { contact } from './permissions.ts';

const OWNER = ['input', 'ownerId'];

const deletes: BulkAct = {
  name: 'deleteContacts',
  run: (use, ids) =>
    toEachContact(use, ids, { success: 'DeleteContactsItemSuccess', rule: contact.delete }, (id) => deleteContact(use, id)),
};

/** Acts on many contacts: each is done by itself, and says why it was not (spec 3.14). */
export function bulkMutations(builder: GuichetBuilder): void {
  builder.useCase('deleteContacts', {
    description: 'Puts contacts into the bin: they are gone for everybody, and an admin can restore them for 30 days (spec 3.8).',
    rule: contact.delete,
    input: contactsGiven,
    refusals: [notYours],
    guard: chosenContacts,
    run: (use, _, chosen) =>
      doOrBegin(use, chosen, {
        act: deletes.name,
        given: {},
        run: async (ids): Promise<Done> => ({ results: await deletes.run(use, ids, {} as never) }),
      }),
    success: itemResultsOrJob(builder, 'DeleteContacts', contact.delete, [notYours]),
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

async function transferAll(
  use: UseCase,
  ids: readonly string[],
  { ownerId, rule }: { readonly ownerId?: string | null; readonly rule: Rule },
): Promise<Transferred> {
  let owner: Owner | null = null;
  const whenHeld = async () => {
    owner = ownerId ? await holdOwner(use, ownerId, OWNER) : null;
    return undefined;
  };
  const moves: HandedOver[] = [];
  const results = await toEachContact(use, ids, { success: 'TransferContactsItemSuccess', rule, whenHeld }, async (id) => {
    const from = await changeOwner(use, id, owner);
    if (from !== undefined) moves.push({ id, from, to: ownerId ?? null });
  });
  return { results, transfer: await transferOf(use, moves) };
}
const transfers: BulkAct<{ readonly ownerId?: string | null }> = {
  name: 'transferContacts',
  run: async (use, ids, { ownerId }) => (await transferAll(use, ids, { ownerId, rule: contact.bulk })).results,
};

function declareTransfer(builder: GuichetBuilder): void {
  const results = itemResultsOrJob(builder, 'TransferContacts', contact.edit, [notYours]);
  builder.useCase('transferContacts', {
    description: 'Gives contacts to another owner, or to nobody.',
    rule: contact.edit,
    input: (t) => ({
      ...contactsGiven(t),
      ownerId: t.globalId(Employee, { description: 'The new owner; left out or null, nobody answers for them.', required: false }),
    }),
    refusals: [notYours],
    guard: async (use, given) => {
      if (given.ownerId) await findOwner(use, given.ownerId, OWNER);
      return chosenContacts(use, given);
    },
    run: async (use, { ownerId }, chosen) => {
      const run = (ids: readonly string[]) => transferAll(use, ids, { ownerId, rule: contact.edit });
      const done = await doOrBegin(use, chosen, { act: transfers.name, given: { ownerId: ownerId ?? null }, run });
      return { ...done, transfer: done.transfer ?? null };
    },
    success: (t: PayloadFields<Transferred & BulkBegun>) => ({
      ...results(t as unknown as PayloadFields<BulkBegun>),
      transfer: t.loaded(Transfer, 'transfer', {
        description:
          'What changed hands, which an admin can take back for 24 hours; null where nothing did. A job makes one for each hundred.',
        rule: transfer.read,
      }),
    }),
  });
}

/** An admin can take back what changed hands (spec 3.15). */
async function transferOf(use: UseCase, moves: readonly HandedOver[]): Promise<string | null> {
  if (moves.length === 0) return null;
  const froms = new Set(moves.map(({ from }) => from));
  const items = moves.map((move) => ({ ...move, kind: 'CONTACT', reason: move.to ? ('NAMED' as const) : ('NOBODY' as const) }));
  return recordTransfer(use, 'TRANSFER', froms.size === 1 ? [...froms][0]! : null, items);
}

export const ownBulkActs: readonly BulkAct[] = [deletes, transfers];
