import { type FieldMap, type FieldRef, ObjectFieldBuilder, type SchemaTypes } from '@pothos/core';
import type { Described } from '../schema/entity-fields.ts';
import { RootFields } from '../schema/root-fields.ts';
import type { EntityRef } from './entity-ref.ts';
import { write } from './field-writing.ts';
import { placeOf } from './place.ts';

// the builders' classes do not know the kinds that plugins add
const ObjectBuilder: {
  new <Types extends SchemaTypes, Shape>(
    builder: PothosSchemaTypes.SchemaBuilder<Types>,
  ): PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;
} = ObjectFieldBuilder as never;

type IdsOf<Done> = { [Name in keyof Done]: Done[Name] extends string | null ? Name : never }[keyof Done] & string;

/** Fields of payloads: Pothos' own over what was done, and objects that are read by their ids under the caller's rules. */
export class PayloadFieldBuilder<Types extends SchemaTypes, Done> extends ObjectBuilder<Types, Done> {
  readonly loads: Record<string, string> = {};
  /** The object whose id the payload holds. */
  loaded(ref: EntityRef, property: IdsOf<Done>, options: Described & { readonly absentToo?: boolean }): FieldRef<Types, unknown, 'Object'> {
    const { module, all } = placeOf(this.builder as never);
    this.loads[property] = ref.name;
    return write(this, new RootFields(module, all).fromSource(ref.name, property, options)) as never;
  }
}
export type PayloadFields<Types extends SchemaTypes, Done> = (t: PayloadFieldBuilder<Types, Done>) => FieldMap;
