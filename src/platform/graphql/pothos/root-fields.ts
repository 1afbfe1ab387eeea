import {
  type InputFieldMap,
  type InputShapeFromFields,
  MutationFieldBuilder,
  ObjectFieldBuilder,
  QueryFieldBuilder,
  type SchemaTypes,
} from '@pothos/core';
import type { Table } from '../../database/table.ts';
import type { Seat } from '../../permissions/seat.ts';
import type { ListScope } from '../read/entity.ts';
import type { RowHandle, Sql } from '../read/sql.ts';
import type { Described } from '../schema/entity-fields.ts';
import { RootFields } from '../schema/root-fields.ts';
import type { EntityRef } from './entity-ref.ts';
import { type Inputs, type ReadsArgs, named as withIds, write } from './field-writing.ts';
import { placeOf } from './place.ts';

export type RootOptions<T extends Table, Args extends InputFieldMap> = Described &
  ReadsArgs<Args> & { readonly where?: (row: RowHandle<T>, inputs: Inputs<Args>) => Sql };
export type PagesOptions<T extends Table, Args extends InputFieldMap> = RootOptions<T, Args> & {
  /** Refuses, before anything is planned, what the seat may not ask for. */
  check?(seat: Seat, args: InputShapeFromFields<Args>): void;
} & Pick<ListScope, 'listedBy' | 'absentToo' | 'proves' | 'order'>;

export type AnyOptions = Described & {
  /** Which object it is; undefined for none. */
  which(request: { readonly seat: Seat }): { readonly type: EntityRef; readonly uuid: string } | undefined;
};
interface RootMethods {
  entity(ref: EntityRef, options: RootOptions<Table, InputFieldMap>): object;
  entityPages(ref: EntityRef, options: PagesOptions<Table, InputFieldMap>): object;
  anyEntity(type: string, options: AnyOptions): object;
}

/** Fields of Query where a statement begins. */
function rootFieldsOf(t: object): RootMethods {
  const { module, all } = placeOf((t as { builder: PothosSchemaTypes.SchemaBuilder<SchemaTypes> }).builder);
  const specs = new RootFields(module, all);
  return {
    entity: (ref, { args, where, ...options }) =>
      write(t, specs.one(ref.name, ref.table, { ...options, where: withIds(where as never)! }), args),
    entityPages: (ref, { args, where, ...options }) =>
      write(t, specs.connection(ref.name, ref.table, { ...options, where: withIds(where as never), check: options.check as never }), args),
    anyEntity: (type, { which, ...options }) => {
      const named = (request: { readonly seat: Seat }) => {
        const found = which(request);
        return found && { type: found.type.name, uuid: found.uuid };
      };
      return write(t, specs.any(type, { ...options, which: named }));
    },
  };
}

const METHODS = ['entity', 'entityPages', 'anyEntity'] as const;
for (const maker of [QueryFieldBuilder, ObjectFieldBuilder, MutationFieldBuilder])
  for (const method of METHODS)
    Object.assign(maker.prototype, {
      [method](this: object, ref: never, options: never) {
        return rootFieldsOf(this)[method](ref, options);
      },
    });

declare global {
  export namespace PothosSchemaTypes {
    export interface QueryFieldBuilder<Types extends SchemaTypes, ParentShape> {
      /** The object of a type that a condition finds; null where there is none that the seat can see. */
      entity: <T extends Table, Args extends InputFieldMap = Record<never, never>>(
        ref: EntityRef<T>,
        options: RootOptions<T, Args> & { where: unknown },
      ) => FieldRef<Types, unknown, 'Query'>;
      /** A page of a type's rows. */
      entityPages: <T extends Table, Args extends InputFieldMap = Record<never, never>>(
        ref: EntityRef<T>,
        options: PagesOptions<T, Args>,
      ) => FieldRef<Types, unknown, 'Query'>;
      /** An object whose type hangs on the request, shown as an interface. Without a seat it is null where its rule admits anybody. */
      anyEntity: (type: keyof Types['Interfaces'] & string, options: AnyOptions) => FieldRef<Types, unknown, 'Query'>;
    }
  }
}
