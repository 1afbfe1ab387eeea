/** A place in the code of a plugin. */
export interface PluginPlace {
  readonly plugin: string;
  /** `plugins/lending/index.ts:12:5` */
  readonly place: string;
}

/**
 * The innermost of some places that lies in a plugin's folder.
 * @param places URLs or paths with line and column, as in a stack. @param folder path of the folder of plugins, with a slash at its end
 */
export function pluginPlace(places: readonly string[], folder: string): PluginPlace | undefined {
  for (const place of places) {
    const at = place.lastIndexOf(folder);
    const [plugin, file] = at < 0 ? [] : place.slice(at + folder.length).split(/[\\/](.*)/s, 2);
    if (plugin && file && !file.includes('node_modules')) return { plugin, place: `plugins/${plugin}/${file.replace(/\?[^:]*/, '')}` };
  }
  return undefined;
}
