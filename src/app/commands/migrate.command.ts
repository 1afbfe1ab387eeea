import { migrate, planMigrations } from '../../platform/database/migrations.ts';
import { openDatabase } from '../databases.ts';
import { migrationSets, modulesOf } from '../installation.ts';
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
