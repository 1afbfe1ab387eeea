import type { ColumnType } from 'kysely';
import type { Named } from '../names/readings.ts';

/** How a column's value is written into an answer: the one place that ties PostgreSQL types to JSON. */
export type JsonForm = 'text' | 'uuid' | 'number' | 'boolean' | 'instant' | 'date' | 'json';

export interface ColumnDefinition {
  readonly sqlType: string;
  readonly form: JsonForm;
  readonly nullable: boolean;
  /** SQL that PostgreSQL evaluates where an insert leaves the column out. */
  readonly default?: string;
  /** SQL that PostgreSQL computes the column from, and nobody writes. */
  readonly generated?: string;
  /** Condition over the column, as SQL. */
  readonly check?: string;
  readonly references?: { readonly table: string; readonly onDelete: 'restrict' | 'cascade' };
  readonly values?: readonly string[];
  /** It is the key by which the name in this column is sorted. */
  readonly nameKeyOf?: { readonly column: string; readonly of: Named };
}

/** One column of a table. `Value` is what a row holds, `Optional` whether an insert may leave it out. */
export class Column<Value, Optional extends boolean = false> {
  declare readonly kysely: ColumnType<Value, Optional extends true ? Value | undefined : Value, Value>;
  declare readonly value: Value;
  readonly definition: ColumnDefinition;
  constructor(definition: ColumnDefinition) {
    this.definition = definition;
  }
}
