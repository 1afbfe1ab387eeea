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

/** The same of many at once, by what each was typed as; those that are new are made in the order of their names, which is the same for everybody. */
export async function companiesOf(use: UseCase, typed: readonly string[]): Promise<(of: string | undefined) => CompanyRow> {
  const names = new Map(typed.flatMap((one) => (companyName(one) ? [[companyKey(one), companyName(one)] as const] : [])));
  const keys = [...names.keys()].sort();
  const tables = use.on(companies);
  const find = () =>
    tables
      .selectFrom('companies')
      .select(['id', 'name', 'name_key'])
      .where((of) => of('name_key', '=', of.fn.any(of.val(keys))))
      .execute();
  let known = keys.length ? await find() : [];
  const there = new Set(known.map(({ name_key }) => name_key));
  const missing = keys.filter((key) => !there.has(key));
  if (missing.length) {
    const rows = missing.map((key) => ({ organization_id: use.organizationId, id: use.newId(), name: names.get(key)!, name_key: key }));
    await tables
      .insertInto('companies')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['organization_id', 'name_key']).doNothing())
      .execute();
    known = await find();
  }
  const byKey = new Map(known.map(({ id, name, name_key }) => [name_key, { id, name }]));
  return (of) => byKey.get(companyKey(of ?? '')) ?? { id: null, name: null };
}
