import { DeclarationError } from '../platform/schema/claims.ts';
import type { PluginFolder } from './plugin-folder.ts';

interface Faulty {
  readonly name: string;
  readonly isPlugin: boolean;
  readonly source?: PluginFolder;
}
const bare = (sentence: string): string => sentence.trim().replace(/\.$/, '');

/** Why a module cannot be loaded, in one sentence: which, what, and how to mend it (spec 8.3). */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  constructor({ name, isPlugin }: Faulty, fault: string, mend: string, cause?: unknown) {
    const which = isPlugin ? `Plugin "${name}"` : `Module "${name}"`;
    const leave = isPlugin ? `, or start with --without ${name}` : '';
    super(`${which} cannot be loaded: ${bare(fault)}; ${bare(mend)}${leave}.`, { cause });
  }
}

/** The line of a plugin's own code that an error comes from. */
function placeIn(stack: string, { name, source }: Faulty): string | undefined {
  const usual = `plugins/${name}`;
  for (const [folder, label] of [[source?.folder, source?.label] as const, [`${usual}/`, usual] as const]) {
    const rests = folder ? stack.split(folder).slice(1) : [];
    const file = rests.flatMap((rest) => /^[^\s()']+?:\d+/.exec(rest) ?? [])[0];
    if (file) return `${label}/${file}`;
  }
  return undefined;
}

/** What a module's own code has thrown, as a fault of that module. */
export function moduleError(module: Faulty, error: unknown): ModuleError {
  const { message, stack = '' } = error instanceof Error ? error : { message: String(error) };
  const place = placeIn(stack, module);
  if (error instanceof DeclarationError)
    return new ModuleError(module, place ? `${bare(error.fault)} (${place})` : error.fault, error.mend, error);
  const [line = ''] = message.trim().split('\n');
  return new ModuleError(module, line || 'it failed without saying why', `mend ${place ?? 'its code'}`, error);
}
