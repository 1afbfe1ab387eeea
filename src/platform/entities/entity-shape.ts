import type { Dictionary, EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isRaw } from '@mikro-orm/core';
import type { Table } from '../database/table.ts';

export type Given = Dictionary;
/** What the driver knows of an entity's table, found once. */
export interface Shape {
  readonly meta: EntityMetadata;
  /** `select … from …`, without what follows. */
  readonly selection: string;
  readonly table: Table;
  readonly columns: ReadonlyMap<string, string>;
  /** What the database fills in where an insert leaves it out. */
  readonly defaults: readonly { readonly property: string; readonly column: string; readonly value: unknown }[];
  readonly computed: readonly string[];
  readonly version: string | undefined;
  readonly key: readonly string[];
}

/** @param table that stands behind the entity */
export function shapeOf(meta: EntityMetadata, table: Table): Shape {
  const props = meta.props.filter(({ persist, fieldNames }) => persist !== false && fieldNames?.length === 1);
  const read = props.filter(({ lazy }) => !lazy).map((prop) => prop.fieldNames[0]);
  return {
    meta,
    selection: `select ${read.join(', ')} from ${table.name}`,
    table,
    columns: new Map(props.map((prop) => [prop.name, prop.fieldNames[0]!])),
    defaults: props.flatMap((prop) => {
      const value = constantOf(prop);
      return value === undefined ? [] : [{ property: prop.name, column: prop.fieldNames[0]!, value }];
    }),
    computed: props.filter((prop) => prop.generated || (prop.defaultRaw && constantOf(prop) === undefined)).map((prop) => prop.name),
    version: meta.versionProperty,
    key: meta.primaryKeys,
  };
}
/** A default that can be known without asking for it. */
function constantOf({ default: given, defaultRaw, columnTypes }: EntityProperty): unknown {
  if (given !== undefined && typeof given !== 'object') return given;
  const raw = String(defaultRaw ?? '');
  const quoted = /^'((?:[^']|'')*)'$/.exec(raw)?.[1]?.replaceAll("''", "'");
  if (quoted !== undefined) return columnTypes[0] === 'jsonb' ? JSON.parse(quoted) : quoted;
  return /^-?\d+$/.test(raw) ? Number(raw) : raw === 'true' || raw === 'false' ? raw === 'true' : undefined;
}

/** Values, and numbers that are raised by one. */
export const isPlainChange = ({ columns }: Shape, row: Given): boolean =>
  Object.entries(row).every(([name, value]) => !isRaw(value) || value.sql === `${columns.get(name)} + 1`);
export const isPlainRow = (row: Given): boolean => Object.values(row).every((value) => !isRaw(value));

/** MikroORM has written JSON as text by now; the transaction's writes do so themselves. */
export function columnsIn({ columns, table }: Shape, given: Given): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name in given) {
    const column = columns.get(name);
    if (!column || name === 'organizationId' || given[name] === undefined) continue;
    const value = given[name];
    row[column] = table.columns[column]!.definition.form === 'json' && typeof value === 'string' ? JSON.parse(value) : value;
  }
  return row;
}
