import type pg from 'pg';
import { UnusableDatabaseError } from '../database.errors.ts';
import { asLogin } from '../login.ts';
import { holdMigrations, type Migration, type MigrationSet, makeGround, pendingOf } from '../migrations.ts';
import { forgetRaisers } from '../rights-function.ts';
import { BackupFileError, type BackupHead, type BackupSeal, type TableSum } from './backup.format.ts';
import { readParts } from './backup-reader.ts';
import { anyTables, type StoredTable, storedTables } from './backup-tables.ts';
import { RowSum } from './row-sum.ts';
import { forCopying, rowsOf, writeRows } from './table-copy.ts';
import { withoutGuards } from './table-guards.ts';

export interface RestoreOptions {
  /** What `checkBackup` has read. */
  readonly head: BackupHead;
  readonly seal: BackupSeal;
  /** Migrations known here. */
  readonly sets: readonly MigrationSet[];
  /** Modules whose data is left out, and the database schemas that they have. */
  readonly without: { readonly modules: readonly string[]; readonly schemas: readonly string[] };
  /** Called for each table, before and while its rows are written. */
  progress?(table: string, rows: number): void;
}

/**
 * Whether a backup can be restored by this program.
 * @throws UnusableDatabaseError where it was made by a later version, or a migration was edited since
 * @throws BackupFileError where it holds data of a module that is neither here nor left out
 */
export function assertRestorable({ guichet, migrations }: BackupHead, { sets, without }: Pick<RestoreOptions, 'sets' | 'without'>): void {
  const here = new Set(sets.map(({ module }) => module));
  const missing = migrations.find(({ module }) => !here.has(module) && !without.modules.includes(module));
  if (missing)
    throw new BackupFileError(
      `It holds data of the plugin "${missing.module}", which is not here: install it, or leave its data out by --without ${missing.module}.`,
    );
  const known = new Set(sets.flatMap(({ module, migrations: own }) => own.map(({ name }) => `${module}/${name}`)));
  const unknown = migrations.filter(({ module, name }) => here.has(module) && !known.has(`${module}/${name}`));
  if (unknown.length)
    throw new BackupFileError(
      `It is newer than this version of Guichet, which does not know ${unknown.map(({ module, name }) => `${module}/${name}`).join(', ')}: restore it with ${guichet}.`,
    );
  pendingOf(migrations, sets);
}

/**
 * Fills an empty database from a backup that was checked: the tables as they were then, the rows, and, where these read back are those that
 * were written, the end of the one transaction in which all of it happens. Later migrations are left to `migrate`.
 * @throws UnusableDatabaseError where the database holds anything
 */
export async function restore(url: string, file: string, options: RestoreOptions): Promise<Record<string, TableSum>> {
  return asLogin(url, async (client) => {
    await holdMigrations(client);
    await assertEmpty(client);
    await client.query('begin');
    await forCopying(client);
    await makeGround(client);
    for (const { sql } of migrationsOf(options)) await client.query(sql);
    const tables = await tablesOf(client, options);
    await withoutGuards(client, [...tables.values()], async () => {
      await writeTables(client, file, tables, options);
      await assertWritten(client, tables, options.seal);
      await forgetRaisers(client);
    });
    await setSequences(client, options);
    await client.query('delete from schema_migrations where module = any($1)', [options.without.modules]);
    await client.query('commit');
    await client.query('analyze');
    return Object.fromEntries([...tables.keys()].map((name) => [name, options.seal.tables[name]!]));
  });
}

export async function assertEmpty(client: pg.ClientBase): Promise<void> {
  const found = await anyTables(client);
  if (found.length === 0) return;
  const some = found.slice(0, 3).join(', ');
  throw new UnusableDatabaseError(
    `A backup is restored into an empty database only, and this one has tables (${some}${found.length > 3 ? ', …' : ''}): name another DATA_DIR, or a new database in DATABASE_URL.`,
  );
}

function migrationsOf({ head, sets, without }: RestoreOptions): Migration[] {
  const recorded = new Set(head.migrations.map(({ module, name }) => `${module}/${name}`));
  return sets
    .filter(({ module }) => !without.modules.includes(module))
    .flatMap(({ module, migrations }) => migrations.filter(({ name }) => recorded.has(`${module}/${name}`)));
}

/** The tables that the migrations have made, which must be those of the backup. */
async function tablesOf(client: pg.ClientBase, { head, without }: RestoreOptions): Promise<Map<string, StoredTable>> {
  const made = new Map((await storedTables(client)).map((table) => [table.name, table]));
  const wanted = head.tables.filter(({ name }) => !without.schemas.includes(name.replace(/\..*/, '')));
  const odd = wanted.find(({ name, columns }) => made.get(name)?.columns.join() !== columns.join())?.name;
  const additional = [...made.keys()].find((name) => !wanted.some((table) => table.name === name));
  if (odd ?? additional)
    throw new BackupFileError(`The migrations that are known here do not make the table ${odd ?? additional} as it was.`);
  return made;
}

async function writeTables(
  client: pg.ClientBase,
  file: string,
  tables: ReadonlyMap<string, StoredTable>,
  { progress }: RestoreOptions,
): Promise<void> {
  const parts = readParts(file);
  let part = await parts.next();
  while (!part.done) {
    const at = part.value;
    part = await parts.next();
    if (at.kind !== 'table') continue;
    const table = tables.get(at.table);
    if (!table) continue;
    const sum = new RowSum();
    progress?.(table.name, 0);
    await writeRows(
      client,
      table,
      (async function* () {
        for (; !part.done && part.value.kind === 'rows'; part = await parts.next()) {
          sum.add(part.value.rows);
          progress?.(table.name, sum.rows);
          yield part.value.rows;
        }
      })(),
    );
  }
}

async function assertWritten(client: pg.ClientBase, tables: ReadonlyMap<string, StoredTable>, seal: BackupSeal): Promise<void> {
  for (const table of tables.values()) {
    const sum = new RowSum();
    for await (const rows of rowsOf(client, table, 'all')) sum.add(rows);
    const [is, was] = [sum.sum(), seal.tables[table.name]!];
    if (is.rows !== was.rows || is.sha256 !== was.sha256)
      throw new BackupFileError(`The rows of ${table.name} read back are not those that the backup holds; nothing was restored.`);
  }
}

async function setSequences(client: pg.ClientBase, { seal, without }: RestoreOptions): Promise<void> {
  for (const [name, { value, called }] of Object.entries(seal.sequences))
    if (!without.schemas.includes(name.replace(/\..*/, '')))
      await client.query('select setval($1::regclass, $2, $3)', [name, value, called]);
}
