import { type FieldNode, type GraphQLObjectType, getNamedType } from 'graphql';
import { jsonList, jsonObject, jsonValue } from '../sql/json-sql.ts';
import { quoted } from '../sql/sql.ts';
import { MOST_COUNTED } from './pages.ts';
import type { Selection } from './selection.ts';

export interface ConnectionSource {
  select(type: GraphQLObjectType, nodes: readonly FieldNode[]): Selection;
  /** JSON of the row. */
  node(nodes: readonly FieldNode[]): string;
  readonly cursor: string;
  /** SQL that gives `n`, the number of all rows, or more than is counted. */
  count(): string;
  /** SQL of a connection's own further field, such as `liveCursor`. */
  extra(name: string): string;
  /** Rows asked for. */
  readonly size: string;
  /** Whether one more is read, which tells whether the list goes on. */
  readonly oneMore: boolean;
  readonly backward: boolean;
  /** Whether the request named a row to go on from. */
  readonly bounded: boolean;
  readonly orderBy: string;
  /** Asked for last: by then the nodes have said which role bits they need. */
  from(): string;
}

const COUNTS: Readonly<Record<string, string>> = {
  totalCount: `(select least(n, ${MOST_COUNTED}) from counted)`,
  totalCountIsExact: `(select case when n <= ${MOST_COUNTED} then 'true' else 'false' end from counted)`,
};
/** Whether it is asked of a connection how many there are. */
export const asksForCount = (selection: Selection): boolean => [...selection.values()].some(([node]) => node!.name.value in COUNTS);
/** Whether it is asked of a connection where its page begins and ends, or whether it goes on. */
export const asksForPageInfo = (selection: Selection): boolean => [...selection.values()].some(([node]) => node?.name.value === 'pageInfo');

/** A page as edges, nodes, pageInfo and how many there are. What a row contributes is a column, computed once, whatever the aliases; so is the count. */
export function connectionSql(type: GraphQLObjectType, nodes: readonly FieldNode[], source: ConnectionSource): string {
  const columns: string[] = [];
  const column = (json: string): string => `rows.c${columns.includes(json) ? columns.indexOf(json) + 1 : columns.push(json)}`;
  // A page that is read as it is shown needs no numbers: its rows are gathered as they come.
  const isNumbered = source.backward || source.oneMore;
  const shown = isNumbered ? ` order by rows.n${source.backward ? ' desc' : ''}` : '';
  const onPage = (aggregate: string): string => (isNumbered ? `${aggregate} filter (where rows.n <= ${source.size})` : aggregate);
  const gather = (json: string): string => jsonList(onPage(`string_agg(${json}, ','${shown})`));
  const outermost = (first: boolean): string =>
    `coalesce(to_json((${onPage(`array_agg(${column(source.cursor)} order by rows.n ${first === source.backward ? 'desc' : 'asc'})`)})[1])::text, 'null')`;
  const goesOn = `case when count(*) > ${source.size} then 'true' else 'false' end`;
  const bounded = quoted(String(source.bounded));

  const object = (
    of: GraphQLObjectType,
    selected: readonly FieldNode[],
    part: (name: string, same: readonly FieldNode[]) => string,
  ): string =>
    jsonObject(
      [...source.select(of, selected)].map(([key, same]) => {
        const name = same[0]!.name.value;
        return [key, name === '__typename' ? quoted(`"${of.name}"`) : part(name, same)];
      }),
    );
  const typeOf = (field: string): GraphQLObjectType => getNamedType(type.getFields()[field]!.type) as GraphQLObjectType;

  const edge = (name: string, same: readonly FieldNode[]): string =>
    name === 'node' ? column(source.node(same)) : jsonValue('text', column(source.cursor), false);
  const pageInfo: Record<string, () => string> = {
    hasNextPage: () => (source.backward ? bounded : goesOn),
    hasPreviousPage: () => (source.backward ? goesOn : bounded),
    startCursor: () => outermost(true),
    endCursor: () => outermost(false),
  };
  const json = object(type, nodes, (name, same) => {
    if (name === 'nodes') return gather(column(source.node(same)));
    if (name === 'edges') return gather(object(typeOf('edges'), same, edge));
    if (name === 'pageInfo') return object(typeOf('pageInfo'), same, (part) => pageInfo[part]!());
    return COUNTS[name] ?? source.extra(name);
  });
  const listed = columns.map((of, i) => `${of} c${i + 1}`);
  const rows = isNumbered
    ? `select ${[`row_number() over (${source.orderBy}) n`, ...listed].join(', ')} from ${source.from()}`
    : `select ${listed.join(', ')} from ${source.from()} ${source.orderBy}`;
  // `having true`: one row even where nothing in the selection gathers (totalCount alone)
  const counted = asksForCount(source.select(type, nodes)) ? `with counted as materialized (${source.count()}) ` : '';
  return `(${counted}select ${json} from (${rows}) rows having true)`;
}
