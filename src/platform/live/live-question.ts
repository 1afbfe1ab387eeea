import { type DocumentNode, type FieldNode, type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from 'graphql';

/** What is asked for each event of a subscription. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly language: string;
}
/** The same for all subscribers who ask the same. */
export interface Question extends Asked {
  readonly key: string;
}

const AFTER = 'after';
const numbers = new WeakMap<OperationDefinitionNode, { readonly number: number; readonly places: ReadonlySet<string> }>();
let operations = 0;

/** Tells questions apart: the operation, the language and the variables but for the place to begin at, which no answer depends on. */
function keyOf({ document, operation, variables, language }: Asked): string {
  let known = numbers.get(operation);
  if (!known) {
    known = { number: operations++, places: placeVariables(document, operation) };
    numbers.set(operation, known);
  }
  const { number, places } = known;
  const rest = Object.entries(variables ?? {}).filter(([name]) => !places.has(name));
  return `${number} ${language} ${JSON.stringify(rest)}`;
}

/** Variables that are the argument `after` of the operation's root fields and stand nowhere else. */
function placeVariables(document: DocumentNode, { selectionSet }: OperationDefinitionNode): ReadonlySet<string> {
  const uses = new Map<string, number>();
  const count = (name: string): void => void uses.set(name, (uses.get(name) ?? 0) + 1);
  visit(document, { VariableDefinition: () => false, Variable: ({ name }) => count(name.value) });
  const roots = selectionSet.selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
  const places = roots.flatMap(({ arguments: args = [] }) =>
    args.flatMap(({ name, value }) => (name.value === AFTER && value.kind === Kind.VARIABLE ? [value.name.value] : [])),
  );
  return new Set(places.filter((name) => uses.get(name) === 1));
}

/** The questions that are asked in this process, each once. */
export class Questions {
  readonly #known = new Map<string, { readonly question: Question; uses: number }>();

  take(asked: Asked): Question {
    const key = keyOf(asked);
    const known = this.#known.get(key) ?? { question: { ...asked, key }, uses: 0 };
    known.uses++;
    this.#known.set(key, known);
    return known.question;
  }
  giveBack({ key }: Question): void {
    const known = this.#known.get(key);
    if (known && --known.uses === 0) this.#known.delete(key);
  }
}
