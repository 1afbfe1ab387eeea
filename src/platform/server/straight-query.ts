import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type ReadField, readOf } from '../read/entity.ts';
import type { Field } from '../read/selection.ts';

/** One root field of a query that statements answer by themselves; without a field it is `__typename`. */
export interface StraightField {
  readonly key: string;
  readonly node: FieldNode;
  readonly field: Field | undefined;
  readonly read: ReadField | undefined;
}
export interface StraightQuery {
  readonly fields: readonly StraightField[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

const known = new WeakMap<OperationDefinitionNode, StraightQuery | null>();

/**
 * Whether the text of its statements is the answer to a query: every field of it is written by a statement, none computed or resolved.
 * @returns null where the executor has to put the answer together.
 */
export function straightQuery(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): StraightQuery | null {
  let found = known.get(operation);
  if (found === undefined) {
    found = examine(schema, document, operation);
    known.set(operation, found);
  }
  return found;
}

function examine(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): StraightQuery | null {
  if (operation.operation !== 'query') return null;
  const fields = rootFields(schema, operation);
  if (!fields || !isWrittenThroughout(schema, document)) return null;
  const definitions = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return { fields, fragments: Object.fromEntries(definitions.map((one) => [one.name.value, one])) };
}

/** Plain root fields, each once: what is included only sometimes, or merged, is left to the executor. */
function rootFields(schema: GraphQLSchema, { selectionSet }: OperationDefinitionNode): StraightField[] | undefined {
  const fields = new Map<string, StraightField>();
  for (const node of selectionSet.selections) {
    if (node.kind !== Kind.FIELD || node.directives?.length) return undefined;
    const key = node.alias?.value ?? node.name.value;
    const field = schema.getQueryType()!.getFields()[node.name.value];
    const isTypename = node.name.value === '__typename';
    if (fields.has(key) || (!isTypename && (!field || isNonNullType(field.type) || !readOf(field)))) return undefined;
    fields.set(key, { key, node, field, read: field && readOf(field) });
  }
  return [...fields.values()];
}

/** Fragments are looked at once, wherever they are spread. */
function isWrittenThroughout(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isWritten = true;
  const field = ({ name }: FieldNode): void => {
    if (name.value === '__typename') return;
    const parent = types.getParentType();
    const possible = parent && isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
    const all = [types.getFieldDef(), ...possible.map((type) => type.getFields()[name.value])];
    isWritten &&= all.every((one) => one?.extensions.fromStatement === true);
  };
  visit(document, visitWithTypeInfo(types, { Field: field }));
  return isWritten;
}
