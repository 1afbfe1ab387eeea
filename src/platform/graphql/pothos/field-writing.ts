import type { InputFieldMap, SchemaTypes } from '@pothos/core';
import type { ConditionInputs, ListScope } from '../read/entity.ts';
import type { Sql } from '../read/sql.ts';
import type { FieldSpec } from '../schema/field-spec.ts';
import type { FieldMaker } from '../schema/pothos.ts';
import type { EntityRef } from './entity-ref.ts';
import { placeOf } from './place.ts';

export type ReadsArgs<Args extends InputFieldMap> = { readonly args?: Args };
/** What the author of a condition gets; `argument` and its like know the names of the field's own arguments. */
export interface Inputs<Args extends InputFieldMap> extends Omit<ConditionInputs, 'argument' | 'id' | 'given' | 'word'> {
  argument(name: keyof Args & string, sqlType: string): Sql;
  id(name: keyof Args & string, type: EntityRef): Sql;
  given(name: keyof Args & string): boolean;
  word(name: keyof Args & string): string;
}
export const named = <Args extends InputFieldMap>(where: ((row: never, inputs: Inputs<Args>) => Sql) | undefined): ListScope['where'] =>
  where &&
  ((row, inputs) =>
    where(row as never, { ...inputs, id: (name: string, type: EntityRef) => inputs.id(name, type.name) } as unknown as Inputs<Args>));

/** @param args of the field, beside those that pages have */
export function write(t: object, spec: FieldSpec, args: InputFieldMap = {}): object {
  const { builder } = t as { builder: PothosSchemaTypes.SchemaBuilder<SchemaTypes> };
  const { module, writing } = placeOf(builder);
  const options = writing.optionsOf(spec, module, t as FieldMaker) as { args: object };
  return (t as { createField(options: object): object }).createField({ ...options, args: { ...args, ...options.args } });
}
