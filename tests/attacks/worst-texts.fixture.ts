import { getNamedType, isInputObjectType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import { rowTypes, SURFACES, type SurfaceName } from '../rules/printed.rules.ts';
import { documentFor, type Operation, type Place, placesOf, type RootField, rootFields, variablesWith } from '../rules/root-questions.ts';

// A text at every place of every argument that takes one, made from the schema.

/** Built-in scalars are bounded place by place; the others say themselves what they take. */
export const TEXT_SCALARS = ['String', 'ID', 'PhoneNumber', 'Cursor', 'EventCursor', 'DateTime', 'Date', 'URL', 'JSON'];
const EVERY_LEAF = [...TEXT_SCALARS, 'Int', 'Int53', 'Boolean'];

/** One place for a text, and the request that puts a text there. */
export interface TextPlace {
  readonly name: string;
  /** The argument or input field that takes it: a filter that many fields take is one. */
  readonly declared: string;
  readonly surface: SurfaceName;
  /** Most characters, as its description or that of its type says. */
  readonly most: number | undefined;
  readonly takesText: boolean;
  readonly operation: Operation;
  request(text: string, aliases: number): { readonly query: string; readonly variables: Record<string, unknown> };
}

const BOUND = /At most ([\d,]+) characters/;
export function boundIn(...descriptions: readonly (string | null | undefined)[]): number | undefined {
  const found = descriptions.map((one) => BOUND.exec(one ?? '')?.[1]).find(Boolean);
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
}

type Argued = { readonly name: string; readonly args: RootField['field']['args'] };
/** What bounds the text at a place: the argument or input field itself, else its type. */
function takenAt(field: Argued, [first, ...rest]: Place): Pick<TextPlace, 'declared' | 'most' | 'takesText'> {
  let at = field.args.find(({ name }) => name === first)!;
  let declared = `${field.name}(${first})`;
  for (const step of rest) {
    const type = getNamedType(at.type);
    if (!isInputObjectType(type)) continue;
    at = type.getFields()[step] as unknown as typeof at;
    declared = `${type.name}.${step}`;
  }
  const type = getNamedType(at.type);
  return { declared, most: boundIn(at.description, type.description), takesText: TEXT_SCALARS.includes(type.name) };
}

/** A field several times under names of its own, in the place where it stands once. */
function repeated(query: string, selected: string, aliases: number): string {
  if (aliases === 1) return query;
  const at = query.indexOf(selected);
  const name = query.slice(at);
  const end = query.lastIndexOf('}');
  const field = query.slice(at, end);
  const many = Array.from({ length: aliases }, (_, i) => `a${i}: ${field}`).join(' ');
  return name ? `${query.slice(0, at)}${many}${query.slice(end)}` : query;
}

const rootPlaces = (surface: SurfaceName, choose: (type: string) => string): TextPlace[] =>
  (['query', 'mutation', 'subscription'] as const).flatMap((operation) =>
    rootFields(surface, operation).flatMap((root) =>
      placesOf(root, EVERY_LEAF).map(
        (place): TextPlace => ({
          name: `${root.field.name}(${place.join('.')})`,
          surface,
          operation,
          ...takenAt(root.field, place),
          request(text, aliases) {
            const variables = variablesWith(root, choose, { place, value: text });
            const query = documentFor(root, variables);
            const start = query.indexOf('{', query.indexOf(')', query.startsWith(`${operation} (`) ? 0 : query.length)) + 1;
            return {
              query: operation === 'subscription' ? query : repeated(query, query.slice(start).trim().slice(0, 40), aliases),
              variables,
            };
          },
        }),
      ),
    ),
  );

/** Fields of objects that have an id, asked of `node(id:)`. */
function innerPlaces(surface: SurfaceName, idOf: (type: string) => string): TextPlace[] {
  const schema = SURFACES[surface];
  return [...rowTypes(schema).values()].flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      placesOf({ surface, operation: 'query', field }, TEXT_SCALARS)
        .filter((place) => field.args.every((arg) => arg.name === place[0] || !isNonNullType(arg.type)))
        .map(
          (place): TextPlace => ({
            name: `${type.name}.${field.name}(${place.join('.')})`,
            surface,
            operation: 'query',
            ...takenAt(field, place),
            request(text, aliases) {
              const variables = variablesWith({ surface, operation: 'query', field }, () => '', { place, value: text });
              const [argument] = place as [string];
              const declared = field.args.find(({ name }) => name === argument)!.type;
              const inner = getNamedType(field.type);
              const selection = isLeafType(inner)
                ? ''
                : isObjectType(inner) && inner.getFields().pageInfo
                  ? '{ pageInfo { hasNextPage } }'
                  : '{ __typename }';
              const one = `${field.name}(${argument}: $v) ${selection}`;
              const all = aliases === 1 ? one : Array.from({ length: aliases }, (_, i) => `a${i}: ${one}`).join(' ');
              const query = `query ($v: ${declared}) { node(id: ${JSON.stringify(idOf(type.name))}) { ... on ${type.name} { ${all} } } }`;
              return { query, variables: { v: variables[argument] } };
            },
          }),
        ),
    ),
  );
}

export const textPlaces = (surface: SurfaceName, idOf: (type: string) => string): TextPlace[] => [
  ...rootPlaces(surface, idOf),
  ...innerPlaces(surface, idOf),
];
