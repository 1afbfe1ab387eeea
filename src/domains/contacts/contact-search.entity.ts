import { tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

export const TERM_KINDS = ['NAME', 'PHONE', 'PINYIN', 'COMPANY'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** What a contact is found by: every end of its name, phone, pinyin and company, read by range (spec 3.6). */
export const ContactSearchTerm = tenantEntity(
  'contact_search_terms',
  (t) => ({
    term: t.bytewiseText().primary(),
    kind: t.oneOf(...TERM_KINDS).primary(),
    contactId: t.idOf(() => Contact, 'cascade').primary(),
  }),
  { indexes: { contact_search_terms_of: { columns: ['contactId', 'term'] } } },
);

export const contactSearchTerms = ContactSearchTerm.table;
