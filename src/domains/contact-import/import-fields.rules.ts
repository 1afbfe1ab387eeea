import { type FieldDefinition, type FieldKinds, type GivenValue, missingIn, type SheetFault, type StoredValues } from '../../sdk/core.ts';
import type { Issue, Message } from '../../sdk/index.ts';
import { missingBuiltIn } from '../contacts/index.ts';
import { isSameValue } from '../fields/index.ts';
import { cellOf, isReadFromSheets, ownColumn } from './field-columns.ts';
import { importFault } from './import.faults.ts';
import type { ContactRow } from './import.sheet.ts';

/** The organization's own fields, as rows are held against them. */
export interface FieldFacts {
  /** As they are now. */
  readonly own: readonly FieldDefinition[];
  /** By which the table was read. */
  readonly asked: readonly FieldDefinition[];
  /** Names of built-in fields that must be filled in. */
  readonly required: readonly string[];
  readonly country: string;
  readonly kinds: FieldKinds;
}
/** What a row says of them. */
export interface SaidValues {
  readonly values: StoredValues;
  readonly faults: readonly SheetFault[];
}

/**
 * Reads the cells of a row by the fields as they are now: one that has another name is the same, one of another kind reads the cell anew, and
 * what stands under one that is gone is not lost by the way.
 * @param employeeNamed who is meant by a name; undefined where that was told already
 */
export function saidValues(
  { row, known: cells }: ContactRow,
  { own, asked, country, kinds }: FieldFacts,
  employeeNamed: (name: string, column: `customFields.${string}`) => string | undefined,
): SaidValues {
  const faults: SheetFault[] = [];
  const given: GivenValue[] = [];
  for (const { id, name, label } of asked) {
    const column = ownColumn(name);
    const typed = (cells as Readonly<Record<string, unknown>>)[column];
    if (typed === undefined) continue;
    const field = own.find((one) => one.id === id);
    if (!field) faults.push(importFault('FIELD_GONE', row, column, label));
    else if (field.kind === 'EMPLOYEE') {
      const employeeId = employeeNamed(String(typed), column);
      if (employeeId) given.push({ field: field.name, employeeId });
    } else {
      const read = kinds.read(field, cellOf(typed, field.kind), { country });
      if (read.given) given.push(read.given);
      faults.push(...read.issues.map((issue) => faultOf(issue, row, column)));
    }
  }
  const taken = kinds.take(own, given, { country, path: [], isRequired: () => false });
  return { values: taken.values, faults: [...faults, ...taken.issues.map((issue) => faultOf(issue, row, ownColumn(issue.path[0]!)))] };
}

const faultOf = ({ code, message }: Pick<Issue, 'code' | 'message'>, row: number, column: string): SheetFault => ({
  row,
  column,
  code: code as SheetFault['code'],
  message: message as Message,
});

/**
 * What must be there and is not, once a row is taken (spec 3.10). What no table holds is asked for at the contact's next edit, as a field is that
 * is required since. @param texts of built-in fields, by their names
 */
export function missingFields(
  row: number,
  { own, required, kinds }: FieldFacts,
  values: StoredValues,
  texts: Readonly<Record<string, unknown>>,
): SheetFault[] {
  const held = own.filter((field) => isReadFromSheets(kinds, field));
  const missing = missingIn(held, new Map(Object.entries(values)), []);
  return [
    ...missingBuiltIn(required, texts, []).map((issue) => faultOf(issue, row, issue.path[0]!)),
    ...missing.map((issue) => faultOf(issue, row, ownColumn(issue.path[0]!))),
  ];
}

/** Kinds of fields, by the ids of these. */
export const kindsById = (fields: readonly FieldDefinition[]): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.map(({ id, kind }) => [id, kind]));

/** Values of a contact before a row and after it, with the kinds that their fields had then, and as they are now. */
export interface ValuesThen {
  readonly before: StoredValues;
  readonly after: StoredValues;
  readonly kinds: Readonly<Record<string, string>>;
  readonly now: StoredValues;
}
/**
 * Values of a contact once what a row wrote is taken back: of fields that it changed, that still hold what it wrote and are of the kind that they
 * were then. What a field does not take any more does not come back.
 */
export function valuesAgain(
  { before, after, kinds: kindsThen, now }: ValuesThen,
  { own, country, kinds }: Pick<FieldFacts, 'own' | 'country' | 'kinds'>,
): StoredValues {
  const again = new Map(Object.entries(now));
  for (const field of own) {
    const { id, kind, name } = field;
    const isOfRow = !isSameValue(before[id], after[id]) && isSameValue(now[id], after[id]) && kindsThen[id] === kind;
    const way = kinds.of(kind)?.given[0];
    if (!isOfRow || way === undefined) continue;
    if (before[id] === undefined) again.delete(id);
    else {
      const taken = kinds.take([field], [{ field: name, [way]: before[id] }], { country, path: [], isRequired: () => false });
      if (taken.values[id] !== undefined) again.set(id, taken.values[id]);
    }
  }
  return Object.fromEntries(again);
}
