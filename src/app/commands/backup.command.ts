import { assertFree, BackupFileError } from '@guichet/backup';
import { backUpInstallation } from '../backup/installation-backup.ts';
import { CommandError } from '../command.errors.ts';
import { openExisting } from '../databases.ts';
import type { Settings } from '../settings.ts';
import { VERSION } from '../version.ts';
import { printLine, TableProgress, tell } from './output.ts';

/** Writes all that the database keeps into a file. */
export async function backupCommand(settings: Settings, file: string, { json }: { readonly json: boolean }): Promise<void> {
  const progress = new TableProgress('reading');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    await assertFree(file);
    const home = await openExisting(settings, tell);
    try {
      const { size, tables } = await backUpInstallation(home.url, file, {
        version: VERSION,
        now: new Date(),
        signal: stopping.signal,
        progress: (table, rows) => progress.step(table, rows),
      }).finally(() => progress.end());
      const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
      printLine(
        json ? JSON.stringify({ file, size, tables }) : `${file}: ${rows} rows of ${Object.keys(tables).length} tables, ${size} bytes.`,
      );
    } finally {
      await home.leave();
    }
  } catch (error) {
    throw told(error, stopping.signal);
  }
  if (settings.secret) tell('GUICHET_SECRET is set, and is not in the backup: keep it as well.');
}

function told(error: unknown, { aborted }: AbortSignal): unknown {
  if (aborted) return new CommandError('The backup was stopped; nothing was written.');
  return error instanceof BackupFileError ? new CommandError(error.message) : error;
}
