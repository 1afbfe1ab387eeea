import { p } from '@mikro-orm/core';
import { uuidv7 } from '../database/uuid.ts';
import { nameKey } from '../names/name-key.ts';
import type { Named } from '../names/readings.ts';

const REFERENCE = Symbol('reference');
const NAME_KEY = Symbol('name key');
/** A table by its entity, or by its name where that one cannot be imported, such as the table itself. */
export type Target = string | (() => { readonly name: string } | { readonly table: { readonly name: string } });
export interface Reference {
  readonly target: Target;
  readonly onDelete: 'restrict' | 'cascade';
}

/** The property whose name a key is made of. */
export interface KeyedName {
  readonly property: string;
  readonly of: Named;
}

/** What MikroORM's builders have been told. */
export interface BuilderOptions {
  readonly kind?: string;
  readonly entity?: () => { readonly table: { readonly name: string } };
  readonly columnType?: string;
  readonly collation?: string;
  readonly nullable?: boolean;
  readonly primary?: boolean;
  readonly persist?: boolean;
  readonly version?: boolean;
  readonly default?: unknown;
  readonly defaultRaw?: string;
  readonly generated?: string;
  readonly check?: string;
  readonly items?: readonly string[];
  readonly deleteRule?: 'restrict' | 'cascade';
  [REFERENCE]?: Reference;
  [NAME_KEY]?: KeyedName;
}
export const optionsOf = (builder: unknown): BuilderOptions => (builder as { '~options': BuilderOptions })['~options'];
export const keyedNameOf = (options: BuilderOptions): KeyedName | undefined => options[NAME_KEY];
export const referenceOf = (options: BuilderOptions): Reference | undefined => options[REFERENCE];

/** The organization of a row: hidden, named by every statement, and filled in by whoever writes. */
const organization = () =>
  p
    .uuid()
    .columnType('uuid')
    .hidden()
    .onCreate((_, em) => (em as unknown as { organizationId: string }).organizationId);
export const organizationColumn = organization().lazy();
export const idColumn = p
  .uuid()
  .columnType('uuid')
  .primary()
  .onCreate(() => uuidv7());

/**
 * Columns of an entity: MikroORM's own builders, cut down to types whose comparisons are leakproof, because row level security switches
 * indexes off for the others. All that a builder offers may follow: `.nullable()`, `.default()`, `.check('price > 0')`, `.primary()`.
 */
export const t = {
  /** Text of any length; what a request may write is limited by its input. */
  text: () => p.text().columnType('text'),
  /** Text compared byte by byte: for search terms and stored sort keys, whose order must not depend on a locale. */
  bytewiseText: () => p.text().columnType('text').collation('C'),
  /**
   * What lists are sorted by that show the name in another property: written with it, and for names that came without it by every server
   * once an hour. Chinese names are sorted by how they sound.
   * @param of `PERSON` for names of people: their surnames are read as surnames.
   */
  nameKeyOf: (property: string, of: Named = 'THING') => {
    const key = (row: unknown): string => nameKey((row as Record<string, string>)[property]!, of);
    const builder = p.text().columnType('text').collation('C').default('').onCreate(key).onUpdate(key);
    (builder['~options'] as BuilderOptions)[NAME_KEY] = { property, of };
    return builder;
  },
  uuid: () => p.uuid().columnType('uuid'),
  /** A whole number of 32 bits. */
  integer: () => p.integer().columnType('integer'),
  /** Raised by every change of the row; a row that somebody else has changed meanwhile is refused. */
  version: () => p.integer().columnType('integer').version().default(1),
  /** A whole number up to 2^53; money in minor units, counters. */
  bigint: () => p.bigint('number').columnType('bigint'),
  boolean: () => p.boolean().columnType('boolean'),
  /** A moment; a `Date` in JavaScript. */
  timestamptz: () => p.datetime().columnType('timestamptz'),
  /** A day without a time, as `2026-06-01`. */
  date: () => p.date().columnType('date'),
  /** Any JSON. It can be neither filtered nor ordered by. */
  json: <Value>() => p.json<Value>().columnType('jsonb'),
  /** One of some words, kept as text under a check: PostgreSQL's enums are not leakproof. */
  oneOf: <const Word extends string>(...words: readonly Word[]) => p.enum(words),
  /** The key of a table that has one row an organization: `organizationId: t.organization()`. */
  organization: () => organization().primary(),
  /** Another object of the module, by a key `(organization_id, <name>_id)`. */
  to: p.manyToOne,
  /** The id of an object, of another module too: a foreign key, and nothing to walk along. */
  idOf: (target: Target, onDelete: 'restrict' | 'cascade' = 'restrict') => {
    const builder = p.uuid().columnType('uuid');
    (builder['~options'] as BuilderOptions)[REFERENCE] = { target, onDelete };
    return builder;
  },
  /**
   * What makes names one, beside a name that is unique by it: width, case and spaces do not tell two apart. Null for a name that was there before
   * and is spared until it is changed, because another is the same.
   * @param column of the name, as SQL has it. @param spared the column of the name that is spared
   */
  oneNameOf: (column: string, spared: string) =>
    t.generated(
      p.text().columnType('text').nullable(),
      `case when ${column} is distinct from ${spared} then lower(btrim(regexp_replace(normalize(${column}, NFKC), '\\s+', ' ', 'g'))) end`,
    ),
  /** What PostgreSQL computes from the row's other columns and nobody writes. @param expression immutable SQL, such as `lower(name)`. */
  generated: <Builder extends object>(of: Builder, expression: string): Builder & { '~options': { defaultRaw: string } } => {
    (optionsOf(of) as { generated: string }).generated = `(${expression}) stored`;
    return of as never;
  },
} as const;
