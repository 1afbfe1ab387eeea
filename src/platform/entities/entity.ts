import { defineEntity, type EntityCtor, type EntitySchemaWithMeta, type InferEntityFromProperties } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { InsertType, SelectType } from 'kysely';
import type { Table, TablePromises } from '../database/table.ts';
import type { Column } from './column.ts';
import { idColumn, optionsOf, organizationColumn, t } from './entity-columns.ts';
import { tableOf } from './entity-table.ts';

type Properties = Record<string, unknown>;
type OwnKey<Own> = { [Name in keyof Own]: Own[Name] extends { '~options': { primary: true } } ? Name : never }[keyof Own];
type Keyed<Own> = [OwnKey<Own>] extends [never] ? { id: typeof idColumn } & Own : Own;
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
  [Name in Exclude<keyof Row<Own> & string, 'organization_id'>]: Column<SelectType<Row<Own>[Name]>, IsOptional<InsertType<Row<Own>[Name]>>>;
};
type IsOptional<Insert> = undefined extends Insert ? true : null extends Insert ? true : false;

/** A declared table, whatever its columns. */
export interface DeclaredEntity<T extends Table = Table> {
  readonly name: string;
  readonly table: T;
}
/** An entity of MikroORM whose rows belong to an organization, with what the read path and the writing of SQL know of its table. */
export type TenantEntity<Name extends string = string, Own extends Properties = Properties> = Schema<Name, Own> & {
  readonly table: Table<ColumnsOf<Own>> & { readonly name: Name };
};

type Names<Own> = keyof Own & string;
export interface TenantOptions<Own extends Properties> extends TablePromises {
  /** After the organization's id, which every index starts with; `-name` for descending. */
  readonly indexes?: Readonly<
    Record<
      string,
      { readonly columns: readonly (Names<Own> | 'id' | `-${Names<Own>}` | '-id')[]; readonly unique?: boolean; readonly where?: string }
    >
  >;
  /** Facts of seats are read from the rows (`seatFacts`): whatever changes them, or these columns of them, makes every server ask anew. */
  readonly decidesSeats?: true | readonly Names<Own>[];
}

/**
 * Declares a table as an entity. `organization_id` is added to its columns, its primary key, its foreign keys and indexes; row level security
 * comes with it. MikroORM knows a row by its `id`: a transaction has one organization.
 * @param name with the schema of a plugin before it: `plg_lending.loans`.
 * @param properties columns and relations; without one that is `.primary()`, there is an `id` that grows with time.
 *
 * @example
 * export const Loan = tenantEntity(
 *   'plg_lending.loans',
 *   (t) => ({ contactId: t.idOf(() => refs.Contact), tool: t.text(), due: t.date().nullable() }),
 *   { indexes: { loans_contact: { columns: ['contactId', '-id'] } } },
 * );
 */
export function tenantEntity<const Name extends string, const Own extends Properties>(
  name: Name,
  properties: (types: typeof t) => Own,
  options: TenantOptions<Own> = {},
): TenantEntity<Name, Own> {
  const own = properties(t);
  const hasKey = Object.values(own).some((one) => typeof one !== 'function' && optionsOf(one).primary);
  const all = { organizationId: organizationColumn, ...(hasKey ? {} : { id: idColumn }), ...own };
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
  Object.defineProperty(entity, 'table', { get: () => (table ??= tableOf(name, all, options as never)) });
  return entity;
}

const pascal = (name: string): string => name.replaceAll(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase());
