import { BackupFileError, checkBackup, headOf } from '@guichet/backup';
import { migrate } from '../../platform/database/migrations.ts';
import { FORMAT } from '../backup/installation.format.ts';
import { assertRestorable, restoreInstallation } from '../backup/installation-restore.ts';
import { CommandError } from '../command.errors.ts';
import { openDatabase } from '../databases.ts';
import { migrationSets, modulesOf } from '../installation.ts';
import { schemaOf } from '../manifest.check.ts';
import { DOMAINS } from '../modules.ts';
import { pluginSources } from '../plugin-source.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { printLine, TableProgress, tell } from './output.ts';

interface RestoreCommandOptions {
  readonly json: boolean;
  readonly without: readonly string[];
}

/** Fills an empty database from a backup, and brings it up to date. The backup is read to its end before anything is changed. */
export async function restoreCommand(settings: Settings, file: string, { json, without }: RestoreCommandOptions): Promise<void> {
  try {
    const head = await headOf(file, FORMAT);
    const installed = (await pluginSources(without)).map(({ name }) => name);
    const held = head.migrations.map(({ module }) => module);
    const unknown = without.find((name) => isCore(name) || !(installed.includes(name) || held.includes(name)));
    if (unknown) throw new SettingsError(`--without ${unknown}: there is no such plugin, here or in the backup.`);
    const sets = migrationSets(await modulesOf(without.filter((name) => installed.includes(name))));
    const left = { modules: without, schemas: without.map(schemaOf) };
    assertRestorable(head, { sets, without: left });
    tell(`checking the backup of ${head.takenAt}`);
    const backup = await checkBackup(file, FORMAT);
    const rows = new Map(Object.entries(backup.seal.tables).map(([name, sum]) => [name, sum.rows]));
    const progress = new TableProgress('writing', rows);
    const home = await openDatabase(settings, tell);
    try {
      const tables = await restoreInstallation(home.url, file, {
        backup,
        sets,
        without: left,
        progress: (table, done) => progress.step(table, done),
      }).finally(() => progress.end());
      const applied = await migrate(home.url, sets);
      printLine(json ? JSON.stringify({ takenAt: head.takenAt, tables, applied }) : summary(head.takenAt, tables, applied.length));
    } finally {
      await home.leave();
    }
  } catch (error) {
    throw error instanceof BackupFileError ? new CommandError(`${file}: ${error.message}`) : error;
  }
}

const isCore = (name: string): boolean => DOMAINS.some((domain) => domain.name === name);

function summary(takenAt: string, tables: Readonly<Record<string, { readonly rows: number }>>, applied: number): string {
  const all = Object.values(tables);
  const rows = all.reduce((sum, table) => sum + table.rows, 0);
  const since = applied ? `; ${applied} later migrations were applied` : '';
  return `Restored ${rows} rows of ${all.length} tables as of ${takenAt}${since}.`;
}
