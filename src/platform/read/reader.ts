import type { GraphQLResolveInfo } from 'graphql';
import { PUBLIC, type Rule } from '../permissions/rule.ts';
import type { Place } from './bound-field.ts';
import { readText } from './field-text.ts';
import { readEarlier } from './read-ahead.ts';
import type { ReadContext } from './read-batch.ts';
import { parseTree, unauthenticated } from './refusal.ts';
import type { Field } from './selection.ts';

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
    item: itemsOf(info.path),
    field,
    nodes,
    straight: false,
    crowd: crowd !== undefined,
  };
  const values = source as Record<string, unknown> | undefined;
  const { text } = readEarlier(values, place) ?? (await readText(place, context, info.variableValues, values));
  return parseTree(text);
}

function itemsOf(path: GraphQLResolveInfo['path'] | undefined): string {
  let items = '';
  for (let at = path; at; at = at.prev) if (typeof at.key === 'number') items = `.${at.key}${items}`;
  return items;
}
function responseKeys(path: GraphQLResolveInfo['path'] | undefined): string {
  const keys: string[] = [];
  for (let at = path; at; at = at.prev) if (typeof at.key === 'string') keys.unshift(at.key);
  return keys.join('.');
}
