import type { Table } from '../database/table.ts';
import { leastUuidAt } from '../database/uuid.ts';
import type { Role } from '../permissions/rule.ts';
import { allOf, anyOf, Sql, sql } from '../sql/sql.ts';
import type { Access } from './access.ts';
import type { Entity, Filter } from './entity.ts';
import { compareLinks, decoderOf } from './filter-links.ts';
import type { Driver } from './page-request.ts';
import { badRequest, limitExceeded } from './refusal.ts';

export type FilterInput = Readonly<Record<string, unknown>>;
type Convert = (given: unknown) => unknown;
/** Makes a parameter of the value at a path of the filter. */
export type FilterParameter = (path: readonly string[], sqlType: string, convert: Convert) => Sql;

const MOST_LEVELS = 3;
const MOST_COMPARISONS = 20;
const MOST_PARTS = 50;
const MOST_ITEMS = 250;

/**
 * The structure of a filter without its values: what the statement's text depends on.
 * @throws LIMIT_EXCEEDED past 3 levels, 20 comparisons or 50 parts (what `and`, `or` and `not` hold, empty or not), BAD_REQUEST past 250
 * items. It looks no further than that.
 */
export function shapeOf(filter: unknown): string {
  let comparisons = 0;
  let parts = 0;
  const shape = (value: unknown, level: number): unknown => {
    if (level > MOST_LEVELS)
      throw limitExceeded({ en: `A filter may be nested ${MOST_LEVELS} levels deep.`, 'zh-CN': `筛选条件最多嵌套 ${MOST_LEVELS} 层。` });
    if (parts++ > MOST_PARTS)
      throw limitExceeded({ en: `A filter may have ${MOST_PARTS} parts.`, 'zh-CN': `筛选条件最多 ${MOST_PARTS} 个部分。` });
    return Object.fromEntries(
      Object.entries(value as FilterInput)
        .filter(([, of]) => of != null)
        .map(([name, of]) => {
          if (name === 'not') return [name, shape(of, level + 1)];
          if (name === 'and' || name === 'or') return [name, (of as unknown[]).map((inner) => shape(inner, level + 1))];
          if (Array.isArray(of)) return [name, of.map((one: FilterInput) => valueShape(one))];
          return [name, Object.keys(of as FilterInput).filter((comparison) => comparisonOf(of as FilterInput, comparison))];
        }),
    );
  };
  /** A comparison of values, by its name: `number.greaterThan`. */
  const valueShape = (of: FilterInput): string[] =>
    Object.entries(of).flatMap(([way, inner]) => {
      if (way === 'field' || inner == null) return [];
      if (typeof inner !== 'object' || Array.isArray(inner)) return comparisonOf(of, way) ? [way] : [];
      return Object.keys(inner).flatMap((name) => (comparisonOf(inner as FilterInput, name) ? [`${way}.${name}`] : []));
    });
  const comparisonOf = (of: FilterInput, name: string): boolean => {
    const value = of[name];
    if (value == null || (name === 'all' && (value as unknown[]).length === 0)) return false; // to have each of none is no condition
    if (++comparisons > MOST_COMPARISONS)
      throw limitExceeded({
        en: `A filter may hold ${MOST_COMPARISONS} comparisons.`,
        'zh-CN': `筛选条件最多 ${MOST_COMPARISONS} 个比较。`,
      });
    if (Array.isArray(value) && value.length > MOST_ITEMS)
      throw badRequest({ en: `A list in a filter may hold ${MOST_ITEMS} items.`, 'zh-CN': `筛选条件中的列表最多 ${MOST_ITEMS} 项。` });
    return true;
  };
  return filter == null ? '' : JSON.stringify(shape(filter, 1));
}

/** @param shape that `shapeOf` gave. */
export const comparisonsIn = (shape: FilterInput): number =>
  Object.entries(shape).reduce((sum, [name, of]) => {
    if (name === 'not') return sum + comparisonsIn(of as FilterInput);
    if (name === 'and' || name === 'or') return (of as FilterInput[]).reduce((inner, one) => inner + comparisonsIn(one), sum);
    return sum + (of as unknown[]).flat().length;
  }, 0);

