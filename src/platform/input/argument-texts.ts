import { UNREADABLE } from '@guichet/forms';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Text } from '../language/language.ts';
import { badRequest } from '../read/refusal.ts';
import { takeText } from '../text/text-taken.ts';

/** Most items of a list in an argument, where their type does not say more (targets 2). */
export const MOST_ITEMS = 250;
/** Most of one type in a list: an input object says more of itself where one request has to take more (`mostInList`). */
export const mostInList = (type: unknown): number =>
  isInputObjectType(type) ? ((type.extensions as { readonly mostInList?: number }).mostInList ?? MOST_ITEMS) : MOST_ITEMS;

type Path = readonly (string | number)[];
/** Gives a value as it is worked with. @throws BAD_REQUEST where it is longer than its description says. */
type Take = (value: unknown, path: Path) => unknown;
type Place = { readonly type: GraphQLInputType; readonly extensions: { readonly most?: number } };

const takers = new WeakMap<GraphQLField<unknown, unknown>, ReadonlyMap<string, Take>>();

/**
 * The arguments of a field as they are worked with: the default in place of null, and texts taken in by their lengths.
 * @param except arguments that are taken in otherwise.
 */
export function takenArguments(
  field: GraphQLField<unknown, unknown>,
  given: Readonly<Record<string, unknown>>,
  except: Readonly<Record<string, unknown>> = NONE,
): Record<string, unknown> {
  let known = takers.get(field);
  if (!known) {
    known = new Map(field.args.map((argument) => [argument.name, takerOf(argument) ?? same]));
    takers.set(field, known);
  }
  const taken = withDefaults(field.args, given);
  for (const [name, value] of Object.entries(taken)) if (value != null && !(name in except)) taken[name] = known.get(name)!(value, [name]);
  return taken;
}
const NONE = {};

/** Null is no wish of its own: it means what leaving the argument out means. */
export function withDefaults(args: readonly GraphQLArgument[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all = { ...given };
  for (const { name, defaultValue } of args) if (all[name] === null && defaultValue !== undefined) all[name] = defaultValue;
  return all;
}

const same: Take = (value) => value;

function takerOf({ type, extensions }: Place): Take | undefined {
  if (isNonNullType(type)) return takerOf({ type: type.ofType, extensions });
  if (isListType(type)) return items(takerOf({ type: type.ofType, extensions }) ?? same, mostInList(getNullableType(type.ofType)));
  if (isInputObjectType(type)) return objects.get(type) ?? object(type);
  return extensions.most === undefined ? undefined : text(extensions.most);
}

const items =
  (take: Take, most: number): Take =>
  (value, path) => {
    const all = value as readonly unknown[];
    if (all.length > most) throw badRequest(moreItems(path, all.length, most));
    return take === same ? all : all.map((one, i) => (one == null ? one : take(one, [...path, i])));
  };

export const moreItems = (path: Path, count: number, most: number): Text => ({
  en: `${path.join('.')} holds ${count} items; at most ${most} are taken.`,
  'zh-CN': `${path.join('.')} 含有 ${count} 项，最多 ${most} 项。`,
});

const objects = new WeakMap<object, Take>();
/** Filters hold filters: the taker of a type is known before those of its fields are. */
function object(type: Extract<GraphQLInputType, { getFields(): unknown }>): Take {
  let fields: ReadonlyMap<string, Take> | undefined;
  const take: Take = (value, path) => {
    fields ??= new Map(Object.values(type.getFields()).map((field) => [field.name, takerOf(field) ?? same]));
    const taken = { ...(value as Record<string, unknown>) };
    for (const [name, one] of Object.entries(taken)) if (one != null) taken[name] = fields.get(name)!(one, [...path, name]);
    return taken;
  };
  objects.set(type, take);
  return take;
}

const text =
  (most: number): Take =>
  (value, path) => {
    const taken = takeText(String(value), most);
    if (taken.fault === 'TOO_LONG')
      throw badRequest({
        en: `${path.join('.')} is longer than ${most} characters.`,
        'zh-CN': `${path.join('.')} 超过 ${most} 个字符。`,
      });
    if (taken.fault) throw badRequest(UNREADABLE);
    return taken.text;
  };
