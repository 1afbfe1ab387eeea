import type { Entity, Search } from '../read/entity.ts';
import type { Inputs, Interview } from '../read/interview.ts';
import type { Driver } from '../read/page-request.ts';
import type { Bind, Parameters } from './parameters.ts';
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

/** Whether a row has such a term. @param key the row's */
const hasTerm = (
  { table, key: column }: Search,
  { organization, key }: { organization: Sql; key: Sql },
  range: TermRange,
  more = sql``,
): Sql =>
  sql`(select true from ${new Sql(table.name)} own where own.organization_id = ${organization} and ${new Sql(`own.${column}`)} = ${key} and ${isWithin('own', range)}${more} limit 1) is true`;

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
  const of = (row: Record<string, Sql>) => ({ organization: parameters.seat.organization, key: row[key]! });
  return {
    through: { term: search.table },
    finds: isWithin('term', range),
    key: new Sql(`term.${search.key}`),
    asked: (row, more) => hasTerm(search, of(row), range, more),
    further: (row) => others.map((one) => hasTerm(search, of(row), one)),
    inOrder: false,
  };
}
