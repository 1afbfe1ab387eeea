import type { GraphQLResolveInfo } from 'graphql';
import type { Column, JsonForm } from '../../database/column.ts';
import type { ColumnName, Table } from '../../database/table.ts';
import type { Rule } from '../../permissions/rule.ts';
import type { Entity, Join, ListScope, Order, ReadField, ValuePart } from '../read/entity.ts';
import { settled } from '../read/refusal.ts';
import { type RowHandle, type RowHandles, type SeatSql, type Sql, sql } from '../read/sql.ts';
import { DeclarationError } from './claims.ts';
import type { FieldSpec } from './field-spec.ts';
import type { InputFields } from './input.ts';

/** What every field says of itself. `rule` is who may read it; without one nothing builds. */
export interface Described {
  readonly description: string;
  readonly rule: Rule;
  /** The field stands on this surface alone. */
  readonly surface?: 'staff' | 'portal';
  readonly deprecationReason?: string;
}
type Nullable = { readonly nullable?: boolean };
type AnyRow = Record<string, Sql>;

/** Where rows of another table belong to this one. */
export type Relation<T extends Table, Target extends Table, Through extends Record<string, Table>> = {
  readonly through?: Through;
  on(row: RowHandle<T>, target: RowHandle<Target>, through: RowHandles<Through>): Sql;
};

const GRAPHQL_TYPES: Record<JsonForm, string> = {
  text: 'String',
  uuid: 'ID',
  number: 'Int',
  boolean: 'Boolean',
  instant: 'DateTime',
  date: 'Date',
  json: 'JSON',
};
const FORMS: Record<string, JsonForm> = {
  Int: 'number',
  Int53: 'number',
  Float: 'number',
  Boolean: 'boolean',
  DateTime: 'instant',
  Date: 'date',
  JSON: 'json',
};
const formOf = (type: string): JsonForm => FORMS[type] ?? 'text';

/** Takes what the statement wrote under the field's response key. */
export const written = (source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): unknown =>
  settled((source as Record<string, unknown>)[info.path.key]);

/** @throws DeclarationError where the table has no such column */
export function columnOf({ name: table, columns }: Table, name: string): Column<unknown, boolean>['definition'] {
  const column = columns[name];
  if (!column) throw new DeclarationError(`the table ${table} has no column ${name}`, 'declare it, or name another');
  return column.definition;
}

export interface FieldOwner {
  readonly module: string;
  /** The table whose columns are meant: of the entity, or of one of its kinds. */
  readonly table: Table;
  readonly ofKind: boolean;
  entity(name: string): Entity;
}

/** The fields of a type that is backed by a table: each names what it reads and its rule (spec 2.4, 8.2). */
export class EntityFields<T extends Table = Table> {
  readonly #owner: FieldOwner;
  constructor(owner: FieldOwner) {
    this.#owner = owner;
  }

  /** The object's global id. */
  id(options: Described): FieldSpec {
    return this.#field('ID', { ...options, nullable: false }, { reads: 'globalId' });
  }

  /** A column as it is. Its GraphQL type follows from the column's, unless `type` names an enum or a scalar. */
  column(name: ColumnName<T>, options: Described & { readonly type?: string }): FieldSpec {
    const definition = columnOf(this.#owner.table, name);
    const natural = definition.sqlType === 'bigint' ? 'Int53' : GRAPHQL_TYPES[definition.form];
    const { nullable } = definition;
    return this.#field(
      options.type ?? natural,
      { ...options, nullable },
      { reads: 'column', column: name, form: definition.form, nullable },
    );
  }

