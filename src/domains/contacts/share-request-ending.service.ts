import {
  adminRightChanged,
  type Belongings,
  contactDeleted,
  contactOwnerChanged,
  contactShared,
  employeeMoved,
  listen,
  shared,
  supervisionChanged,
  type UseCase,
} from '../../sdk/index.ts';
import { seatsOf } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactShareRequests, type ShareRequestState } from './share-request.entity.ts';

/** What an act has changed by which there may be nothing to decide any more: something about a contact, or who sees what. */
type Touched = { readonly contactId: string } | 'STAFF';

/**
 * Ends requests of contacts in the bin, and of employees who find the contact anyway by now, in whichever way they come to it (spec 3.4). Once, at
 * the end of a use case, for all that it did.
 */
const settled = shared<Touched>('contacts.askedFor', async (use, touched) => {
  const pending = await pendingOf(use, touched);
  if (pending.length === 0) return;
  const inBin = pending.filter(({ deleted_at: deletedAt }) => deletedAt !== null);
  await endRequests(use, 'CONTACT_DELETED', inBin);
  const finds = await use.seenBy('Contact', await seatsOf(use, [...new Set(pending.map(({ asker_id: askerId }) => askerId))]));
  await endRequests(
    use,
    'NOT_NEEDED',
    pending.filter(({ contact_id: contactId, asker_id: askerId }) => finds.get(askerId)?.has(contactId)),
  );
});

/** Staff who move are few and what is pending is little: any of it may hang on where they are, or those above them. */
const pendingOf = (use: UseCase, touched: readonly Touched[]) =>
  use
    .on(contactShareRequests, contacts)
    .selectFrom('contact_share_requests as request')
    .innerJoin('contacts as contact', (join) =>
      join.onRef('contact.organization_id', '=', 'request.organization_id').onRef('contact.id', '=', 'request.contact_id'),
    )
    .select(['request.id', 'request.contact_id', 'request.asker_id', 'contact.deleted_at'])
    .where('request.state', '=', 'PENDING')
    .$if(!touched.includes('STAFF'), (query) =>
      query.where((of) =>
        of('request.contact_id', '=', of.fn.any(of.val(touched.flatMap((one) => (one === 'STAFF' ? [] : [one.contactId]))))),
      ),
    )
    .execute();

/** Of those that nobody has decided meanwhile. */
async function endRequests(use: UseCase, state: ShareRequestState, requests: readonly { readonly id: string }[]): Promise<void> {
  if (requests.length === 0) return;
  const ids = requests.map(({ id }) => id);
  await use
    .on(contactShareRequests)
    .updateTable('contact_share_requests')
    .set({ state, decided_at: use.now, decided_by: use.seat.kind === 'EMPLOYEE' ? use.seat.id : null })
    .where((of) => of('id', '=', of.fn.any(of.val(ids))))
    .where('state', '=', 'PENDING')
    .execute();
}

export const shareRequestListeners = [
  listen(contactDeleted, async (use, { contactId }) => use.last(settled, { contactId })),
  listen(contactOwnerChanged, async (use, { contactId }) => use.last(settled, { contactId })),
  listen(contactShared, async (use, { contactId }) => use.last(settled, { contactId })),
  listen(employeeMoved, async (use) => use.last(settled, 'STAFF')),
  listen(supervisionChanged, async (use) => use.last(settled, 'STAFF')),
  listen(adminRightChanged, async (use) => use.last(settled, 'STAFF')),
];

/** What a leaver asks for ends. Whoever decides locks the request before the asker, and so does a leaving. */
export const askedShares: Belongings = {
  kind: 'SHARE_REQUEST',
  hold: async (use, employeeId) => {
    await ofAsker(use, employeeId);
  },
  leave: async (use, { employeeId }) => {
    const requests = await ofAsker(use, employeeId);
    await endRequests(use, 'ASKER_LEFT', requests);
    return requests.map(({ id }) => id);
  },
};

const ofAsker = (use: UseCase, employeeId: string) =>
  use
    .on(contactShareRequests)
    .selectFrom('contact_share_requests')
    .select('id')
    .where('asker_id', '=', employeeId)
    .where('state', '=', 'PENDING')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
