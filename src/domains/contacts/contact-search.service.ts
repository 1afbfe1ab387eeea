import type { UseCase } from '../../sdk/index.ts';
import { companies } from './contact.entity.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { foldText, type Searched, searchTerms } from './contact-search.rules.ts';

/** Makes the terms of a contact those that it is found by now. */
export async function writeSearchTerms(use: UseCase, contactId: string, searched: Searched): Promise<void> {
  const tables = use.on({ contact_search_terms: contactSearchTerms });
  await tables.deleteFrom('contact_search_terms').where('contact_id', '=', contactId).execute();
  const rows = searchTerms(searched).map((term) => ({ organization_id: use.organizationId, contact_id: contactId, ...term }));
  if (rows.length) await tables.insertInto('contact_search_terms').values(rows).execute();
}

export interface CompanyRow {
  readonly id: string | null;
  /** As it was first written. */
  readonly name: string | null;
}

/** The company of this name, made where there is none (spec 1); no company for no name. */
export async function companyOf(use: UseCase, name: string): Promise<CompanyRow> {
  if (!name) return { id: null, name: null };
  const key = foldText(name);
  const tables = use.on({ companies });
  const find = () => tables.selectFrom('companies').select(['id', 'name']).where('name_key', '=', key).executeTakeFirst();
  const known = await find();
  if (known) return known;
  const made = await tables
    .insertInto('companies')
    .values({ organization_id: use.organizationId, id: use.newId(), name, name_key: key })
    .onConflict((conflict) => conflict.columns(['organization_id', 'name_key']).doNothing())
    .returning(['id', 'name'])
    .executeTakeFirst();
  return made ?? (await find())!;
}