  /** A value that the database computes over the row. */
  expression(type: string, write: (row: RowHandle<T>, seat: SeatSql) => Sql, options: Described & Nullable): FieldSpec {
    const { nullable = true } = options;
    return this.#field(
      type,
      { ...options, nullable },
      { reads: 'expression', sql: write as (row: RowHandle, seat: SeatSql) => Sql, form: formOf(type), nullable },
    );
  }

  /** A small object made of columns of the row, such as `Money`. Null where all its parts are. */
  value(type: string, parts: (row: RowHandle<T>) => Record<string, ValuePart>, options: Described & Nullable): FieldSpec {
    return this.#field(type, options, { reads: 'value', parts: parts as (row: RowHandle) => Record<string, ValuePart> });
  }

  /** `Money` of two columns: an amount in minor units, and a currency's code. */
  money(amount: ColumnName<T>, currency: ColumnName<T>, options: Described & Nullable): FieldSpec {
    for (const name of [amount, currency]) columnOf(this.#owner.table, name);
    return this.value(
      'Money',
      (row) => ({ amount: { sql: row[amount], form: 'number' }, currency: { sql: row[currency], form: 'text' } }),
      options,
    );
  }

  /** The object whose id a column holds. */
  relation(type: string, column: ColumnName<T>, options: Described): FieldSpec {
    const target = this.#target(type);
    columnOf(this.#owner.table, column);
    const on: Join['on'] = (row, other) => sql`${(other as AnyRow)[target().key]!} = ${(row as AnyRow)[column]!}`;
    // null also where the seat cannot see the other object
    return this.#field(type, { ...options, nullable: true }, { reads: 'row', entity: target, join: { on }, nullable: true });
  }

  /** One object that belongs to the row in some other way. */
  one<Target extends Table, Through extends Record<string, Table>>(
    type: string,
    _target: Target,
    relation: Relation<T, Target, Through>,
    options: Described & { readonly proves?: ListScope['proves'] },
  ): FieldSpec {
    const { proves } = options;
    return this.#field(
      type,
      { ...options, nullable: true },
      { reads: 'row', entity: this.#target(type), join: relation as unknown as Join, proves, nullable: true },
    );
  }

  /** All of a few objects that belong to the row: `atMost` 100, which a rule of the product bounds (api 1). */
  list<Target extends Table, Through extends Record<string, Table>>(
    type: string,
    _target: Target,
    relation: Relation<T, Target, Through>,
    options: Described & { readonly atMost: number; readonly order?: Order; readonly proves?: ListScope['proves'] },
  ): FieldSpec {
    const { atMost, order, proves } = options;
    const scope: ListScope = { join: relation as unknown as Join, order, atMost, proves };
    return this.#field(`[${type}]`, { ...options, nullable: false }, { reads: 'list', entity: this.#target(type), scope });
  }

  /** Many objects that belong to the row, as pages. */
  connection<Target extends Table, Through extends Record<string, Table>>(
    type: string,
    _target: Target,
    relation: Relation<T, Target, Through>,
    options: Described & {
      readonly order?: Order;
      readonly args?: InputFields;
      readonly where?: ListScope['where'];
      readonly proves?: ListScope['proves'];
    },
  ): FieldSpec {
    const { order, args, where, proves } = options;
    const scope: ListScope = { join: relation as unknown as Join, order, where, proves, atMost: 100 };
    const spec = this.#field(
      `${type}Connection`,
      { ...options, nullable: false },
      { reads: 'connection', entity: this.#target(type), scope },
    );
    return { ...spec, args, pageOf: type };
  }

  /**
   * A value that JavaScript computes from columns of the row and perhaps from elsewhere (through a loader: one batch a level).
   * The columns leave the database only where the field's own rule admits the seat.
   */
  computed<Needs extends object, Context>(
    type: string,
    options: Described &
      Nullable & {
        readonly needs: readonly ColumnName<T>[];
        readonly also?: Record<string, (row: RowHandle<T>, seat: SeatSql) => Sql>;
        /** @param needs columns and further values by their names; null where the row has none. */
        resolve(needs: Needs, context: Context, args: Record<string, unknown>): unknown;
        readonly args?: InputFields;
      },
  ): FieldSpec {
    const columns = Object.fromEntries(options.needs.map((name) => [name, columnOf(this.#owner.table, name).form]));
    const expressions = (options.also ?? {}) as Record<string, (row: RowHandle, seat: SeatSql) => Sql>;
    const resolve = (source: unknown, args: Record<string, unknown>, context: Context, info: GraphQLResolveInfo): unknown =>
      options.resolve(written(source, args, context, info) as Needs, context, args);
    return { ...this.#field(type, options, { reads: 'needs', columns, expressions }), args: options.args, resolve };
  }

  /** The same row seen as another type: a group of fields, such as `viewerCan`. */
  sameRow(type: string, options: Described): FieldSpec {
    return this.#field(type, { ...options, nullable: false }, { reads: 'sameRow' });
  }
  /** Whether the seat's roles toward the row admit it to an act. */
  permission(permits: Rule, options: Described): FieldSpec {
    return this.#field('Boolean', { ...options, nullable: false }, { reads: 'permission', permits });
  }
  /** The seat's roles toward the row. */
  viewerRoles(options: Described): FieldSpec {
    return this.#field('[Role]', { ...options, nullable: false }, { reads: 'viewerRoles' });
  }
  /** Why the seat has them: through what, since when, until when. */
  viewerAccess(options: Described): FieldSpec {
    return this.#field('[AccessReason]', { ...options, nullable: false }, { reads: 'viewerAccess' });
  }

  #target = (type: string) => (): Entity => this.#owner.entity(type);

  #field(type: string, options: Described & Nullable, read: DistributiveOmit<ReadField, 'rule' | 'module' | 'ofKind'>): FieldSpec {
    const { description, rule, surface, deprecationReason, nullable = true } = options;
    const { module, ofKind } = this.#owner;
    return {
      type,
      nullable,
      description,
      rule,
      surface,
      deprecationReason,
      resolve: written,
      read: { ...read, rule, module, ofKind } as ReadField,
    };
  }
}
type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;
