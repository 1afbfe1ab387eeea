import { type GraphQLEnumType, type GraphQLField, type GraphQLObjectType, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { SURFACES, type SurfaceName } from '../rules/printed.rules.ts';

// Every connection of the schemas, and how to ask for a page of it.

type Field = GraphQLField<unknown, unknown>;
export interface ConnectionField {
  readonly surface: SurfaceName;
  /** `Query`, or the type of the object that it hangs on. */
  readonly type: string;
  readonly field: Field;
}

export const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith('Connection');
export const objectTypes = (surface: SurfaceName): GraphQLObjectType[] =>
  Object.values(SURFACES[surface].getTypeMap()).filter(isObjectType);
export const connectionsOf = (surface: SurfaceName): ConnectionField[] =>
  objectTypes(surface).flatMap((type) =>
    Object.values(type.getFields())
      .filter(isConnection)
      .map((field) => ({ surface, type: type.name, field })),
  );

/** What the list can be ordered by. */
export function ordersOf({ field }: ConnectionField): string[] {
  const input = getNamedType(field.args.find(({ name }) => name === 'orderBy')?.type);
  if (!isInputObjectType(input)) return [];
  const names = (getNamedType(input.getFields().field!.type) as GraphQLEnumType).getValues().map(({ name }) => name);
  // of a field that nothing has: those without a value stand last whichever way, so only such a list is turned around
  return names.map((name) => (name === 'VALUE' ? 'VALUE, value: "nothing"' : name));
}

export interface Edge {
  readonly cursor: string;
  readonly node: { readonly __typename: string; readonly id: string };
}
export interface Page {
  readonly edges: readonly Edge[];
  readonly nodes: readonly { readonly id: string }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}
export interface Paging {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string;
  readonly before?: string;
}
/** A list as one seat asks for it: a root field, or that of one object. */
export interface List {
  readonly connection: ConnectionField;
  readonly seat: TestSeat;
  readonly parent?: string;
}

const PAGE =
  'edges { cursor node { __typename id } } nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const VARIABLES = '$first: Int, $last: Int, $after: Cursor, $before: Cursor';
const ARGUMENTS = 'first: $first, last: $last, after: $after, before: $before';

export async function askPage({ connection: { type, field }, seat, parent }: List, paging: Paging, order = '') {
  const list = `list: ${field.name}(${ARGUMENTS} ${order && `orderBy: [{ ${order} }]`}) { ${PAGE} }`;
  const query = parent
    ? `query ($id: ID!, ${VARIABLES}) { parent: node(id: $id) { ... on ${type} { ${list} } } }`
    : `query (${VARIABLES}) { ${list} }`;
  const { data, errors } = await seat.ask(query, { ...paging, ...(parent && { id: parent }) });
  const page: Page | null = (parent ? data?.parent?.list : data?.list) ?? null;
  return { page, errors };
}

/** EdgesToReturn, HasNextPage and HasPreviousPage of Relay's connections specification, over the whole list. */
export function pageByTheBook(all: readonly Edge[], { first, last, after, before }: Paging): Pick<Page, 'edges' | 'nodes' | 'pageInfo'> {
  const from = after === undefined ? 0 : all.findIndex(({ cursor }) => cursor === after) + 1;
  const to = before === undefined ? all.length : all.findIndex(({ cursor }) => cursor === before);
  const between = all.slice(from, Math.max(from, to));
  const edges = last === undefined ? between.slice(0, first) : between.slice(-last);
  return {
    edges,
    nodes: edges.map(({ node: { id } }) => ({ id })),
    pageInfo: {
      hasNextPage: first === undefined ? before !== undefined : between.length > first,
      hasPreviousPage: last === undefined ? after !== undefined : between.length > last,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
