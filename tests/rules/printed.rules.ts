import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A rule as the committed schema prints it on a field. */
export interface PrintedRule {
  readonly rule: string;
  readonly roles: readonly string[];
  readonly right?: string;
}
type Field = GraphQLField<unknown, unknown>;

const textOf = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
export const SURFACES: Readonly<Record<'staff' | 'portal', GraphQLSchema>> = {
  staff: buildSchema(textOf('schema.graphql')),
  portal: buildSchema(textOf('schema.portal.graphql')),
};
export type SurfaceName = keyof typeof SURFACES;

const directives = new Map(Object.values(SURFACES).map((schema) => [schema, schema.getDirective('auth')!]));
export function ruleOf(schema: GraphQLSchema, field: Field): PrintedRule {
  const values = getDirectiveValues(directives.get(schema)!, field.astNode!);
  if (!values) throw new Error(`${field.name} has no @auth.`);
  return values as unknown as PrintedRule;
}

/** What a field leads to: a value, a small object of values, or rows of other types. */
export type Shape = 'VALUE' | 'PART' | 'ROW' | 'ROWS' | 'PAGE';

const isRow = (type: GraphQLObjectType): boolean => type.getInterfaces().some(({ name }) => name === 'Node');
/** Types of the schema that stand for rows, by their name. */
export const rowTypes = (schema: GraphQLSchema): ReadonlyMap<string, GraphQLObjectType> =>
  new Map(Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) && isRow(type) ? [[type.name, type]] : [])));

export function shapeOf({ type }: Field): Shape {
  const named = getNamedType(type);
  if (isLeafType(named)) return 'VALUE';
  if (isUnionType(named)) return 'PART';
  if (isInterfaceType(named) && !named.getFields().id) return 'PART'; // values have types, and are no rows
  if (isInterfaceType(named)) return String(type).startsWith('[') ? 'ROWS' : 'ROW';
  const object = named as GraphQLObjectType;
  if (object.getFields().pageInfo) return 'PAGE';
  if (!isRow(object)) return 'PART';
  return String(type).startsWith('[') ? 'ROWS' : 'ROW';
}

/** The types of rows that a field leads to. */
export function targetsOf(schema: GraphQLSchema, field: Field): readonly GraphQLObjectType[] {
  const named = getNamedType(field.type);
  const page = isObjectType(named) && named.getFields().nodes;
  const target = page ? getNamedType(page.type) : named;
  return isInterfaceType(target) ? [...schema.getPossibleTypes(target)] : [target as GraphQLObjectType];
}

export const partOf = (field: Field): GraphQLObjectType => getNamedType(field.type) as GraphQLObjectType;
/** Values of a part; of a union there is none that all its types have. */
export const leavesOf = (field: Field): readonly Field[] =>
  isUnionType(getNamedType(field.type)) ? [] : Object.values(partOf(field).getFields()).filter((leaf) => shapeOf(leaf) === 'VALUE');

const ROOTS = ['Query', 'Mutation', 'Subscription'];
/** Whether a type is written by the schema itself: pages, roots, introspection. */
const isStructure = ({ name }: GraphQLObjectType): boolean => /^__|^PageInfo$|(Connection|Edge)$/.test(name) || ROOTS.includes(name);
const OF_EVERY_REFUSAL = ['code', 'message', 'path'];

/** Fields of types that are neither rows nor parts of rows, but for those that lead to rows, as `Type.field`. */
export function ownFieldsWithoutRows(schema: GraphQLSchema): string[] {
  const rows = rowTypes(schema);
  const fields = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());
  const parts = new Set(
    [...rows.values()].flatMap((type) => fields(type).flatMap((field) => (shapeOf(field) === 'PART' ? [partOf(field)] : []))),
  );
  const others = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !rows.has(type.name) && !isStructure(type) && !parts.has(type),
  ) as GraphQLObjectType[];
  return others.flatMap((type) => {
    const common = type.getInterfaces().some(({ name }) => name === 'UserError') ? OF_EVERY_REFUSAL : [];
    const own = fields(type).filter((field) => ['VALUE', 'PART'].includes(shapeOf(field)) && !common.includes(field.name));
    return own.map(({ name }) => `${type.name}.${name}`);
  });
}
