import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accounts } from '../domains/accounts/index.ts';
import { contactsModule } from '../domains/contacts/index.ts';
import { directoryModule } from '../domains/directory/index.ts';
import { formsModule } from '../domains/forms/index.ts';
import { interactionsModule } from '../domains/interactions/index.ts';
import { organizationModule } from '../domains/organization/index.ts';
import { serviceWindowModule } from '../domains/service-window/index.ts';
import type { ModuleDefinition } from '../sdk/index.ts';
import { coreModule } from './core-module.ts';
import { ModuleError } from './module-loader.ts';

/** The core's own modules. */
export const DOMAINS: readonly ModuleDefinition[] = [
  coreModule,
  organizationModule,
  accounts,
  directoryModule,
  contactsModule,
  interactionsModule,
  serviceWindowModule,
  formsModule,
];

const PLUGINS = new URL('../../plugins/', import.meta.url);

/**
 * Imports the plugins that lie in `plugins/`, in the order of their names.
 * @param without names of plugins that are left out.
 * @throws ModuleError for one that cannot be imported or exports no definition.
 */
export async function importPlugins(without: readonly string[] = []): Promise<ModuleDefinition[]> {
  if (!existsSync(PLUGINS)) return [];
  const names = readdirSync(PLUGINS, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !without.includes(entry.name) && existsSync(new URL(`${entry.name}/index.ts`, PLUGINS)),
  );
  const definitions: ModuleDefinition[] = [];
  for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) definitions.push(await importPlugin(name));
  return definitions;
}

async function importPlugin(folder: string): Promise<ModuleDefinition> {
  const file = new URL(`${folder}/index.ts`, PLUGINS);
  const mend = `Mend ${fileURLToPath(file)}, or start with --without ${folder}.`;
  let imported: { default?: ModuleDefinition };
  try {
    imported = await import(file.href);
  } catch (error) {
    throw new ModuleError(folder, (error as Error).message, mend);
  }
  if (typeof imported.default?.name !== 'string') throw new ModuleError(folder, 'it does not default-export a definition', mend);
  return imported.default;
}
