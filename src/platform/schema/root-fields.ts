import {
  type InputFieldMap,
  type InputShapeFromFields,
  MutationFieldBuilder,
  ObjectFieldBuilder,
  QueryFieldBuilder,
  type SchemaTypes,
} from '@pothos/core';
import type { Table } from '../database/table.ts';
import type { Seat } from '../permissions/seat.ts';
import type { ListScope } from '../read/entity.ts';
import { readField } from '../read/reader.ts';
import type { RowHandle, Sql } from '../sql/sql.ts';
import { overRows } from '../sql/sql-probe.ts';
import type { EntityRef } from './entity-ref.ts';
import { asScope, type Described, type Inputs, type ReadsArgs, readByStatement } from './field-writing.ts';
import { placeOf } from './place.ts';

export type RootOptions<T extends Table, Args extends InputFieldMap> = Described &
  ReadsArgs<Args> & { readonly where?: (row: RowHandle<T>, inputs: Inputs<Args>) => Sql };
export type PagesOptions<T extends Table, Args extends InputFieldMap> = RootOptions<T, Args> & {
  /** Refuses, before anything is planned, what the seat may not ask for. */
  check?(seat: Seat, args: InputShapeFromFields<Args>): void;
  /** False: without `where` and `search`, because whom the list is for may read nothing by which they would look. */
  readonly narrows?: boolean;
} & Pick<ListScope, 'listedBy' | 'absentToo' | 'proves' | 'order'>;
export type AnyOptions = Described & {
  /** Which object it is; undefined for none. */
  which(request: { readonly seat: Seat }): { readonly type: EntityRef; readonly uuid: string } | undefined;
};
const entityOf = (t: object, name: string) => {
  const { all } = placeOf((t as { builder: object }).builder);
  return () => all.entity(name);
};

/** Where a statement begins: of Query, and of payloads of mutations and subscriptions. */
const METHODS = {
  entity(this: object, { name, table }: EntityRef, { args, where, ...options }: RootOptions<Table, InputFieldMap>) {
    const reads = {
      reads: 'row',
      entity: entityOf(this, name),
      where: where && asScope(overRows(table, where as never)),
      nullable: true,
    } as const;
    return readByStatement(this, { ...options, type: name, nullable: true, args, reads, resolve: readField });
  },
  entityPages(this: object, { name, table }: EntityRef, options: PagesOptions<Table, InputFieldMap>) {
    const { args, where, check, listedBy, absentToo, proves, order, ...rest } = options;
    const scope: ListScope = { where: where && asScope(overRows(table, where as never)), listedBy, absentToo, proves, order, atMost: 100 };
    const reads = { reads: 'connection', entity: entityOf(this, name), scope, check: check as never } as const;
    return readByStatement(this, { ...rest, type: undefined, nullable: true, args, pageOf: name, reads, resolve: readField });
  },
  anyEntity(this: object, type: string, { which, ...options }: AnyOptions) {
    const { all } = placeOf((this as { builder: object }).builder);
    const reads = {
      reads: 'any',
      which: (request: { readonly seat: Seat }) => {
        const found = which(request);
        return found && { entity: all.entity(found.type.name), uuid: found.uuid };
      },
    } as const;
    return readByStatement(this, { ...options, type, nullable: true, reads, resolve: readField });
  },
};
for (const maker of [QueryFieldBuilder, ObjectFieldBuilder, MutationFieldBuilder]) Object.assign(maker.prototype, METHODS);

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
