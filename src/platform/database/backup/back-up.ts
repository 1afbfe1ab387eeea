import { createHash } from 'node:crypto';
import type pg from 'pg';
import { UnusableDatabaseError } from '../database.errors.ts';
import { asLogin } from '../login.ts';
import { holdMigrations, letMigrationsGo, recordedMigrations } from '../migrations.ts';
import { announcement, type BackupHead, END_OF_ROWS, FORMAT, headLine, sealLine, type TableSum } from './backup.format.ts';
import { assertFree, writeCompressed } from './backup-file.ts';
import { type StoredTable, sequenceStates, storedTables } from './backup-tables.ts';
import { RowSum } from './row-sum.ts';
import { forCopying, type RowAccess, rowsOf } from './table-copy.ts';

export interface BackupOptions {
  /** Version of this program. */
  readonly version: string;
  readonly now: Date;
  readonly signal?: AbortSignal;
  /** Called for each table, before and while its rows are read. */
  progress?(table: string, rows: number): void;
  /** All organizations there are, asked where the login may not see past row level security. */
  organizations(client: pg.ClientBase): Promise<string[]>;
}
export interface BackupSummary {
  /** Bytes. */
  readonly size: number;
  readonly tables: Readonly<Record<string, TableSum>>;
}

/**
 * Writes all that an installation keeps into one file, as it was at one moment; servers go on meanwhile.
 * @throws UnusableDatabaseError where there is nothing to back up
 * @throws BackupFileError where the file is there already, or cannot be written
 */
export async function backUp(url: string, file: string, options: BackupOptions): Promise<BackupSummary> {
  await assertFree(file);
  return asLogin(url, async (client) => {
    const [head, tables] = await openSnapshot(client, options);
    const access = await accessOf(client, options);
    const sums: Record<string, TableSum> = {};
    const size = await writeCompressed(file, content(client, { head, tables, access, sums, options }), options.signal);
    return { size, tables: sums };
  });
}

/** No migration comes between: the tables are locked against changes of their form before others may migrate again. */
async function openSnapshot(client: pg.ClientBase, { version, now }: BackupOptions): Promise<[BackupHead, StoredTable[]]> {
  await holdMigrations(client);
  await client.query('begin isolation level repeatable read read only');
  await forCopying(client);
  const migrations = await recordedMigrations(client);
  if (migrations.length === 0)
    throw new UnusableDatabaseError('There is nothing to back up: no migration was ever applied to this database.');
  const tables = await storedTables(client);
  await client.query(`lock table ${tables.map(({ name }) => name).join(', ')} in access share mode`);
  await letMigrationsGo(client);
  const { rows } = await client.query<{ postgres: string }>(`select current_setting('server_version') as postgres`);
  const head: BackupHead = {
    format: FORMAT,
    formatVersion: 1,
    guichet: version,
    postgres: rows[0]!.postgres,
    takenAt: now.toISOString(),
    migrations,
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
  };
  return [head, tables];
}

async function accessOf(client: pg.ClientBase, { organizations }: BackupOptions): Promise<RowAccess> {
  const { rows } = await client.query<{ all: boolean }>(
    'select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user',
  );
  return rows[0]!.all ? 'all' : { organizations: await organizations(client) };
}

interface Content {
  readonly head: BackupHead;
  readonly tables: readonly StoredTable[];
  readonly access: RowAccess;
  /** Filled in while it is read. */
  readonly sums: Record<string, TableSum>;
  readonly options: BackupOptions;
}

async function* content(client: pg.ClientBase, { head, tables, access, sums, options }: Content): AsyncGenerator<Buffer | string> {
  const first = headLine(head);
  yield `${first}\n`;
  for (const table of tables) {
    yield `${announcement(table.name)}\n`;
    const sum = new RowSum();
    options.progress?.(table.name, 0);
    for await (const rows of rowsOf(client, table, access)) {
      sum.add(rows);
      options.progress?.(table.name, sum.rows);
      yield rows;
    }
    yield `${END_OF_ROWS}\n`;
    sums[table.name] = sum.sum();
  }
  const sequences = await sequenceStates(client);
  yield `${sealLine({ head: createHash('sha256').update(first).digest('hex'), tables: sums, sequences })}\n`;
}
