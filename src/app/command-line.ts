import { Command, Option } from 'commander';
import { UnusableDatabaseError } from '../platform/database/database.errors.ts';
import { loggableError } from '../platform/log/loggable-error.ts';
import { withoutValues } from '../platform/log/message.rules.ts';
import { BULK_SIZES, type BulkSizeName } from './bulk/bulk-size.ts';
import { CommandError } from './command.errors.ts';
import { ENVIRONMENT_FILE, loadEnvironment, commandSettings as settings } from './command-settings.ts';
import { jobsCommands } from './jobs.commands.ts';
import { ModuleError } from './module.errors.ts';
import { organizationCommands } from './organization.commands.ts';
import { SettingsError, settingLines } from './settings.ts';
import { VERSION } from './version.ts';

type Json = { readonly json?: boolean };
type Without = { readonly without?: readonly string[] };
const WITHOUT = ['--without <plugin...>', 'leave plugins out'] as const;
const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;
const ALLOW_DROP = ['--allow-drop', 'with --write: columns and tables may go, with what is written in them'] as const;
type Explain = Json & { readonly as: string; readonly organization?: string; readonly variables?: string };
type Migrate = Json & Without & { readonly plan?: boolean; readonly write?: readonly string[]; readonly allowDrop?: boolean };
const MISUSES = [SettingsError, ModuleError, UnusableDatabaseError];

