import type { inputShapeKey, outputShapeKey } from '@pothos/core';
import { Table } from '../database/table.ts';
import type { Column } from '../entities/column.ts';
import type { DeclaredEntity } from '../entities/entity.ts';

/** A column's value as a resolver gets it: the statement writes moments as text. */
export type JsonOf<Value> = Value extends Date ? string : Value;
export type JsonRow<T extends Table> = {
  readonly [Name in keyof T['columns'] & string]: T['columns'][Name] extends Column<infer Value, boolean> ? JsonOf<Value> : never;
};

/**
 * A type that a table stands behind, as code names it: a constant without a builder, so that any module can import it. The builder that the
 * type is declared with knows it by its name.
 */
export class EntityRef<T extends Table = Table, Name extends string = string> {
  declare readonly [outputShapeKey]: JsonRow<T>;
  declare readonly $inferType: JsonRow<T>;
  readonly name: Name;
  readonly table: T;
  constructor(name: Name, table: T) {
    this.name = name;
    this.table = table;
  }
  toString(): string {
    return this.name;
  }
}
/**
 * Names a type that a table stands behind.
 *
 * @example
 * export const Loan = entityRef('Loan', LoanEntity);
 */
export const entityRef = <Name extends string, T extends Table>(name: Name, of: T | DeclaredEntity<T>): EntityRef<T, Name> =>
  new EntityRef(name, of instanceof Table ? of : of.table);

/** An enum, as code names it: a constant without a builder. Its words are one of the type's values, in inputs and outputs alike. */
export class WordsRef<Word extends string = string> {
  declare readonly [outputShapeKey]: Word;
  declare readonly [inputShapeKey]: Word;
  readonly name: string;
  readonly values: Readonly<Record<Word, string>>;
  readonly description: string;
  constructor(name: string, description: string, values: Readonly<Record<Word, string>>) {
    this.name = name;
    this.description = description;
    this.values = values;
  }
}
/** @param values each with its description. `builder.words(ref)` declares it. */
export const words = <const Word extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Word, string>>,
): WordsRef<Word> => new WordsRef(name, description, values);
/** The words of an enum that was named with `words`. */
export type WordOf<Ref> = Ref extends WordsRef<infer Word> ? Word : never;
