import type { UseCase } from '../../sdk/index.ts';
import { companyKey, companyName } from './company.rules.ts';
import { companies } from './contact.entity.ts';

export interface CompanyRow {
  readonly id: string | null;
  readonly name: string | null;
}

/** The company of this name, made where there is none (spec 1); no company for no name. Another spelling is another company. */
export async function companyOf(use: UseCase, typed: string): Promise<CompanyRow> {
  const name = companyName(typed);
  if (!name) return { id: null, name: null };
  const key = companyKey(name);
  const tables = use.on(companies);
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
