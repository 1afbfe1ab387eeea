import {
  type FieldDefinition,
  type GivenValue,
  missingIn,
  type Reference,
  type StoredValue,
  type StoredValues,
} from '../../platform/fields/index.ts';
import { filesService, type Issue, type UseCase, validationFailed } from '../../sdk/index.ts';
import { attachFiles, kindsOf, unknownEmployees, valueTerms } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { contactFieldTerms } from './contact-field.entity.ts';
import { missingBuiltIn, valuesWith } from './contact-field.rules.ts';
import { type FieldsNow, holdFields } from './contact-field.service.ts';
import { contactFile } from './contact-file.purpose.ts';
import type { Change } from './contact-history.service.ts';
import { type NamesOfValues, namesIn, textOf } from './contact-value-text.service.ts';

const PATH = ['input', 'customFields'];

/** Values of a contact that fit, with what they were. */
export interface ContactValues {
  readonly fields: readonly FieldDefinition[];
  readonly before: StoredValues;
  readonly values: StoredValues;
  /** Those that were given with them. */
  readonly files: readonly Reference[];
}
export interface GivenValues {
  readonly given: readonly GivenValue[] | undefined;
  readonly before?: StoredValues;
  /** Of the built-in fields that an organization may require. */
  readonly texts: Readonly<Record<'company' | 'position' | 'address' | 'email' | 'remark', string | null | undefined>>;
}

/**
 * What a contact holds once some values are given: all that is required is there (spec 3.10).
 * @throws ValidationFailed with everything that is wrong
 */
export async function takeValues(use: UseCase, { given = [], before = {}, texts }: GivenValues): Promise<ContactValues> {
  const { own, required } = await holdFields(use);
  const country = own.some(({ kind }) => kind === 'PHONE') ? (await organizationOf(use)).country : 'CN';
  const taken = kindsOf(use).take(own, given, { country, path: PATH, isRequired: () => false });
  const values = valuesWith(before, taken.values, taken.emptied);
  const faulty = new Set(taken.issues.map(({ path }) => path[PATH.length]));
  const asked = own.filter(({ name }) => !faulty.has(name));
  const issues: Issue[] = [
    ...taken.issues,
    ...missingBuiltIn(required, texts, ['input']),
    ...missingIn(asked, new Map(Object.entries(values)), PATH),
    ...(await unknownEmployees(use, taken)),
  ];
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  return { fields: own, before, values, files: taken.files };
}

const isSame = (one: StoredValue | undefined, other: StoredValue | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);
const changedIn = ({ fields, before, values }: ContactValues): FieldDefinition[] =>
  fields.filter(({ id }) => !isSame(before[id], values[id]));

/**
 * Writes what a contact is found by, and hangs its files on it; `contacts.field_values` is the caller's.
 * @returns what has changed, for its history
 */
export async function keepValues(use: UseCase, contactId: string, of: ContactValues): Promise<Change[]> {
  const changed = changedIn(of);
  if (changed.length === 0) return [];
  await keepFiles(use, contactId, of, changed);
  const known = changed.filter(({ id }) => of.before[id] !== undefined).map(({ name }) => name);
  if (known.length)
    await use
      .on(contactFieldTerms)
      .deleteFrom('contact_field_terms')
      .where('contact_id', '=', contactId)
      .where('field', 'in', known)
      .execute();
  use.on(contactFieldTerms).add(valueTerms(kindsOf(use), changed, of.values).map((term) => ({ contact_id: contactId, ...term })));
  return changesOf(use, changed, of, await namesIn(use, changed, [of.before, of.values]));
}

const filesIn = (use: UseCase, fields: readonly FieldDefinition[], values: StoredValues): string[] =>
  fields.flatMap((field) => {
    const value = values[field.id];
    return value === undefined ? [] : (kindsOf(use).of(field.kind)?.references?.(value, field).files ?? []);
  });

async function keepFiles(use: UseCase, contactId: string, { before, values, files }: ContactValues, changed: readonly FieldDefinition[]) {
  const to = { type: 'Contact', id: contactId };
  const kept = filesIn(use, changed, before);
  await attachFiles(use, files, { to, kept: new Set(kept), purposeOf: () => contactFile.purpose });
  const still = new Set(filesIn(use, changed, values));
  const gone = kept.filter((id) => !still.has(id));
  if (gone.length) await use.service(filesService).detach(use, to, gone);
}

/** Values as a history has them: as text, from and to (spec 3.16). */
export const changesOf = (
  use: UseCase,
  changed: readonly FieldDefinition[],
  { before, values }: Pick<ContactValues, 'before' | 'values'>,
  names: NamesOfValues,
): Change[] =>
  changed.map((field) => ({
    field: field.name,
    old: textOf(use, field, before[field.id], names),
    new: textOf(use, field, values[field.id], names),
  }));
export type { FieldsNow };
