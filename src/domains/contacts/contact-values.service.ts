import { type FieldDefinition, type GivenValue, missingIn, type Reference, type StoredValues } from '../../sdk/core.ts';
import { filesService, type Issue, type UseCase, validationFailed } from '../../sdk/index.ts';
import { attachFiles, kindsOf, unknownEmployees } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { missingBuiltIn, valuesWith } from './contact-field.rules.ts';
import { holdFields } from './contact-field.service.ts';
import { contactFile } from './contact-file.purpose.ts';
import type { Change } from './contact-history.service.ts';
import { changedFields, writeValues } from './contact-value-writing.service.ts';

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

/**
 * Writes what a contact is found by, and hangs its files on it; `contacts.field_values` is the caller's.
 * @returns what has changed, for its history
 */
export async function keepValues(use: UseCase, contactId: string, of: ContactValues): Promise<Change[]> {
  const changed = changedFields(of.fields, of);
  if (changed.length > 0) await keepFiles(use, contactId, of, changed);
  return writeValues(use, [{ contactId, before: of.before, values: of.values }]);
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
