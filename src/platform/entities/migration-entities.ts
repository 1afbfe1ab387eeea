import { defineEntity, type EntitySchema, t as types } from '@mikro-orm/core';
import { APP_ROLE, ORGANIZATION_SETTING, WORKER_ROLE } from '../database/server-roles.ts';
import type { Index, Table } from '../database/table.ts';
import type { Column } from './column.ts';

const ROOT = 'organizations';
const MAPPED: Readonly<Record<string, keyof typeof types>> = {
  text: 'text',
  uuid: 'uuid',
  integer: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  timestamptz: 'datetime',
  date: 'date',
  jsonb: 'json',
};
export const bare = (name: string): string => name.replace(/^.*\./, '');
export const schemaOf = (name: string): string | undefined => (name.includes('.') ? name.replace(/\..*/, '') : undefined);
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const keyOf = ({ key }: Table): string[] => ['organization_id', ...key];

/**
 * Tables as MikroORM's comparator of schemas takes them: with the organization in every key, with policies and triggers. They are entities
 * apart from those of use cases, which know a row by its id alone.
 */
export function migrationEntities(tables: readonly Table[]): EntitySchema[] {
  const made = new Map<string, EntitySchema>();
  const named = (name: string): EntitySchema => {
    if (!made.has(name)) made.set(name, keyAlone(name));
    return made.get(name)!;
  };
  for (const table of tables) made.set(table.name, entityOf(table, named));
  for (const table of tables)
    for (const { definition } of Object.values(table.columns)) if (definition.references) named(definition.references.table);
  if (tables.some(refersToRoot)) named(ROOT);
  return [...made.values()];
}

/** A row that cannot be without another of its organization belongs to one by that. */
const refersToRoot = ({ name, columns, rootless }: Table): boolean =>
  name !== ROOT && !rootless && !Object.values(columns).some(({ definition }) => isParent(name, definition));
const isParent = (name: string, { references, nullable }: Column<unknown, boolean>['definition']): boolean =>
  references !== undefined && !nullable && references.table !== name;

const defined = (name: string, more: object): EntitySchema =>
  defineEntity({ name, tableName: bare(name), schema: schemaOf(name), ...more } as never) as unknown as EntitySchema;

/** What other modules' keys need to know of a table. */
function keyAlone(name: string): EntitySchema {
  const columns = name === ROOT ? ['organization_id'] : ['organization_id', 'id'];
  const key = (fieldName: string): object => ({ type: types.uuid, columnType: 'uuid', primary: true, fieldName });
  return defined(name, { primaryKeys: columns, properties: Object.fromEntries(columns.map((column) => [column, key(column)])) });
}

function entityOf(table: Table, named: (name: string) => EntitySchema): EntitySchema {
  const { name } = table;
  const properties: Record<string, object> = {};
  for (const [column, { definition }] of Object.entries(table.columns)) {
    properties[column] = columnProperty(table, column, definition);
    const to = definition.references;
    if (to) properties[`to_${column}`] = foreignKey(table, column, () => named(to.table), { deleteRule: to.onDelete });
  }
  if (refersToRoot(table)) properties.to_root = foreignKey(table, undefined, () => named(ROOT), { deleteRule: 'no action' });
  return defined(name, {
    primaryKeys: keyOf(table),
    properties,
    indexes: Object.entries(table.indexes).map(([index, of]) => ({ name: index, expression: indexSql(name, index, of) })),
    checks: checksOf(table),
    rowLevelSecurity: 'force',
    policies: policiesOf(table),
    triggers: triggersOf(table),
  });
}

function columnProperty(table: Table, column: string, definition: Column<unknown, boolean>['definition']): object {
  const [columnType, collation] = definition.sqlType.split(' collate ') as [string, string?];
  return {
    type: types[MAPPED[columnType]!],
    columnType,
    fieldName: column,
    nullable: definition.nullable,
    primary: keyOf(table).includes(column),
    ...(definition.default && !definition.generated ? { defaultRaw: definition.default } : {}),
    ...(definition.generated ? { generated: definition.generated } : {}),
    ...(collation ? { collation: collation.replaceAll('"', '') } : {}),
  };
}

