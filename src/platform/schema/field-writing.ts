import type { InputFieldMap } from '@pothos/core';
import type { Rule } from '../permissions/rule.ts';
import type { ConditionInputs, ListScope, ReadField } from '../read/entity.ts';
import type { Sql } from '../sql/sql.ts';
import type { EntityRef } from './entity-ref.ts';
import { placeOf } from './place.ts';

/** What every field of an entity says. */
export interface Described {
  readonly description: string;
  readonly rule: Rule;
  /** The one surface that has this field; both where the rule concerns both. */
  readonly surface?: 'staff' | 'portal';
  readonly deprecationReason?: string;
}
export type ReadsArgs<Args extends InputFieldMap> = { readonly args?: Args };
/** What the author of a condition gets; `argument` and its like know the names of the field's own arguments. */
export interface Inputs<Args extends InputFieldMap> extends Omit<ConditionInputs, 'argument' | 'id' | 'given' | 'word'> {
  argument(name: keyof Args & string, sqlType: string): Sql;
  id(name: keyof Args & string, type: EntityRef): Sql;
  given(name: keyof Args & string): boolean;
  word(name: keyof Args & string): string;
}
/** The condition as the read path asks it: types by their names. */
export const asScope = <Args extends InputFieldMap>(where: ((row: never, inputs: Inputs<Args>) => Sql) | undefined): ListScope['where'] =>
  where &&
  ((row, inputs) =>
    where(row as never, { ...inputs, id: (name: string, type: EntityRef) => inputs.id(name, type.name) } as unknown as Inputs<Args>));

type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;
/** What a field reads; its rule, its module and whose columns are meant are added. */
export type Reads = DistributiveOmit<ReadField, 'rule' | 'module' | 'ofKind'>;
export interface ReadParts extends Described {
  readonly type: unknown;
  readonly nullable: boolean | { readonly list: boolean; readonly items: boolean };
  readonly reads: Reads;
  readonly resolve: unknown;
  readonly args?: InputFieldMap;
  /** It gives pages of this type: their arguments and their connection are made with it. */
  readonly pageOf?: string;
  /** Whether its pages can be narrowed; they can where nothing is said. */
  readonly narrows?: boolean;
  readonly ofKind?: boolean;
}
interface FieldMaker {
  readonly builder: object;
  createField(options: object): object;
}

/** A field that a statement reads: what it reads stands beside it, and the planner finds it there. */
export function readByStatement(t: object, parts: ReadParts): object {
  const { description, rule, surface, deprecationReason, nullable, resolve, args, pageOf, narrows = true, ofKind = false } = parts;
  const maker = t as FieldMaker;
  const { module, all, parts: shared } = placeOf(maker.builder);
  const pages = pageOf ? shared.pages.pageArguments(maker, all.entity(pageOf), narrows) : {};
  const read = { ...parts.reads, rule, module, ofKind };
  return maker.createField({
    type: pageOf ? shared.connections.of(pageOf) : parts.type,
    nullable,
    description,
    rule,
    surface,
    deprecationReason,
    args: { ...args, ...pages },
    resolve,
    extensions: { module, read, pageOf },
  });
}
