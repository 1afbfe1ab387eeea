import type { Issue, ReportFault } from './fault.ts';
import type { FieldDefinition } from './field-definition.ts';
import type { GivenValue, StoredValue } from './given-value.ts';
import { COMPUTED, FIELD_TWICE, givenOtherwise, mustBeFilledIn, NOT_YOURS, ONE_WAY, ONLY_EXPLAINS, UNKNOWN_FIELD } from './value-faults.ts';
import type { Taking, ValueKindOf } from './value-kind.ts';

export interface TakingValues extends Taking {
  /** Of the list of values in the input; faults stand beneath it under the names of their fields. */
  readonly path: readonly string[];
  /** What is not given stays as it was, and is not missed. */
  readonly partly?: boolean;
  /** Whether whoever gives the values fills in this field; all by default. */
  mayWrite?(field: FieldDefinition): boolean;
  /** Whether a field must be filled in; by default what its definition says. */
  isRequired?(field: FieldDefinition): boolean;
}

/** What somebody gave, in part still to be looked for by whoever writes it down. */
export interface TakenValues {
  /** By the ids of their fields. */
  readonly values: Readonly<Record<string, StoredValue>>;
  /** Ids of fields that were given as empty. */
  readonly emptied: readonly string[];
  readonly issues: readonly Issue[];
  /** Employees and files that values name, each with its place in the input. */
  readonly employees: readonly Reference[];
  readonly files: readonly Reference[];
}
export interface Reference {
  readonly id: string;
  readonly field: FieldDefinition;
  readonly path: readonly string[];
}

const wayOf = (given: GivenValue): string[] => Object.keys(given).filter((way) => way !== 'field' && given[way] !== undefined);

type Found = { readonly value: StoredValue; readonly way: string } | 'EMPTY' | undefined;

/** The value of one field. @returns undefined where a fault was told. */
function takeOne(kindOf: ValueKindOf, field: FieldDefinition, given: GivenValue, report: ReportFault, taking: TakingValues): Found {
  const kind = kindOf(field.kind);
  const [way, ...others] = wayOf(given);
  if (!kind) return void report(UNKNOWN_FIELD);
  if (kind.given.length === 0) return void report(ONLY_EXPLAINS);
  if (field.product) return void report(COMPUTED);
  if (way === undefined || others.length) return void report(ONE_WAY);
  if (!kind.given.includes(way)) return void report(givenOtherwise(kind.given), way);
  const value = given[way];
  if (value === null) return 'EMPTY';
  if (kind.isGiven?.(value) === false) return void report(givenOtherwise(kind.given), way);
  if (kind.isEmpty?.(value)) return 'EMPTY';
  let isWrong = false;
  const told: ReportFault = (fault, ...within) => {
    isWrong = true;
    report(fault, way, ...within);
  };
  const stored = kind.take(value, field, told, taking);
  return isWrong || stored === undefined ? undefined : { value: stored, way };
}

/** Values as they are kept, and everything that is wrong with what was given. */
export function takeValues(
  kindOf: ValueKindOf,
  definitions: readonly FieldDefinition[],
  given: readonly GivenValue[],
  taking: TakingValues,
): TakenValues {
  const byName = new Map(definitions.map((field) => [field.name, field]));
  const values = new Map<string, StoredValue>();
  const issues: Issue[] = [];
  const emptied: string[] = [];
  const seen = new Set<string>();
  const references = { employees: [] as Reference[], files: [] as Reference[] };
  for (const one of given) {
    const path = [...taking.path, one.field];
    const report: ReportFault = (fault, ...within) => issues.push({ ...fault, path: [...path, ...within] });
    const field = byName.get(one.field);
    if (!field) report(UNKNOWN_FIELD);
    else if (seen.has(field.id)) report(FIELD_TWICE);
    else if (taking.mayWrite?.(field) === false) report(NOT_YOURS);
    else {
      seen.add(field.id);
      const found = takeOne(kindOf, field, one, report, taking);
      if (found === 'EMPTY') emptied.push(field.id);
      else if (found) {
        values.set(field.id, found.value);
        const { employees = [], files = [] } = kindOf(field.kind)?.references?.(found.value, field) ?? {};
        const at = (id: string): Reference => ({ id, field, path: [...path, found.way] });
        references.employees.push(...employees.map(at));
        references.files.push(...files.map(at));
      }
    }
  }
  const faulty = new Set(issues.map(({ path }) => path[taking.path.length]));
  const asked = definitions.filter(({ id, name }) => !faulty.has(name) && (!taking.partly || emptied.includes(id)));
  const missing = missingIn(
    asked,
    values,
    taking.path,
    (field) => (taking.isRequired ?? isRequired)(field) && taking.mayWrite?.(field) !== false,
  );
  return { values: Object.fromEntries(values), emptied, issues: [...issues, ...missing], ...references };
}
const isRequired = ({ required }: FieldDefinition): boolean => required;

/** Required fields without a value. @param values by the ids of their fields */
export function missingIn(
  definitions: readonly FieldDefinition[],
  values: ReadonlyMap<string, unknown>,
  path: readonly string[],
  mustBeThere: (field: FieldDefinition) => boolean = isRequired,
): Issue[] {
  return definitions
    .filter((field) => mustBeThere(field) && !field.product && !values.has(field.id))
    .map(({ name, label }) => ({ path: [...path, name], ...mustBeFilledIn(label) }));
}
