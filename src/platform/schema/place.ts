import type { PageInputs } from '../input/page-inputs.ts';
import type { Connections } from './connections.ts';
import type { Declarations } from './declarations.ts';
import type { GuichetOptions } from './plugin.types.ts';

/** What types share and is made on first use: one for each builder. */
export interface SharedParts {
  readonly connections: Connections;
  readonly pages: PageInputs;
}
/** Who declares, and what all declare into. */
export interface Place {
  readonly module: string;
  readonly isPlugin: boolean;
  readonly all: Declarations;
  readonly parts: SharedParts;
}
interface Scoped {
  readonly guichetModule?: { readonly name: string; readonly isPlugin: boolean };
  readonly options: { readonly guichet: GuichetOptions & { readonly parts?: SharedParts } };
}
export function placeOf(builder: unknown): Place {
  const { guichetModule: { name, isPlugin } = { name: 'core', isPlugin: false }, options } = builder as Scoped;
  const { declarations, parts } = options.guichet;
  return { module: name, isPlugin, all: declarations, parts: parts! };
}
