import { type FieldMap, type FieldRef, ObjectFieldBuilder, type SchemaTypes } from '@pothos/core';
import type { Entity, ListScope } from '../read/entity.ts';
import { readField } from '../read/reader.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { EntityRef } from './entity-ref.ts';
import { type Described, readByStatement } from './field-writing.ts';
import { placeOf } from './place.ts';

// the builders' classes do not know the kinds that plugins add
const ObjectBuilder: {
  new <Types extends SchemaTypes, Shape>(
    builder: PothosSchemaTypes.SchemaBuilder<Types>,
  ): PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;
} = ObjectFieldBuilder as never;

type IdsOf<Done> = { [Name in keyof Done]: Done[Name] extends string | null ? Name : never }[keyof Done] & string;

type LoadedOptions = Described & {
  readonly absentToo?: boolean;
  /** The object as of an event: a property of the payload with values of some columns, which stand in the place of those it has now. */
  readonly asOf?: { readonly property: string; readonly columns: readonly string[] };
};

/** The object whose UUID a payload holds under `property`, by the caller's rules. */
export function loadedField(t: object, type: string, property: string, options: LoadedOptions): object {
  const { all } = placeOf((t as { builder: object }).builder);
  const entity = (): Entity => all.entity(type);
  const where: ListScope['where'] = (row, { source }) => sql`${(row as Record<string, Sql>)[entity().key]!} = ${source(property, 'uuid')}`;
  const { absentToo, asOf, ...rest } = options;
  const reads = { reads: 'row', entity, where, absentToo, asOf: asOf && { ...asOf, id: property }, nullable: true } as const;
  return readByStatement(t, { ...rest, type, nullable: true, reads, resolve: readField });
}

/** Fields of payloads: Pothos' own over what was done, and objects that are read by their ids under the caller's rules. */
export class PayloadFieldBuilder<Types extends SchemaTypes, Done> extends ObjectBuilder<Types, Done> {
  readonly loads: Record<string, string> = {};
  /** The object whose id the payload holds. */
  loaded(ref: EntityRef, property: IdsOf<Done>, options: LoadedOptions): FieldRef<Types, unknown, 'Object'> {
    this.loads[property] = ref.name;
    return loadedField(this, ref.name, property, options) as never;
  }
}
export type PayloadFields<Types extends SchemaTypes, Done> = (t: PayloadFieldBuilder<Types, Done>) => FieldMap;
