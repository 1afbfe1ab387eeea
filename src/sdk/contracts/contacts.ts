import type { Transaction } from '../../platform/database/transaction.ts';
import { announcement } from '../../platform/write/announcement.ts';
import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** An employee, or a department with those below it: one of the two. */
export interface Sharee {
  readonly employeeId: string | null;
  readonly departmentId: string | null;
}

// What happens to contacts; told in the transaction of the change. Ids are UUIDs.

/**
 * What is one of thousands, as when a table is taken in, is told as `quiet`: whatever hangs on it is done as always, but people are not told of
 * each by itself.
 */
export interface ToldQuietly {
  readonly quiet?: boolean;
}

/** There is a new contact, for whom `ownerId` answers; null: nobody. `source`: how it came, such as `MANUAL`, or `LINK` for who applied at the window. */
export const contactAdded = announcement<{ contactId: string; ownerId: string | null; source: string } & ToldQuietly>('contact.added');
/** A contact has another owner; null: nobody. */
export const contactOwnerChanged = announcement<{ contactId: string; from: string | null; to: string | null } & ToldQuietly>(
  'contact.ownerChanged',
);
/** A contact is shared with somebody; `until` null: without an end. */
export const contactShared = announcement<{ contactId: string; until: Date | null } & Sharee & ToldQuietly>('contact.shared');
/** A share has ended. */
export const contactUnshared = announcement<{ contactId: string } & Sharee & ToldQuietly>('contact.unshared');
/** A tag was given to a contact, or taken from it. */
export const contactTagged = announcement<{ contactId: string; tagId: string; added: boolean } & ToldQuietly>('contact.tagged');
/** A contact was put into the bin. */
export const contactDeleted = announcement<{ contactId: string } & ToldQuietly>('contact.deleted');
/** A contact came back from the bin. */
export const contactRestored = announcement<{ contactId: string }>('contact.restored');
/** A contact that was in the bin for 30 days is gone for good: what a module knows of the person goes too. */
export const contactPurged = announcement<{ contactId: string }>('contact.purged');
/** An employee asks for a share of a contact whose phone they know. */
export const contactShareRequested = announcement<{ requestId: string; contactId: string; askerId: string }>('contact.shareRequested');
/** Such a request was granted or refused. */
export const contactShareDecided = announcement<{ requestId: string; contactId: string; askerId: string; granted: boolean }>(
  'contact.shareDecided',
);

/** What audiences tell contacts apart by. Ids are UUIDs. */
export interface AudienceFacts {
  /** What the contact is called, for a row of the module's own that says who acted; null where there is no such contact. */
  readonly name: string | null;
  /** The outside company that the contact works for. */
  readonly companyId: string | null;
  readonly tagIds: readonly string[];
  /** The employee answerable for the contact: whom to tell. */
  readonly ownerId: string | null;
}
/**
 * Contacts, as far as it decides what is for them: price lists, offers, articles. It asks no rule, so nothing of it is told to anybody; a
 * module that calls it names `contacts` in its `needs`.
 *
 * @example
 * const { tagIds } = await use.service(contactAudience).factsOf(use, use.seat.id);
 */
export const contactAudience = service<{
  /** Company, tags and owner of this moment; none of them where there is no such contact. */
  factsOf(use: UseCase, contactId: string): Promise<AudienceFacts>;
  /** The same for resolvers, in a transaction of `organizationData`. */
  factsIn(transaction: Transaction, contactId: string): Promise<AudienceFacts>;
}>('contacts.audience');
