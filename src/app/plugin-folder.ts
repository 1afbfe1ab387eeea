/** The folder of a plugin, by which places in its code are known. */
export interface PluginFolder {
  /** What it has to call itself: the name of its folder, or of its package without scope and without `plugin-` or `guichet-plugin-`. */
  readonly name: string;
  /** Its real path, which stacks name, with a slash at its end. */
  readonly folder: string;
  /** As people know it, without a slash at its end: `plugins/lending`, `../ours/visits`, `@acme/plugin-visits`. */
  readonly label: string;
}
