import type { ModuleDefinition, Table } from '../sdk/index.ts';

export interface LoadedModule extends ModuleDefinition {
  readonly isPlugin: boolean;
  /** Of its entities. */
  readonly tables: readonly Table[];
  /** It has done harm to the whole server: its fields are refused to everybody, and none of its code is called. */
  readonly isStopped?: boolean;
}
