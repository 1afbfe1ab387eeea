import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import type { Transaction } from '../database/transaction.ts';
import type { Seat } from '../permissions/seat.ts';
import { Access, type Row } from '../read/access.ts';
import { readOf } from '../read/entity.ts';
import type { Inputs, Interview } from '../read/interview.ts';
import { ListWriter } from '../read/list-writer.ts';
import { Pages } from '../read/pages.ts';
import { Arguments } from '../read/selection.ts';
import type { Parameters } from '../sql/parameters.ts';
import { storable } from '../sql/storable.ts';
import { AskedStatements } from './asked-statements.ts';

/** A list of the schema, and what it is asked for: the arguments of its root field, but for those of pages. */
export interface Listed {
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
}
/** The rows of a list as SQL: `text` gives their keys as a column, `key`. */
export interface ListedKeys {
  readonly text: string;
  readonly values: readonly unknown[];
}
type Field = GraphQLField<unknown, unknown>;
const OF_PAGES = ['first', 'last', 'after', 'before', 'orderBy'];

/** Lists of the schema for use cases: the same rows that their root fields answer, by the same rules, searches and filters. */
export class Listings {
  readonly #schema: GraphQLSchema;
  readonly #statements = new AskedStatements();
  readonly #nodes = new Map<string, FieldNode>();
  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /**
   * @param most keys at the most, whichever they are
   * @throws FORBIDDEN for a list that is not the seat's to use, BAD_REQUEST and LIMIT_EXCEEDED for a filter that its field would refuse
   */
  keys({ field: name, args }: Listed, seat: Seat, now: Date, most: number): ListedKeys {
    const field = this.#schema.getQueryType()!.getFields()[name]!;
    const node = this.#node(field);
    const variables = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
    const inputs: Inputs = { seat, now, variables, coerced: new Map() };
    readOf(field)!.check?.(seat, new Arguments(field, node).read(inputs));
    const { text, values } = this.#statements.of(`${name}:${most}`, inputs, (interview, parameters) =>
      keysSql(field, node, { interview, parameters, most }),
    );
    return { text, values: values(inputs).map(storable) };
  }

  /** @returns how many there are, and the first of them behind `after`, the newest first */
  async page(
    asked: Listed,
    { seat, now, transaction }: { readonly seat: Seat; readonly now: Date; readonly transaction: Transaction },
    { first, after }: { readonly first: number; readonly after?: string },
  ): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
    const { text, values } = this.keys(asked, seat, now, MOST_LISTED);
    const [last, size] = [`$${values.length + 1}::uuid`, `$${values.length + 2}::int`];
    const { rows } = await transaction.client.query<{ ids: string[]; total: number }>(
      `with listed as materialized (${text})
       select (select count(*) from listed)::int as total,
         array(select key from listed where ${last} is null or key < ${last} order by key desc limit ${size}) as ids`,
      [...values, after ?? null, first],
    );
    return rows[0]!;
  }

  #node(field: Field): FieldNode {
    const known = this.#nodes.get(field.name);
    if (known) return known;
    const own = field.args.filter((argument) => !OF_PAGES.includes(argument.name));
    const declared = own.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const given = own.map(({ name }) => `${name}: $${name}`).join(', ');
    const document = parse(`query (${declared}) { ${field.name}(${given}) { nodes { id } } }`);
    const node = (document.definitions[0] as OperationDefinitionNode).selectionSet.selections[0] as FieldNode;
    this.#nodes.set(field.name, node);
    return node;
  }
}
const MOST_LISTED = 100_000;

function keysSql(
  field: Field,
  node: FieldNode,
  { interview, parameters, most }: { interview: Interview; parameters: Parameters; most: number },
): string {
  const read = readOf(field);
  if (read?.reads !== 'connection') throw new Error(`Query.${field.name} is no list.`);
  const access = new Access(interview, parameters.seat);
  const pages = new Pages(access, parameters.seat);
  const row: Row = { entity: read.entity(), alias: 'listed', proven: read.scope.proves ?? [], wanted: [], questions: new Set() };
  const { request } = new ListWriter({ interview, parameters, access, pages }).page({
    name: `Query.${field.name}`,
    parent: {},
    row,
    args: new Arguments(field, node),
    scope: read.scope,
    limit: { deep: 1, cut: '1' },
    type: getNamedType((getNamedType(field.type) as GraphQLObjectType).getFields().nodes!.type),
    backward: false,
    isWhole: false,
  });
  return pages.keys(request, most);
}
