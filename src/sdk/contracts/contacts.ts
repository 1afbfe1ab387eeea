import { announcement } from '../../platform/write/announcement.ts';

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
