import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORE } from './home.ts';
import { ModuleError } from './module.errors.ts';
import { type PluginSource, packageOf } from './plugin-source.ts';

/** Packages that plugins share with the core: each knows what it made from what another copy of it made. */
const SHARED = ['graphql', '@pothos/core', '@mikro-orm/core', 'kysely'];
const MEND = 'make it a peer dependency of the plugin, and install once more';

/**
 * A plugin has to work with the core's own copy of the SDK, and of what both use.
 * @throws ModuleError that names both copies
 */
export function checkCopies({ name, source }: { readonly name: string; readonly source: PluginSource }): void {
  const plugin = { name, isPlugin: true, source };
  const entry = fileURLToPath(source.entry);
  const other = otherCore(entry);
  if (other) throw new ModuleError(plugin, `its @guichet/sdk is of the Guichet in ${other}, and this is ${shown(CORE)}`, MEND);
  for (const shared of SHARED) {
    const [its, ours] = [copyOf(shared, entry), copyOf(shared, join(CORE, 'package.json'))];
    if (its && ours && its !== ours) throw new ModuleError(plugin, `it brings a second ${shared}: ${its} beside ${ours}`, MEND);
  }
}

/** The Guichet that the plugin's SDK leads to, where that is another than this one. */
function otherCore(entry: string): string | undefined {
  const sdk = copyOf('@guichet/sdk', entry);
  if (!sdk || `${sdk}${sep}`.startsWith(CORE)) return undefined;
  const core = copyOf('guichet', join(sdk, 'package.json'));
  return core && `${core}${sep}` !== realpathSync(CORE) + sep ? core : undefined;
}

const shown = (folder: string): string => folder.replace(/[\\/]$/, '');

function copyOf(name: string, file: string): string | undefined {
  const manifest = packageOf(name, file);
  return manifest && realpathSync(dirname(manifest));
}
