import { Command } from 'commander';
import pino from 'pino';
import { signInAs } from '../domains/accounts/index.ts';
import { EmbeddedDatabaseError } from '../platform/database/embedded/embedded.errors.ts';
import { migrate, planMigrations } from '../platform/database/migrations.ts';
import { openDatabase } from './databases.ts';
import { migrationSets, modulesOf, openInstallation } from './installation.ts';
import { ModuleError } from './module-loader.ts';
import { writeSchemaFiles } from './schema-files.ts';
import { readSettings, SettingsError } from './settings.ts';
import { start } from './start.ts';
import { VERSION } from './version.ts';

type Json = { readonly json?: boolean };
type Without = { readonly without?: readonly string[] };
const WITHOUT = ['--without <plugin...>', 'leave plugins out'] as const;
const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;
const silent = pino({ level: 'silent' });

/** The command line (api 3). Exit codes: 0 done, 1 failed, 2 misused or wrongly set up. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('guichet')
    .description('A GraphQL API server for working with people outside your company.')
    .version(VERSION)
    .exitOverride();
  program
    .command('start')
    .description('start the server')
    .option(...WITHOUT)
    .action(({ without }: Without) => start(settings(), without ?? []));
  program
    .command('migrate')
    .description('bring the database up to date')
    .option('--plan', 'only say what would be done')
    .option(...JSON_OPTION)
    .option(...WITHOUT)
    .action(migrateCommand);
  program.command('seed').description('make the demo organizations').option('--size <size>', 'small', 'small').action(seedCommand);
  program
    .command('token')
    .description('open a session for a phone and print its token')
    .requiredOption('--phone <phone>', 'phone number, E.164')
    .option('--organization <id>', 'UUID of the organization, where the phone has several seats')
    .option(...JSON_OPTION)
    .action(tokenCommand);
  program
    .command('schema')
    .description('write schema.graphql, schema.portal.graphql and docs/permissions.md')
    .option('--check', 'only say whether they are up to date; exit code 1 where not')
    .option(...WITHOUT)
    .action(async ({ check, without }: Without & { check?: boolean }) => {
      if (!writeSchemaFiles(await modulesOf(without ?? []), check ?? false)) process.exitCode = 1;
    });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

const settings = (): ReturnType<typeof readSettings> => readSettings(process.env);

async function migrateCommand({ plan, json, without }: Json & Without & { plan?: boolean }): Promise<void> {
  const sets = migrationSets(await modulesOf(without ?? []));
  const home = await openDatabase(settings());
  try {
    const steps = await (plan ? planMigrations(home.url, sets) : migrate(home.url, sets));
    if (json) return print(JSON.stringify(steps));
    for (const { module, name } of steps) print(`${plan ? 'would apply' : 'applied'} ${module}/${name}`);
    if (steps.length === 0) print('The database is up to date.');
  } finally {
    await home.stop();
  }
}

async function seedCommand({ size }: { size: string }): Promise<void> {
  if (size !== 'small') throw new SettingsError(`There is no size "${size}": this version makes "small" only.`);
  const installation = await openInstallation({ settings: { ...settings(), demo: true }, logger: silent, progress: print });
  await installation.close();
  print('The demo organizations are there.');
}

async function tokenCommand({ phone, organization, json }: Json & { phone: string; organization?: string }): Promise<void> {
  const installation = await openInstallation({ settings: settings(), logger: silent });
  try {
    const { token } = await signInAs(installation.runtime.door, { phone, organizationId: organization }, new Date());
    print(json ? JSON.stringify({ token }) : token);
  } finally {
    await installation.close();
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Faults that a person can mend are one message; the rest show where they come from. */
function exitCodeOf(error: unknown): number {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) return exitCode === 0 ? 0 : 2;
  const isPlain = error instanceof SettingsError || error instanceof ModuleError || error instanceof EmbeddedDatabaseError;
  process.stderr.write(`guichet: ${isPlain ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  return isPlain ? 2 : 1;
}
