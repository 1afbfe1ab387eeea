import { nameKey } from '../names/name-key.ts';
import type { Table } from './table.ts';

type Row = Readonly<Record<string, unknown>>;
interface KeyColumn {
  readonly key: string;
  readonly name: string;
  readonly of: Parameters<typeof nameKey>[1];
}

const known = new WeakMap<Table, readonly KeyColumn[]>();
/** The columns of a table that are keys of names. */
export function nameKeysOf(table: Table): readonly KeyColumn[] {
  let keys = known.get(table);
  if (!keys) {
    keys = Object.entries(table.columns).flatMap(([key, { definition }]) =>
      definition.nameKeyOf ? [{ key, name: definition.nameKeyOf.column, of: definition.nameKeyOf.of }] : [],
    );
    known.set(table, keys);
  }
  return keys;
}

/** The same columns of a row, with the keys of the names that are among them. */
export function withNameKeys(table: Table, row: Row): Row {
  const keys = nameKeysOf(table).filter(({ name }) => typeof row[name] === 'string');
  return keys.length ? { ...row, ...Object.fromEntries(keys.map(({ key, name, of }) => [key, nameKey(row[name] as string, of)])) } : row;
}
