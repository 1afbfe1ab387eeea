import type { GraphQLFieldResolver } from 'graphql';
import type { Rule } from '../../permissions/rule.ts';
import type { ReadField } from '../read/entity.ts';
import type { InputFields } from './input.ts';

/** Resolves fields whose value a statement has written under their response key. */
export type Resolver = GraphQLFieldResolver<unknown, never, Record<string, unknown>>;

/** One output field as its author declared it; the registry turns it into a field of the schema. */
export interface FieldSpec {
  /** Name of the GraphQL type; in brackets for a list of non-null items, `[Type?]` where items may be null. */
  readonly type: string;
  readonly nullable: boolean;
  readonly description: string;
  readonly rule: Rule;
  readonly args?: InputFields;
  readonly argDefaults?: Readonly<Record<string, unknown>>;
  /** Arguments of a page of the named entity: first, after, last, before and what it can be filtered, ordered and searched by. */
  readonly pageOf?: string;
  readonly read?: ReadField;
  readonly resolve?: unknown;
  readonly subscribe?: unknown;
  /** The one surface that has this field; both where the rule concerns both. */
  readonly surface?: string;
  /** The field only leads on to guarded ones (edges, nodes): its rule is that of the connection. */
  readonly structural?: boolean;
  readonly deprecationReason?: string;
  /** In a payload: the property that holds the UUID of the object that the field reads. */
  readonly fromSource?: { readonly type: string; readonly property: string };
}
/** Output fields by their names. */
export type FieldSpecs = Readonly<Record<string, FieldSpec>>;
