import type { Role } from '../platform/permissions/rule.ts';
import { type WordsRef, words } from '../platform/schema/entity-ref.ts';

// Roles that a seat can have toward an object (spec 2.2). Modules add their own, with their prefix.

const employees = (name: string, description: string): Role => ({ name, bearer: 'EMPLOYEE', description });

/** An employee with the admin right of that domain, where it covers the object. */
export const ADMIN = employees('ADMIN', 'An employee with the admin right of that domain, where it covers the object.');
/** The contact’s owner: the one employee answerable for it. */
export const OWNER = employees('OWNER', 'The contact’s owner: the one employee answerable for it.');
/** A supervisor of a department that the owner is in, or of one above it. */
export const OWNERS_SUPERVISOR = employees('OWNERS_SUPERVISOR', 'A supervisor of a department that the owner is in, or of one above it.');
/** An employee with whom the contact is shared, in person or through a department. */
export const SHAREE = employees('SHAREE', 'An employee with whom the contact is shared, in person or through a department.');
/** Any employee of the organization. */
export const COLLEAGUE = employees('COLLEAGUE', 'Any employee of the organization.');
/** On a form: an employee who submitted it, holds or held one of its tasks, or is cc. */
export const PARTICIPANT = employees('PARTICIPANT', 'On a form: an employee who submitted it, holds or held one of its tasks, or is cc.');
/** The employee whose open task it is. */
export const HOLDER = employees('HOLDER', 'The employee whose open task it is.');
/** The seat itself, on its own Employee. */
export const SELF = employees('SELF', 'The seat itself, on its own Employee.');
/** The contact, acting from its own seat. */
export const EXTERNAL: Role = { name: 'EXTERNAL', bearer: 'CONTACT', description: 'The contact, acting from its own seat.' };

/** Admin rights (spec 1): for the whole organization or for departments. */
export const ADMIN_RIGHTS = {
  CONTACTS: 'Contacts, tags, transfers and deletion.',
  FORMS: 'Business forms and their templates.',
  WINDOW: 'The service window and who is let in.',
  FILES: 'Shared folders.',
  PLUGINS: 'Plugins, their settings and what belongs to them.',
  DIRECTORY: 'Employees, departments and rights.',
  AUDIT: 'The audit record.',
} as const;
/** The word of an admin right of the core. */
export type AdminRight = keyof typeof ADMIN_RIGHTS;
/** The enum of all rights: those of the core, and what modules add with their prefix (`rights` of the manifest). */
export const AdminRightName: WordsRef = words(
  'AdminRight',
  'A right of an admin, for the whole organization or for departments. Modules add theirs: have a default branch.',
  ADMIN_RIGHTS,
);
