import { defineEntity, type EntitySchema, Type, t as types, UnknownType } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { DatabaseSchema, DatabaseTable, SchemaComparator } from '@mikro-orm/sql';
import type { Table } from './table.ts';
import { APP_ROLE, keepingDdl, ORGANIZATION_SETTING, refersToRoot, rightsDdl, WORKER_ROLE } from './table-ddl.ts';

const ROOT = 'organizations';
const bare = (name: string): string => name.replace(/^.*\./, '');
const schemaOf = (name: string): string | undefined => (name.includes('.') ? name.replace(/\..*/, '') : undefined);
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
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

/** The tables as MikroORM's generator of schemas takes them: the organization in every key, policies, triggers. */
function entitiesOf(tables: readonly Table[]): EntitySchema[] {
  const made = new Map<string, EntitySchema>();
  const named = (name: string): EntitySchema => made.get(name) ?? stub(name);
  const stub = (name: string): EntitySchema => {
    const columns = name === ROOT ? ['organization_id'] : ['organization_id', 'id'];
    const properties = Object.fromEntries(
      columns.map((column) => [column, { type: types.uuid, columnType: 'uuid', primary: true, fieldName: column }]),
    );
    const entity = defineEntity({
      name,
      tableName: bare(name),
      schema: schemaOf(name),
      primaryKeys: columns,
      properties,
    } as never) as unknown as EntitySchema;
    made.set(name, entity);
    return entity;
  };
  for (const table of tables) made.set(table.name, entityOf(table, named));
  for (const table of tables)
    for (const { definition } of Object.values(table.columns)) if (definition.references) named(definition.references.table);
  if (tables.some(refersToRoot)) named(ROOT);
  return [...made.values()];
}

function entityOf(table: Table, named: (name: string) => EntitySchema): EntitySchema {
  const { name, columns, key, indexes, checks } = table;
  const keys = ['organization_id', ...key.filter((one) => one !== 'organization_id')];
  const properties: Record<string, object> = {};
  const conditions: { name: string; expression: string }[] = Object.entries(checks).map(([check, expression]) => ({
    name: check,
    expression,
  }));
  for (const [column, { definition }] of Object.entries(columns)) {
    const [sqlType, collation] = definition.sqlType.split(' collate ') as [string, string?];
    properties[column] = {
      type: types[MAPPED[sqlType]!],
      columnType: sqlType,
      fieldName: column,
      nullable: definition.nullable,
      primary: keys.includes(column),
      ...(definition.default ? { defaultRaw: definition.default } : {}),
      ...(collation ? { collation: collation.replaceAll('"', '') } : {}),
    };
    const values = definition.values && `${column} in (${definition.values.map(quote).join(', ')})`;
    for (const [i, expression] of [values, definition.check?.replaceAll('?', column)].filter((one) => one !== undefined).entries())
      conditions.push({ name: `${bare(name)}_${column}_check${i || ''}`, expression });
    const to = definition.references;
    if (to)
      properties[`to_${column}`] = {
        kind: 'm:1',
        entity: () => named(to.table),
        joinColumns: ['organization_id', column],
        referencedColumnNames: ['organization_id', 'id'],
        deleteRule: to.onDelete,
        updateRule: 'no action',
        nullable: definition.nullable,
        index: false,
        foreignKeyName: `${bare(name)}_organization_id_${column}_fkey`,
      };
  }
  if (refersToRoot(table))
    properties.to_root = {
      kind: 'm:1',
      entity: () => named(ROOT),
      joinColumns: ['organization_id'],
      referencedColumnNames: ['organization_id'],
      index: false,
      deleteRule: 'no action',
      updateRule: 'no action',
      foreignKeyName: `${bare(name)}_organization_id_fkey`,
    };
  const own = `organization_id = (select current_setting('${ORGANIZATION_SETTING}')::uuid)`;
  return defineEntity({
    name,
    tableName: bare(name),
    schema: schemaOf(name),
    primaryKeys: keys,
    properties,
    indexes: Object.entries(indexes).map(([index, of]) => {
      const listed = of.columns.map((column) => (column.startsWith('-') ? `${column.slice(1)} desc` : column));
      const where = of.where ? ` where ${of.where}` : '';
      return {
        name: index,
        expression: `create ${of.unique ? 'unique ' : ''}index ${index} on ${name} (${['organization_id', ...listed].join(', ')})${where}`,
      };
    }),
    checks: conditions,
    rowLevelSecurity: 'force',
    policies: [
      { name: `${bare(name)}_organization`, roles: [APP_ROLE], using: own, check: own },
      ...(table.servesWorker ? [{ name: `${bare(name)}_worker`, roles: [WORKER_ROLE], using: 'true', check: 'true' }] : []),
    ],
    triggers: [...rightsDdl(table), ...keepingDdl(table)].map((expression) => ({
      name: /create (?:constraint )?trigger (\w+)/.exec(expression)![1]!,
      timing: 'after',
      events: ['update'],
      expression: expression.replace(/;$/, ''),
    })),
  } as never) as unknown as EntitySchema;
}

