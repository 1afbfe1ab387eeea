import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HOME } from './home.ts';
import { readConfig } from './installation-config.ts';
import { ModuleError } from './module.errors.ts';
import type { PluginFolder } from './plugin-folder.ts';
import { SettingsError } from './settings.ts';

/** Where a plugin lies. */
export interface PluginSource extends PluginFolder {
  readonly entry: URL;
}

/** A folder that holds one of them is meant as a plugin. */
const MARKS = ['index.ts', 'index.js', 'package.json'];
const isPath = (given: string): boolean => given.startsWith('.') || isAbsolute(given);

/** The plugins of this installation: those in `plugins/`, those that its configuration names and those that `PLUGINS` names, by their names. */
export const pluginSources = async (without: readonly string[] = []): Promise<PluginSource[]> =>
  sourcesOf([...(await readConfig()).plugins, ...(process.env.PLUGINS ?? '').split(',').flatMap((one) => one.trim() || [])], { without });

interface Places {
  /** Names of plugins that are left out: there may be two of one. */
  readonly without?: readonly string[];
  /** Where paths begin, and packages are looked for. */
  readonly from?: string;
  /** The folder whose plugins need not be named. */
  readonly plugins?: string;
}

/**
 * @param named paths and names of packages
 * @throws SettingsError where there is none of that name, and ModuleError where two have one name
 */
export function sourcesOf(
  named: readonly string[],
  { without = [], from = process.cwd(), plugins = join(HOME, 'plugins') }: Places = {},
): PluginSource[] {
  const given = named.map((one) => (isPath(one) ? folderNamed(one, from) : packageSource(one, from)));
  const folders = new Map([...foldersIn(plugins), ...given].map((source) => [source.folder, source]));
  const byName = new Map<string, PluginSource>();
  for (const source of folders.values()) {
    const { name, label } = source;
    const other = byName.get(name);
    if (other && !without.includes(name))
      throw new ModuleError({ name, isPlugin: true }, `${other.label} and ${label} are both called so`, 'rename one, or take one out');
    byName.set(name, source);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const foldersIn = (plugins: string): PluginSource[] =>
  existsSync(plugins)
    ? readdirSync(plugins, { withFileTypes: true }).flatMap(({ name }) =>
        MARKS.some((file) => existsSync(join(plugins, name, file))) ? [folderSource(join(plugins, name), `plugins/${name}`)] : [],
      )
    : [];

function folderNamed(given: string, from: string): PluginSource {
  const folder = resolve(from, given);
  if (!existsSync(folder)) throw new SettingsError(`The plugin ${given}: there is no such folder.`);
  return folderSource(folder, relative(from, folder) || given);
}

/** A plugin in a folder, whose manifest is `index.ts` or `index.js`. */
export function folderSource(path: string, label: string): PluginSource {
  const folder = existsSync(path) ? realpathSync(path) : path;
  const index = existsSync(join(folder, 'index.ts')) || !existsSync(join(folder, 'index.js')) ? 'index.ts' : 'index.js';
  return { name: basename(path), folder: `${folder}${sep}`, label: label.replaceAll(sep, '/'), entry: pathToFileURL(join(folder, index)) };
}

interface Manifest {
  readonly main?: string;
  readonly exports?: string | Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}
function packageSource(name: string, from: string): PluginSource {
  const manifest = packageOf(name, join(from, 'package.json'));
  if (!manifest)
    throw new SettingsError(`The plugin ${name}: there is no such package; npm install ${name}, or write a folder as ./${name}.`);
  const folder = realpathSync(dirname(manifest));
  const { main = 'index.js', exports } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const door = typeof exports === 'object' ? (exports['.'] ?? exports) : (exports ?? main);
  const file = typeof door === 'string' ? door : String(door.import ?? door.default ?? main);
  const called = name.replace(/^.*\//, '').replace(/^(guichet-)?plugin-/, '');
  return { name: called, folder: `${folder}${sep}`, label: name, entry: pathToFileURL(join(folder, file)) };
}

/** The package.json of the package that code in a file gets by this name. */
export function packageOf(name: string, file: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(file));
  } catch {
    return undefined;
  }
}
