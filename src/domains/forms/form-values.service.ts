import { completed } from '@guichet/forms';
import type { FieldDefinition, GivenValue, Reference, StoredValues, TakenValues } from '../../sdk/core.ts';
import { type Issue, type UseCase, validationFailed } from '../../sdk/index.ts';
import { isSameValue, kindsOf, unknownEmployees, valueTerms } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { BusinessForm, FormValue, formValues } from './form.entity.ts';
import { attachFiles } from './form-files.service.ts';
import { asNamed } from './form-naming.service.ts';
import type { TemplateField } from './template-body.ts';

export interface TakingAnswers {
  /** The fields that whoever gives the values fills in. */
  mayWrite(field: TemplateField): boolean;
  /** What the form holds by now. */
  readonly before?: StoredValues;
  /** Of the list of values in the input. */
  readonly path?: readonly string[];
}
/** Values that fit, with the files and employees that they name. */
export interface Answers {
  readonly values: StoredValues;
  readonly files: readonly Reference[];
}
export const bySubmitter = ({ writtenBy }: TemplateField): boolean => writtenBy === 'SUBMITTER';

/**
 * Values of a template's fields: what is given now over what was there, without what conditions hide.
 * @throws ValidationFailed with everything that is wrong
 */
export async function takeAnswers(
  use: UseCase,
  fields: readonly TemplateField[],
  given: readonly GivenValue[],
  { mayWrite, before = {}, path = ['input', 'values'] }: TakingAnswers,
): Promise<Answers> {
  const { taken, issues: faults } = await takeLoose(use, fields, given, { mayWrite, path, before });
  const { values, issues } = completed(fields, { ...taken, issues: faults }, { mayWrite, before, path });
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  return { values, files: taken.files.filter(({ field }) => values[field.id] !== undefined) };
}

/** Values that are of their fields' kinds, whether or not they are all that is asked for. */
export async function takeLoose(
  use: UseCase,
  fields: readonly TemplateField[],
  given: readonly GivenValue[],
  { mayWrite, path, before = {} }: Pick<TakingAnswers, 'mayWrite' | 'before'> & { readonly path: readonly string[] },
): Promise<{ readonly taken: TakenValues; readonly issues: readonly Issue[] }> {
  const writes = mayWrite as (field: object) => boolean;
  const theirs = use.seat.kind === 'CONTACT' ? fields.filter(({ readBy }) => readBy !== 'STAFF') : fields; // what they do not read is not there
  const country = fields.some(holdsPhones) ? (await organizationOf(use)).country : 'CN';
  const named = await asNamed(use, theirs, given, before);
  const taken = kindsOf(use).take(theirs, named, { country, path, mayWrite: writes, isRequired: () => false });
  return { taken, issues: [...taken.issues, ...(await unknownEmployees(use, taken))] };
}

const holdsPhones = ({ kind, columns = [] }: FieldDefinition): boolean => kind === 'PHONE' || columns.some(holdsPhones);

/** The columns of a form that hold its values: what those inside alone read stands apart. */
export function columnsOf(
  fields: readonly TemplateField[],
  values: StoredValues,
): { field_values: StoredValues; staff_values: StoredValues } {
  const staff = new Set(fields.filter(({ readBy }) => readBy === 'STAFF').map(({ id }) => id));
  const part = (isStaff: boolean): StoredValues => Object.fromEntries(Object.entries(values).filter(([id]) => staff.has(id) === isStaff));
  return { field_values: part(false), staff_values: part(true) };
}
/** All values of a form, by the ids of its fields. */
export const valuesOf = (form: { readonly field_values: StoredValues; readonly staff_values: StoredValues }): StoredValues => ({
  ...form.field_values,
  ...form.staff_values,
});

/** What a form is found and sorted by. @param kinds of the server */
export const searchRows = (kinds: ReturnType<typeof kindsOf>, formId: string, fields: readonly TemplateField[], values: StoredValues) =>
  valueTerms(kinds, fields, values).map((term) => ({ form_id: formId, ...term }));

/** Writes what a form that is new is found by, and hangs its files on it. */
export async function keepNewAnswers(
  use: UseCase,
  formId: string,
  fields: readonly TemplateField[],
  { values, files }: Answers,
): Promise<void> {
  await attachFiles(use, formId, files);
  for (const row of searchRows(kindsOf(use), formId, fields, values)) use.on(FormValue).add(row);
}

/** Writes values over those of a form, whose row is locked. @returns the ids of the fields that have changed */
export async function keepAnswers(
  use: UseCase,
  formId: string,
  fields: readonly TemplateField[],
  { values, files }: Answers,
  before: StoredValues,
): Promise<string[]> {
  const kinds = kindsOf(use);
  const kept = fields.flatMap((field) => {
    const value = before[field.id];
    return value === undefined ? [] : (kinds.of(field.kind)?.references?.(value, field).files ?? []);
  });
  await attachFiles(use, formId, files, new Set(kept));
  const changed = [...new Set([...Object.keys(before), ...Object.keys(values)])].filter((id) => !isSameValue(before[id], values[id]));
  if (changed.length === 0) return [];
  use.on(BusinessForm).change({ id: formId }, columnsOf(fields, values));
  await use.on(formValues).deleteFrom('form_values').where('form_id', '=', formId).execute();
  for (const row of searchRows(kinds, formId, fields, values)) use.on(FormValue).add(row);
  return changed;
}
