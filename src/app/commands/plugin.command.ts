import { join } from 'node:path';
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { CommandError } from '../command.errors.ts';
import { openDatabase } from '../databases.ts';
import { commandFor, HOME, isPacked, SCHEMA_COMMAND } from '../home.ts';
import { modulesOf } from '../installation.ts';
import type { LoadedModule } from '../loaded-module.ts';
import { isNothing, plannedMigration } from '../migration-plan.ts';
import { ModuleError } from '../module.errors.ts';
import { DOMAINS } from '../modules.ts';
import { writePlugin } from '../plugin-generator.ts';
import { openings } from '../plugin-openings.ts';
import { pluginSources } from '../plugin-source.ts';
import { forgetStop } from '../plugin-stops.ts';
import { checkTables } from '../plugin-tables.rules.ts';
import { testsOf, VITEST, vitestOf } from '../plugin-tests.ts';
import { buildSchemas, type Schemas } from '../schemas.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { writeMigrationOf } from './migrate.command.ts';
import { printLine, tell } from './output.ts';

/** Writes a plugin that works, and says what comes next. */
export function newPluginCommand(name: string): void {
  if (DOMAINS.some((module) => module.name === name))
    throw new SettingsError(`A module of the core is called "${name}": choose another name.`);
  for (const file of writePlugin(name, join(HOME, 'plugins'))) printLine(`plugins/${file}`);
  printLine(`Next: ${next(name)}.`);
}

const next = (name: string): string =>
  isPacked
    ? `${vitestOf(HOME) ? '' : `npm install --save-dev ${VITEST}, `}${commandFor(`plugin test ${name}`)}, and ${SCHEMA_COMMAND}`
    : `npm install, npx vitest run plugins/${name}, and ${SCHEMA_COMMAND}`;

/** Runs the tests of a plugin. @param more arguments for vitest */
export async function testPluginCommand(name: string, more: readonly string[]): Promise<void> {
  const sources = await pluginSources();
  const source = sources.find((one) => one.name === name);
  if (!source) throw noSuchPlugin(name, sources);
  process.exitCode = await testsOf(source, more);
}

/** Loads a plugin as a start does, and says what it adds. @throws ModuleError for the first thing that is wrong */
export async function checkPluginCommand(name: string): Promise<void> {
  const modules = await modulesOf([]);
  const plugin = pluginCalled(modules, name);
  const schemas = buildSchemas(modules);
  checkTables(plugin);
  await checkPlanned(plugin);
  printLine(`Plugin "${name}" ${plugin.version} can be loaded. It adds:`);
  for (const [what, names] of additions(plugin, schemas)) if (names.length) printLine(`  ${what}: ${names.join(', ')}`);
  const opened = openings(plugin, schemas);
  if (opened.length) printLine('It opens:');
  for (const line of opened) printLine(`  ${line}`);
}

/** @throws ModuleError where its entities have something that no migration makes */
async function checkPlanned(plugin: LoadedModule): Promise<void> {
  if (isNothing(await plannedMigration(plugin))) return;
  const mend = `write the next: ${commandFor(`plugin plan ${plugin.name} --write <what-it-adds>`)}`;
  throw new ModuleError(plugin, 'its entities ask for more than its migrations make', mend);
}

interface PlanOptions {
  /** Name of the migration to write; without it, its SQL is printed. */
  readonly write: string | undefined;
  readonly allowDrop: boolean;
}
/** Prints the SQL of what the plugin's entities ask for beyond its migrations, or writes it as its next one. */
export async function planPluginCommand(name: string, { write, allowDrop }: PlanOptions): Promise<void> {
  const plugin = pluginCalled(await modulesOf([]), name);
  if (write !== undefined) return writeMigrationOf(plugin, { name: write, allowDrop });
  const next = await plannedMigration(plugin);
  printLine(
    isNothing(next)
      ? '-- Its migrations make all that its entities declare.'
      : [next.sql, next.indexSql].filter(Boolean).join('\n').trimEnd(),
  );
}

/** Lets a stopped plugin be on again, from the next start of each server. @throws CommandError where it is not stopped */
export async function enablePluginCommand(settings: Settings, name: string): Promise<void> {
  const home = await openDatabase(settings, tell);
  try {
    if (!(await forgetStop(home.url, name))) throw new CommandError(`The plugin ${name} is not stopped.`);
  } finally {
    await home.leave();
  }
  printLine(`The plugin ${name} is on again from the next start of each server.`);
}

function pluginCalled(modules: readonly LoadedModule[], name: string): LoadedModule {
  const plugins = modules.filter(({ isPlugin }) => isPlugin);
  const found = plugins.find((plugin) => plugin.name === name);
  if (!found) throw noSuchPlugin(name, plugins);
  return found;
}

const noSuchPlugin = (name: string, plugins: readonly { readonly name: string }[]): SettingsError =>
  new SettingsError(`There is no plugin "${name}"; there is ${plugins.map((one) => one.name).join(', ') || 'none'}.`);

/** Types that follow from others. */
const FOLLOWING = /(Connection|Edge|Success|Event)$/;

function additions({ name, tables, rules = [], rights = {} }: LoadedModule, { staff }: Schemas): [string, string[]][] {
  const types = Object.values(staff.getTypeMap()).filter(isObjectType);
  const fields = types.flatMap((type) => {
    const own = Object.values(type.getFields()).filter(({ extensions }) => extensions.module === name);
    return own.length ? [{ type, own: own.map((field) => field.name) }] : [];
  });
  const isOwn = ({ extensions }: GraphQLObjectType): boolean => (extensions.guichet as { module?: string } | undefined)?.module === name;
  const rootFields = (root: string): string[] => fields.find(({ type }) => type.name === root)?.own ?? [];
  const roots = ['Query', 'Mutation', 'Subscription'];
  const named = fields.filter(({ type }) => !roots.includes(type.name) && !FOLLOWING.test(type.name));
  return [
    ['tables', tables.map((table) => table.name)],
    ['types', named.filter(({ type }) => isOwn(type)).map(({ type }) => type.name)],
    ['fields', named.filter(({ type }) => !isOwn(type)).flatMap(({ type, own }) => own.map((field) => `${type.name}.${field}`))],
    ['queries', rootFields('Query')],
    ['mutations', rootFields('Mutation')],
    ['subscriptions', rootFields('Subscription')],
    ['rules', rules.map((rule) => rule.name)],
    ['admin rights', Object.keys(rights)],
  ];
}
