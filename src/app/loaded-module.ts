import type { ModuleDefinition } from '../sdk/index.ts';

export interface LoadedModule extends ModuleDefinition {
  readonly isPlugin: boolean;
  /** It has done harm to the whole server: its fields are refused to everybody, and none of its code is called. */
  readonly isStopped?: boolean;
}
