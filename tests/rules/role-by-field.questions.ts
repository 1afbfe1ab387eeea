import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { leavesOf, shapeOf, targetsOf } from './printed.rules.ts';

// Documents made from the schema: every field of a type's rows, and every field of the rows that these lead to.

type Field = ReturnType<GraphQLObjectType['getFields']>[string];

export const fieldsOf = (type: GraphQLObjectType): readonly Field[] => Object.values(type.getFields());
/** Rows of a page that are read for their fields; more would pass the limit of objects. */
const OF_A_PAGE = 5;

const inner = (field: Field): string => {
  return `${field.name} { __typename ${leavesOf(field)
    .map(({ name }) => name)
    .join(' ')} }`;
};

/** A field, rows beneath it by their ids alone. */
function flat(field: Field): string {
  const shape = shapeOf(field);
  if (shape === 'VALUE') return field.name;
  if (shape === 'PART') return inner(field);
  return shape === 'PAGE' ? `${field.name} { totalCount }` : `${field.name} { __typename id }`;
}

/** A field that leads to rows, with the values of these. */
function deep(schema: GraphQLSchema, field: Field): string {
  const shape = shapeOf(field);
  const spreads = targetsOf(schema, field).map(({ name }) => `...${name}`);
  const rows = `__typename ${spreads.join(' ')}`;
  return shape === 'PAGE' ? `${field.name}(first: ${OF_A_PAGE}) { totalCount nodes { ${rows} } }` : `${field.name} { ${rows} }`;
}

const nodes = (type: GraphQLObjectType, fields: readonly string[]): string =>
  `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ${type.name} { ${fields.join(' ')} } } }`;

/** Every field of a type's rows. */
export const flatQuestion = (type: GraphQLObjectType): string => nodes(type, fieldsOf(type).map(flat));

/**
 * The same one by one, by `node`, without fields that are put together outside the statement: then the statement's text is the answer, and
 * no executor looks at it.
 */
export function straightQuestion(type: GraphQLObjectType, count: number, isWritten: (field: string) => boolean): string {
  const places = Array.from({ length: count }, (_, i) => `n${i}`);
  const asked = places.map((place) => `${place}: node(id: $${place}) { __typename ... on ${type.name} { ...Asked } }`);
  const fields = fieldsOf(type).filter(({ name }) => isWritten(name));
  return `query (${places.map((place) => `$${place}: ID!`).join(', ')}) { ${asked.join(' ')} }
    fragment Asked on ${type.name} { ${fields.map(flat).join(' ')} }`;
}

const isOwn = (field: Field): boolean => ['VALUE', 'PART'].includes(shapeOf(field));

const fragmentsFor = (schema: GraphQLSchema, leading: readonly Field[]): string[] => {
  const values = (of: GraphQLObjectType): string => fieldsOf(of).filter(isOwn).map(flat).join(' ');
  const targets = new Set(leading.flatMap((field) => targetsOf(schema, field)));
  return [...targets].map((target) => `fragment ${target.name} on ${target.name} { ${values(target)} }`);
};

/** The values of the rows that a type's rows lead to; undefined where it leads nowhere. */
export function deepQuestion(schema: GraphQLSchema, type: GraphQLObjectType): string | undefined {
  const leading = fieldsOf(type).filter((field) => !isOwn(field));
  if (leading.length === 0) return undefined;
  const asked = leading.map((field) => deep(schema, field));
  return [nodes(type, asked), ...fragmentsFor(schema, leading)].join('\n');
}

/** Every field of a type and the values of the rows that these lead to: a selection, and the fragments that it spreads. */
export function everyField(schema: GraphQLSchema, type: GraphQLObjectType): readonly [selection: string, fragments: string] {
  const leading = fieldsOf(type).filter((field) => !isOwn(field));
  const asked = fieldsOf(type).map((field) => (isOwn(field) ? flat(field) : deep(schema, field)));
  return [asked.join(' '), fragmentsFor(schema, leading).join('\n')];
}
