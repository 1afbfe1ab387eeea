import type { LoadedModule } from './loaded-module.ts';
import type { PluginStop } from './plugin-stops.ts';

/** What is left to call of a stopped plugin: its declarations, so that its fields can be refused by name. */
const withoutCode = (plugin: LoadedModule): LoadedModule => ({
  ...plugin,
  isStopped: true,
  listeners: [],
  services: [],
  registrations: [],
  seatFacts: undefined,
  demo: undefined,
});

/** Modules as they are to be run: stopped plugins without their code, those that did harm even so not at all, nor what needs them. */
export function asStopped(modules: readonly LoadedModule[], stops: readonly PluginStop[]): readonly LoadedModule[] {
  const known = new Map(stops.map((stop) => [stop.plugin, stop]));
  const out = new Set(stops.flatMap(({ plugin, leftOut }) => (leftOut ? [plugin] : [])));
  for (const { name, needs = [] } of modules) if (needs.some((needed) => out.has(needed))) out.add(name); // each comes after what it needs
  return modules.flatMap((module) => {
    if (!module.isPlugin || !(known.has(module.name) || out.has(module.name))) return [module];
    return out.has(module.name) ? [] : [withoutCode(module)];
  });
}