const SQL_TYPES = {
  text: 'text',
  instant: 'timestamptz',
  moment: 'uuid',
  date: 'date',
  boolean: 'boolean',
  number: 'bigint',
  enum: 'text',
  id: 'uuid',
};
const OPERATORS: Readonly<Record<string, string>> = {
  equals: '=',
  startsWith: '^@',
  before: '<',
  lessThan: '<',
  after: '>',
  greaterThan: '>',
};
const same: Convert = (given) => given;

/** One comparison of a column: operators that are leakproof, so indexes serve under row level security. */
function compare(
  filter: Exclude<Filter, { compares: 'links' | 'values' }>,
  column: Sql,
  name: string,
  parameter: (sqlType: string, convert: Convert) => Sql,
): Sql {
  const type = SQL_TYPES[filter.compares];
  const decode: Convert = filter.compares === 'id' ? decoderOf(filter) : same;
  const one = (): Sql => parameter(type, decode);
  const many = (): Sql => parameter(`${type}[]`, (given) => (given as unknown[]).map(decode));
  const moment = (given: unknown): number => new Date(given as string | Date).getTime();
  if (filter.compares === 'moment') {
    if (name === 'before') return sql`${column} < ${parameter(type, (given) => leastUuidAt(moment(given)))}`;
    if (name === 'after') return sql`${column} >= ${parameter(type, (given) => leastUuidAt(moment(given) + 1))}`;
  }
  if (name === 'isNull') return sql`(${column} is null) = ${parameter('boolean', same)}`;
  return name === 'in' ? sql`${column} = any(${many()})` : sql`${column} ${new Sql(OPERATORS[name]!)} ${one()}`;
}

/** Whether the list at a path of the filter has one item: a statement of its own. */
export type HoldsOne = (path: readonly string[]) => boolean;

export interface FilterRequest {
  readonly entity: Entity;
  readonly access: Access;
  readonly alias: string;
  readonly proven: readonly Role[];
  readonly organization: Sql;
  readonly parameter: FilterParameter;
  readonly holdsOne: HoldsOne;
}

/**
 * A filter as a condition. A comparison on a column that the seat may not read in that row is neither true nor false: null, which
 * matches under `not` just as little, so nothing is found out by asking, nor by asking for the opposite (spec 2.5). All else is true or
 * false: what a column without a value is compared with is not so, and `not` finds every row that its inside does not.
 */
export const filterSql = (request: FilterRequest, shape: FilterInput): Sql => partSql(request, shape, ['where'], false);

/** @param inNot somewhere beneath a `not`: there null must not stand for false. Elsewhere it may, and indexes take comparisons as they are. */
function partSql(request: FilterRequest, shape: FilterInput, path: readonly string[], inNot: boolean): Sql {
  const { entity, access, alias, proven } = request;
  return allOf(
    Object.entries(shape).map(([name, inner]) => {
      const at = [...path, name];
      if (name === 'not') return sql`not (${partSql(request, inner as FilterInput, at, true)})`;
      if (name === 'and' || name === 'or') {
        const parts = (inner as FilterInput[]).map((one, i) => partSql(request, one, [...at, String(i)], inNot));
        return name === 'and' ? sql`(${allOf(parts)})` : anyOf(parts);
      }
      const filter = entity.filters[name]!;
      const may = access.decideInline(entity, alias, filter.rule.roles, proven);
      if (may === false) return sql`null::boolean`; // its values are not even bound: PostgreSQL refuses parameters that the text does not use
      if (filter.compares === 'values') {
        const holds = allOf((inner as string[][]).map((asked, i) => valueSql(request, filter, asked, [...at, String(i)])));
        return may === true ? sql`(${holds})` : sql`case when ${may} then ${holds} end`;
      }
      const comparisons = allOf((inner as string[]).map((comparison) => comparisonSql(request, filter, [...at, comparison])));
      const holds = inNot ? sql`(${comparisons}) is true` : comparisons;
      return may === true ? sql`(${holds})` : sql`case when ${may} then ${holds} end`;
    }),
  );
}

