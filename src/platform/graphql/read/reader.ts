import type { FieldNode, GraphQLResolveInfo, OperationDefinitionNode } from 'graphql';
import { isTimeout } from '../../database/pool.ts';
import type { BoundStatement, ReadDatabase } from '../../database/read-database.ts';
import { PUBLIC, type Rule } from '../../permissions/rule.ts';
import type { Seat } from '../../permissions/seat.ts';
import type { Crowd } from './crowd.ts';
import { readOf } from './entity.ts';
import { assertFew } from './fan-out.ts';
import { type Inputs, Interview, PlanTree } from './interview.ts';
import { type FieldStatement, planField } from './planner.ts';
import { parseTree, tookTooLong, unauthenticated } from './refusal.ts';
import { Arguments, type DocumentParts, type Field, type Nodes } from './selection.ts';

/** What a read needs of a request. */
export interface ReadContext {
  readonly seat: Seat | undefined;
  /** Where one execution answers several seats: `seat` stands for them. */
  readonly crowd?: Crowd;
  readonly now: Date;
  readonly reads: ReadBatch;
}

// Plans hang on the parsed operation: they live as long as the document is cached and go with it. A schema parses and validates its own
// documents, so plans of two schemas never meet.
let plans = new WeakMap<OperationDefinitionNode, Map<string, PlanTree<FieldStatement>>>();
let written = 0;
/** How often a plan was known and had to be made, in this process. */
export const planCounts = { known: 0, made: 0 };
/** Characters of statements that are kept; past them all begins afresh, so that documents without end cannot fill the memory. */
const MOST_WRITTEN = 50_000_000;

/** The resolver of root read fields, and of read fields in payloads, where `source` is the payload. */
export async function readField(source: unknown, _: unknown, context: ReadContext, info: GraphQLResolveInfo): Promise<unknown> {
  const { seat, crowd } = context;
  const field = info.parentType.getFields()[info.fieldName] as Field;
  if (!seat) {
    if ((field.extensions.rule as Rule).roles.includes(PUBLIC)) return null;
    throw unauthenticated();
  }
  const { schema, fragments, operation, fieldNodes: nodes, parentType } = info;
  const place: Place = {
    schema,
    fragments,
    operation,
    parentType: parentType.name,
    path: responseKeys(info.path),
    field,
    nodes,
    straight: false,
    crowd: crowd !== undefined,
  };
  const { bound, rows } = bindField(place, context, info.variableValues, source as Record<string, unknown> | undefined);
  const read = (): Promise<string> => context.reads.read(seat.organizationId, bound, rows);
  return parseTree(await (crowd ? crowd.agree(placeKey(place), read) : read()));
}

/** Where in a document a statement begins. */
export interface Place extends DocumentParts {
  readonly operation: OperationDefinitionNode;
  readonly parentType: string;
  /** Response keys down to the field. */
  readonly path: string;
  readonly field: Field;
  readonly nodes: Nodes;
  /** The text is the answer itself, not a tree for the executor. */
  readonly straight: boolean;
  /** The statement is for a crowd. */
  readonly crowd: boolean;
}

/** The statement of a field with the values of a request. @throws what its check and its arguments are refused with. */
export function bindField(
  place: Place,
  { seat, crowd, now }: ReadContext,
  variables: Inputs['variables'],
  source: Inputs['source'],
): { bound: BoundStatement; rows: number; sites: FieldStatement['sites'] } {
  const inputs: Inputs = { seat: seat!, crowd: crowd?.ids, now, variables, source, nodes: place.nodes, coerced: new Map() };
  const read = readOf(place.field)!;
  if (read.check) read.check(seat!, new Arguments(place.field, place.nodes[0]!).read(inputs));
  const statement = statementFor(place, inputs);
  return { bound: { statement, values: statement.values(inputs) }, rows: statement.rows, sites: statement.sites };
}

function statementFor(place: Place, inputs: Inputs): FieldStatement {
  let fields = plans.get(place.operation);
  if (!fields) {
    fields = new Map();
    plans.set(place.operation, fields);
  }
  const key = `${place.straight ? '=' : ''}${place.crowd ? '*' : ''}${placeKey(place)}`;
  let tree = fields.get(key);
  if (!tree) {
    tree = new PlanTree();
    fields.set(key, tree);
  }
  const known = tree.find(inputs);
  if (known) planCounts.known++;
  return known ?? makePlan(tree, place, inputs);
}

/** One response key may stand for different fields in different types of a result union. */
const placeKey = ({ parentType, path }: Place): string => `${parentType}:${path}`;

function makePlan(
  tree: PlanTree<FieldStatement>,
  { schema, fragments, field, nodes, straight, crowd }: Place,
  inputs: Inputs,
): FieldStatement {
  planCounts.made++;
  const interview = new Interview(inputs);
  interview.ask('nodes', (asked) => placesOf(asked.nodes ?? []));
  const statement = planField({ schema, fragments, field, nodes, interview, straight, crowd });
  written += statement.text.length;
  if (written > MOST_WRITTEN) {
    plans = new WeakMap();
    written = 0;
  }
  return tree.add(interview, statement);
}

const placesOf = (nodes: readonly FieldNode[]): string => nodes.map(({ loc }) => loc?.start).join();

function responseKeys(path: GraphQLResolveInfo['path'] | undefined): string {
  const keys: string[] = [];
  for (let at = path; at; at = at.prev) if (typeof at.key === 'string') keys.unshift(at.key);
  return keys.join('.');
}

/** Root fields of one operation run side by side in the executor: their statements are gathered and share one connection and snapshot. */
export class ReadBatch {
  readonly #database: ReadDatabase;
  #waiting: { bound: BoundStatement; rows: number; resolve(text: string): void; reject(error: unknown): void }[] = [];
  constructor(database: ReadDatabase) {
    this.#database = database;
  }
  /** @param rows that the statement may read. @throws LIMIT_EXCEEDED where those of all root fields together are too many. */
  read(organization: string, bound: BoundStatement, rows: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bound, rows, resolve, reject });
      if (this.#waiting.length === 1) queueMicrotask(() => queueMicrotask(() => void this.#flush(organization)));
    });
  }
  async #flush(organization: string): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      assertFew(batch.reduce((sum, { rows }) => sum + rows, 0));
      const results = await this.#database.read(
        organization,
        batch.map(({ bound }) => bound),
      );
      for (const [i, result] of results.entries()) {
        if (result.status === 'fulfilled') batch[i]!.resolve(result.value);
        else batch[i]!.reject(told(result.reason));
      }
    } catch (error) {
      for (const { reject } of batch) reject(told(error));
    }
  }
}

const told = (error: unknown): unknown => (isTimeout(error) ? tookTooLong() : error);
