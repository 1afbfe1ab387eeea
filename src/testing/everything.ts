import type { TestSeat } from './test-seat.ts';

interface TypeRef {
  readonly name: string | null;
  readonly kind: string;
  readonly ofType?: TypeRef | null;
}
interface KnownType {
  readonly name: string;
  readonly kind: string;
  readonly fields:
    | readonly {
        readonly name: string;
        readonly args: readonly { readonly type: TypeRef; readonly defaultValue: string | null }[];
        readonly type: TypeRef;
      }[]
    | null;
}
const TYPES = `{ __schema { types { name kind fields { name args { type { kind } defaultValue } type { ...Ref } } } } }
  fragment Ref on __Type { name kind ofType { name kind ofType { name kind ofType { name kind } } } }`;
const named = ({ ofType, ...type }: TypeRef): TypeRef => (ofType ? named(ofType) : type);

/** All fields of a type that need no argument, and of what hangs on it, so many levels deep. */
function selectionOf(types: ReadonlyMap<string, KnownType>, name: string, depth: number, without: readonly string[]): string {
  const fields = (types.get(name)?.fields ?? []).flatMap(({ name: field, args, type }) => {
    if (without.includes(field)) return [];
    if (args.some(({ type: of, defaultValue }) => of.kind === 'NON_NULL' && defaultValue === null)) return [];
    const to = named(type);
    if (to.kind === 'SCALAR' || to.kind === 'ENUM') return [field];
    const isPage = to.name!.endsWith('Connection') || to.name!.endsWith('Edge');
    return depth > 0 && to.kind !== 'UNION'
      ? [`${field} { __typename ${selectionOf(types, to.name!, isPage ? depth : depth - 1, without)} }`]
      : [];
  });
  return fields.filter((field) => !field.startsWith('edges') && !field.startsWith('pageInfo')).join(' ');
}

/** Asked for once a seat: the schema is large, and stays as it is. */
const known = new WeakMap<TestSeat, Promise<ReadonlyMap<string, KnownType>>>();
async function typesOf(seat: TestSeat): Promise<ReadonlyMap<string, KnownType>> {
  const { __schema } = await seat.query<{ __schema: { types: readonly KnownType[] } }>(TYPES);
  return new Map(__schema.types.map((type) => [type.name, type]));
}

/** Ids, cursors, moments, hashes, addresses of files and numbers of forms, which differ between any two objects. */
const alike = (text: string): string =>
  text
    .replaceAll(/(?<="\w*[cC]ursor": ")[^"]+/g, '~')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '=')
    .replaceAll(/(?<=")https?:[^"]+/g, '/')
    .replaceAll(/\b20\d\d-\d\d-\d\d(T[\d:.]+Z)?/g, '@')
    .replaceAll(/\b[A-Z]{2,}-\d{4}-[0-9A-HJKMNP-TV-Z]{6}\b/g, '#')
    .replaceAll(/(?<=")[\w-]{24}(?=")/g, '*');

/**
 * All that a seat is told of an object and of what hangs on it, by a question that is made from the schema, as text: two objects of which the
 * seat is told the same are the same text, whatever their ids, numbers and moments. So a test can say that a customer is told the same whoever
 * handles something inside, and what the customer is never told, without naming each field.
 * @param how.depth levels of what hangs on it. @param how.without fields by which one comes to other such objects, such as `contact`
 */
export async function everythingOf(
  seat: TestSeat,
  id: string,
  { depth = 2, without = ['contact'] }: { readonly depth?: number; readonly without?: readonly string[] } = {},
): Promise<string> {
  if (!known.has(seat)) known.set(seat, typesOf(seat));
  const types = await known.get(seat)!;
  const { node } = await seat.query('query ($id: ID!) { node(id: $id) { __typename } }', { id });
  if (!node) return 'null';
  const { data, errors } = await seat.ask(
    `query ($id: ID!) { node(id: $id) { ... on ${node.__typename} { ${selectionOf(types, node.__typename, depth, without)} } } }`,
    { id },
  );
  const refused = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort();
  return alike(JSON.stringify({ data, refused }, undefined, 1));
}
