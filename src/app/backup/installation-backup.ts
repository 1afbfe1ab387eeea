import { assertFree, openSnapshot, type WriteOptions, type WrittenBackup, writeBackup } from '@guichet/backup';
import type pg from 'pg';
import { organizationsWithSeats } from '../../domains/accounts/index.ts';
import { UnusableDatabaseError } from '../../platform/database/database.errors.ts';
import { asLogin } from '../../platform/database/login.ts';
import { holdMigrations, letMigrationsGo, recordedMigrations } from '../../platform/database/migrations.ts';
import { APP_ROLE, ORGANIZATION_SETTING } from '../../platform/database/server-roles.ts';
import { type AboutInstallation, FORMAT, SELECTION } from './installation.format.ts';

type Given = Pick<WriteOptions<AboutInstallation>, 'now' | 'signal' | 'progress'>;

export interface InstallationBackupOptions extends Given {
  /** Version of this program. */
  readonly version: string;
}

/**
 * Writes all that an installation keeps into one file, as it was at one moment; servers go on meanwhile.
 * @throws UnusableDatabaseError where there is nothing to back up
 * @throws BackupFileError where the file is there already, or cannot be written
 */
export async function backUpInstallation(
  url: string,
  file: string,
  { version, ...given }: InstallationBackupOptions,
): Promise<WrittenBackup> {
  await assertFree(file);
  return asLogin(url, async (client) => {
    await holdMigrations(client); // until the tables are locked against changes of their form
    const tables = await openSnapshot(client, SELECTION);
    const migrations = await appliedMigrations(client);
    await letMigrationsGo(client);
    return writeBackup(client, file, {
      ...given,
      ...{ format: FORMAT, about: { guichet: version, migrations }, tables, selection: SELECTION },
      guard: { role: APP_ROLE, setting: ORGANIZATION_SETTING, values: organizationsWithSeats },
    });
  });
}

async function appliedMigrations(client: pg.ClientBase): Promise<AboutInstallation['migrations']> {
  const migrations = await recordedMigrations(client);
  if (migrations.length > 0) return migrations;
  throw new UnusableDatabaseError('There is nothing to back up: no migration was ever applied to this database.');
}
