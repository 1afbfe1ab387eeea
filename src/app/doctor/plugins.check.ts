import type { LoadedModule } from '../loaded-module.ts';
import { ModuleError } from '../module.errors.ts';
import { loadModules } from '../module-loader.ts';
import { DOMAINS, type FoundPlugin, importPlugin } from '../modules.ts';
import { type PluginSource, pluginSources } from '../plugin-source.ts';
import { checkTables } from '../plugin-tables.rules.ts';
import { buildSchemas } from '../schemas.ts';
import { VERSION } from '../version.ts';
import { type Finding, failureOf, ok } from './finding.ts';

const SUBJECT = 'plugins';

export interface CheckedPlugins {
  readonly findings: Finding[];
  /** None where a start would be refused. */
  readonly modules: readonly LoadedModule[] | undefined;
}

/** Loads every plugin as a start does. */
export async function checkPlugins(given?: readonly PluginSource[]): Promise<CheckedPlugins> {
  const findings: Finding[] = [];
  let sources = given ?? [];
  try {
    sources = given ?? (await pluginSources());
  } catch (error) {
    findings.push(failureOf(SUBJECT, error));
  }
  const plugins: FoundPlugin[] = [];
  for (const source of sources) {
    try {
      plugins.push(await importPlugin(source));
    } catch (error) {
      findings.push(failureOf(SUBJECT, error));
    }
  }
  try {
    const modules = loadModules(DOMAINS, plugins, VERSION);
    buildSchemas(modules);
    for (const plugin of modules.filter(({ isPlugin }) => isPlugin)) checkTables(plugin);
    if (findings.length) return { findings, modules: undefined };
    const told = plugins.map(({ name, version }) => `${name} ${version}`).join(', ');
    return { findings: [ok(SUBJECT, told ? `${told}: can be loaded` : 'none')], modules };
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    return { findings: [...findings, failureOf(SUBJECT, error)], modules: undefined };
  }
}
