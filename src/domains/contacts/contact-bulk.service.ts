import { type Each, encodeGlobalId, Refusal, refusalPayload, toEach, type UseCase } from '../../sdk/index.ts';
import { notYours } from './contact.errors.ts';

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
  return contactIds.map((contactId) =>
    refused.has(contactId)
      ? refusalPayload(asRefusal(refused.get(contactId)), use.language)
      : { '@type': success, contactId: encodeGlobalId('Contact', contactId) },
  );
}

const asRefusal = (refused: unknown): Refusal => (refused instanceof Refusal ? refused : notYours({}));
