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
    /**
     * Nobody has edited this contact by it: settings did it to all whom they concern, as where a tag or a field went, or an import was taken back,
     * with which what that import had done is no edit any more either.
     */
    ofSettings: t.boolean().default(false),
  }),
  { indexes: { contact_history_of: { columns: ['contactId', '-id'] } } },
);

export const contactHistory = ContactHistory.table;
