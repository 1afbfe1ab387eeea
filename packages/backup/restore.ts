import type pg from 'pg';
import { BackupFileError, TargetNotEmptyError } from './backup.errors.ts';
import type { BackupFormat, BackupSeal, TableSum } from './backup.format.ts';
import { type CheckedBackup, readParts } from './backup-reader.ts';
import { RowSum } from './row-sum.ts';
import { anyTables, type StoredTable, storedTables, type TableSelection } from './stored-tables.ts';
import { forCopying, rowsOf, writeRows } from './table-copy.ts';
import { withoutGuards } from './table-guards.ts';

export interface RestoreOptions<About extends object> {
  readonly format: BackupFormat<About>;
  /** What `checkBackup` has read. */
  readonly backup: CheckedBackup<About>;
  /** Those of the tables made that the backup is to fill. */
  readonly selection: TableSelection;
  /** Makes the tables as they were, in the transaction of the restore. */
  makeTables(client: pg.ClientBase): Promise<void>;
  /** Whether a table or a sequence is left out. @param name with its schema: `public.contacts` */
  isLeftOut?(name: string): boolean;
  /** Corrects what cannot stay as it was, when all rows are there and triggers still off. */
  correct?(client: pg.ClientBase): Promise<void>;
  /** Called for each table, before and while its rows are written. */
  progress?(table: string, rows: number): void;
}

/**
 * Fills an empty database from a backup that was checked: the tables as they were then, the rows, and, where these read back are those that
 * were written, the end of the one transaction in which all of it happens. The client belongs to the owner of what is made.
 * @throws TargetNotEmptyError where the database holds anything; BackupFileError where the tables made are not those of the backup
 */
export async function restore<About extends object>(
  client: pg.ClientBase,
  file: string,
  options: RestoreOptions<About>,
): Promise<Record<string, TableSum>> {
  const { seal } = options.backup;
  await assertEmpty(client);
  await client.query('begin');
  await forCopying(client);
  await options.makeTables(client);
  const tables = await tablesOf(client, options);
  await withoutGuards(client, [...tables.values()], async () => {
    await writeTables(client, file, tables, options);
    await assertWritten(client, tables, seal);
    await options.correct?.(client);
  });
  await setSequences(client, options);
  await client.query('commit');
  await client.query('analyze');
  return Object.fromEntries([...tables.keys()].map((name) => [name, seal.tables[name]!]));
}

async function assertEmpty(client: pg.ClientBase): Promise<void> {
  const found = await anyTables(client);
  if (found.length === 0) return;
  const some = found.slice(0, 3).join(', ');
  throw new TargetNotEmptyError(
    `A backup is restored into an empty database only, and this one has tables (${some}${found.length > 3 ? ', …' : ''})`,
  );
}

const isLeftOut = ({ isLeftOut: asked }: Pick<RestoreOptions<object>, 'isLeftOut'>, name: string): boolean => asked?.(name) ?? false;

/** The tables that were made, which must be those of the backup. */
async function tablesOf<About extends object>(client: pg.ClientBase, options: RestoreOptions<About>): Promise<Map<string, StoredTable>> {
  const made = new Map((await storedTables(client, options.selection)).map((table) => [table.name, table]));
  const wanted = options.backup.head.tables.filter(({ name }) => !isLeftOut(options, name));
  const odd = wanted.find(({ name, columns }) => made.get(name)?.columns.join() !== columns.join())?.name;
  const additional = [...made.keys()].find((name) => !wanted.some((table) => table.name === name));
  if (odd ?? additional) throw new BackupFileError(`The table ${odd ?? additional} is not made here as it was.`);
  return made;
}

async function writeTables<About extends object>(
  client: pg.ClientBase,
  file: string,
  tables: ReadonlyMap<string, StoredTable>,
  { format, progress }: RestoreOptions<About>,
): Promise<void> {
  const parts = readParts(file, format);
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

async function setSequences<About extends object>(client: pg.ClientBase, options: RestoreOptions<About>): Promise<void> {
  for (const [name, { value, called }] of Object.entries(options.backup.seal.sequences))
    if (!isLeftOut(options, name)) await client.query('select setval($1::regclass, $2, $3)', [name, value, called]);
}
