import { createHash } from 'node:crypto';
import type pg from 'pg';
import { announcement, type BackupFormat, type BackupHead, END_OF_ROWS, headLine, sealLine, type TableSum } from './backup.format.ts';
import { writeCompressed } from './backup-file.ts';
import { RowSum } from './row-sum.ts';
import { type StoredTable, sequenceStates, storedTables, type TableSelection } from './stored-tables.ts';
import { forCopying, type RowAccess, type RowGuard, rowsOf } from './table-copy.ts';

/**
 * Begins the transaction that a backup is read in: all in it is of one moment, and nobody changes the form of its tables until it ends.
 * Whoever migrates has to be kept off until this returns, and no longer.
 * @returns the tables that are to be written
 */
export async function openSnapshot(client: pg.ClientBase, selection: TableSelection): Promise<StoredTable[]> {
  await client.query('begin isolation level repeatable read read only');
  await forCopying(client);
  const tables = await storedTables(client, selection);
  if (tables.length > 0) await client.query(`lock table ${tables.map(({ name }) => name).join(', ')} in access share mode`);
  return tables;
}

export interface WriteOptions<About extends object> {
  readonly format: BackupFormat<About>;
  readonly about: About;
  /** The moment that the head names. */
  readonly now: Date;
  /** Those that `openSnapshot` has found. */
  readonly tables: readonly StoredTable[];
  /** The same that selected them: sequences lie beside the tables. */
  readonly selection: TableSelection;
  /** How a login that row level security holds for comes to the rows. Without it, such a login gets an error. */
  readonly guard?: RowGuard;
  readonly signal?: AbortSignal;
  /** Called for each table, before and while its rows are read. */
  progress?(table: string, rows: number): void;
}
export interface WrittenBackup {
  /** Bytes. */
  readonly size: number;
  readonly tables: Readonly<Record<string, TableSum>>;
}

/**
 * Writes all rows of the tables into one file, in the transaction of `openSnapshot`; others go on reading and writing meanwhile.
 * @throws BackupFileError where the file is there already, or cannot be written
 */
export async function writeBackup<About extends object>(
  client: pg.ClientBase,
  file: string,
  options: WriteOptions<About>,
): Promise<WrittenBackup> {
  const head = await headOf(client, options);
  const access = await accessOf(client, options);
  const sums: Record<string, TableSum> = {};
  const size = await writeCompressed(file, content(client, { head, access, sums, options }), options.signal);
  return { size, tables: sums };
}

async function headOf<About extends object>(
  client: pg.ClientBase,
  { about, now, tables }: WriteOptions<About>,
): Promise<BackupHead<About>> {
  const { rows } = await client.query<{ postgres: string }>(`select current_setting('server_version') as postgres`);
  return {
    ...about,
    postgres: rows[0]!.postgres,
    takenAt: now.toISOString(),
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
  };
}

async function accessOf(client: pg.ClientBase, { guard }: Pick<WriteOptions<object>, 'guard'>): Promise<RowAccess> {
  const { rows } = await client.query<{ all: boolean }>(
    'select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user',
  );
  return rows[0]!.all || !guard ? 'all' : { ...guard, values: await guard.values(client) };
}

interface Content<About extends object> {
  readonly head: BackupHead<About>;
  readonly access: RowAccess;
  /** Filled in while it is read. */
  readonly sums: Record<string, TableSum>;
  readonly options: WriteOptions<About>;
}

async function* content<About extends object>(
  client: pg.ClientBase,
  { head, access, sums, options }: Content<About>,
): AsyncGenerator<Buffer | string> {
  const first = headLine(options.format, head);
  yield `${first}\n`;
  for (const table of options.tables) {
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
  const sequences = await sequenceStates(client, options.selection);
  yield `${sealLine({ head: createHash('sha256').update(first).digest('hex'), tables: sums, sequences })}\n`;
}
