import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';
import { readText } from '../read/field-text.ts';
import type { Inputs } from '../read/interview.ts';
import { assertPlugin, assertRule } from '../read/may-ask.ts';
import type { ReadContext } from '../read/read-batch.ts';
import { hasMarks, refusalsIn } from '../read/refusal.ts';
import { type StraightField, straightQuery } from './straight-query.ts';

export interface StraightRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As fields get them (`takeVariables`). */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: ReadContext;
}
/** The answer: its text, or, where something was refused or failed, what the executor would have given. */
export type StraightAnswer =
  | { readonly text: string; readonly result?: undefined }
  | { readonly text?: undefined; readonly result: ExecutionResult };

/**
 * Answers a query by the text of its statements, without an executor: most queries need none, and it would take most of the time.
 * @returns undefined where the executor has to do it: something is computed, nobody is signed in, or what is never null was
 * refused, as are fields of objects whose plugin is off.
 */
export async function answerStraight({
  schema,
  document,
  operation,
  variables,
  context,
}: StraightRequest): Promise<StraightAnswer | undefined> {
  const query = straightQuery(schema, document, operation);
  if (!query || !context.seat) return undefined;
  const parts = await Promise.all(
    query.fields.map((field) => answerField(field, { schema, fragments: query.fragments, operation }, variables, context)),
  );
  if (!areStraight(parts)) return undefined;
  const errors = parts.flatMap(({ errors: own = [] }) => own);
  if (errors.length) return { result: { data: Object.fromEntries(parts.map(({ key, text }) => [key, JSON.parse(text)])), errors } };
  return { text: `{"data":{${parts.map(({ key, text }) => `"${key}":${text}`).join(',')}}}` };
}

interface Part {
  readonly key: string;
  readonly text: string;
  readonly errors?: readonly GraphQLError[];
}
type Place = Pick<StraightRequest, 'schema' | 'operation'> & {
  readonly fragments: NonNullable<ReturnType<typeof straightQuery>>['fragments'];
};

const areStraight = (parts: (Part | undefined)[]): parts is Part[] => !parts.includes(undefined);

async function answerField(
  { key, node, field, read }: StraightField,
  place: Place,
  variables: Inputs['variables'],
  context: ReadContext,
): Promise<Part | undefined> {
  if (!field || !read) return { key, text: `"${place.schema.getQueryType()!.name}"` };
  try {
    assertRule(read.rule, context.seat);
    if (field.extensions.plugin) assertPlugin(field.extensions.plugin as string, context.seat, context.stopped);
    const where = { ...place, parentType: 'Query', path: key, field, nodes: [node], straight: true, crowd: false };
    const { text, sites } = await readText(where, context, variables, undefined);
    if (!hasMarks(text)) return { key, text };
    const { tree, refused } = refusalsIn(text, (site) => sites[site]!.rule);
    if (refused.some(({ site }) => sites[site]!.bubbles)) return undefined;
    const errors = refused.map(
      ({ error, path, site }) =>
        new GraphQLError(error.message, { nodes: sites[site]!.nodes, path: [key, ...path], extensions: error.extensions }),
    );
    return { key, text: JSON.stringify(tree), errors };
  } catch (error) {
    return { key, text: 'null', errors: [locatedError(error, [node], [key])] };
  }
}
