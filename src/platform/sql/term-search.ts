import type { Entity } from '../read/entity.ts';
import type { Inputs, Interview } from '../read/interview.ts';
import type { Driver } from '../read/page-request.ts';
import type { Bind, Parameters } from './parameters.ts';
import type { LinkedTerms, Search } from './search.ts';
import { Sql, sql } from './sql.ts';
import { storable } from './storable.ts';

/** What finds the rows of a search, and what else it asks of each of them. */
export interface TermSearch extends Driver {
  asked(row: Record<string, Sql>, more?: Sql): Sql;
  /** Of what was typed besides: the row has a term of each as well. */
  further(row: Record<string, Sql>): Sql[];
}

/** Terms that begin with a text: from it on, and before what is behind all of them. They are compared byte by byte. */
interface TermRange {
  readonly from: Sql;
  readonly to: Sql;
}
const termRange = (parameters: Parameters, name: string, beginning: Bind): TermRange => ({
  from: parameters.use(`${name}:from`, 'text', beginning),
  to: parameters.use(`${name}:to`, 'text', (inputs) => `${beginning(inputs)}\u{10ffff}`),
});
const isWithin = (alias: string, { from, to }: TermRange): Sql =>
  sql`${new Sql(alias)}.term >= ${from} collate "C" and ${new Sql(alias)}.term < ${to} collate "C"`;

interface Looked {
  readonly organization: Sql;
  readonly range: TermRange;
}

/** Rows of a table of terms that are within the range. */
const termsFrom = (table: string, { organization, range }: Looked): Sql =>
  sql`from ${new Sql(table)} own where own.organization_id = ${organization} and ${isWithin('own', range)}`;
/** What has such a term is found once a statement; where nothing has, no row is asked for its links. */
function linksFrom({ terms, of, links, to }: LinkedTerms, looked: Looked): Sql {
  const found = termsFrom(terms.name, looked);
  const own = sql`link.organization_id = ${looked.organization} and ${new Sql(`link.${to}`)} = any(array(select ${new Sql(`own.${of}`)} ${found}))`;
  return sql`from ${new Sql(links.name)} link where exists (select ${found}) and ${own}`;
}

/** Whether a row has such a term, or a link to what has one. @param key the row's */
function hasTerm({ table, key: column, linked }: Search, looked: Looked & { readonly key: Sql }, more = sql``): Sql {
  const own = sql`(select true ${termsFrom(table.name, looked)} and ${new Sql(`own.${column}`)} = ${looked.key}${more} limit 1) is true`;
  if (!linked) return own;
  return sql`(${own} or (select true ${linksFrom(linked, looked)} and ${new Sql(`link.${linked.from}`)} = ${looked.key} limit 1) is true)`;
}

/** Keys of the rows that have such a term, and of those with a link to what has one; a row may be found more than once. */
function keysOf({ table, key, linked }: Search, looked: Looked): Pick<Driver, 'keys'> {
  if (!linked) return {};
  const keys = (most: number): Sql => {
    const cut = new Sql(`limit ${most}`);
    const own = sql`select ${new Sql(`own.${key}`)} as key ${termsFrom(table.name, looked)} ${cut}`;
    return sql`(${own}) union all (select ${new Sql(`link.${linked.from}`)} as key ${linksFrom(linked, looked)} ${cut}) ${cut}`;
  };
  return { keys };
}

/** @returns undefined where nothing is searched, because nothing was typed */
export function termSearch(
  { interview, parameters }: { readonly interview: Interview; readonly parameters: Parameters },
  name: string,
  { search, key }: Pick<Entity, 'search' | 'key'>,
  read: (inputs: Inputs) => unknown,
): TermSearch | undefined {
  if (!search) return undefined;
  const { further = () => [] } = search;
  const typed = (inputs: Inputs): string => storable(String(read(inputs) ?? ''));
  if (!interview.ask(`${name}:is`, (inputs) => search.normalize(typed(inputs)) !== undefined)) return undefined;
  const range = termRange(parameters, name, (inputs) => search.normalize(typed(inputs)));
  const count = interview.ask(`${name}:further`, (inputs) => further(typed(inputs)).length);
  const others = Array.from({ length: count }, (_, i) => termRange(parameters, `${name}:${i}`, (inputs) => further(typed(inputs))[i]));
  const { organization } = parameters.seat;
  const of = (row: Record<string, Sql>, range: TermRange) => ({ organization, key: row[key]!, range });
  return {
    through: { term: search.table },
    finds: isWithin('term', range),
    key: new Sql(`term.${search.key}`),
    ...keysOf(search, { organization, range }),
    asked: (row, more) => hasTerm(search, of(row, range), more),
    further: (row) => others.map((one) => hasTerm(search, of(row, one))),
    inOrder: false,
  };
}
