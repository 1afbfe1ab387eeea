import { encodeGlobalId, inSavepoint, isForbidden, Refusal, refusalPayload, type UseCase } from '../../sdk/index.ts';
import { notYours } from './contact.errors.ts';

export type ItemPayload = Readonly<Record<string, unknown>>;

/**
 * Does one thing to many contacts, each by itself: where one is refused, the others are done all the same.
 * @returns a result for each id, in their order (api 1).
 */
export async function toEach(
  use: UseCase,
  contactIds: readonly string[],
  success: string,
  work: (contactId: string) => Promise<void>,
): Promise<ItemPayload[]> {
  const results = new Map<string, ItemPayload>();
  for (const contactId of [...new Set(contactIds)].sort()) {
    // everybody locks in one order
    const done = { '@type': success, contactId: encodeGlobalId('Contact', contactId) };
    results.set(contactId, (await refusalOf(use, () => work(contactId))) ?? done);
  }
  return contactIds.map((contactId) => results.get(contactId)!);
}

async function refusalOf(use: UseCase, work: () => Promise<void>): Promise<ItemPayload | undefined> {
  try {
    await inSavepoint(use.transaction, work);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return refusalPayload(error, use.language);
    if (isForbidden(error)) return refusalPayload(notYours({}), use.language);
    throw error;
  }
}
