import { encodeGlobalId, Refusal, refusalPayload, toEach, type UseCase } from '../../sdk/index.ts';
import { notYours } from './contact.errors.ts';

export type ItemPayload = Readonly<Record<string, unknown>>;

/**
 * Does one thing to many contacts, each by itself (`toEach`).
 * @returns a result for each id, in their order (api 1).
 */
export async function toEachContact(
  use: UseCase,
  contactIds: readonly string[],
  success: string,
  work: (contactId: string) => Promise<void>,
): Promise<ItemPayload[]> {
  const refused = await toEach(use, contactIds, work);
  return contactIds.map((contactId) =>
    refused.has(contactId)
      ? refusalPayload(asRefusal(refused.get(contactId)), use.language)
      : { '@type': success, contactId: encodeGlobalId('Contact', contactId) },
  );
}

const asRefusal = (refused: unknown): Refusal => (refused instanceof Refusal ? refused : notYours({}));