function foreignKey({ name, columns }: Table, column: string | undefined, entity: () => EntitySchema, rules: object): object {
  return {
    kind: 'm:1',
    entity,
    joinColumns: ['organization_id', ...(column ? [column] : [])],
    referencedColumnNames: ['organization_id', ...(column ? ['id'] : [])],
    updateRule: 'no action',
    nullable: column !== undefined && columns[column]!.definition.nullable,
    index: false,
    foreignKeyName: `${bare(name)}_${['organization_id', ...(column ? [column] : [])].join('_')}_fkey`,
    ...rules,
  };
}

export function indexSql(table: string, name: string, { columns, unique, where }: Index): string {
  const listed = columns.map((column) => (column.startsWith('-') ? `${column.slice(1)} desc` : column));
  const partly = where ? ` where ${where}` : '';
  return `create ${unique ? 'unique ' : ''}index ${name} on ${table} (${['organization_id', ...listed].join(', ')})${partly}`;
}

function checksOf({ name, columns, checks }: Table): { name: string; expression: string }[] {
  const ofColumns = Object.entries(columns).flatMap(([column, { definition }]) => {
    const values = definition.values && `${column} in (${definition.values.map(quote).join(', ')})`;
    return [values, definition.check]
      .filter((one) => one !== undefined)
      .map((expression, i) => ({ name: `${bare(name)}_${column}_check${i || ''}`, expression }));
  });
  return [...Object.entries(checks).map(([check, expression]) => ({ name: check, expression })), ...ofColumns];
}

function policiesOf({ name, servesWorker }: Table): object[] {
  const own = `organization_id = (select current_setting('${ORGANIZATION_SETTING}')::uuid)`; // evaluated once a statement, not once a row
  return [
    { name: `${bare(name)}_organization`, roles: [APP_ROLE], using: own, check: own },
    ...(servesWorker ? [{ name: `${bare(name)}_worker`, roles: [WORKER_ROLE], using: 'true', check: 'true' }] : []),
  ];
}

/**
 * Triggers, so that no way of changing the rows is forgotten. All of an organization share the version of its rights: it is raised last, with
 * the commit. Grants do not hold the tables' owner, so what stays is kept by a trigger too.
 */
function triggersOf({ name, decidesSeats, appendOnly }: Table): object[] {
  const when = decidesSeats === true ? 'insert or update or delete' : decidesSeats && `update of ${decidesSeats.join(', ')}`;
  const raising = 'deferrable initially deferred for each row execute function raise_rights_version()';
  const of = (trigger: string, expression: string): object => ({ name: trigger, timing: 'after', events: ['update'], expression });
  const [rights, stays] = [`${bare(name)}_rights`, `${bare(name)}_stays`];
  return [
    ...(when ? [of(rights, `create constraint trigger ${rights} after ${when} on ${name} ${raising}`)] : []),
    ...(appendOnly
      ? [
          of(
            stays,
            `create trigger ${stays} before update or delete or truncate on ${name} for each statement execute function refuse_change()`,
          ),
        ]
      : []),
  ];
}

/** What the comparator of schemas does not compare: who may write, what of two rows may not be at once, indexes written as SQL. */
export interface Kept {
  readonly grants: string;
  readonly exclusions: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, string>>;
}
export function keptOf(table: Table): Kept {
  const rights = table.appendOnly ? 'select, insert' : 'select, insert, update, delete';
  const { name, exclusions, indexes, servesWorker } = table;
  return {
    grants: `${rights} on ${name} to ${[APP_ROLE, ...(servesWorker ? [WORKER_ROLE] : [])].join(', ')}`,
    exclusions: Object.fromEntries(
      Object.entries(exclusions).map(([constraint, { with: with_, where }]) => [
        constraint,
        `exclude using gist (organization_id with =, ${with_})${where ? ` where (${where})` : ''}`,
      ]),
    ),
    indexes: Object.fromEntries(Object.entries(indexes).map(([index, of]) => [index, indexSql(name, index, of)])),
  };
}
