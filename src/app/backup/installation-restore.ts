import { BackupFileError, type RestoreOptions, restore, type TableSum, TargetNotEmptyError } from '@guichet/backup';
import type pg from 'pg';
import { UnusableDatabaseError } from '../../platform/database/database.errors.ts';
import { checkingAllRows } from '../../platform/database/foreign-keys-checked.ts';
import { asLogin } from '../../platform/database/login.ts';
import {
  holdMigrations,
  insideTransaction,
  type Migration,
  type MigrationSet,
  makeGround,
  pendingOf,
} from '../../platform/database/migrations.ts';
import { forgetRaisers } from '../../platform/database/rights-function.ts';
import { sendAgain } from '../../platform/jobs/job-queue.ts';
import { type AboutInstallation, FORMAT, type InstallationBackup, type InstallationHead, SELECTION } from './installation.format.ts';

export interface InstallationRestoreOptions extends Pick<RestoreOptions<AboutInstallation>, 'progress'> {
  readonly backup: InstallationBackup;
  /** Migrations known here. */
  readonly sets: readonly MigrationSet[];
  /** Modules whose data is left out, and the database schemas that they have. */
  readonly without: { readonly modules: readonly string[]; readonly schemas: readonly string[] };
}

/**
 * Whether a backup can be restored by this program.
 * @throws UnusableDatabaseError where it was made by a later version, or a migration was edited since
 * @throws BackupFileError where it holds data of a module that is neither here nor left out
 */
export function assertRestorable(
  { guichet, migrations }: InstallationHead,
  { sets, without }: Pick<InstallationRestoreOptions, 'sets' | 'without'>,
): void {
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
 * Fills an empty database from a backup that was checked. Migrations that came later than it are left to `migrate`.
 * @throws UnusableDatabaseError where the database holds anything
 */
export async function restoreInstallation(
  url: string,
  file: string,
  options: InstallationRestoreOptions,
): Promise<Record<string, TableSum>> {
  const { backup, without, progress } = options;
  return asLogin(url, async (client) => {
    await holdMigrations(client);
    return restore(client, file, {
      ...{ format: FORMAT, backup, selection: SELECTION, progress },
      makeTables: (at) => makeTables(at, options),
      isLeftOut: (name) => without.schemas.includes(name.replace(/\..*/, '')),
      correct: async (at) => {
        await forgetRaisers(at);
        await sendAgain(at);
        await at.query('delete from schema_migrations where module = any($1)', [without.modules]);
      },
    });
  }).catch((error) => {
    if (!(error instanceof TargetNotEmptyError)) throw error;
    throw new UnusableDatabaseError(`${error.message}: name another DATA_DIR, or a new database in DATABASE_URL.`);
  });
}

async function makeTables(client: pg.ClientBase, options: InstallationRestoreOptions): Promise<void> {
  await makeGround(client);
  for (const migration of migrationsOf(options)) await checkingAllRows(client, insideTransaction(migration));
}

function migrationsOf({ backup, sets, without }: InstallationRestoreOptions): Migration[] {
  const recorded = new Set(backup.head.migrations.map(({ module, name }) => `${module}/${name}`));
  return sets
    .filter(({ module }) => !without.modules.includes(module))
    .flatMap(({ module, migrations }) => migrations.filter(({ name }) => recorded.has(`${module}/${name}`)));
}
