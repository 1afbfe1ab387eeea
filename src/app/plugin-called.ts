import type { LoadedModule } from './loaded-module.ts';

/** @throws Error where there is none */
export function pluginCalled(plugins: readonly LoadedModule[], name: string): LoadedModule {
  const found = plugins.find((plugin) => plugin.name === name);
  if (!found) throw new Error(`There is no plugin called ${name}.`);
  return found;
}
