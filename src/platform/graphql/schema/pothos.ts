import type { GraphQLSchema } from 'graphql';
import type { Builder } from '../pothos/builder.types.ts';

/** A type of the builder, or the name of a built-in one. */
export type Ref = object | string;
export interface FieldConfig {
  readonly type: Ref | readonly [Ref];
  readonly nullable: boolean | { readonly list: boolean; readonly items: boolean };
  readonly description: string;
  readonly args?: object;
  readonly resolve?: unknown;
  readonly subscribe?: unknown;
  readonly extensions: object;
  readonly authScopes?: object;
  readonly deprecationReason?: string;
}
export interface ArgConfig {
  readonly type: Ref | readonly [Ref];
  readonly required: boolean;
  readonly description: string;
  readonly defaultValue?: unknown;
}
export interface FieldMaker {
  field(config: FieldConfig | ArgConfig): object;
  arg(config: ArgConfig): object;
}
type Fields = (t: FieldMaker) => Record<string, object>;

/**
 * The part of Pothos that is used to write declarations down. Its own types follow fields that are known when code is compiled; here they
 * are known when modules are loaded, and their types were checked where they were declared.
 */
export interface LooseBuilder {
  objectRef(name: string): Ref;
  interfaceRef(name: string): Ref;
  inputRef(name: string): Ref & { implement(options: { description: string; fields: Fields }): Ref };
  enumType(name: string, options: { description: string; values: Record<string, { description: string }> }): Ref;
  unionType(name: string, options: { description: string; types: Ref[]; resolveType: unknown }): Ref;
  scalarType(name: string, options: object): Ref;
  objectType(ref: Ref, options: { description: string; interfaces?: Ref[]; fields: Fields }): Ref;
  interfaceType(ref: Ref, options: { description: string; interfaces?: Ref[]; resolveType: unknown; fields: Fields }): Ref;
  queryType(options: { description: string; fields: Fields }): void;
  mutationType(options: { description: string; fields: Fields }): void;
  subscriptionType(options: { description: string; fields: Fields }): void;
  toSchema(options: object): GraphQLSchema;
}
export const loosely = (builder: Builder): LooseBuilder => builder as unknown as LooseBuilder;
