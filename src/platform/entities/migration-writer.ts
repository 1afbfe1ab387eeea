import { MikroORM } from '@mikro-orm/postgresql';
import { DatabaseSchema, SchemaComparator } from '@mikro-orm/sql';
import { OUTSIDE } from '../database/migrations.ts';
import { APP_ROLE } from '../database/server-roles.ts';
import type { Table } from '../database/table.ts';
import { type Kept, keptOf, migrationEntities, schemaOf } from './migration-entities.ts';
import { noSnapshot, readSnapshot, type Snapshot, snapshotText } from './migration-snapshot.ts';

/** What is to be written next for a module's tables; nothing changed where both texts are empty. */
export interface NextMigration {
  readonly sql: string;
  /** Indexes of tables that hold rows: made without holding writers up, in a migration of their own. */
  readonly indexSql: string;
  readonly snapshot: string;
  /** Statements that lose what is written in the tables. */
  readonly drops: readonly string[];
  /** What may take long or hold others up on a table that holds rows, and why. */
  readonly warnings: readonly string[];
}

/** @param snapshot as it was kept with the module's last migration; without one, all is new. */
export async function nextMigration(tables: readonly Table[], snapshot?: string): Promise<NextMigration> {
  const orm = new MikroORM({
    entities: migrationEntities(tables) as never,
    dbName: 'none',
    discovery: { checkDuplicateTableNames: false, checkDuplicateFieldNames: false, warnWhenNoEntities: false },
    ensureDatabase: false,
  });
  try {
    const platform = orm.driver.getPlatform() as never;
    const before = snapshot === undefined ? noSnapshot(platform) : readSnapshot(snapshot, platform);
    const own = new Set(tables.map(({ name }) => name));
    const metadata = [...orm.getMetadata().getAll().values()].filter(({ schema, tableName }) => own.has(fullName(schema, tableName)));
    const schema = DatabaseSchema.fromMetadata(metadata as never, platform, orm.config, 'public', orm.em as never);
    const after = { schema, kept: Object.fromEntries(tables.map((table) => [table.name, keptOf(table)])) };
    const difference = new SchemaComparator(platform).compare(before.schema, schema);
    const generator = orm.schema as unknown as { diffToSQL(difference: unknown, how: object): string };
    const ddl = generator.diffToSQL(difference, { wrap: false, safe: false, dropTables: true });
    return written(ddl.split('\n').filter(Boolean), before, after);
  } finally {
    await orm.close(true);
  }
}

const fullName = (schema: string | undefined, name: string): string => (schema && schema !== 'public' ? `${schema}.${name}` : name);
const INDEX = /^(?:create (?:unique )?|drop )index /i;

function written(ddl: readonly string[], before: Snapshot, after: Snapshot): NextMigration {
  const known = before.kept;
  const fresh = Object.entries(after.kept).filter(([name]) => !(name in known));
  const tables = ddl.filter((line) => !INDEX.test(line));
  const statements = [
    ...(needsGist(after, before) ? ['create extension if not exists btree_gist;'] : []),
    ...tables,
    ...fresh.flatMap(([, { indexes }]) => Object.values(indexes).map((sql) => `${sql};`)),
    ...exclusionChanges(before, after),
    ...schemaGrants(known, after.kept),
    ...grantChanges(before, after),
  ];
  return {
    sql: textOf(statements),
    indexSql: textOf(indexChanges(before, after), `${OUTSIDE}\n`),
    snapshot: snapshotText(after),
    drops: tables.filter((line) => /\bdrop (?:table|column|schema)\b/i.test(line)),
    warnings: statements.filter((line) => isOf(line, Object.keys(known))).flatMap(warningsOf),
  };
}
const textOf = (statements: readonly string[], first = ''): string => (statements.length ? `${first}${statements.join('\n')}\n` : '');

/** Each can be begun anew after it has failed half-way: what PostgreSQL left of the index goes first. */
function indexChanges(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(after.kept).flatMap(([table, { indexes }]) => {
    const old = before.kept[table]?.indexes;
    if (!old) return [];
    const inSchema = (index: string): string => [schemaOf(table), index].filter(Boolean).join('.');
    const gone = Object.keys(old).filter((index) => indexes[index] !== old[index]);
    const made = Object.entries(indexes).filter(([index, sql]) => old[index] !== sql);
    return [
      ...new Set([...gone, ...made.map(([index]) => index)].map((index) => `drop index concurrently if exists ${inSchema(index)};`)),
      ...made.map(([, sql]) => `${sql.replace(/ index /, ' index concurrently ')};`),
    ];
  });
}

const needsGist = (after: Snapshot, before: Snapshot): boolean => excludes(after) && !excludes(before);
const excludes = ({ kept }: Snapshot): boolean => Object.values(kept).some(({ exclusions }) => Object.keys(exclusions).length > 0);

function exclusionChanges(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(after.kept).flatMap(([table, { exclusions }]) => {
    const old = before.kept[table]?.exclusions ?? {};
    const gone = Object.keys(old).filter((name) => old[name] !== exclusions[name]);
    const made = Object.entries(exclusions).filter(([name, sql]) => old[name] !== sql);
    return [
      ...gone.map((name) => `alter table ${table} drop constraint ${name};`),
      ...made.map(([name, sql]) => `alter table ${table} add constraint ${name} ${sql};`),
    ];
  });
}

function schemaGrants(before: Readonly<Record<string, Kept>>, after: Readonly<Record<string, Kept>>): string[] {
  const schemas = (kept: object): Set<string> => new Set(Object.keys(kept).flatMap((name) => schemaOf(name) ?? []));
  const known = schemas(before);
  return [...schemas(after)].filter((schema) => !known.has(schema)).map((schema) => `grant usage on schema ${schema} to ${APP_ROLE};`);
}

/** The comparator writes policies, and no grants. */
function grantChanges(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(after.kept).flatMap(([table, { grants }]) => {
    const old = before.kept[table]?.grants;
    if (old === grants) return [];
    return [...(old ? [`revoke all on ${table} from ${old.replace(/^.* to /, '')};`] : []), `grant ${grants};`];
  });
}

const isOf = (line: string, tables: readonly string[]): boolean => {
  const table = /^alter table (\S+)/i.exec(line)?.[1]?.replaceAll('"', '');
  return table !== undefined && tables.includes(table);
};
const DANGERS: readonly (readonly [RegExp, string])[] = [
  [/\balter column \S+ type\b/i, 'may write the whole table anew, and nobody reads or writes it meanwhile'],
  [/\badd "\w+" .*\bgenerated always\b/i, 'writes the whole table anew, and nobody reads or writes it meanwhile'],
  [/\badd "\w+" (?=.*\bnot null\b)(?!.*\b(?:default|generated)\b)/i, 'fails where the table holds rows: give the column a default'],
  [/\bset not null\b/i, 'reads the whole table, and nobody reads or writes it meanwhile'],
  [/\badd constraint\b.*\bforeign key\b/i, 'reads the whole table, and nobody writes it or what it refers to meanwhile'],
  [/\badd constraint\b.*\b(?:check|exclude)\b/i, 'reads the whole table, and nobody reads or writes it meanwhile'],
];
const warningsOf = (line: string): string[] => line.split(/, (?=add |alter column )/).flatMap(warningsOfClause);
const warningsOfClause = (line: string): string[] =>
  DANGERS.filter(([danger]) => danger.test(line)).map(([, why]) => `${line.length > 120 ? `${line.slice(0, 120)}…` : line} ${why}.`);
