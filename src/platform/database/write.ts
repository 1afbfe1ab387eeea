import type { Insertable, Updateable } from 'kysely';
import { withNameKeys } from './name-keys.ts';
import type { KyselyTables, RowOf, Table } from './table.ts';

/** Raises a whole number by one: `update(tasks, { id }, { version: RAISED })`. */
export const RAISED = Symbol('raised');

/** A row to be written. The organization is added, and columns that are left out get their defaults. */
export type NewRow<T extends Table> = Omit<Insertable<KyselyTables<{ of: T }>['of']>, 'organization_id'>;
/** The primary key of a row; the organization is added. */
export type KeyOf<T extends Table> = Partial<Omit<RowOf<T>, 'organization_id'>>;
type Changed<T extends Table> = Updateable<KyselyTables<{ of: T }>['of']>;
/** What of a row is changed; columns that are left out stay as they are. */
export type Changes<T extends Table> = { readonly [Name in keyof Changed<T>]?: Changed<T>[Name] | typeof RAISED };

/** Rows of one table to be written, without anything to be told. */
export interface Write {
  readonly organization: string;
  readonly table: Table;
  readonly verb: 'insert' | 'update';
  /** All that the text depends on, apart from where its parameters begin. */
  readonly shape: string;
  readonly values: readonly unknown[];
  /** One row must have been changed. */
  readonly isCertain?: boolean;
  /** @param firstParameter of its values; `$1` is the organization. */
  text(firstParameter: number): string;
}
export interface WriteStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly isLong: boolean;
}

/** @param known leaves a row alone whose key is there already. @throws Error unless all rows have the same columns: one would lose a value. */
export function insertion(table: Table, organization: string, given: readonly Row[], known: 'refused' | 'kept' = 'refused'): Write {
  const rows = given.map((row) => withNameKeys(table, row));
  const names = Object.keys(rows[0]!).filter((name) => rows[0]![name] !== undefined);
  if (rows.some((row) => !hasColumns(row, names)))
    throw new Error(`Rows of ${table.name} that are inserted together have the same columns.`);
  const columns = ['organization_id', ...names];
  const conflict = known === 'kept' ? ` on conflict (${['organization_id', ...table.key].join(', ')}) do nothing` : '';
  if (rows.length >= MANY_ROWS) return byColumns({ organization, table, rows, names, conflict });
  return {
    organization,
    table,
    verb: 'insert',
    shape: `insert ${table.name} ${known} ${rows.length} ${names}`,
    values: rows.flatMap((row) => names.map((name) => columnValue(table, name, row[name]))),
    text: (first) => {
      const tuple = (row: number): string => `(${['$1', ...names.map((_, i) => `$${first + row * names.length + i}`)].join(', ')})`;
      return `insert into ${table.name} (${columns.join(', ')}) values ${rows.map((_, i) => tuple(i)).join(', ')}${conflict}`;
    },
  };
}

/** From so many rows on, each column is one parameter: PostgreSQL reads a tenth of the text, and one text serves any number of rows. */
const MANY_ROWS = 50;
interface ManyRows {
  readonly organization: string;
  readonly table: Table;
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly conflict: string;
}
function byColumns({ organization, table, rows, names, conflict }: ManyRows): Write {
  const typeOf = (name: string): string => table.columns[name]!.definition.sqlType;
  const isJson = (name: string): boolean => table.columns[name]?.definition.form === 'json';
  const read = names.map((name) => (isJson(name) ? `given.${name}::${typeOf(name)}` : `given.${name}`));
  return {
    organization,
    table,
    verb: 'insert',
    shape: `insert ${table.name} by columns ${names}${conflict}`,
    values: names.map((name) => rows.map((row) => columnValue(table, name, row[name]))),
    text: (first) => {
      const arrays = names.map((name, i) => `$${first + i}::${isJson(name) ? 'text' : plainType(typeOf(name))}[]`);
      return `insert into ${table.name} (${['organization_id', ...names].join(', ')}) select ${['$1::uuid', ...read].join(', ')} from unnest(${arrays.join(', ')}) as given (${names.join(', ')})${conflict}`;
    },
  };
}
/** Without its collation, which an array does not have. */
const plainType = (sqlType: string): string => sqlType.split(' ')[0]!;

