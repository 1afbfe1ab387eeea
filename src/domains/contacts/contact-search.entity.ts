import { tenantEntity } from '../../sdk/index.ts';

/** What a contact is found by: every end of its name, phone, pinyin and company, read by range (spec 3.6). */
export const ContactSearchTerm = tenantEntity(
  'contact_search_terms',
  (t) => ({
    term: t.bytewiseText().primary(),
    /** `ANY`. Servers of 0.1 wrote the other kinds, of terms that they folded in another way: `findAnew` replaces them. */
    kind: t.oneOf('NAME', 'PHONE', 'PINYIN', 'COMPANY', 'ANY').primary(),
    /** Of a contact, without a key to it: rows of contacts stay for good, and thirty checks a contact are half of what an import writes for. */
    contactId: t.uuid().primary(),
  }),
  {
    rootless: true,
    indexes: {
      contact_search_terms_of: { columns: ['contactId', 'term'] },
      contact_search_terms_old: { columns: ['contactId'], where: `kind <> 'ANY'` },
    },
  },
);

export const contactSearchTerms = ContactSearchTerm.table;
