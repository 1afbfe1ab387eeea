import {
  type ASTNode,
  BREAK,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  isAbstractType,
  type SelectionNode,
  type SelectionSetNode,
  Kind as Syntax,
  visit,
} from 'graphql';
import { takenArguments } from '../input/argument-texts.ts';
import type { Inputs, Interview } from './interview.ts';

export type Field = GraphQLField<unknown, unknown>;
export type Nodes = readonly FieldNode[];

/** Response key → the nodes that select it; several where the document names it twice, and then their sub-selections merge. */
export type Selection = Map<string, FieldNode[]>;
export interface DocumentParts {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** What a client selects of an object type: fragments spread, `@skip` and `@include` asked about. */
export function selectionOf(
  { schema, fragments }: DocumentParts,
  interview: Interview,
  type: GraphQLObjectType,
  sets: Iterable<SelectionSetNode | undefined>,
): Selection {
  const selection: Selection = new Map();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (!isIncluded(node, interview)) continue;
      if (node.kind === Syntax.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const same = selection.get(key);
        if (same) same.push(node);
        else selection.set(key, [node]);
        continue;
      }
      if (node.kind === Syntax.FRAGMENT_SPREAD && (spread.has(node.name.value) || !spread.add(node.name.value))) continue;
      const fragment = node.kind === Syntax.FRAGMENT_SPREAD ? fragments[node.name.value]! : node;
      if (applies(schema, fragment.typeCondition?.name.value, type)) collect(fragment.selectionSet);
    }
  };
  for (const set of sets) if (set) collect(set);
  return selection;
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (!condition || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

function isIncluded(node: SelectionNode, interview: Interview): boolean {
  if (!node.directives?.length) return true;
  return interview.ask(
    `include:${node.loc?.start}`,
    ({ variables }) =>
      getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false,
  );
}

/** The arguments of one selected field: their values for a request, and whether they can differ between requests. */
export class Arguments {
  readonly key: string;
  readonly #field: GraphQLField<unknown, unknown>;
  readonly #node: FieldNode;
  /** Their values, where these are the same in every request. */
  #fixed: Record<string, unknown> | undefined;
  constructor(field: GraphQLField<unknown, unknown>, node: FieldNode) {
    this.#field = field;
    this.#node = node;
    this.key = String(node.loc?.start);
  }
  has(name: string): boolean {
    return this.#field.args.some((argument) => argument.name === name);
  }
  read(inputs: Inputs): Record<string, unknown> {
    const known = this.#fixed ?? inputs.coerced.get(this.#node);
    if (known) return known;
    const values = takenArguments(this.#field, getArgumentValues(this.#field, this.#node, inputs.variables));
    if (this.#node.arguments?.some(mentionsVariable)) inputs.coerced.set(this.#node, values);
    else this.#fixed = values;
    return values;
  }
  isFixed(name: string): boolean {
    const argument = this.#node.arguments?.find((one) => one.name.value === name);
    return !argument || !mentionsVariable(argument);
  }
}

const mentions = new WeakMap<ASTNode, boolean>();
function mentionsVariable(node: ASTNode): boolean {
  const known = mentions.get(node);
  if (known !== undefined) return known;
  let found = false;
  visit(node, {
    Variable: () => {
      found = true;
      return BREAK;
    },
  });
  mentions.set(node, found);
  return found;
}