/** The command line (api 3). Exit codes: 0 done, 1 failed, 2 misused or wrongly set up. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', readEnough);
  try {
    await commandLine().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

/** Whoever reads a result may stop before its end, as `head` does. */
function readEnough(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Commands are imported when they run: `--help` and a wrong setting need not wait for the whole server to be read. */
export function commandLine(): Command {
  const program = new Command('guichet')
    .description('A GraphQL API server for working with people outside your company.')
    .version(VERSION)
    .addHelpText('after', `\nSettings are environment variables, also read from a file ${ENVIRONMENT_FILE}:\n${settingLines().join('\n')}`)
    .exitOverride();
  program
    .command('start')
    .description('start the server')
    .option(...WITHOUT)
    .option('--restart', 'start again by itself where the watchdog or a fault has ended it')
    .option('--show-errors', 'print errors as they are, with the values that they are about: for writing plugins, never in production')
    .action(async ({ without = [], showErrors = false }: Without & { showErrors?: boolean }) => {
      const chosen = settings();
      if (showErrors && chosen.isProduction) throw new SettingsError('--show-errors: refused with NODE_ENV=production.');
      await (await import('./commands/start.command.ts')).startCommand(chosen, { without, showErrors });
    });
  program
    .command('migrate')
    .description('bring the database up to date')
    .option('--plan', 'only say what would be done')
    .option('--write <words...>', 'with a module of the core and a name: write its next migration from its entities')
    .option(...ALLOW_DROP)
    .option(...JSON_OPTION)
    .option(...WITHOUT)
    .action(async ({ plan = false, write, allowDrop = false, json = false, without = [] }: Migrate) => {
      if (write) return writeMigration(write, allowDrop);
      const chosen = settings();
      await (await import('./commands/migrate.command.ts')).migrateCommand(chosen, { plan, json, without });
    });
  program
    .command('seed')
    .description('make the demo organizations; of a greater size, one of many people as well')
    .addOption(new Option('--size <size>', 'how much').choices(['small', ...Object.keys(BULK_SIZES)]).default('small'))
    .action(async ({ size }: { size: 'small' | BulkSizeName }) => {
      const chosen = settings({ DEMO: '1' });
      await (await import('./commands/seed.command.ts')).seedCommand(chosen, size);
    });
  program
    .command('token')
    .description('open a session for a phone and print its token')
    .requiredOption('--phone <phone>', 'phone number, E.164')
    .option('--organization <organization>', 'name or UUID of the organization, where the phone has several seats')
    .option('--seat <seat>', 'EMPLOYEE, CONTACT or the id of a seat, where the phone has several there')
    .option(...JSON_OPTION)
    .action(async ({ phone, organization, seat, json = false }: Json & { phone: string; organization?: string; seat?: string }) => {
      const chosen = settings();
      await (await import('./commands/token.command.ts')).tokenCommand(chosen, { phone, organization, seat, json });
    });
  program
    .command('explain <file>')
    .description(
      'tell how a query is answered for a seat: its statements with their plans, the rules asked, what is refused; - reads it from the input',
    )
    .requiredOption('--as <phone>', 'phone number of who asks, E.164')
    .option('--organization <organization>', 'name or UUID of the organization, where the phone has several seats')
    .option('--variables <json>', 'variables of the query')
    .option(...JSON_OPTION)
    .action(async (file: string, { as, organization, variables, json = false }: Explain) => {
      const chosen = settings();
      await (await import('./commands/explain.command.ts')).explainCommand(chosen, file, { as, organization, variables, json });
    });
  program
    .command('schema')
    .description('write schema.graphql, schema.portal.graphql and docs/permissions.md')
    .option('--check', 'only say whether they are up to date; exit code 1 where not')
    .option(...WITHOUT)
    .action(async ({ check = false, without = [] }: Without & { check?: boolean }) => {
      loadEnvironment();
      await (await import('./commands/schema.command.ts')).schemaCommand({ check, without });
    });
  safekeepingCommands(program);
  program
    .command('worker')
    .description('work on jobs without serving')
    .option(...WITHOUT)
    .action(async ({ without = [] }: Without) => {
      const chosen = settings();
      await (await import('./commands/worker.command.ts')).workerCommand(chosen, { without });
    });
  jobsCommands(program.command('jobs').description('list jobs, let them go on, or cancel them'));
  organizationCommands(program.command('organization').description('found organizations, certify them, set their quota and admins'));
  pluginCommands(program.command('plugin').description('make a plugin, check it, or write its next migration'));
  return program;
}

function safekeepingCommands(program: Command): void {
  program
    .command('backup <file>')
    .description('write all that the database keeps into a file; servers may run meanwhile')
    .option(...JSON_OPTION)
    .action(async (file: string, { json = false }: Json) => {
      const chosen = settings();
      await (await import('./commands/backup.command.ts')).backupCommand(chosen, file, { json });
    });
  program
    .command('restore <file>')
    .description('fill an empty database from a backup')
    .option(...JSON_OPTION)
    .option('--without <plugin...>', 'leave out plugins and what the backup holds of them')
    .action(async (file: string, { json = false, without = [] }: Json & Without) => {
      const chosen = settings();
      await (await import('./commands/restore.command.ts')).restoreCommand(chosen, file, { json, without });
    });
  program
    .command('doctor')
    .description('look whether a server could run here, and say what stands in the way; changes nothing')
    .option(...JSON_OPTION)
    .action(async ({ json = false }: Json) => {
      loadEnvironment();
      await (await import('./commands/doctor.command.ts')).doctorCommand(process.env, { json, environmentFile: ENVIRONMENT_FILE });
    });
}

function pluginCommands(plugin: Command): void {
  plugin
    .command('new <name>')
    .description('write a plugin that works, with its test, into plugins/<name>')
    .action(async (name: string) => (await import('./commands/plugin.command.ts')).newPluginCommand(name));
  plugin
    .command('check <name>')
    .description('load a plugin as a start does, and say what it adds')
    .action(async (name: string) => {
      loadEnvironment();
      await (await import('./commands/plugin.command.ts')).checkPluginCommand(name);
    });
  plugin
    .command('test <name> [words...]')
    .description('run a plugin’s tests; further words are vitest’s')
    .allowUnknownOption()
    .action(async (name: string, words: string[]) => {
      loadEnvironment();
      await (await import('./commands/plugin.command.ts')).testPluginCommand(name, words);
    });
  plugin
    .command('enable <name>')
    .description('turn a plugin on that was stopped because it did harm to the whole server')
    .action(async (name: string) => {
      const chosen = settings();
      await (await import('./commands/plugin.command.ts')).enablePluginCommand(chosen, name);
    });
  plugin
    .command('plan <name>')
    .description('print the SQL of what the plugin’s entities ask for beyond its migrations')
    .option('--write <name>', 'write it as the plugin’s next migration')
    .option(...ALLOW_DROP)
    .action(async (name: string, { write, allowDrop = false }: { write?: string; allowDrop?: boolean }) => {
      loadEnvironment();
      await (await import('./commands/plugin.command.ts')).planPluginCommand(name, { write, allowDrop });
    });
}

async function writeMigration([module, name, more]: readonly string[], allowDrop: boolean): Promise<void> {
  if (!module || !name || more) throw new SettingsError('--write takes the name of a module and the name of its next migration.');
  await (await import('./commands/migrate.command.ts')).writeMigrationCommand(module, { name, allowDrop });
}

/** Faults that a person can mend are one message; the rest show where they come from. */
function exitCodeOf(error: unknown): number {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) return exitCode === 0 ? 0 : 2;
  const misused = MISUSES.some((kind) => error instanceof kind);
  complain(misused || error instanceof CommandError ? (error as Error).message : traceOf(error));
  return misused ? 2 : 1;
}

const complain = (text: string): void => void process.stderr.write(`guichet: ${text}\n`);

function traceOf(error: unknown): string {
  const { class: name, code, frames } = loggableError(error);
  const { message, cause } = error instanceof Error ? error : { message: '', cause: undefined };
  const from = cause instanceof Error ? [`caused by ${loggableError(cause).class}: ${withoutValues(cause.message)}`] : [];
  return [`${name}: ${withoutValues(message)}${code ? ` (${code})` : ''}`, ...frames, ...from].join('\n    ');
}
