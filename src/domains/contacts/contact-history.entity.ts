import { json, table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** Every change of a contact: who, when, what from, what to (spec 3.16). */
export const contactHistory = table('contact_history', {
  columns: {
    contact_id: uuid().references('contacts', 'cascade'),
    /** The seat that did it: an employee, or the contact itself. */
    actor_id: uuid(),
    at: timestamptz(),
    field: text(),
    old: json<string | readonly string[] | null>().nullable(),
    new: json<string | readonly string[] | null>().nullable(),
  },
  indexes: { contact_history_of: { columns: ['contact_id', '-id'] } },
});
