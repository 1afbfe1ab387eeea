import type { ColumnType } from 'kysely';

/** How a column's value is written into an answer: the one place that ties PostgreSQL types to JSON. */
export type JsonForm = 'text' | 'uuid' | 'number' | 'boolean' | 'instant' | 'date' | 'json';

interface ColumnDefinition {
  readonly sqlType: string;
  readonly form: JsonForm;
  readonly nullable: boolean;
  readonly default?: string;
  /** Condition over the column, with `?` in the column's place. */
  readonly check?: string;
  readonly references?: { readonly table: string; readonly onDelete: 'restrict' | 'cascade' };
  readonly values?: readonly string[];
}

/**
 * One column of a table. `Value` is what a row holds, `Optional` whether an insert may leave it out.
 * Only types whose comparisons are leakproof are offered as keys and filters: row level security switches indexes off for the others.
 */
export class Column<Value, Optional extends boolean = false> {
  declare readonly kysely: ColumnType<Value, Optional extends true ? Value | undefined : Value, Value>;
  declare readonly value: Value;
  readonly definition: ColumnDefinition;
  constructor(definition: ColumnDefinition) {
    this.definition = definition;
  }
  nullable(): Column<Value | null, true> {
    return new Column({ ...this.definition, nullable: true });
  }
  /** @param expression SQL evaluated by PostgreSQL where an insert leaves the column out. */
  default(expression: string): Column<Value, true> {
    return new Column({ ...this.definition, default: expression });
  }
  /** A foreign key to the primary key of a table of the same organization: `(organization_id, column)`. */
  references(table: string, onDelete: 'restrict' | 'cascade' = 'restrict'): Column<Value, Optional> {
    return new Column({ ...this.definition, references: { table, onDelete } });
  }
  /** @param condition SQL with `?` in the column's place, such as `? > 0`. */
  check(condition: string): Column<Value, Optional> {
    return new Column({ ...this.definition, check: condition });
  }
}

const column = <Value>(sqlType: string, form: JsonForm): Column<Value> => new Column({ sqlType, form, nullable: false });

/** Text of any length; what a request may write is limited by its input. */
export const text = (): Column<string> => column('text', 'text');
/** Text compared byte by byte: for search terms and stored sort keys, whose order must not depend on a locale. */
export const bytewiseText = (): Column<string> => column('text collate "C"', 'text');
/** An id, or with `references` the id of another row. UUIDs are made in Node (`use.newId()`) and grow with time. */
export const uuid = (): Column<string> => column('uuid', 'uuid');
/** A whole number of 32 bits. */
export const integer = (): Column<number> => column('integer', 'number');
/** A whole number up to 2^53; money in minor units, counters. */
export const bigint = (): Column<number> => column('bigint', 'number');
/** Yes or no. */
export const boolean = (): Column<boolean> => column('boolean', 'boolean');
/** A moment; a `Date` in JavaScript. */
export const timestamptz = (): Column<Date> => column('timestamptz', 'instant');
/** A day without a time, as `2026-06-01`. */
export const date = (): Column<string> => column('date', 'date');
/** Any JSON. Writing takes text: `JSON.stringify(value) as unknown as Value`. It can be neither filtered nor ordered by. */
export const json = <Value>(): Column<Value> => column('jsonb', 'json');
/** One of some words, kept as text under a check: PostgreSQL's enums are not leakproof. */
export const oneOf = <const Word extends string>(...values: readonly Word[]): Column<Word> =>
  new Column({ sqlType: 'text', form: 'text', nullable: false, values });
