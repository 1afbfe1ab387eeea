import { type GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { Text } from '../language/language.ts';
import { toldError } from '../schema/told-error.ts';

// Bounds of whatever stands in variables, wherever it goes (targets 2). What stands in the document is bounded with the document.

const MOST_LEVELS = 64;
const MOST_ITEMS = 250;
/** Code units of one text. */
export const LONGEST_TEXT = 32_000;
/** Faults of variables that are found; at the next one the search ends. */
const MOST_FAULTS = 50;

export type Variables = Readonly<Record<string, unknown>>;
export type TakenVariables =
  | { readonly values: Record<string, unknown>; readonly errors?: undefined }
  | { readonly values?: undefined; readonly errors: readonly GraphQLError[] };

/**
 * The variables of an operation, as its fields get them. Every operation passes here once, whichever way it is answered then.
 * @returns errors where they are not of their types, at most 51 of them, or past a bound.
 */
export function takeVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Variables | null | undefined,
): TakenVariables {
  for (const value of Object.values(given ?? {})) {
    const fault = faultOf(value, MOST_LEVELS - 1);
    if (fault) return { errors: [toldError('BAD_REQUEST', fault)] };
  }
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return { values: {} };
  const { coerced, errors } = getVariableValues(schema, definitions, given ?? {}, { maxErrors: MOST_FAULTS });
  return errors ? { errors } : { values: coerced };
}

function faultOf(value: unknown, levels: number): Text | undefined {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? TOO_LONG : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return TOO_DEEP;
  const parts = Array.isArray(value) ? value : Object.entries(value).flat();
  if (parts.length > (Array.isArray(value) ? MOST_ITEMS : 2 * MOST_ITEMS)) return TOO_MANY;
  for (const part of parts) {
    const fault = faultOf(part, levels - 1);
    if (fault) return fault;
  }
  return undefined;
}

const TOO_LONG: Text = {
  en: `A text in "variables" is longer than ${LONGEST_TEXT} characters.`,
  'zh-CN': `“variables”中有文本超过 ${LONGEST_TEXT} 个字符。`,
};
const TOO_DEEP: Text = {
  en: `"variables" are nested more than ${MOST_LEVELS} deep.`,
  'zh-CN': `“variables”的嵌套超过 ${MOST_LEVELS} 层。`,
};
const TOO_MANY: Text = {
  en: `A list or an object in "variables" holds more than ${MOST_ITEMS} items.`,
  'zh-CN': `“variables”中有列表或对象超过 ${MOST_ITEMS} 项。`,
};
