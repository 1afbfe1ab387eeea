import { defineEntity, type EntityCtor, type EntitySchemaWithMeta, type InferEntityFromProperties, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { InsertType, SelectType } from 'kysely';
import { Column, type JsonForm } from './column.ts';
import { type Index, Table, type TableOptions } from './table.ts';
import { uuidv7 } from './uuid.ts';

/**
 * Columns of an entity: MikroORM's own builders, cut down to types whose comparisons are leakproof. All that a builder offers may follow:
 * `.nullable()`, `.default()`, `.check()`, `.version()`, `.primary()`.
 */
export const t = {
  text: () => p.text().columnType('text'),
  bytewiseText: () => p.text().columnType('text').collation('C'),
  uuid: () => p.uuid().columnType('uuid'),
  integer: () => p.integer().columnType('integer'),
  /** Raised by every change of the row; a row that somebody else has changed meanwhile is refused. */
  version: () => p.integer().columnType('integer').version().default(1),
  bigint: () => p.bigint('number').columnType('bigint'),
  boolean: () => p.boolean().columnType('boolean'),
  timestamptz: () => p.datetime().columnType('timestamptz'),
  date: () => p.date().columnType('date'),
  json: <Value>() => p.json<Value>().columnType('jsonb'),
  oneOf: <const Word extends string>(...words: readonly Word[]) => p.enum(words),
  /** Another object of the module, by a key `(organization_id, <name>_id)`. */
  to: p.manyToOne,
  /** The id of an object, of another module too: a foreign key, and nothing to walk along. */
  idOf: (target: Target, onDelete: 'restrict' | 'cascade' = 'restrict') => {
    const builder = p.uuid().columnType('uuid');
    (builder['~options'] as BuilderOptions)[REFERENCE] = { target, onDelete };
    return builder;
  },
} as const;

const REFERENCE = Symbol('reference');
type Target = () => { readonly name: string } | { readonly table: { readonly name: string } };

const organization = {
  organizationId: p
    .uuid()
    .columnType('uuid')
    .lazy()
    .hidden()
    .onCreate((_, em) => (em as unknown as { organizationId: string }).organizationId),
};
const identified = {
  id: p
    .uuid()
    .columnType('uuid')
    .primary()
    .onCreate(() => uuidv7()),
};

type Properties = Record<string, unknown>;
type OwnKey<Own> = { [Name in keyof Own]: Own[Name] extends { '~options': { primary: true } } ? Name : never }[keyof Own];
type Keyed<Own> = [OwnKey<Own>] extends [never] ? typeof identified & Own : Own;
type Inferred<Own extends Properties> = InferEntityFromProperties<Keyed<Own>, undefined, never, never, false, undefined, undefined, false>;

type Schema<Name extends string, Own extends Properties> = EntitySchemaWithMeta<
  Name,
  Name,
  Inferred<Own>,
  never,
  Keyed<Own>,
  EntityCtor<Inferred<Own>>,
  undefined
>;
type Row<Own extends Properties> = InferKyselyTable<Schema<string, Own>>;
type ColumnsOf<Own extends Properties> = { organization_id: Column<string> } & {
  [Name in keyof Row<Own> & string]: Column<SelectType<Row<Own>[Name]>, IsOptional<InsertType<Row<Own>[Name]>>>;
};
type IsOptional<Insert> = undefined extends Insert ? true : null extends Insert ? true : false;

/** An entity of MikroORM whose rows belong to an organization, with what the read path and the writing of SQL know of its table. */
export type TenantEntity<Name extends string = string, Own extends Properties = Properties> = Schema<Name, Own> & {
  readonly table: Table<ColumnsOf<Own>>;
};

type Names<Own> = keyof Own & string;
export interface TenantOptions<Own extends Properties>
  extends Omit<TableOptions<Record<never, never>>, 'columns' | 'key' | 'indexes' | 'decidesSeats'> {
  /** After the organization's id, which every index starts with; `-name` for descending. */
  readonly indexes?: Readonly<
    Record<
      string,
      { readonly columns: readonly (Names<Own> | 'id' | `-${Names<Own>}` | '-id')[]; readonly unique?: boolean; readonly where?: string }
    >
  >;
  readonly decidesSeats?: true | readonly Names<Own>[];
}

const declared: TenantEntity[] = [];
/** All entities that have been declared. */
export const declaredEntities = (): readonly TenantEntity[] => declared;

/**
 * Declares a table as an entity. `organization_id` is added to its columns, its primary key, its foreign keys and indexes; row level security
 * comes with it. MikroORM knows a row by its `id`: a transaction has one organization.
 */
export function tenantEntity<const Name extends string, const Own extends Properties>(
  name: Name,
  properties: (types: typeof t) => Own,
  options: TenantOptions<Own> = {},
): TenantEntity<Name, Own> {
  const own = properties(t);
  const hasKey = Object.values(own).some((one) => typeof one !== 'function' && optionsOf(one).primary);
  const all = { ...organization, ...(hasKey ? {} : identified), ...own };
  const [bare, schema] = name.split('.').reverse() as [string, string?];
  const entity = defineEntity({
    name: pascal(name),
    tableName: bare,
    schema,
    properties: all,
    filters: {
      organization: { name: 'organization', cond: (args: { id: string }) => ({ organizationId: args.id }), default: true, args: true },
    },
  } as never) as unknown as TenantEntity<Name, Own>;
  let table: Table | undefined;
  Object.defineProperty(entity, 'table', {
    get: () => (table ??= tableOf(name, all, options as TenantOptions<Properties>)),
  });
  declared.push(entity as unknown as TenantEntity);
  return entity;
}

interface BuilderOptions {
  readonly kind?: string;
  readonly entity?: () => { readonly table: Table };
  readonly columnType?: string;
  readonly collation?: string;
  readonly nullable?: boolean;
  readonly primary?: boolean;
  readonly persist?: boolean;
  readonly version?: boolean;
  readonly default?: unknown;
  readonly defaultRaw?: string;
  readonly check?: string;
  readonly items?: readonly string[];
  readonly deleteRule?: 'restrict' | 'cascade';
  [REFERENCE]?: { readonly target: Target; readonly onDelete: 'restrict' | 'cascade' };
}
const optionsOf = (builder: unknown): BuilderOptions => (builder as { '~options': BuilderOptions })['~options'];

const FORMS: Readonly<Record<string, JsonForm>> = {
  text: 'text',
  uuid: 'uuid',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  timestamptz: 'instant',
  date: 'date',
  jsonb: 'json',
};
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const pascal = (name: string): string => name.replaceAll(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The adapter: what the read path, Kysely's types and the DDL read of a table, from MikroORM's declaration. */
function tableOf(name: string, all: Properties, { indexes = {}, decidesSeats, ...flags }: TenantOptions<Properties>): Table {
  const columns = new Map<string, { readonly column: string; readonly of: Column<unknown, boolean>; readonly primary: boolean }>();
  for (const [property, one] of Object.entries(all)) {
    const options = optionsOf(typeof one === 'function' ? one() : one);
    if (options.kind === '1:m' || options.kind === 'm:n' || options.persist === false) continue;
    const column = options.kind ? `${snake(property)}_id` : snake(property);
    columns.set(property, { column, of: columnOf(options), primary: options.primary === true });
  }
  const columnOfProperty = (property: string): string =>
    property.startsWith('-') ? `-${columnOfProperty(property.slice(1))}` : columns.get(property)!.column;
  return new Table(name, {
    ...flags,
    columns: Object.fromEntries([...columns.values()].map(({ column, of }) => [column, of])),
    key: [...columns.values()].filter(({ primary }) => primary).map(({ column }) => column),
    indexes: Object.fromEntries(
      Object.entries(indexes).map(([index, of]) => [index, { ...of, columns: of.columns.map(columnOfProperty) } as Index]),
    ),
    decidesSeats: decidesSeats === undefined || decidesSeats === true ? decidesSeats : decidesSeats.map(columnOfProperty),
  } as never);
}

const tableIn = (target: ReturnType<Target>): { readonly name: string } => ('table' in target ? target.table : target);

function columnOf(options: BuilderOptions): Column<unknown, boolean> {
  const refers = options[REFERENCE];
  const target = options.kind ? options.entity!().table : refers && tableIn(refers.target());
  const sqlType = options.kind ? 'uuid' : (options.columnType ?? 'text');
  const check = typeof options.check === 'string' ? options.check : undefined;
  const preset = options.version ? '1' : (options.defaultRaw ?? literal(options.default));
  return new Column({
    sqlType: options.collation ? `${sqlType} collate "${options.collation}"` : sqlType,
    form: FORMS[sqlType]!,
    nullable: options.nullable ?? false,
    ...(preset === undefined ? {} : { default: preset }),
    ...(check ? { check } : {}),
    ...(options.items ? { values: options.items } : {}),
    ...(target ? { references: { table: target.name, onDelete: options.deleteRule ?? refers?.onDelete ?? 'restrict' } } : {}),
  });
}
const literal = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
