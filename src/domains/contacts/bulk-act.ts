import { registrationPoint, type UseCase } from '../../sdk/index.ts';
import type { ItemPayload } from './contact-bulk.service.ts';

/** Something that is done to many contacts of a list, by a job (spec 3.14). */
export interface BulkAct<Given = never> {
  /** The mutation: `tagContacts`. */
  readonly name: string;
  /**
   * Does it to some contacts, each by itself, where the seat is an admin of it.
   * @param given what the mutation was given beside the contacts, as JSON has it
   * @returns a result for each, in their order
   */
  run(use: UseCase, contactIds: readonly string[], given: Given): Promise<readonly ItemPayload[]>;
}
/** Acts that a list of contacts can be given to. */
export const bulkActs = registrationPoint<BulkAct>('contacts.bulkActs');
