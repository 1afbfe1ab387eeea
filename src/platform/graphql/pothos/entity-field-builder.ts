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
import type { ColumnName, Table } from '../../database/table.ts';
import type { Rule } from '../../permissions/rule.ts';
import type { ListScope, Order } from '../read/entity.ts';
import type { RowHandle, SeatSql, Sql } from '../read/sql.ts';
import { type Described, EntityFields, type Relation } from '../schema/entity-fields.ts';
import type { FieldSpec } from '../schema/field-spec.ts';
import type { EntityRef, JsonRow } from './entity-ref.ts';
import { type Inputs, named, type ReadsArgs, write } from './field-writing.ts';
import { placeOf } from './place.ts';
import { oneOnEach } from './writing.ts';

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
type Through = Record<string, Table>;
type RelationOptions<T extends Table, Target extends Table, Tables extends Through> = Described &
  Relation<T, Target, Tables> &
  Pick<ListScope, 'proves'>;

const nameOf = (type: unknown): string | undefined =>
  typeof type === 'object' && type ? (type as { name: string }).name : (type as string | undefined);
const said = ({ description, rule, surface, deprecationReason }: Described): Described => ({
  description,
  rule,
  surface,
  deprecationReason,
});
/** Fields of a type that a table stands behind. Pothos' own (`t.string`, `t.field`, …) are here too: they say which columns they `need`. */
export class EntityFieldBuilder<Types extends SchemaTypes, T extends Table, Shape = JsonRow<T>> extends RootBuilder<
  Types,
  Shape,
  'Entity'
