import {
  type FieldKind,
  type FieldNullability,
  type FieldRef,
  type InputFieldMap,
  type InputShapeFromFields,
  type OutputShape,
  type OutputType,
  type Resolver,
  RootFieldBuilder,
  type SchemaTypes,
  type ShapeFromTypeParam,
  type TypeParam,
} from '@pothos/core';
import type { ColumnName, Table } from '../database/table.ts';
import type { Role, Rule } from '../permissions/rule.ts';
import type { Entity, Join, ListScope, Order } from '../read/entity.ts';
import { checkTable, type RowHandle, type SeatSql, type Sql, sql } from '../sql/sql.ts';
import { overBoth, overRow, overRows } from '../sql/sql-probe.ts';
import { columnOf, formOf, naturalType, takenAs } from './entity-columns.ts';
import type { EntityRef, JsonRow } from './entity-ref.ts';
import type { RelationOptions, Through, Tied } from './field-relations.ts';
import { asScope, type Described, type Inputs, type ReadParts, type ReadsArgs, readByStatement } from './field-writing.ts';
import { type Needing, needing } from './needing-field.ts';
import { placeOf } from './place.ts';
import { oneOnEach } from './surface-variants.ts';

// Workaround for FieldKind not being extended on Builder classes (as in plugin-prisma)
const RootBuilder: {
  new <Types extends SchemaTypes, Shape, Kind extends FieldKind>(
    builder: PothosSchemaTypes.SchemaBuilder<Types>,
    kind: FieldKind,
    graphqlKind: 'Object',
  ): PothosSchemaTypes.RootFieldBuilder<Types, Shape, Kind>;
} = RootFieldBuilder as never;

/** The GraphQL type of a column where it is not its natural one: every value that the column can hold must be one of the type's. */
type Fitting<Types extends SchemaTypes, Value, Type> =
  NonNullable<Value> extends OutputShape<Types, Type>
    ? unknown
    : { readonly type: ['the column holds what the type has not', Exclude<NonNullable<Value>, OutputShape<Types, Type>>] };
type Ref<Types extends SchemaTypes, Value = unknown> = FieldRef<Types, Value, 'Entity'>;
type Nullable = { readonly nullable?: boolean };

const nameOf = (type: unknown): string => (typeof type === 'object' && type ? (type as { name: string }).name : (type as string));

/** Fields of a type that a table stands behind. Pothos' own (`t.string`, `t.field`, …) are here too: they say which columns they `need`. */
export class EntityFieldBuilder<Types extends SchemaTypes, T extends Table, Shape = JsonRow<T>> extends RootBuilder<
  Types,
  Shape,
  'Entity'
