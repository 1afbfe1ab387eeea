import type { PluginFolder } from '../plugin-folder.ts';

/** A place in the code of a plugin. */
export interface PluginPlace {
  readonly plugin: string;
  /** `plugins/lending/index.ts:12:5` */
  readonly place: string;
}

/**
 * The innermost of some places that lies in a plugin's folder.
 * @param places URLs or paths with line and column, as in a stack.
 */
export function pluginPlace(places: readonly string[], plugins: readonly PluginFolder[]): PluginPlace | undefined {
  for (const place of places)
    for (const { name, folder, label } of plugins) {
      const at = place.lastIndexOf(folder);
      const file = at < 0 ? '' : place.slice(at + folder.length).replaceAll('\\', '/');
      if (file && !file.includes('node_modules')) return { plugin: name, place: `${label}/${file.replace(/\?[^:]*/, '')}` };
    }
  return undefined;
}