/** @param snapshot as it was written down with the module's last migration. @returns the SQL of the next, and the snapshot to keep. */
export async function nextMigrationSql(tables: readonly Table[], snapshot?: string): Promise<{ sql: string; snapshot: string }> {
  const others = new Set(tables.map(({ name }) => name));
  const orm = new MikroORM({
    entities: entitiesOf(tables) as never,
    dbName: 'none',
    discovery: { checkDuplicateTableNames: false, checkDuplicateFieldNames: false },
    ensureDatabase: false,
  });
  const platform = orm.driver.getPlatform();
  const metadata = [...orm.getMetadata().getAll().values()].filter((meta) =>
    others.has(meta.schema ? `${meta.schema}.${meta.tableName}` : meta.tableName),
  );
  const target = DatabaseSchema.fromMetadata(metadata as never, platform as never, orm.config, 'public', orm.em as never);
  const before = snapshot ? schemaFrom(snapshot, platform) : new DatabaseSchema(platform as never, 'public');
  const difference = new SchemaComparator(platform as never).compare(before, target);
  const ddl: string = (orm.schema as unknown as { diffToSQL(d: unknown, o: object): string }).diffToSQL(difference, {
    wrap: false,
    safe: false,
    dropTables: true,
  });
  // the comparator sees an index that is written as SQL only come and go
  const written = (schema: DatabaseSchema): Map<string, { readonly table: DatabaseTable; readonly sql: string }> =>
    new Map(
      schema
        .getTables()
        .flatMap((table) =>
          table
            .getIndexes()
            .flatMap((index) => (index.expression ? [[index.keyName, { table, sql: String(index.expression) }] as const] : [])),
        ),
    );
  const old = written(before);
  const indexes = [...written(target)].flatMap(([index, { table, sql }]) =>
    old.has(index) && old.get(index)!.sql !== sql
      ? [`drop index ${table.schema && table.schema !== 'public' ? `${table.schema}.` : ''}${index};`, `${sql};`]
      : [],
  );
  const known = new Set(
    before.getTables().map((table) => (table.schema && table.schema !== 'public' ? `${table.schema}.${table.name}` : table.name)),
  );
  const fresh = tables.filter(({ name }) => !known.has(name));
  const schemas = [...new Set(fresh.flatMap(({ name }) => schemaOf(name) ?? []))].filter(
    (one) => ![...known].some((name) => name.startsWith(`${one}.`)),
  );
  const grants = [
    ...schemas.map((one) => `grant usage on schema ${one} to ${APP_ROLE};`),
    ...fresh.map((table) => {
      const rights = table.appendOnly ? 'select, insert' : 'select, insert, update, delete';
      return `grant ${rights} on ${table.name} to ${[APP_ROLE, ...(table.servesWorker ? [WORKER_ROLE] : [])].join(', ')};`;
    }),
  ];
  const sql = [ddl.trim(), ...indexes, ...grants]
    .filter(Boolean)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
  await orm.close(true);
  return { sql: `${sql}\n`, snapshot: JSON.stringify(target, null, 1) };
}

/** As `Migrator` reads its own (it offers no way to be asked). */
function schemaFrom(snapshot: string, platform: unknown): DatabaseSchema {
  const { tables, namespaces } = JSON.parse(snapshot);
  const schema = new DatabaseSchema(platform as never, 'public');
  schema.setTables(
    tables.map((from: Record<string, never>) => {
      const table = new DatabaseTable(platform as never, from.name!, from.schema);
      table.setIndexes(from.indexes ?? []);
      table.setChecks(from.checks ?? []);
      table.setForeignKeys(from.foreignKeys ?? {});
      table.setTriggers(from.triggers ?? []);
      table.setPolicies(
        ((from.policies ?? []) as { roles?: string[] }[]).map((policy) => ({ ...policy, roles: policy.roles ?? [] })) as never,
      );
      table.rlsEnabled = !!from.rlsEnabled;
      table.rlsForced = !!from.rlsForced;
      for (const column of Object.values(from.columns as unknown as Record<string, { mappedType: string }>))
        table.addColumn({ ...column, mappedType: Type.getType((types as never)[column.mappedType] ?? UnknownType) } as never);
      return table;
    }),
  );
  schema.setNamespaces(new Set(namespaces));
  return schema;
}
