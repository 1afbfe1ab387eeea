import type pg from 'pg';
import { withNameKeys } from '../../platform/database/name-keys.ts';
import type { Table } from '../../platform/database/table.ts';

const BATCH = 5_000;

/** Writes many rows with few statements: each column is one array. Columns that the first row does not have are left to their defaults. */
export async function insertRows(client: pg.ClientBase, table: Table, given: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  if (given.length === 0) return;
  const rows = given.map((row) => withNameKeys(table, row));
  const names = Object.keys(table.columns).filter((name) => name in rows[0]!);
  const arrays = names.map((name, i) => `$${i + 1}::${table.columns[name]!.definition.sqlType.split(' ')[0]}[]`);
  const text = `insert into ${table.name} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`;
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    await client.query({ name: `bulk_${table.name}`, text, values: names.map((name) => arrayLiteral(batch.map((row) => row[name]))) });
  }
}

/**
 * Lets `work` fill a table without its primary key, which is made afterwards: kept up in no order, a large one would be written to the disk
 * many times over. The login must own the table.
 */
export async function keyedAfterwards<T>(client: pg.ClientBase, { name }: Table, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ key: string; definition: string }>(
    `select conname as key, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'p'`,
    [name],
  );
  const { key, definition } = rows[0]!;
  await client.query(`alter table ${name} drop constraint ${key}`);
  const result = await work();
  await client.query(`set local maintenance_work_mem = '512MB'; alter table ${name} add constraint ${key} ${definition}`);
  return result;
}

/** PostgreSQL's own notation: the driver would take several times as long to write it. */
const arrayLiteral = (values: readonly unknown[]): string => `{${values.map(element).join(',')}}`;

const PLAIN = /^[\w-]+$/;
function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && value.length > 4 ? value : `"${value.replaceAll(/[\\"]/g, '\\$&')}"`; // a short word could be NULL
}
