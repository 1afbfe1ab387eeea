import { DeclarationError } from '../platform/schema/claims.ts';

interface Faulty {
  readonly name: string;
  readonly isPlugin: boolean;
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
const placeIn = (stack: string, plugin: string): string | undefined =>
  stack.match(/plugins\/[^\s()]+?:\d+/g)?.find((place) => place.startsWith(`plugins/${plugin}/`));

/** What a module's own code has thrown, as a fault of that module. */
export function moduleError(module: Faulty, error: unknown): ModuleError {
  const { message, stack = '' } = error instanceof Error ? error : { message: String(error) };
  const place = placeIn(stack, module.name);
  if (error instanceof DeclarationError)
    return new ModuleError(module, place ? `${bare(error.fault)} (${place})` : error.fault, error.mend, error);
  const [line = ''] = message.trim().split('\n');
  return new ModuleError(module, line || 'it failed without saying why', `mend ${place ?? 'its code'}`, error);
}
