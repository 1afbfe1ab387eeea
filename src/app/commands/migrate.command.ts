import { migrate, planMigrations } from '../../platform/database/migrations.ts';
import { CommandError } from '../command.errors.ts';
import { openDatabase } from '../databases.ts';
import { isPacked } from '../home.ts';
import { migrationSets, modulesOf } from '../installation.ts';
import type { LoadedModule } from '../loaded-module.ts';
import { writeMigration } from '../migration-plan.ts';
import type { Settings } from '../settings.ts';
import { printLine, tell } from './output.ts';

interface MigrateOptions {
  readonly plan: boolean;
  readonly json: boolean;
  readonly without: readonly string[];
}

/** Brings the database up to date, or says what that would take. */
export async function migrateCommand(settings: Settings, { plan, json, without }: MigrateOptions): Promise<void> {
  const sets = migrationSets(await modulesOf(without));
  const home = await openDatabase(settings, tell);
  try {
    const steps = await (plan ? planMigrations(home.url, sets) : migrate(home.url, sets));
    if (json) return printLine(JSON.stringify(steps));
    for (const { module, name } of steps) printLine(`${plan ? 'would apply' : 'applied'} ${module}/${name}`);
    if (steps.length === 0) printLine('The database is up to date.');
  } finally {
    await home.leave();
  }
}

interface WriteOptions {
  /** Such as `add-due-date`. */
  readonly name: string;
  readonly allowDrop: boolean;
}
/** Writes the next migration of a module of the core, from its entities. */
export async function writeMigrationCommand(module: string, options: WriteOptions): Promise<void> {
  if (isPacked)
    throw new CommandError(
      'Modules of the core are written where Guichet is; a plugin’s: npx guichet plugin plan <name> --write <what-it-adds>.',
    );
  const modules = (await modulesOf([])).filter(({ isPlugin }) => !isPlugin);
  const found = modules.find(({ name }) => name === module);
  if (!found) throw new CommandError(`There is no module "${module}"; there is ${modules.map(({ name }) => name).join(', ')}.`);
  await writeMigrationOf(found, options);
}

/** Writes it and says so; what may take long or hold others up is said too. */
export async function writeMigrationOf(module: LoadedModule, options: WriteOptions): Promise<void> {
  const { files, warnings } = await writeMigration(module, options);
  for (const file of files) printLine(`wrote ${file}`);
  for (const warning of warnings) printLine(`mind: ${warning}`);
}