> {
  readonly #table: T;
  readonly #ofKind: boolean;
  constructor(builder: PothosSchemaTypes.SchemaBuilder<Types>, table: T, ofKind: boolean) {
    super(builder, 'Entity', 'Object');
    checkTable(table);
    this.#table = table;
    this.#ofKind = ofKind;
    const { module, isPlugin } = placeOf(builder);
    const create = (RootFieldBuilder.prototype as unknown as { createField(options: object): object }).createField;
    Object.assign(this, {
      createField: (options: { extensions?: { read?: object } }) =>
        create.call(this, options.extensions?.read ? options : needing(options as Needing, { table, module, isPlugin, ofKind })),
    });
  }

  /** The object's global id. */
  globalId(options: Described): Ref<Types, string> {
    return this.#read({ ...options, type: 'ID', nullable: false, reads: { reads: 'globalId' } });
  }
  /** A column as it is. Its GraphQL type follows from the column's, unless `type` names an enum or a scalar. */
  column<Name extends ColumnName<T>, Type extends OutputType<Types> = never>(
    name: Name,
    options: Described & { readonly type?: Type } & ([Type] extends [never] ? unknown : Fitting<Types, JsonRow<T>[Name], Type>),
  ): Ref<Types, JsonRow<T>[Name]> {
    const definition = columnOf(this.#table, name);
    const { type } = options as { type?: unknown };
    const { nullable, form } = definition;
    return this.#read({
      ...(options as Described),
      type: type === undefined ? naturalType(definition) : nameOf(type),
      nullable,
      reads: { reads: 'column', column: name, form, nullable },
    });
  }
  /** A value that the database computes over the row. */
  expression<Type extends OutputType<Types>>(
    type: Type,
    write: (row: RowHandle<T>, seat: SeatSql) => Sql,
    { nullable = true, ...options }: Described & Nullable,
  ): Ref<Types, OutputShape<Types, Type>> {
    const name = nameOf(type);
    return this.#read({
      ...options,
      type: name,
      nullable,
      reads: { reads: 'expression', sql: overRow(this.#table, write as never), form: formOf(name), nullable },
    });
  }
  /** `Money` of two columns: an amount in minor units, and a currency's code. There is none where the amount is null, whatever the currency says. */
  money(amount: ColumnName<T>, currency: ColumnName<T>, { nullable = true, ...options }: Described & Nullable): Ref<Types> {
    for (const name of [amount, currency]) columnOf(this.#table, name);
    const code = (row: Record<string, Sql>): Sql =>
      columnOf(this.#table, amount).nullable ? sql`case when ${row[amount]!} is not null then ${row[currency]!} end` : row[currency]!;
    const parts = (row: Record<string, Sql>) =>
      ({ amount: { sql: row[amount]!, form: 'number' }, currency: { sql: code(row), form: 'text' } }) as const;
    return this.#read({ ...options, type: 'Money', nullable, reads: { reads: 'value', parts } });
  }
  /** The object whose id a column holds. @param options `as`: the interface that it is shown as, where that is all to be said of it. */
  relation(
    target: EntityRef,
    column: ColumnName<T>,
    options: Described & { readonly as?: keyof Types['Interfaces'] & string },
  ): Ref<Types> {
    columnOf(this.#table, column);
    const { as = target.name, ...rest } = options;
    const entity = this.#entity(target);
    const on: Join['on'] = (row, other) => sql`${(other as Record<string, Sql>)[entity().key]!} = ${(row as Record<string, Sql>)[column]!}`;
    // null also where the seat cannot see the other object
    return this.#read({ ...rest, type: as, nullable: true, reads: { reads: 'row', entity, join: { on }, nullable: true } });
  }
  /**
   * What a column of JSON names: `{ type, id }` for a row, `{ type, values }` for an object without a table.
   * @param union of the types that it can be. @param proves roles toward rows of a type that whoever reads the field bears.
   */
  member(
    union: { readonly name: string },
    column: ColumnName<T>,
    { proves, ...options }: Described & { proves(type: string): readonly Role[] | undefined },
  ): Ref<Types> {
    columnOf(this.#table, column);
    const { all } = placeOf(this.builder);
    const member = (type: string) => ({ entity: all.types.get(type)?.entity, proves: proves(type) });
    return this.#read({ ...options, type: union.name, nullable: true, reads: { reads: 'member', column, member } });
  }
  /** One object that belongs to the row in some other way. @param options `as`: the interface that it is shown as. */
  one<Target extends Table, const Tables extends Through = Record<never, never>>(
    target: EntityRef<Target>,
    options: RelationOptions<T, Target, Tables> & { readonly as?: keyof Types['Interfaces'] & string },
  ): Ref<Types> {
    const { through, on, proves, as = target.name, ...rest } = options;
    const join = this.#tie(target, through, on);
    const reads = { reads: 'row', entity: this.#entity(target), join, proves, nullable: true } as const;
    return this.#read({ ...rest, type: as, nullable: true, reads });
  }
  /** The first of two objects that there is, shown as an interface of both. */
  either<One extends Table, Other extends Table>(
    as: keyof Types['Interfaces'] & string,
    one: Tied<T, One>,
    other: Tied<T, Other>,
    options: Described,
  ): Ref<Types> {
    const rows = [one, other].map(({ target, on }) => ({
      entity: this.#entity(target as EntityRef),
      join: this.#tie(target as EntityRef, undefined, on),
    }));
    return this.#read({ ...options, type: as, nullable: true, reads: { reads: 'either', rows } });
  }
  /** All of a few objects that belong to the row: `atMost` 100, which a rule of the product bounds (api 1). */
  list<Target extends Table, const Tables extends Through = Record<never, never>>(
    target: EntityRef<Target>,
    options: RelationOptions<T, Target, Tables> & { readonly atMost: number; readonly order?: Order },
  ): Ref<Types> {
    const { through, on, order, atMost, proves, ...rest } = options;
    const scope: ListScope = { join: this.#tie(target, through, on), order, atMost, proves };
    return this.#read({ ...rest, type: [target.name], nullable: false, reads: { reads: 'list', entity: this.#entity(target), scope } });
  }
  /** Many objects that belong to the row, as pages. */
  pages<Target extends Table, const Tables extends Through = Record<never, never>, Args extends InputFieldMap = Record<never, never>>(
    target: EntityRef<Target>,
    options: RelationOptions<T, Target, Tables> &
      ReadsArgs<Args> & {
        readonly order?: Order;
        readonly where?: (row: RowHandle<Target>, inputs: Inputs<Args>) => Sql;
      },
  ): Ref<Types> {
    const { through, on, args, where, order, proves, ...rest } = options;
    const condition = where && asScope<Args>(overRows(target.table, where as never));
    const scope: ListScope = { join: this.#tie(target, through, on), order, where: condition, proves, atMost: 100 };
    const reads = { reads: 'connection', entity: this.#entity(target), scope } as const;
    return this.#read({ ...rest, type: undefined, nullable: false, args, pageOf: target.name, reads });
  }
  /** The same row seen as another type: a group of fields, such as `viewerCan`. */
  sameRow(type: EntityRef<T>, options: Described): Ref<Types> {
    return this.#read({ ...options, type: type.name, nullable: false, reads: { reads: 'sameRow' } });
  }
  /** Whether the seat's roles toward the row admit it to an act. @param options `when`: and the row is such that it can be done now. */
  permission(permits: Rule, { when, ...options }: Described & { readonly when?: (row: RowHandle<T>) => Sql }): Ref<Types, boolean> {
    const now = when && overRow(this.#table, (row) => when(row as never));
    return this.#read({ ...options, type: 'Boolean', nullable: false, reads: { reads: 'permission', permits, when: now } });
  }
  /** The seat's roles toward the row. */
  viewerRoles(options: Described): Ref<Types> {
    return this.#read({ ...options, type: ['Role'], nullable: false, reads: { reads: 'viewerRoles' } });
  }
  /** Why the seat has them: through what, since when, until when. */
  viewerAccess(options: Described): Ref<Types> {
    return this.#read({ ...options, type: ['AccessReason'], nullable: false, reads: { reads: 'viewerAccess' } });
  }
  /** One name, on each surface another field: `Contact.owner` is an Employee for staff and a PortalEmployee for the contact. */
  onEach(fields: { readonly staff: Ref<Types>; readonly portal: Ref<Types> }): Ref<Types> {
    return oneOnEach(fields.staff as never, fields.portal as never) as never;
  }

  #tie({ table }: EntityRef, through: object | undefined, on: unknown): Join {
    return overBoth(this.#table, table, { through, on } as Join);
  }
  #entity({ name }: EntityRef): () => Entity {
    const { all } = placeOf(this.builder);
    return () => all.entity(name);
  }
  #read<Value>(parts: Omit<ReadParts, 'resolve'>): Ref<Types, Value> {
    return readByStatement(this, { ...parts, resolve: takenAs(parts.reads), ofKind: this.#ofKind }) as Ref<Types, Value>;
  }
}

/** What `also` computed: SQL has no type that could be known here. */
type Also = { readonly [name: string]: unknown };
declare global {
  export namespace PothosSchemaTypes {
    export interface PothosKindToGraphQLType {
      Entity: 'Object';
    }
    export interface FieldOptionsByKind<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /** A field of an entity that is resolved in JavaScript: it gets the columns that it needs, where its rule admits the seat. */
      Entity: Omit<FieldOptions<Types, ParentShape, Type, Nullable, Args, unknown, ResolveReturnShape>, 'resolve'> & {
        needs?: readonly (ResolveShape & keyof ParentShape)[];
        also?: Record<string, (row: { readonly [Name in keyof ParentShape & string]: Sql }, seat: SeatSql) => Sql>;
        resolve: Resolver<
          Pick<ParentShape, unknown extends ResolveShape ? never : ResolveShape & keyof ParentShape> & Also,
          InputShapeFromFields<Args>,
          Types['Context'],
          ShapeFromTypeParam<Types, Type, Nullable>,
          ResolveReturnShape
        >;
      };
    }
  }
}
