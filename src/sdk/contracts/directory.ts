import type { Message } from '../../platform/language/language.ts';
import { type WordOf, words } from '../../platform/schema/entity-ref.ts';
import { announcement } from '../../platform/write/announcement.ts';
import { registrationPoint, service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

// What happens to the staff; told in the transaction of the change. Ids are UUIDs.

/** Somebody is employed. */
export const employeeAdded = announcement<{ employeeId: string; departmentIds: readonly string[] }>('employee.added');
/** An employee sits in other departments, or mainly in another one. */
export const employeeMoved = announcement<{ employeeId: string; from: readonly string[]; to: readonly string[] }>('employee.moved');
/** Somebody supervises a department or no longer does, or departments stand elsewhere: who sees what through them is to be asked anew. */
export const supervisionChanged = announcement<{ departmentIds: readonly string[] }>('department.supervisionChanged');

/** An employee was given an admin right, or more of it, or lost it. */
export const adminRightChanged = announcement<{ employeeId: string; right: string; granted: boolean }>('employee.rightChanged');

/** The words of admin rights that the loaded modules declare in their manifests; the server registers them. */
export const adminRightWords = registrationPoint<string>('core.adminRights');

/** A type whose rows seats gain and lose with rights, supervisors and moves: named in what a dry run tells (spec 10.2). */
export const seenThroughStaff = registrationPoint<{ readonly type: string }>('directory.seen');

/** That something stands on a department, and so keeps it from being removed: what, how much of it, and what it is for people. */
export interface DepartmentUse {
  /** For programs: `WINDOW_LINKS`. */
  readonly what: string;
  readonly count: number;
  /** `2 links to the window (`revokeWindowLink`)`: what there is, and what ends it. */
  readonly message: Message;
}
/**
 * What a module has that names departments: asked when one is removed in which nobody is any more, and nothing below it. The department is locked:
 * whoever begins to use one locks it `for share` (`stayingDepartments`) or refers to it by a key.
 *
 * @example
 * register(departmentUses, { letGo: (use, id) => use.on(notes).updateTable('notes').set({ department_id: null }).where('department_id', '=', id).execute() })
 */
export const departmentUses = registrationPoint<{
  /** Shares with it that are in force: it is removed where the admin says that they end. */
  shares?(use: UseCase, departmentId: string): Promise<number>;
  /** What is in force and would reach nobody without it: the department stays. Undefined where there is nothing. */
  keeps?(use: UseCase, departmentId: string): Promise<DepartmentUse | undefined>;
  /** Ends the shares, and lets go of it what is past. */
  letGo?(use: UseCase, departmentId: string): Promise<unknown>;
}>('directory.departmentUses');

/** What becomes of a contact who is employed (spec 3.3). */
export const HiringChoiceName = words('HiringChoice', 'What becomes of a contact whose phone is an employee’s.', {
  CONVERT: 'The person is an employee from now on: the contact goes into the bin. For those who may delete it.',
  KEEP: 'Both stay: the person has two seats, and chooses when signing in.',
});
/** The word of such a choice. */
export type HiringChoice = WordOf<typeof HiringChoiceName>;
/** Contacts, as far as the staff's phones are theirs too. */
export const contactsOfStaff = service<{
  /**
   * Asked when somebody who is employed gets a phone, after all that it could be refused for. @throws PhoneBelongsToContact
   * @param hired.path of the input that is to blame
   * @returns the contact that stays, whose person is the one who is employed; undefined where there is none
   */
  settleHiring(
    use: UseCase,
    hired: { readonly phone: string; readonly choice?: HiringChoice; readonly path: readonly string[] },
  ): Promise<string | undefined>;
  /**
   * Ids of employees who could find contacts of a phone (E.164): their owners, those above them, those with whom they are shared, and admins. For a dry
   * run of what makes them somebody's who is employed.
   */
  whoFinds(use: UseCase, phone: string): Promise<readonly string[]>;
  /** Asked when many are employed whose phones were found to be no contact's: where one has become one's meanwhile, all is begun anew. */
  expectNone(use: UseCase, phones: readonly string[]): void;
  /**
   * Asked before a phone that a seat has typed is looked up among what it may not read. @throws RATE_LIMITED where the seat has had its answers
   * of the day (spec 3.4)
   */
  mayAskAboutPhones(use: UseCase): Promise<void>;
  /** Counts the answer that a phone is known, which the refusal of this use case is about to give. */
  countPhoneAnswer(use: UseCase): void;
  /**
   * Asked before the phones of a table are looked up among what the seat may not read: each that is known is one of its answers of the day.
   * @param known how many are. @returns false where there are more than answers are left: these are used up, and nothing is told
   */
  mayTellOfPhones(use: UseCase, known: () => Promise<number>): Promise<boolean>;
  /** Puts a contact into the bin whose person is an employee. One that is there already stays. @throws FORBIDDEN */
  convert(use: UseCase, contactId: string): Promise<void>;
}>('contacts.ofStaff');
