import type { ModuleDefinition } from '../sdk/index.ts';

export interface LoadedModule extends ModuleDefinition {
  readonly isPlugin: boolean;
}
