import type { UseCase } from '../../sdk/index.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { type Searched, searchTerms } from './contact-search.rules.ts';

/** The terms of a contact, as rows of its organization. */
export const termsOf = (contactId: string, searched: Searched) =>
  searchTerms(searched).map((term) => ({ contact_id: contactId, kind: 'ANY' as const, term }));

/** The rows by which a contact is found. */
export const termRows = (organizationId: string, contactId: string, searched: Searched) =>
  termsOf(contactId, searched).map((term) => ({ organization_id: organizationId, ...term }));

/** Makes the terms of a contact those that it is found by now. */
export async function writeSearchTerms(use: UseCase, contactId: string, searched: Searched): Promise<void> {
  const tables = use.on(contactSearchTerms);
  await tables.deleteFrom('contact_search_terms').where('contact_id', '=', contactId).execute();
  const rows = termRows(use.organizationId, contactId, searched);
  if (rows.length) await tables.insertInto('contact_search_terms').values(rows).execute();
}
