import {
  type GraphQLError,
  type GraphQLSchema,
  type GraphQLType,
  getNullableType,
  getVariableValues,
  isInputObjectType,
  isListType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { MOST_ITEMS, mostInList } from '../input/argument-texts.ts';
import type { Text } from '../language/language.ts';
import { toldError } from '../schema/told-error.ts';

// Bounds of whatever stands in variables, wherever it goes (targets 2). What stands in the document is bounded with the document.

const MOST_LEVELS = 64;
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
  const definitions = operation.variableDefinitions ?? [];
  const typeOf = (name: string): GraphQLType | undefined => {
    const defined = definitions.find(({ variable }) => variable.name.value === name);
    return defined && typeFromAST(schema, defined.type);
  };
  for (const [name, value] of Object.entries(given ?? {})) {
    const fault = faultOf(value, MOST_LEVELS - 1, typeOf(name));
    if (fault) return { errors: [toldError('BAD_REQUEST', fault)] };
  }
  if (definitions.length === 0) return { values: {} };
  const { coerced, errors } = getVariableValues(schema, definitions, given ?? {}, { maxErrors: MOST_FAULTS });
  return errors ? { errors } : { values: coerced };
}

/** @param type of the place where the value stands; undefined where no type knows it */
function faultOf(value: unknown, levels: number, type: GraphQLType | undefined): Text | undefined {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? TOO_LONG : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return TOO_DEEP;
  return Array.isArray(value) ? faultOfItems(value, levels, type) : faultOfParts(value, levels, type);
}
function faultOfItems(items: readonly unknown[], levels: number, type: GraphQLType | undefined): Text | undefined {
  const list = getNullableType(type);
  const of = isListType(list) ? list.ofType : undefined;
  const most = mostInList(getNullableType(of));
  if (items.length > most) return tooMany(most);
  return firstFault(items, (item) => faultOf(item, levels - 1, of));
}
function faultOfParts(value: object, levels: number, type: GraphQLType | undefined): Text | undefined {
  const parts = Object.entries(value);
  if (parts.length > MOST_ITEMS) return tooMany(MOST_ITEMS);
  const object = getNullableType(type);
  const fields = isInputObjectType(object) ? object.getFields() : {};
  return firstFault(parts, ([name, part]) => faultOf(name, levels - 1, undefined) ?? faultOf(part, levels - 1, fields[name]?.type));
}
function firstFault<Part>(parts: readonly Part[], of: (part: Part) => Text | undefined): Text | undefined {
  for (const part of parts) {
    const fault = of(part);
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
const tooMany = (most: number): Text => ({
  en: `A list or an object in "variables" holds more than ${most} items.`,
  'zh-CN': `“variables”中有列表或对象超过 ${most} 项。`,
});
