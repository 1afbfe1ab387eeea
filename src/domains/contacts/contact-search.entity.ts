import { tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

/** What a contact is found by: every end of its name, phone, pinyin and company, read by range (spec 3.6). */
export const ContactSearchTerm = tenantEntity(
  'contact_search_terms',
  (t) => ({
    term: t.bytewiseText().primary(),
    /** `ANY`. Servers of 0.1 wrote the other kinds, of terms that they folded in another way: `findAnew` replaces them. */
    kind: t.oneOf('NAME', 'PHONE', 'PINYIN', 'COMPANY', 'ANY').primary(),
    contactId: t.idOf(() => Contact, 'cascade').primary(),
  }),
  {
    indexes: {
      contact_search_terms_of: { columns: ['contactId', 'term'] },
      contact_search_terms_old: { columns: ['contactId'], where: `kind <> 'ANY'` },
    },
  },
);

export const contactSearchTerms = ContactSearchTerm.table;
