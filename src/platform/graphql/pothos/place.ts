import type { Declarations } from '../schema/declarations.ts';
import type { GuichetOptions } from './plugin.types.ts';
import type { Writing } from './writing.ts';

/** Who declares, and where it is written. */
export interface Place {
  readonly module: string;
  readonly isPlugin: boolean;
  readonly all: Declarations;
  readonly writing: Writing;
}
interface Scoped {
  readonly guichetModule?: { readonly name: string; readonly isPlugin: boolean };
  readonly options: { readonly guichet: GuichetOptions };
}
export function placeOf(builder: unknown): Place {
  const { guichetModule: { name, isPlugin } = { name: 'core', isPlugin: false }, options } = builder as Scoped;
  const { declarations, writing } = options.guichet;
  return { module: name, isPlugin, all: declarations, writing: writing! };
}
