import { APP_ROLE } from '../platform/database/server-roles.ts';
import type { Table } from '../sdk/index.ts';
import { commandFor } from './home.ts';
import type { LoadedModule } from './loaded-module.ts';
import { schemaOf } from './manifest.check.ts';
import { ModuleError } from './module.errors.ts';

type Declared = Pick<LoadedModule, 'name' | 'tables' | 'migrations'>;

/** Whether a migration holds something, in whatever way it is written. */
const holds = ({ migrations = [] }: Declared, what: string): boolean => {
  const held = new RegExp(`${what.replaceAll('.', '\\.')}(?![\\w$.])`, 'i');
  return migrations.some(({ sql }) => held.test(sql.replaceAll(/\s+/g, ' ').replaceAll('if not exists ', '').replaceAll('"', '')));
};
const makes = (module: Declared, what: string): boolean => holds(module, `create ${what}`);
/** What holds the rows of a table in their organization. */
const walls = (table: string): string[] => ['enable', 'force'].map((act) => `alter table ${table} ${act} row level security`);

/** Tables of a module that none of its migrations makes. */
export const tablesToMake = (module: Declared): Table[] => module.tables.filter(({ name }) => !makes(module, `table ${name}`));

const grants = ({ migrations = [] }: Declared, on: string): boolean => {
  const granted = new RegExp(`grant [^;]+ on (?:[^;]*, ?)?${on.replaceAll('.', '\\.')}(?![\\w$.])[^;]* to [^;]*\\b${APP_ROLE}\\b`, 'i');
  return migrations.some(({ sql }) => granted.test(sql.replaceAll(/\s+/g, ' ').replaceAll('"', '')));
};

/** What keeps requests from a plugin's tables: none makes one, or requests may not use it. @throws ModuleError */
export function checkTables(plugin: Declared & { readonly isPlugin: boolean }): void {
  const { name, tables } = plugin;
  const [missing] = tablesToMake(plugin);
  if (missing)
    throw new ModuleError(
      plugin,
      `no migration makes its table ${missing.name}`,
      `write it: ${commandFor(`plugin plan ${name} --write initial`)}`,
    );
  const wall = tables.flatMap((table) => walls(table.name)).find((one) => !holds(plugin, one));
  if (wall !== undefined)
    throw new ModuleError(plugin, 'none of its migrations holds the rows of a table in their organization', `add one with \`${wall};\``);
  const all = tables.length ? [`schema ${schemaOf(name)}`, ...tables.map((table) => table.name)] : [];
  const closed = all.find((one) => !grants(plugin, one));
  if (closed === undefined) return;
  const isSchema = closed.startsWith('schema');
  const grant = `grant ${isSchema ? 'usage' : 'select, insert, update, delete'} on ${closed} to ${APP_ROLE};`;
  throw new ModuleError(plugin, `no migration lets requests use its ${isSchema ? closed : `table ${closed}`}`, `add one with \`${grant}\``);
}
