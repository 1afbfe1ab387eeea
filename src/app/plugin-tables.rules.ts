import type { Table } from '../sdk/index.ts';
import type { LoadedModule } from './loaded-module.ts';

type Declared = Pick<LoadedModule, 'name' | 'tables' | 'migrations'>;

const makes = ({ migrations = [] }: Declared, what: string): boolean => {
  const made = new RegExp(`create ${what.replaceAll('.', '\\.')}(?![\\w$.])`, 'i');
  return migrations.some(({ sql }) => made.test(sql.replaceAll(/\s+/g, ' ').replaceAll('if not exists ', '').replaceAll('"', '')));
};

/** Tables of a module that none of its migrations makes. */
export const tablesToMake = (module: Declared): Table[] => module.tables.filter(({ name }) => !makes(module, `table ${name}`));
