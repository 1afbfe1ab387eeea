import type { FieldNode, OperationDefinitionNode } from 'graphql';
import type { BoundStatement } from '../database/read-database.ts';
import { readOf } from './entity.ts';
import { type Inputs, Interview, PlanTree } from './interview.ts';
import { type FieldStatement, planField } from './planner.ts';
import type { ReadContext } from './read-batch.ts';
import { Arguments, type DocumentParts, type Field, type Nodes } from './selection.ts';

// Plans hang on the parsed operation: they live as long as the document is cached and go with it. A schema parses and validates its own
// documents, so plans of two schemas never meet.
let plans = new WeakMap<OperationDefinitionNode, Map<string, PlanTree<FieldStatement>>>();
let written = 0;
/** How often a plan was known and had to be made, in this process. */
export const planCounts = { known: 0, made: 0 };
/** Characters of statements that are kept; past them all begins afresh, so that documents without end cannot fill the memory. */
const MOST_WRITTEN = 50_000_000;

/** Where in a document a statement begins. */
export interface Place extends DocumentParts {
  readonly operation: OperationDefinitionNode;
  readonly parentType: string;
  /** Response keys down to the field. */
  readonly path: string;
  /** Which items of lists it lies in: the statement is the same for all, what it says is not. */
  readonly item?: string;
  readonly field: Field;
  readonly nodes: Nodes;
  /** The text is the answer itself, not a tree for the executor. */
  readonly straight: boolean;
  /** The statement is for a crowd. */
  readonly crowd: boolean;
}
/** One response key may stand for different fields in different types of a result union. */
export const placeKey = ({ parentType, path }: Place): string => `${parentType}:${path}`;

export interface BoundField extends Pick<FieldStatement, 'rows' | 'sites' | 'plugins'> {
  readonly bound: BoundStatement;
}

/** The statement of a field with the values of a request. @throws what its check and its arguments are refused with. */
export function bindField(
  place: Place,
  { seat, crowd, now }: ReadContext,
  variables: Inputs['variables'],
  source: Inputs['source'],
  leavesOut?: Inputs['leavesOut'],
): BoundField {
  const inputs: Inputs = { seat: seat!, crowd: crowd?.ids, now, variables, source, nodes: place.nodes, leavesOut, coerced: new Map() };
  const read = readOf(place.field)!;
  if (read.check) read.check(seat!, new Arguments(place.field, place.nodes[0]!).read(inputs));
  const statement = statementFor(place, inputs);
  const { rows, sites, plugins: held } = statement;
  return { bound: { statement, values: statement.values(inputs) }, rows, sites, plugins: held };
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
