import { tableDdl } from '../platform/database/table-ddl.ts';
import type { ModuleDefinition, Table } from '../sdk/index.ts';
import { schemaOf } from './manifest.check.ts';

type Declared = Pick<ModuleDefinition, 'name' | 'tables' | 'migrations'>;

const makes = ({ migrations = [] }: Declared, what: string): boolean => {
  const made = new RegExp(`create ${what.replaceAll('.', '\\.')}(?![\\w$.])`, 'i');
  return migrations.some(({ sql }) => made.test(sql.replaceAll(/\s+/g, ' ').replaceAll('if not exists ', '').replaceAll('"', '')));
};

/** Tables of a plugin that none of its migrations makes. */
export const tablesToMake = (plugin: Declared): Table[] => (plugin.tables ?? []).filter(({ name }) => !makes(plugin, `table ${name}`));

/** SQL of the next migration: of the tables that none makes yet. Changes of tables that are there are the author's to write. */
export function nextMigration(plugin: Declared): string {
  const schema = schemaOf(plugin.name);
  const first = [`create schema ${schema};`, `grant usage on schema ${schema} to guichet_app;`].join('\n');
  return [...(makes(plugin, `schema ${schema}`) ? [] : [first]), ...tablesToMake(plugin).map(tableDdl)].join('\n\n');
}
