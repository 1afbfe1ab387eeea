import { announcement } from '../../platform/use-case/announcement.ts';

/** An employee, or a department with those below it: one of the two. */
export interface Sharee {
  readonly employeeId: string | null;
  readonly departmentId: string | null;
}

/** What happens to contacts; told in the transaction of the change. Ids are UUIDs. */
export const contactOwnerChanged = announcement<{ contactId: string; from: string | null; to: string | null }>('contact.ownerChanged');
export const contactShared = announcement<{ contactId: string; until: Date | null } & Sharee>('contact.shared');
export const contactUnshared = announcement<{ contactId: string } & Sharee>('contact.unshared');
export const contactTagged = announcement<{ contactId: string; tagId: string; added: boolean }>('contact.tagged');
export const contactDeleted = announcement<{ contactId: string }>('contact.deleted');
export const contactRestored = announcement<{ contactId: string }>('contact.restored');