function comparisonSql(
  { entity, alias, organization, parameter, holdsOne }: FilterRequest,
  filter: Exclude<Filter, OfValues>,
  path: readonly string[],
): Sql {
  const make = (sqlType: string, convert: Convert): Sql => parameter(path, sqlType, convert);
  const name = path.at(-1)!;
  if (filter.compares === 'links')
    return compareLinks(filter, new Sql(`${alias}.${filter.column ?? entity.key}`), name, make, { organization, one: holdsOne(path) });
  if (!('table' in filter)) return compare(filter, new Sql(`${alias}.${filter.column}`), name, make);
  const own = sql`own.organization_id = ${organization} and ${new Sql(`own.${filter.from}`)} = ${new Sql(`${alias}.${entity.key}`)}`;
  return compare(filter, sql`exists (select from ${new Sql(filter.table.name)} own where ${own})`, name, make);
}

type OfValues = Filter & { readonly compares: 'values' };

/** What the terms of one field are looked up by: byte by byte, so that the index serves under row level security. */
function termsSql({ asks }: OfValues, alias: string, asked: readonly string[], path: readonly string[], parameter: FilterParameter): Sql {
  const term = new Sql(`${alias}.term`);
  const conditions = asked
    .filter((name) => name !== 'isFilled')
    .map((name) => {
      const { some, within } = asks[name]!;
      const given = parameter([...path, ...name.split('.')], 'text[]', some ?? within!);
      return some
        ? sql`${term} = any(${given} collate "C")`
        : sql`${term} >= (${given})[1] collate "C" and ${term} < (${given})[2] collate "C"`;
    });
  return allOf([sql`${new Sql(`${alias}.field`)} = ${parameter([...path, 'field'], 'text', same)} collate "C"`, ...conditions]);
}

/** Whether one value of the row is as it is asked for; asked of each row, whatever finds the rows. */
function valueSql(
  { entity, alias, organization, parameter }: FilterRequest,
  filter: OfValues,
  asked: readonly string[],
  path: readonly string[],
): Sql {
  const own = sql`own.organization_id = ${organization} and ${new Sql(`own.${filter.key}`)} = ${new Sql(`${alias}.${entity.key}`)}`;
  const found = sql`(select true from ${new Sql(filter.table.name)} own where ${own} and ${termsSql(filter, 'own', asked, path, parameter)} limit 1) is true`;
  if (!asked.includes('isFilled')) return found;
  return sql`${found} = ${parameter([...path, 'isFilled'], 'boolean', same)}`;
}

function valueDriver(
  filter: OfValues,
  shapes: readonly (readonly string[])[],
  path: readonly string[],
  parameter: FilterParameter,
): Driver | undefined {
  const i = shapes.findIndex((asked) => asked.length > 0 && !asked.includes('isFilled'));
  if (i < 0) return undefined;
  const finds = termsSql(filter, 'kept', shapes[i]!, [...path, String(i)], parameter);
  return { through: { kept: filter.table }, finds, key: new Sql(`kept.${filter.key}`), inOrder: false };
}

/**
 * The filter that finds rows by an index of its own, where there is one: any or all of some links, not beneath `or` and `not`. Rows of one
 * link stand in its index in the order of their age; those of several have to be sorted.
 */
export function driverOf(
  { entity, access, parameter, holdsOne }: Pick<FilterRequest, 'entity' | 'access' | 'parameter' | 'holdsOne'>,
  shape: FilterInput,
): Driver | undefined {
  for (const [name, comparisons] of Object.entries(shape)) {
    const filter = entity.filters[name];
    if (filter?.compares === 'values' && access.decideInline(entity, 'candidate', filter.rule.roles) !== false) {
      const driver = valueDriver(filter, comparisons as string[][], ['where', name], parameter);
      if (driver) return driver;
    }
    if (filter?.compares !== 'links' || filter.via || filter.column) continue;
    const comparison = (comparisons as string[]).find((one) => one === 'any' || one === 'all');
    if (!comparison || access.decideInline(entity, 'candidate', filter.rule.roles) === false) continue;
    const path = ['where', name, comparison];
    const decoded = (given: unknown): string[] => (given as unknown[]).map(decoderOf(filter));
    const inOrder = holdsOne(path);
    const linked = inOrder
      ? sql`= ${parameter(path, 'uuid', (given) => decoded(given)[0])}`
      : sql`= any(${parameter(path, 'uuid[]', (given) => [...new Set(decoded(given))])})`;
    const through: Record<string, Table> = { tagging: filter.table };
    const finds = sql`${new Sql(`tagging.${filter.to}`)} ${linked}`;
    return { through, finds, key: new Sql(`tagging.${filter.from}`), inOrder };
  }
  return undefined;
}
