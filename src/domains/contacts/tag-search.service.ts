import { transactionOf } from '../../sdk/core.ts';
import { type Backfill, shared, type Transaction, type UseCase } from '../../sdk/index.ts';
import { tagTerms } from './contact-search.rules.ts';

/** The rows by which contacts with a tag are found. */
export const tagTermRows = (tagId: string, name: string) => tagTerms(name).map((term) => ({ tag_id: tagId, term }));

const written = shared<string>('contacts.tagTerms', (use, ids) => writeTerms(transactionOf(use), use.organizationId, ids));
/** A tag has come, or has another name: contacts are found by it when all else is written. */
export const findTagAnew = (use: UseCase, tagId: string): void => use.last(written, tagId);

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Gives tags their terms that were there before there were any, or that a server of 0.1 has named. */
export const termsOfTags: Backfill = {
  name: 'search terms of tags',
  async batch(transaction, organizationId, after = FIRST) {
    const { rows } = await transaction.client.query<{ id: string }>(
      `select id from tags where organization_id = $1 and id > $2 and found_as is distinct from name
       order by id limit ${BATCH} for no key update skip locked`,
      [organizationId, after],
    );
    const ids = rows.map(({ id }) => id);
    await writeTerms(transaction, organizationId, ids);
    return ids.at(-1);
  },
};

async function writeTerms({ client }: Pick<Transaction, 'client'>, organizationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await client.query<{ id: string; name: string }>(
    'update tags set found_as = name where organization_id = $1 and id = any($2::uuid[]) returning id, name',
    [organizationId, ids],
  );
  const terms = rows.flatMap(({ id, name }) => tagTermRows(id, name));
  await client.query('delete from tag_search_terms where organization_id = $1 and tag_id = any($2::uuid[])', [organizationId, ids]);
  await client.query(
    'insert into tag_search_terms (organization_id, tag_id, term) select $1, made.tag_id, made.term from unnest($2::uuid[], $3::text[]) made (tag_id, term)',
    [organizationId, terms.map(({ tag_id }) => tag_id), terms.map(({ term }) => term)],
  );
}
