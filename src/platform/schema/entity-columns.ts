import type { GraphQLResolveInfo } from 'graphql';
import type { Table } from '../database/table.ts';
import type { Column, JsonForm } from '../entities/column.ts';
import type { Rule } from '../permissions/rule.ts';
import { settled } from '../read/refusal.ts';
import { DeclarationError } from './claims.ts';

const GRAPHQL_TYPES: Readonly<Record<JsonForm, string>> = {
  text: 'String',
  uuid: 'ID',
  number: 'Int',
  boolean: 'Boolean',
  instant: 'DateTime',
  date: 'Date',
  json: 'JSON',
};
const FORMS: Readonly<Record<string, JsonForm>> = {
  Int: 'number',
  Int53: 'number',
  Float: 'number',
  Boolean: 'boolean',
  DateTime: 'instant',
  Date: 'date',
  JSON: 'json',
};
type Definition = Column<unknown, boolean>['definition'];

/** The form in which a statement writes a value of a GraphQL type; words of enums are text. */
export const formOf = (type: string): JsonForm => FORMS[type] ?? 'text';
/** The GraphQL type of a column where its field names none. */
export const naturalType = ({ sqlType, form }: Definition): string => (sqlType === 'bigint' ? 'Int53' : GRAPHQL_TYPES[form]);

/** @throws DeclarationError where the table has no such column */
export function columnOf({ name: table, columns }: Table, name: string): Definition {
  const column = columns[name];
  if (!column) throw new DeclarationError(`the table ${table} has no column ${name}`, 'declare it, or name another');
  return column.definition;
}

/** The rule of the field that is resolved. */
export const ruleOf = ({ parentType, fieldName }: Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>): Rule | undefined =>
  parentType.getFields()[fieldName]?.extensions.rule as Rule | undefined;

/** Takes what the statement wrote under the field's response key. */
export const written = (source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): unknown =>
  settled((source as Record<string, unknown>)[info.path.key], ruleOf(info));

const values = new WeakSet<object>();
/** A value of several parts that the statement wrote: they stand under their response keys. */
const writtenValue = (source: unknown, args: unknown, context: unknown, info: GraphQLResolveInfo): unknown => {
  const value = written(source, args, context, info);
  if (typeof value === 'object' && value !== null) values.add(value);
  return value;
};
/** How what a field reads is taken from the statement's answer. */
export const takenAs = ({ reads }: { readonly reads: string }) => (reads === 'value' ? writtenValue : written);
/** A part of such a value, or of one that a resolver has made, whose parts stand under their own names. */
export const partOfValue = (source: unknown, args: unknown, context: unknown, info: GraphQLResolveInfo): unknown =>
  values.has(source as object) ? written(source, args, context, info) : (source as Record<string, unknown>)[info.fieldName];
