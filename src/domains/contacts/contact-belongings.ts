import { type Belongings, contactUnshared, type HandedOver, type HandingOver, type KeptReason, type UseCase } from '../../sdk/index.ts';
import { employees, holdEmployed, reachedBy } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactHistory } from './contact-history.entity.ts';
import { moveOwners } from './contact-owners.service.ts';
import { contactShares } from './contact-share.entity.ts';
import { said } from './contact-sharing.service.ts';
import { contact } from './permissions.ts';

/** Contacts of a leaver, those in the bin too, change hands (spec 3.15): whoever restores one finds it with somebody who is there. */
export const ownedContacts: Belongings = {
  kind: 'CONTACT',
  hold: holdContacts,
  leave: async (use, { employeeId, successorId }) => {
    const owned = await use
      .on(contacts)
      .selectFrom('contacts')
      .select('id')
      .where('owner_id', '=', employeeId)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
    await moveOwners(
      use,
      owned.map(({ id }) => ({ id, from: employeeId, to: successorId })),
    );
    return owned.map(({ id }) => id);
  },
  inBin: countInBin,
  giveBack: giveContactsBack,
  notYours: beyondOwn,
};

async function countInBin(use: UseCase, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { count } = await use
    .on(contacts)
    .selectFrom('contacts')
    .select((of) => of.fn.countAll().as('count'))
    .where((of) => of('id', '=', of.fn.any(of.val([...ids]))))
    .where('deleted_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Shares with a leaver end. */
export const heldShares: Belongings = {
  kind: 'SHARE',
  leave: async (use, { employeeId }) => {
    const ended = await use
      .on(contactShares)
      .deleteFrom('contact_shares')
      .where('employee_id', '=', employeeId)
      .returning(['contact_id', 'until'])
      .execute();
    const live = ended.filter(({ until }) => until === null || until > use.now);
    if (live.length === 0) return [];
    const { name } = await use.on(employees).selectFrom('employees').select('name').where('id', '=', employeeId).executeTakeFirstOrThrow();
    const own = { actor_id: use.seat.id, at: use.now, field: 'sharedWith', new: null };
    use.on(contactHistory).add(live.map(({ contact_id, until }) => ({ ...own, id: use.newId(), contact_id, old: said(name, until) })));
    for (const { contact_id: contactId } of live) await use.announce(contactUnshared({ contactId, employeeId, departmentId: null }));
    return live.map(({ contact_id }) => contact_id);
  },
};

/** All that the leaver owns or is shared, in the order in which everybody locks contacts. */
async function holdContacts(use: UseCase, employeeId: string): Promise<void> {
  await use
    .on(contacts, contactShares)
    .selectFrom('contacts')
    .select('id')
    .where((of) =>
      of.or([
        of('owner_id', '=', employeeId),
        of('id', 'in', of.selectFrom('contact_shares').select('contact_id').where('employee_id', '=', employeeId)),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** An owner who was changed since is kept, also where it was changed back: somebody has decided that. */
async function giveContactsBack(use: UseCase, items: readonly HandedOver[], at: Date): Promise<ReadonlyMap<string, KeptReason>> {
  const now = await heldNow(
    use,
    items.map(({ id }) => id),
    at,
  );
  const here = await holdEmployed(
    use,
    items.flatMap(({ from }) => from ?? []),
  );
  const kept = new Map<string, KeptReason>();
  for (const { id, from, to } of items) {
    const owner = now.get(id);
    if (owner === undefined || owner !== to) kept.set(id, 'CHANGED_SINCE');
    else if (from !== null && !here.has(from)) kept.set(id, 'FORMER_LEFT');
  }
  const back = items.filter(({ id, from, to }) => !kept.has(id) && from !== to);
  await moveOwners(
    use,
    back.map(({ id, from, to }) => ({ id, from: to, to: from })),
  );
  return kept;
}

/**
 * Transferring asks `contact.edit` of a contact as it is now, in the bin too. A leaving asks nothing of contacts, because the staff is another
 * right; so those that it brought away go back as long as one’s own right over contacts does not grow by it.
 */
async function beyondOwn(use: UseCase, items: readonly HandedOver[], by: HandingOver): Promise<ReadonlySet<string>> {
  const ids = items.map(({ id }) => id);
  const refused = await use.authorizeEach('Contact', ids, contact.edit, { absentToo: true });
  if (refused.size === 0) return new Set();
  const beyond = items.filter(({ id }) => refused.has(id));
  const froms = beyond.flatMap(({ from }) => from ?? []);
  const reached = by === 'LEAVING' ? await reachedBy(use, 'CONTACTS', froms) : undefined;
  return new Set(beyond.filter(({ from }) => reached === undefined || (from !== null && reached.has(from))).map(({ id }) => id));
}

/** Owners of those whose owner nobody has changed since; the rows are locked. */
async function heldNow(use: UseCase, ids: readonly string[], at: Date): Promise<ReadonlyMap<string, string | null>> {
  const rows = await use
    .on(contacts, contactHistory)
    .selectFrom('contacts')
    .select(['id', 'owner_id'])
    .where('id', 'in', ids)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('contact_history')
            .select('contact_history.id')
            .whereRef('contact_id', '=', 'contacts.id')
            .where('field', '=', 'owner')
            .where('at', '>', at),
        ),
      ),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map(({ id, owner_id }) => [id, owner_id]));
}
