import type { ModuleDefinition, Table } from '../sdk/index.ts';
import type { PluginSource } from './plugin-source.ts';

export interface LoadedModule extends ModuleDefinition {
  readonly isPlugin: boolean;
  /** Where a plugin lies; undefined where it was handed over, as tests do. */
  readonly source?: PluginSource;
  /** Of its entities. */
  readonly tables: readonly Table[];
  /** It has done harm to the whole server: its fields are refused to everybody, and none of its code is called. */
  readonly isStopped?: boolean;
}
