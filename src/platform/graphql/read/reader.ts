import type { FieldNode, GraphQLField, GraphQLResolveInfo, OperationDefinitionNode } from 'graphql';
import { isTimeout } from '../../database/pool.ts';
import type { BoundStatement, ReadDatabase } from '../../database/read-database.ts';
import { PUBLIC, type Rule } from '../../permissions/rule.ts';
import type { Seat } from '../../permissions/seat.ts';
import { assertFew } from './fan-out.ts';
import { type Inputs, Interview, PlanTree } from './interview.ts';
import { type FieldStatement, planField } from './planner.ts';
import { parseTree, tookTooLong, unauthenticated } from './refusal.ts';

/** What a read needs of a request. */
export interface ReadContext {
  readonly seat: Seat | undefined;
  readonly now: Date;
  readonly reads: ReadBatch;
}

// Plans hang on the parsed operation: they live as long as the document is cached and go with it. A schema parses and validates its own
// documents, so plans of two schemas never meet.
const plans = new WeakMap<OperationDefinitionNode, Map<string, PlanTree<FieldStatement>>>();

/** The resolver of root read fields, and of read fields in payloads, where `source` is the payload. */
export async function readField(source: unknown, _: unknown, context: ReadContext, info: GraphQLResolveInfo): Promise<unknown> {
  const { seat, now } = context;
  if (!seat) {
    if (ruleOf(info).roles.includes(PUBLIC)) return null;
    throw unauthenticated();
  }
  const inputs: Inputs = {
    seat,
    now,
    variables: info.variableValues,
    source: source as Record<string, unknown> | undefined,
    nodes: info.fieldNodes,
    coerced: new Map(),
  };
  const statement = statementFor(info, inputs);
  const text = await context.reads.read(seat.organizationId, { statement, values: statement.values(inputs) }, statement.rows);
  return parseTree(text);
}

const ruleOf = (info: GraphQLResolveInfo): Rule => info.parentType.getFields()[info.fieldName]!.extensions.rule as Rule;

function statementFor(info: GraphQLResolveInfo, inputs: Inputs): FieldStatement {
  let fields = plans.get(info.operation);
  if (!fields) {
    fields = new Map();
    plans.set(info.operation, fields);
  }
  // one response key may stand for different fields in different types of a result union
  const key = `${info.parentType.name}:${responseKeys(info.path)}`;
  let tree = fields.get(key);
  if (!tree) {
    tree = new PlanTree();
    fields.set(key, tree);
  }
  return tree.find(inputs) ?? makePlan(tree, info, inputs);
}

function makePlan(tree: PlanTree<FieldStatement>, info: GraphQLResolveInfo, inputs: Inputs): FieldStatement {
  const interview = new Interview(inputs);
  const field = info.parentType.getFields()[info.fieldName] as GraphQLField<unknown, unknown>;
  const nodes = info.fieldNodes as readonly FieldNode[];
  interview.ask('nodes', (asked) => placesOf(asked.nodes ?? []));
  return tree.add(interview, planField({ schema: info.schema, fragments: info.fragments, field, nodes, interview }));
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
      const texts = await this.#database.read(
        organization,
        batch.map(({ bound }) => bound),
      );
      for (const [i, { resolve }] of batch.entries()) resolve(texts[i]!);
    } catch (error) {
      const told = isTimeout(error) ? tookTooLong() : error;
      for (const { reject } of batch) reject(told);
    }
  }
}
