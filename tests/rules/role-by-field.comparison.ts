import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Answer } from '../../src/testing/test-seat.ts';
import type { Expectations } from './expected.roles.ts';
import { leavesOf, ruleOf, type Shape, shapeOf } from './printed.rules.ts';
import { fieldsOf } from './role-by-field.questions.ts';
import type { Thing } from './rows.fixture.ts';
import type { SeatName } from './world.fixture.ts';

type Field = ReturnType<typeof fieldsOf>[number];
type Row = Readonly<Record<string, unknown>> & { readonly __typename: string; readonly id: string };
type Path = readonly (string | number)[];

export interface Asked {
  readonly seat: SeatName;
  readonly schema: GraphQLSchema;
  /** Each object that was asked for, with its place in the answer. */
  readonly things: readonly (readonly [Thing, Path])[];
  readonly answer: Answer;
  /** The fields of rows beneath were asked too. */
  readonly isDeep: boolean;
}

/** What differs from seat to seat, so that no two answers to it need be alike: what it finds, and addresses that are sealed for it. */
const VARIES = [
  'ServiceWindow.apps',
  'ServiceWindow.articles',
  'ArticleCategory.articles',
  'viewerRating',
  'viewerRoles',
  'viewerAccess',
  'viewerCan',
  'printUrl',
  'liveCursor',
  'businessForms',
  'FormInteraction.form',
  'RepairInteraction.form',
  'RepairOrder.form',
  'RepairOrder.asset',
  'ProductVariant.prices',
  'TransferItem.task',
  'ContractSigner.phoneMasked',
  'FranchiseApplication.contract',
  'FranchiseTerritory.holds',
  'File.url',
];

/** Compares answers with the printed rules and with the roles that were written by hand, both ways. */
export class Comparison {
  /** Fields asked of an object by a seat. */
  combinations = 0;
  readonly deviations: string[] = [];
  readonly #expected: Expectations;
  readonly #things: ReadonlyMap<string, Thing>;
  readonly #truth = new Map<string, string>();
  readonly #fields = new Map<string, { admitted: boolean; filled: boolean }>();

  constructor(expected: Expectations, things: ReadonlyMap<string, Thing>) {
    this.#expected = expected;
    this.#things = things;
  }

  /** Fields that no seat of the world may read of any object, and those that nobody found a value in. */
  get unread(): string[] {
    return [...this.#fields].flatMap(([name, { admitted }]) => (admitted ? [] : [name]));
  }
  get empty(): string[] {
    return [...this.#fields].flatMap(([name, { admitted, filled }]) => (admitted && !filled ? [name] : [])).sort();
  }

  compare({ seat, schema, things, answer, isDeep }: Asked): void {
    const errors = new Map(answer.errors.map(({ path = [], extensions, message }) => [path.join('.'), `${extensions.code} ${message}`]));
    const reading = new Reading(seat, schema, errors);
    for (const [thing, path] of things) {
      const row = valueAt(answer.data, path) as Row | null;
      if (this.#expected.exists(seat, thing) !== (row !== null))
        this.#deviates(reading, thing, [], row ? 'exists' : `is absent: ${reading.taken(path)}`);
      else if (row) this.#row(reading, thing, row, path, isDeep);
    }
    for (const [path, error] of errors) this.deviations.push(`${seat} was told at ${path}: ${error}`);
  }

  #deviates({ seat }: Reading, { type, globalId }: Thing, fields: readonly string[], what: string): void {
    this.deviations.push(`${[type, ...fields].join('.')} of ${globalId} ${what} for ${seat}`);
  }

  /** Fields that were not asked are passed over: they stand in another question. */
  #row(reading: Reading, thing: Thing, row: Row, path: Path, isDeep: boolean): void {
    const type = reading.schema.getType(thing.type) as GraphQLObjectType;
    for (const field of fieldsOf(type)) {
      if (!(field.name in row)) continue;
      const value = row[field.name];
      const at = [...path, field.name];
      if (!this.#field(reading, thing, field, value, at)) continue;
      this.#value(reading, thing, field, value);
      const shape = shapeOf(field);
      if (shape === 'PART') this.#part(reading, thing, field, value, at);
      else if (shape !== 'VALUE') this.#beneath(reading, thing, field, value, at, isDeep);
    }
  }

  /** @returns whether the value was given, as it should be. */
  #field(reading: Reading, thing: Thing, field: Field, value: unknown, path: Path, within: readonly string[] = []): boolean {
    this.combinations++;
    const { roles, right } = ruleOf(reading.schema, field);
    const held = this.#expected.roles(reading.seat, thing, right);
    const admitted = roles.includes('PUBLIC') || roles.some((role) => held.has(role));
    const name = [thing.type, ...within, field.name].join('.');
    const known = this.#fields.get(name) ?? { admitted: false, filled: false };
    this.#fields.set(name, { admitted: known.admitted || admitted, filled: known.filled || (admitted && isFilled(value)) });
    const error = reading.taken(path);
    const refused = error?.startsWith('FORBIDDEN') ?? false;
    if (admitted ? error !== undefined : !refused || value != null)
      this.#deviates(
        reading,
        thing,
        [...within, field.name],
        admitted ? `is refused (${error})` : `is told (${JSON.stringify(value)}, ${error})`,
      );
    return admitted && error === undefined;
  }

