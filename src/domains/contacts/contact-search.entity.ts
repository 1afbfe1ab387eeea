import { bytewiseText, oneOf, table, uuid } from '../../sdk/index.ts';

export const TERM_KINDS = ['NAME', 'PHONE', 'PINYIN', 'COMPANY'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** What a contact is found by: every end of its name, phone, pinyin and company, read by range (spec 3.6). */
export const contactSearchTerms = table('contact_search_terms', {
  columns: {
    term: bytewiseText(),
    kind: oneOf(...TERM_KINDS),
    contact_id: uuid().references('contacts', 'cascade'),
  },
  key: ['term', 'kind', 'contact_id'],
  indexes: { contact_search_terms_of: { columns: ['contact_id', 'term'] } },
});
