import { type Each, encodeGlobalId, Refusal, refusedItemPayload, toEach, type UseCase } from '../../sdk/index.ts';
import { notYours } from './contact.errors.ts';

/** What inputs of acts on many contacts hold beside the contacts. */
const SAID = ['addTagIds', 'removeTagIds', 'tagIds', 'employeeId', 'departmentId', 'until', 'reason', 'ownerId'];

/** What became of one contact: the type of the answer, with what that type tells. */
export type ItemPayload = Readonly<Record<string, unknown>> & { readonly '@type': string };

/**
 * Does one thing to many contacts that the seat may do it to, each by itself (`toEach`).
 * @param work is given a contact whose row is locked.
 * @returns a result for each id, in their order (api 1).
 */
export async function toEachContact(
  use: UseCase,
  contactIds: readonly string[],
  { success, ...how }: Omit<Each, 'type' | 'ids'> & { readonly success: string },
  work: (contactId: string) => Promise<void>,
): Promise<ItemPayload[]> {
  const refused = await toEach(use, { type: 'Contact', ids: contactIds, ...how }, work);
  return contactIds.map((contactId, at) =>
    refused.has(contactId)
      ? refusedItemPayload(asRefusal(refused.get(contactId)), use.language, { field: 'contactIds', at, inputs: SAID })
      : { '@type': success, contactId: encodeGlobalId('Contact', contactId) },
  );
}

const asRefusal = (refused: unknown): Refusal => (refused instanceof Refusal ? refused : notYours({}));
