import { settingsOf } from '../domains/organization/index.ts';
import type { Switchboard } from '../platform/write/service.ts';
import type { UseCaseParts } from '../platform/write/use-case.ts';
import type { LoadedModule } from './loaded-module.ts';

function pluginCalled(plugins: readonly LoadedModule[], name: string): LoadedModule {
  const found = plugins.find((plugin) => plugin.name === name);
  if (!found) throw new Error(`There is no plugin called ${name}.`);
  return found;
}

/** Settings of plugins, for use cases. @throws Error where a plugin asks for those of one that it does not need */
export const settingsOn =
  (switchboard: Switchboard, plugins: readonly LoadedModule[]): UseCaseParts['settings'] =>
  (transaction, name) => {
    if (!switchboard.reaches(name))
      throw new Error(`The settings of ${name} are read by itself, and by plugins that name it in their needs.`);
    return settingsOf(transaction, pluginCalled(plugins, name));
  };
