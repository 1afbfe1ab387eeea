import { textTerm } from '../../sdk/core.ts';
import { RAISED, type RowOf, type UseCase, validationFailed, versionConflict } from '../../sdk/index.ts';
import {
  builtInField,
  changeFields,
  contact,
  contactFields,
  definitionOf,
  type FieldSettings,
  isHeaderOfColumn,
  isNameOfColumn,
  moved,
} from '../contacts/index.ts';
import { kindsOf } from '../fields/index.ts';
import { contactFieldBuiltIn } from './contact-field.errors.ts';
import { faultsOf, type GivenField, OF_A_COLUMN, settingsWith, TAKEN } from './field-definition.rules.ts';
import { refit } from './value-rewriting.service.ts';

export type FieldRow = RowOf<typeof contactFields>;
/** With the built-in ones they are a hundred. */
const MOST_OWN = 90;
const TOO_MANY = { code: 'TOO_MANY', message: { en: `At most ${MOST_OWN} fields, please.`, 'zh-CN': `最多 ${MOST_OWN} 个自定义字段。` } };
const OPTION_ID = /-/g;

/** Locks a field, while nobody writes values. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdField(use: UseCase, fieldId: string, expected?: number): Promise<FieldRow> {
  await changeFields(use);
  await use.authorize('ContactField', fieldId, contact.settings, { path: ['input', 'fieldId'] });
  const now = await use.on(contactFields).selectFrom('contact_fields').selectAll().where('id', '=', fieldId).executeTakeFirstOrThrow();
  if (expected !== undefined && now.version !== expected)
    throw versionConflict({ current: { type: 'ContactField', uuid: now.id } }, ['input', 'expectedVersion']);
  return now;
}

const refuseTaken = (use: UseCase, path: 'name' | 'label'): void => {
  const taken = (at: string) => () => validationFailed({ issues: [{ path: ['input', at], ...TAKEN }] }, ['input', at]);
  use.refuseTaken('contact_fields_name', taken('name'));
  use.refuseTaken('contact_fields_label', taken(path));
};

const shortId = (use: UseCase) => () => use.newId().replaceAll(OPTION_ID, '');
type Kept = Pick<FieldRow, 'id' | 'name' | 'label' | 'kind' | 'is_required' | 'settings'>;
/** @param called what it is called from now on, and was not. @throws ValidationFailed for what is no field */
function checkField(use: UseCase, row: Kept, { name, label = name }: Partial<Pick<Kept, 'name' | 'label'>>): void {
  const isTaken = { name: name !== undefined && isNameOfColumn(name), label: label !== undefined && isHeaderOfColumn(label) };
  const taken = (['name', 'label'] as const).filter((of) => isTaken[of]);
  const issues = [...taken.map((of) => ({ path: ['input', of], ...OF_A_COLUMN })), ...faultsOf(kindsOf(use), definitionOf(row))];
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
}

/** Adds a field behind the others. @returns its id. @throws ValidationFailed */
export async function addField(use: UseCase, given: GivenField & { readonly name: string; readonly kind: string }): Promise<string> {
  const { name, kind, label = name, required = false, visibleToContact = false } = given;
  const settings = settingsWith({}, given, kindsOf(use), kind, shortId(use));
  const row = { id: use.newId(), name, label, kind, is_required: required, settings };
  checkField(use, row, { name, label: given.label });
  const all = await use.on(contactFields).selectFrom('contact_fields').select(['position', 'is_built_in']).execute();
  if (all.filter(({ is_built_in }) => !is_built_in).length >= MOST_OWN)
    throw validationFailed({ issues: [{ path: ['input'], ...TOO_MANY }] }, ['input']);
  refuseTaken(use, given.label === undefined ? 'name' : 'label');
  const position = Math.max(0, ...all.map((one) => one.position)) + 1;
  await use
    .on(contactFields)
    .insertInto('contact_fields')
    .values({
      organization_id: use.organizationId,
      ...row,
      settings: row.settings,
      label_key: textTerm(label),
      is_built_in: false,
      visible_to_contact: visibleToContact,
      position,
    })
    .execute();
  return row.id;
}

/**
 * Changes a field whose row is locked; what contacts have of it is kept as the new kind keeps it, or nothing is changed.
 * @param confirmed how many values may read otherwise
 * @throws ValidationFailed, ContactFieldBuiltIn, ContactFieldValuesDoNotFit, ContactFieldValuesRewritten
 */
export async function updateField(use: UseCase, now: FieldRow, given: GivenField, confirmed?: number): Promise<void> {
  if (now.is_built_in) return requireBuiltIn(use, now, given);
  const kind = given.kind ?? now.kind;
  const settings = settingsWith(now.settings, given, kindsOf(use), kind, shortId(use));
  const next = { ...now, kind, settings, label: given.label ?? now.label, is_required: given.required ?? now.is_required };
  checkField(use, next, { label: next.label === now.label ? undefined : next.label });
  refuseTaken(use, 'label');
  if (kind !== now.kind || !isSame(settings, now.settings)) await refit(use, definitionOf(now), definitionOf(next), confirmed);
  use.on(contactFields).change(
    { id: now.id },
    {
      kind,
      settings,
      label: next.label,
      label_key: textTerm(next.label),
      is_required: next.is_required,
      visible_to_contact: given.visibleToContact ?? now.visible_to_contact,
      version: RAISED,
    },
  );
}
const isSame = (one: FieldSettings, other: FieldSettings): boolean => {
  const inOrder = (of: FieldSettings): string => JSON.stringify(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
  return inOrder(one) === inOrder(other);
};

/** Of a built-in field nothing changes but whether it is required, and that where it makes sense. */
function requireBuiltIn(use: UseCase, now: FieldRow, { required = now.is_required, visibleToContact, ...others }: GivenField): void {
  const isChanged = required !== now.is_required;
  const isFixed = builtInField(now.name)?.required !== 'MAY_BE';
  const wantsMore = Object.entries(others).some(
    ([name, of]) =>
      ['label', 'kind', 'options', 'min', 'max', 'maxLength', 'decimals', 'currency', 'most'].includes(name) && of !== undefined,
  );
  if ((isChanged && isFixed) || wantsMore || (visibleToContact ?? now.visible_to_contact) !== now.visible_to_contact)
    throw contactFieldBuiltIn({}, ['input', 'fieldId']);
  use.on(contactFields).change({ id: now.id }, { is_required: required, version: RAISED });
}

const inOrder = (use: UseCase) =>
  use.on(contactFields).selectFrom('contact_fields').select(['id', 'position']).orderBy('position').orderBy('id').execute();

/** Puts a field at another place. @param place counted from 1 */
export async function moveField(use: UseCase, fieldId: string, place: number): Promise<void> {
  for (const { id, position } of moved(await inOrder(use), fieldId, place)) use.on(contactFields).change({ id }, { position });
}

/** Deletes the row of a field, of which no contact has a value any more. */
export async function dropField(use: UseCase, fieldId: string): Promise<void> {
  await use.on(contactFields).deleteFrom('contact_fields').where('id', '=', fieldId).execute();
  for (const [i, { id, position }] of (await inOrder(use)).entries())
    if (position !== i + 1) use.on(contactFields).change({ id }, { position: i + 1 });
}
