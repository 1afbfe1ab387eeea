import type { ModuleDefinition } from '../sdk/index.ts';

export interface LoadedModule extends ModuleDefinition {
  readonly isPlugin: boolean;
}
const NAME = /^[a-z][a-z0-9-]*$/;
const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Why a module cannot be loaded: which, what, and how to mend it (spec 8.3). */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  constructor(module: string, fault: string, mend: string) {
    super(`Module "${module}" cannot be loaded: ${fault}. ${mend}`);
  }
}

/**
 * Checks modules and puts them in an order in which each comes after those that it needs.
 * @param coreVersion version of this server.
 * @throws ModuleError
 */
export function loadModules(
  domains: readonly ModuleDefinition[],
  plugins: readonly ModuleDefinition[],
  coreVersion: string,
): LoadedModule[] {
  const all = [...domains.map((one) => ({ ...one, isPlugin: false })), ...plugins.map((one) => ({ ...one, isPlugin: true }))];
  const byName = new Map<string, LoadedModule>();
  for (const module of all) {
    checkManifest(module, coreVersion);
    if (byName.has(module.name)) throw new ModuleError(module.name, 'another module has the same name', 'Rename one of them.');
    byName.set(module.name, module);
  }
  return inOrder(all, byName);
}

function checkManifest(module: LoadedModule, coreVersion: string): void {
  const { name, version, isPlugin, guichet, tables = [] } = module;
  if (typeof name !== 'string' || !NAME.test(name))
    throw new ModuleError(String(name), 'its name is not made of lower case letters, digits and dashes', 'Rename it.');
  if (!VERSION.test(version ?? '')) throw new ModuleError(name, `its version "${version}" is no semantic version`, 'Write it like 1.0.0.');
  if (!isPlugin) return;
  if (!guichet) throw new ModuleError(name, 'it does not say which versions of Guichet it works with', `Add guichet: '^${coreVersion}'.`);
  if (!accepts(guichet, coreVersion))
    throw new ModuleError(
      name,
      `it works with Guichet ${guichet}, and this is ${coreVersion}`,
      'Install a version of the plugin for this server.',
    );
  const schema = `plg_${name.replaceAll('-', '_')}`;
  const stray = tables.find((table) => !table.name.startsWith(`${schema}.`));
  if (stray)
    throw new ModuleError(
      name,
      `its table ${stray.name} lies outside its own database schema`,
      `Call it ${schema}.${stray.name.replace(/^.*\./, '')}.`,
    );
}

/** Caret ranges and exact versions; below 1.0.0 a minor version may break, as in semantic versioning. */
function accepts(range: string, version: string): boolean {
  const [major, minor, patch] = version.split(/[.-]/).map(Number) as [number, number, number];
  const [, caret, a, b, c] = /^(\^?)(\d+)\.(\d+)\.(\d+)$/.exec(range.trim()) ?? [];
  if (a === undefined) return false;
  const [wantMajor, wantMinor, wantPatch] = [Number(a), Number(b), Number(c)];
  if (!caret) return major === wantMajor && minor === wantMinor && patch === wantPatch;
  if (major !== wantMajor) return false;
  if (major === 0) return minor === wantMinor && patch >= wantPatch;
  return minor > wantMinor || (minor === wantMinor && patch >= wantPatch);
}

function inOrder(all: readonly LoadedModule[], byName: ReadonlyMap<string, LoadedModule>): LoadedModule[] {
  const ordered: LoadedModule[] = [];
  const visit = (module: LoadedModule, path: readonly string[]): void => {
    if (ordered.includes(module)) return;
    if (path.includes(module.name))
      throw new ModuleError(module.name, `it needs itself: ${[...path, module.name].join(' → ')}`, 'Take one of these needs away.');
    for (const name of module.needs ?? []) {
      const needed = byName.get(name);
      if (!needed)
        throw new ModuleError(
          module.name,
          `it needs "${name}", which is not installed`,
          `Install ${name}, or start with --without ${module.name}.`,
        );
      visit(needed, [...path, module.name]);
    }
    ordered.push(module);
  };
  for (const module of all) visit(module, []);
  return ordered;
}
