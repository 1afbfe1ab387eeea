import { tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

/** Every change of a contact: who, when, what from, what to (spec 3.16). */
export const ContactHistory = tenantEntity(
  'contact_history',
  (t) => ({
    contactId: t.idOf(() => Contact, 'cascade'),
    /** The seat that did it: an employee, or the contact itself. */
    actorId: t.uuid(),
    at: t.timestamptz(),
    field: t.text(),
    old: t.json<string | readonly string[] | null>().nullable(),
    new: t.json<string | readonly string[] | null>().nullable(),
    /** A change of settings did it to all whom it concerned, a tag or a field that went: nobody has edited this contact. */
    ofSettings: t.boolean().default(false),
  }),
  { indexes: { contact_history_of: { columns: ['contactId', '-id'] } } },
);

export const contactHistory = ContactHistory.table;
