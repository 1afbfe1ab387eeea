import type { Backfill } from '../../sdk/index.ts';
import { companyKey, companyName } from './company.rules.ts';
import { companies, contacts } from './contact.entity.ts';
import { typeCustomFields } from './contact-field.backfill.ts';
import { termRows } from './contact-search.service.ts';
import { termsOfTags } from './tag-search.service.ts';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Gives contacts the terms of this version whose terms a server of 0.1 has written. */
const findAnew: Backfill = {
  name: 'search terms of contacts',
  async batch({ client }, organizationId, after = FIRST) {
    const { rows } = await client.query<{ id: string; name: string; phone: string; extension: string | null; company: string | null }>(
      `select contact.id, contact.name, contact.phone, contact.phone_extension as extension, company.name as company
       from (select distinct contact_id from contact_search_terms where organization_id = $1 and kind <> 'ANY' and contact_id > $2
             order by contact_id limit ${BATCH}) old
       join contacts contact on contact.organization_id = $1 and contact.id = old.contact_id
       left join companies company on company.organization_id = $1 and company.id = contact.company_id
       order by contact.id for no key update of contact skip locked`,
      [organizationId, after],
    );
    if (rows.length === 0) return undefined;
    const ids = rows.map(({ id }) => id);
    const terms = rows.flatMap((row) => termRows(organizationId, row.id, row));
    await client.query('delete from contact_search_terms where organization_id = $1 and contact_id = any($2::uuid[])', [
      organizationId,
      ids,
    ]);
    await client.query(
      `insert into contact_search_terms (organization_id, contact_id, kind, term)
       select $1, made.contact_id, 'ANY', made.term from unnest($2::uuid[], $3::text[]) made (contact_id, term)`,
      [organizationId, terms.map((one) => one.contact_id), terms.map((one) => one.term)],
    );
    return ids.at(-1);
  },
};

/** Gives companies that a server of 0.1 has made their key; where there is one of that name by now, their contacts are moved to it. */
const mergeCompanies: Backfill = {
  name: 'names of companies',
  async batch(transaction, _, after = FIRST) {
    const tables = transaction.on({ companies, contacts });
    const old = await tables
      .selectFrom('companies')
      .select(['id', 'name'])
      .where('name_key', 'not like', ' %')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const { id, name } of old) {
      const key = companyKey(name);
      const same = await tables.selectFrom('companies').select('id').where('name_key', '=', key).executeTakeFirst();
      if (same) {
        await tables.updateTable('contacts').set({ company_id: same.id }).where('company_id', '=', id).execute();
        await tables.deleteFrom('companies').where('id', '=', id).execute();
      } else
        await tables
          .updateTable('companies')
          .set({ name: companyName(name), name_key: key })
          .where('id', '=', id)
          .execute();
    }
    return old.at(-1)?.id;
  },
};

export const contactBackfills: readonly Backfill[] = [mergeCompanies, findAnew, typeCustomFields, termsOfTags];