/** @throws Error unless the whole primary key is given: an update writes one row. */
export function change(table: Table, organization: string, key: Row, given: Row, expected: Row = {}): Write {
  const changes = withNameKeys(table, given);
  if (table.key.some((name) => key[name] === undefined)) throw new Error(`An update of ${table.name} needs its whole key: ${table.key}.`);
  const names = Object.keys(changes).filter((name) => changes[name] !== undefined);
  const conditions = Object.keys(expected);
  const set = names.filter((name) => changes[name] !== RAISED);
  return {
    organization,
    table,
    verb: 'update',
    isCertain: conditions.length > 0,
    shape: `update ${table.name} ${names.map((name) => (set.includes(name) ? name : `${name}+1`))} ${conditions}`,
    values: [
      ...table.key.map((name) => key[name]),
      ...conditions.map((name) => expected[name]),
      ...set.map((name) => columnValue(table, name, changes[name])),
    ],
    text: (first) => {
      const where = ['organization_id = $1', ...[...table.key, ...conditions].map((name, i) => `${name} = $${first + i}`)].join(' and ');
      const to = (name: string): string =>
        set.includes(name) ? `${name} = $${first + table.key.length + conditions.length + set.indexOf(name)}` : `${name} = ${name} + 1`;
      return `update ${table.name} set ${names.map(to).join(', ')} where ${where}`;
    },
  };
}
type Row = Readonly<Record<string, unknown>>;
const hasColumns = (row: Row, names: readonly string[]): boolean =>
  names.every((name) => row[name] !== undefined) && Object.values(row).filter((value) => value !== undefined).length === names.length;

/** PostgreSQL takes JSON as text; the driver would make an array of SQL of an array. */
const columnValue = (table: Table, name: string, value: unknown): unknown =>
  table.columns[name]?.definition.form === 'json' && value != null ? JSON.stringify(value) : value;

const MOST_TEXTS = 1_000;
const texts = new Map<string, string>();
/** Values that are written together: PostgreSQL takes 65,535 a statement. */
export const MOST_VALUES = 20_000;
/** Statements with more values are rare and long: neither their texts nor their plans are kept. */
const KEPT_VALUES = 1_000;

/** Rows in parts of which each can be one statement. */
export function inParts<Row extends object>(rows: readonly Row[]): Row[][] {
  const most = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, Object.keys(rows[0] ?? {}).length)));
  return Array.from({ length: Math.ceil(rows.length / most) }, (_, i) => rows.slice(i * most, (i + 1) * most));
}

/** Writes of one organization as one statement. They do not see each other, and nobody knows which is done first (`fits`). */
export function joined(writes: readonly Write[]): WriteStatement {
  const values = [writes[0]!.organization, ...writes.flatMap((write) => write.values)];
  const isLong = values.length > KEPT_VALUES;
  return { text: isLong ? textOf(writes) : keptText(writes), values, isLong };
}

function keptText(writes: readonly Write[]): string {
  const shape = writes.map((write) => write.shape).join('\n');
  let text = texts.get(shape);
  if (text === undefined) {
    if (texts.size >= MOST_TEXTS) texts.clear();
    text = textOf(writes);
    texts.set(shape, text);
  }
  return text;
}

function textOf(writes: readonly Write[]): string {
  if (writes.length === 1 && !writes[0]!.isCertain) return writes[0]!.text(2);
  let first = 2;
  const parts = writes.map((write, i) => {
    const part = `w${i} as (${write.text(first)}${write.isCertain ? ' returning 1' : ''})`;
    first += write.values.length;
    return part;
  });
  // a row that is not as it was expected fails the statement, and the commit behind it: division by zero
  const certain = writes.flatMap(({ isCertain }, i) => (isCertain ? [`1 / (select count(*) from w${i})`] : []));
  return `with ${parts.join(', ')} select ${['1', ...certain].join(', ')}`;
}

/** Whether a write may be done together with others, in one statement: what it does must not hang on what they do. */
export const fits = (write: Write, others: readonly Write[]): boolean =>
  others.every(({ table, verb }) => table !== write.table || (write.verb === 'insert' && (verb === 'insert' || !hasUniqueIndex(table))));
/** Beside its key: a row that is changed may make room there for one that is inserted. */
const hasUniqueIndex = ({ indexes }: Table): boolean => Object.values(indexes).some(({ unique }) => unique);
