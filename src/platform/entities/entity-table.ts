import { type Columns, Table, type TablePromises } from '../database/table.ts';
import { Column, type JsonForm } from './column.ts';
import { type BuilderOptions, keyedNameOf, optionsOf, referenceOf, type Target } from './entity-columns.ts';

const FORMS: Readonly<Record<string, JsonForm>> = {
  text: 'text',
  uuid: 'uuid',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  timestamptz: 'instant',
  date: 'date',
  jsonb: 'json',
};
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export interface NamedIndex {
  readonly columns: readonly string[];
  readonly unique?: boolean;
  readonly where?: string;
}
/** As an entity says it: of properties, not of columns. */
export interface SaidOfTable extends TablePromises {
  readonly indexes?: Readonly<Record<string, NamedIndex>>;
  readonly decidesSeats?: true | readonly string[];
}

/** The table behind an entity, from what MikroORM's builders were told. */
export function tableOf(name: string, properties: Readonly<Record<string, unknown>>, said: SaidOfTable): Table {
  const columns = new Map<string, string>();
  const of: Columns = {};
  const key: string[] = [];
  for (const [property, builder] of Object.entries(properties)) {
    const options = optionsOf(typeof builder === 'function' ? builder() : builder);
    if (options.kind === '1:m' || options.kind === 'm:n' || options.persist === false) continue;
    const column = options.kind ? `${snake(property)}_id` : snake(property);
    columns.set(property, column);
    of[column] = columnOf(options);
    if (options.primary && column !== 'organization_id') key.push(column);
  }
  const named = (property: string): string => (property.startsWith('-') ? `-${named(property.slice(1))}` : columns.get(property)!);
  const { indexes = {}, decidesSeats, ...promises } = said;
  return new Table(name, {
    ...promises,
    columns: of,
    key,
    indexes: Object.fromEntries(Object.entries(indexes).map(([index, one]) => [index, { ...one, columns: one.columns.map(named) }])),
    decidesSeats: Array.isArray(decidesSeats) ? decidesSeats.map(named) : (decidesSeats as true | undefined),
  });
}

function nameOf(target: Target): string {
  if (typeof target === 'string') return target;
  const found = target();
  return 'table' in found ? found.table.name : found.name;
}

function columnOf(options: BuilderOptions): Column<unknown, boolean> {
  const refers = referenceOf(options);
  const target = options.kind ? options.entity!().table.name : refers && nameOf(refers.target);
  const sqlType = options.kind ? 'uuid' : (options.columnType ?? 'text');
  const keyed = keyedNameOf(options);
  const preset = options.version ? '1' : (options.defaultRaw ?? literal(options.default));
  return new Column({
    sqlType: options.collation ? `${sqlType} collate "${options.collation}"` : sqlType,
    form: FORMS[sqlType]!,
    nullable: options.nullable ?? false,
    ...(preset === undefined ? {} : { default: preset }),
    ...(options.generated ? { generated: options.generated } : {}),
    ...(options.check ? { check: options.check } : {}),
    ...(options.items ? { values: options.items } : {}),
    ...(keyed ? { nameKeyOf: { column: snake(keyed.property), of: keyed.of } } : {}),
    ...(target ? { references: { table: target, onDelete: options.deleteRule ?? refers?.onDelete ?? 'restrict' } } : {}),
  });
}
const literal = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
