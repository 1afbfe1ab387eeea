import type { Table } from './table.ts';

/** A name that is written into SQL as it is. */
const NAME = /^[a-z_][a-z0-9_]*$/;
const known = new WeakSet<Table>();

export const isSqlName = (name: string): boolean => NAME.test(name);

/**
 * Lets SQL name tables: those that loaded modules declare, and references to the core’s. A table that somebody made up over another
 * module’s rows is none of them. @throws Error where a name is none
 */
export function makeKnown(tables: Iterable<Table>): void {
  for (const table of tables) {
    const odd = [...table.name.split('.'), ...Object.keys(table.columns)].find((name) => !isSqlName(name));
    if (odd !== undefined) throw new Error(`${odd}, of the table ${table.name}, is no name in SQL.`);
    known.add(table);
  }
}
export const isKnown = (table: Table): boolean => known.has(table);