> {
  readonly #specs: EntityFields<T>;
  constructor(builder: PothosSchemaTypes.SchemaBuilder<Types>, table: T, ofKind: boolean) {
    super(builder, 'Entity', 'Object');
    const { module, all } = placeOf(builder);
    this.#specs = new EntityFields<T>({ module, table, ofKind, entity: (name) => all.entity(name) });
    const create = (RootFieldBuilder.prototype as unknown as { createField(options: object): object }).createField;
    Object.assign(this, {
      createField: (options: { extensions?: { read?: object } }) =>
        create.call(this, options.extensions?.read ? options : needing(options as Needing, table, module, ofKind)),
    });
  }

  globalId(options: Described): FieldRef<Types, string, 'Entity'> {
    return this.#write(this.#specs.id(options));
  }
  /** A column as it is. Its GraphQL type follows from the column's, unless `type` names an enum or a scalar. */
  column<Name extends ColumnName<T>, Type extends OutputType<Types> = never>(
    name: Name,
    options: Described & { readonly type?: Type } & ([Type] extends [never] ? unknown : Fitting<Types, JsonRow<T>[Name], Type>),
  ): FieldRef<Types, JsonRow<T>[Name], 'Entity'> {
    return this.#write(this.#specs.column(name, { ...said(options), type: nameOf((options as { type?: unknown }).type) }));
  }
  /** A value that the database computes over the row. */
  expression<Type extends OutputType<Types>, Nullable extends boolean = true>(
    type: Type,
    write: (row: RowHandle<T>, seat: SeatSql) => Sql,
    options: Described & { readonly nullable?: Nullable },
  ): FieldRef<Types, OutputShape<Types, Type>, 'Entity'> {
    return this.#write(this.#specs.expression(nameOf(type)!, write, options));
  }
  money(
    amount: ColumnName<T>,
    currency: ColumnName<T>,
    options: Described & { readonly nullable?: boolean },
  ): FieldRef<Types, unknown, 'Entity'> {
    return this.#write(this.#specs.money(amount, currency, options));
  }
  /** The object whose id a column holds. @param options `as`: the interface that it is shown as, where that is all to be said of it. */
  relation(
    target: EntityRef,
    column: ColumnName<T>,
    options: Described & { readonly as?: keyof Types['Interfaces'] & string },
  ): FieldRef<Types, unknown, 'Entity'> {
    const { as, ...rest } = options;
    const spec = this.#specs.relation(target.name, column, rest);
    return this.#write(as === undefined ? spec : { ...spec, type: as });
  }
  /** One object that belongs to the row in some other way. */
  one<Target extends Table, const Tables extends Through = Record<never, never>>(
    target: EntityRef<Target>,
    options: RelationOptions<T, Target, Tables>,
  ): FieldRef<Types, unknown, 'Entity'> {
    const { through, on, ...rest } = options;
    return this.#write(this.#specs.one(target.name, target.table, { through, on }, rest));
  }
  /** All of a few objects that belong to the row. */
  list<Target extends Table, const Tables extends Through = Record<never, never>>(
    target: EntityRef<Target>,
    options: RelationOptions<T, Target, Tables> & { readonly atMost: number; readonly order?: Order },
  ): FieldRef<Types, unknown, 'Entity'> {
    const { through, on, ...rest } = options;
    return this.#write(this.#specs.list(target.name, target.table, { through, on }, rest));
  }
  /** Many objects that belong to the row, as pages. */
  pages<Target extends Table, const Tables extends Through = Record<never, never>, Args extends InputFieldMap = Record<never, never>>(
    target: EntityRef<Target>,
    options: RelationOptions<T, Target, Tables> &
      ReadsArgs<Args> & {
        readonly order?: Order;
        readonly where?: (row: RowHandle<Target>, inputs: Inputs<Args>) => Sql;
      },
  ): FieldRef<Types, unknown, 'Entity'> {
    const { through, on, args, where, ...rest } = options;
    const spec = this.#specs.connection(target.name, target.table, { through, on }, { ...rest, where: named<Args>(where as never) });
    return this.#write(spec, args);
  }
  /** The same row seen as another type: a group of fields, such as `viewerCan`. */
  sameRow(type: EntityRef<T>, options: Described): FieldRef<Types, unknown, 'Entity'> {
    return this.#write(this.#specs.sameRow(type.name, options));
  }
  permission(permits: Rule, options: Described): FieldRef<Types, boolean, 'Entity'> {
    return this.#write(this.#specs.permission(permits, options));
  }
  viewerRoles(options: Described): FieldRef<Types, unknown, 'Entity'> {
    return this.#write(this.#specs.viewerRoles(options));
  }
  viewerAccess(options: Described): FieldRef<Types, unknown, 'Entity'> {
    return this.#write(this.#specs.viewerAccess(options));
  }
  /** One name, on each surface another field: `Contact.owner` is an Employee for staff and a PortalEmployee for the contact. */
  onEach(fields: {
    readonly staff: FieldRef<Types, unknown, 'Entity'>;
    readonly portal: FieldRef<Types, unknown, 'Entity'>;
  }): FieldRef<Types, unknown, 'Entity'> {
    return oneOnEach(fields.staff as never, fields.portal as never) as never;
  }

  #write<Value>(spec: FieldSpec, args?: InputFieldMap): FieldRef<Types, Value, 'Entity'> {
    return write(this, spec, args) as FieldRef<Types, Value, 'Entity'>;
  }
}

/** What `also` computed: SQL has no type that could be known here. */
type Also = { readonly [name: string]: unknown };
interface Needing {
  readonly rule: Rule;
  readonly extensions?: object;
  readonly needs?: readonly string[];
  readonly also?: Record<string, (row: RowHandle, seat: SeatSql) => Sql>;
}
/** A field of an entity that is resolved in JavaScript gets what it needs of the row, and that only where its rule admits the seat. */
function needing({ needs = [], also = {}, ...options }: Needing, { columns }: Table, module: string, ofKind: boolean): object {
  const forms = Object.fromEntries(needs.map((name) => [name, columns[name]!.definition.form]));
  const read = { reads: 'needs', columns: forms, expressions: also, rule: options.rule, module, ofKind };
  return { ...options, extensions: { ...options.extensions, unwraps: true, read } };
}

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
          Pick<ParentShape, ResolveShape & keyof ParentShape> & Also,
          InputShapeFromFields<Args>,
          Types['Context'],
          ShapeFromTypeParam<Types, Type, Nullable>,
          ResolveReturnShape
        >;
      };
    }
  }
}