  /** Whoever may read a value reads the same one; roles are those that were written down by hand. */
  #value(reading: Reading, thing: Thing, field: Field, value: unknown): void {
    if (field.name === 'viewerRoles') {
      const held = [...this.#expected.roles(reading.seat, thing)].sort().join();
      const told = [...(value as string[])].sort().join();
      if (held !== told) this.#deviates(reading, thing, ['viewerRoles'], `is ${told} and should be ${held}`);
    }
    if (VARIES.includes(field.name) || VARIES.includes(`${thing.type}.${field.name}`)) return;
    const key = `${thing.globalId} ${reading.surface} ${field.name}`;
    const plain = JSON.stringify(withoutRows(shapeOf(field), value)) ?? 'undefined';
    const known = this.#truth.get(key) ?? plain;
    this.#truth.set(key, known);
    if (known !== plain) this.#deviates(reading, thing, [field.name], `is ${plain}, but ${known} to others,`);
  }

  #part(reading: Reading, thing: Thing, field: Field, value: unknown, path: Path): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const leaf of leavesOf(field)) this.#field(reading, thing, leaf, (value as Row)[leaf.name], [...path, leaf.name], [field.name]);
  }

  #beneath(reading: Reading, thing: Thing, field: Field, value: unknown, path: Path, isDeep: boolean): void {
    for (const [at, row] of rowsIn(shapeOf(field), value)) {
      const found = this.#things.get(row.id);
      if (!found || !this.#expected.leads(reading.seat, thing, found))
        this.#deviates(reading, thing, [field.name], `leads to ${row.__typename} ${row.id}`);
      else if (isDeep) this.#row(reading, found, row, [...path, ...at], false);
    }
  }
}

/** One answer on its way through the comparison; an error that was looked for is taken off. */
class Reading {
  readonly seat: SeatName;
  readonly schema: GraphQLSchema;
  readonly #errors: Map<string, string>;
  constructor(seat: SeatName, schema: GraphQLSchema, errors: Map<string, string>) {
    this.seat = seat;
    this.schema = schema;
    this.#errors = errors;
  }
  get surface(): string {
    return this.schema.getType('Employee') ? 'staff' : 'portal';
  }
  taken(path: Path): string | undefined {
    const key = path.join('.');
    const error = this.#errors.get(key);
    this.#errors.delete(key);
    return error;
  }
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null | undefined)?.[step], data) ?? null;
const isFilled = (value: unknown): boolean => value != null && (!Array.isArray(value) || value.length > 0);

function rowsIn(shape: Shape, value: unknown): readonly (readonly [at: Path, row: Row])[] {
  if (value == null) return [];
  if (shape === 'ROW') return [[[], value as Row]];
  const nodes = shape === 'PAGE' ? ((value as { nodes?: readonly Row[] }).nodes ?? []) : (value as readonly Row[]);
  return nodes.map((row, i) => [shape === 'PAGE' ? ['nodes', i] : [i], row]);
}

function withoutRows(shape: Shape, value: unknown): unknown {
  if (shape === 'PAGE') return (value as { totalCount?: number } | null)?.totalCount;
  return shape === 'VALUE' || shape === 'PART' ? value : rowsIn(shape, value).map(([, { id }]) => id);
}
