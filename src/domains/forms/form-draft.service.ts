import type { GivenValue, Reference } from '../../sdk/core.ts';
import { filesService, invalid, notFound, type StoredValues, type UseCase, validationFailed, versionConflict } from '../../sdk/index.ts';
import { kindsOf } from '../fields/index.ts';
import { FormDraft, formDrafts, MOST_DRAFTS } from './form-draft.entity.ts';
import { stillFitting } from './form-draft.rules.ts';
import { FORM_FILE } from './form-files.service.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';
import { type Answers, bySubmitter, takeAnswers, takeLoose } from './form-values.service.ts';
import { form } from './permissions.ts';
import type { TemplateField } from './template-body.ts';

/** Days that a draft is kept after it was saved. */
export const KEPT_DAYS = 90;
const DAY = 86_400_000;
const DRAFT = ['input', 'draftId'];

/** A draft, its row locked. @throws NotFound, VersionConflict */
export async function holdDraft(use: UseCase, draftId: string, expectedVersion?: number) {
  await use.authorize('FormDraft', draftId, form.draft, { path: DRAFT });
  const draft = await use.em.findOneOrFail(FormDraft, { id: draftId });
  if (expectedVersion !== undefined && draft.version !== expectedVersion)
    throw versionConflict({ current: { type: 'FormDraft', uuid: draftId } }, ['input', 'expectedVersion']);
  return draft;
}
export type HeldDraft = Awaited<ReturnType<typeof holdDraft>>;

/** For whom a draft is, before anything is locked. @throws NotFound */
export async function contactOfDraft(use: UseCase, draftId: string): Promise<string | undefined> {
  await use.find('FormDraft', draftId, DRAFT);
  const found = await use
    .on(formDrafts)
    .selectFrom('form_drafts')
    .select('contact_id')
    .where('id', '=', draftId)
    .where('seat_id', '=', use.seat.id)
    .executeTakeFirst();
  if (!found) throw notFound({}, DRAFT);
  return found.contact_id ?? undefined;
}

interface Versions {
  readonly version: number;
  readonly fields: readonly TemplateField[];
  /** Those by which a draft was saved. */
  readonly before: readonly TemplateField[];
}
/** Fields as they are asked for now, and as some version asked for them; undefined where nothing can be filled in. */
export async function versionsOf(use: UseCase, templateId: string, before?: number): Promise<Versions | undefined> {
  const found = await use
    .on(formTemplates, formTemplateVersions)
    .selectFrom('form_templates as template')
    .innerJoin('form_template_versions as version', 'version.template_id', 'template.id')
    .select(['template.current_version', 'version.version', 'version.fields'])
    .where('template.id', '=', templateId)
    .where('template.deleted_at', 'is', null)
    .where((of) => of.or([of('version.version', '=', of.ref('template.current_version')), of('version.version', '=', before ?? 0)]))
    .execute();
  const now = found.find(({ version, current_version }) => version === current_version);
  if (!now) return undefined;
  return { version: now.version, fields: now.fields, before: found.find(({ version }) => version === before)?.fields ?? now.fields };
}

export interface GivenDraft {
  readonly templateId: string;
  readonly contactId?: string;
  readonly values: readonly GivenValue[];
}
/** Saves what there is by now, over what a draft holds that still fits. @returns its id. @throws ValidationFailed, NotFound */
export async function saveDraft(use: UseCase, { templateId, contactId, values: given }: GivenDraft, draft?: HeldDraft): Promise<string> {
  const versions = await versionsOf(use, templateId, draft?.templateVersion);
  if (!versions) throw notFound({}, ['input', 'templateId']);
  const { version, fields, before } = versions;
  const kept = draft ? stillFitting(before, fields, draft.fieldValues as StoredValues).values : {};
  const { taken, issues } = await takeLoose(use, fields, given, { mayWrite: bySubmitter, before: kept, path: ['input', 'values'] });
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  const values: StoredValues = Object.fromEntries(
    Object.entries({ ...kept, ...taken.values }).filter(([id]) => taken.values[id] !== undefined || !taken.emptied.includes(id)),
  );
  await keepFiles(use, fields, values, taken.files);
  if (!draft) return addDraft(use, { templateId, templateVersion: version, contactId: contactId ?? null, values });
  use.em.assign(draft, { templateVersion: version, fieldValues: values, savedAt: use.now, ...(contactId && { contactId }) });
  return draft.id;
}

interface NewDraft {
  readonly templateId: string;
  readonly templateVersion: number;
  readonly contactId: string | null;
  readonly values: StoredValues;
}
/** @throws ValidationFailed where the seat has as many as it may keep */
export async function addDraft(use: UseCase, { values, ...draft }: NewDraft): Promise<string> {
  await use.takeTurn(`drafts:${use.seat.id}`);
  const had = await use.on(formDrafts).selectFrom('form_drafts').select('place').where('seat_id', '=', use.seat.id).execute();
  const taken = new Set(had.map(({ place }) => place));
  const place = Array.from({ length: MOST_DRAFTS }, (_, i) => i + 1).find((one) => !taken.has(one));
  if (place === undefined) throw invalid(['input'], 'TOO_MANY', TOO_MANY);
  const id = use.newId();
  const own = { id, seatId: use.seat.id, place, createdAt: use.now, savedAt: use.now };
  use.em.create(FormDraft, { ...own, ...draft, fieldValues: values });
  return id;
}
const TOO_MANY = {
  en: `You keep ${MOST_DRAFTS} drafts already: hand some in, or delete some.`,
  'zh-CN': `您已有 ${MOST_DRAFTS} 份草稿，请先提交或删除一些。`,
};

/** Files that a draft names, each with the place to blame. */
export function filesOf(use: UseCase, fields: readonly TemplateField[], values: StoredValues, path: readonly string[]): Reference[] {
  const kinds = kindsOf(use);
  return fields.flatMap((field) => {
    const value = values[field.id];
    const ids = value === undefined ? [] : (kinds.of(field.kind)?.references?.(value, field).files ?? []);
    return ids.map((id) => ({ id, field, path }));
  });
}

/** What is given now over what a draft holds, if there is one, with the files of both. @throws ValidationFailed */
export async function answersOver(
  use: UseCase,
  fields: readonly TemplateField[],
  given: readonly GivenValue[],
  draft?: HeldDraft,
): Promise<Answers> {
  if (!draft) return takeAnswers(use, fields, given, { mayWrite: bySubmitter });
  const versions = await versionsOf(use, draft.templateId, draft.templateVersion);
  const before = versions && stillFitting(versions.before, fields, draft.fieldValues as StoredValues).values;
  const { values, files } = await takeAnswers(use, fields, given, { mayWrite: bySubmitter, before });
  const known = new Set(files.map(({ id }) => id));
  return { values, files: [...files, ...filesOf(use, fields, values, DRAFT).filter(({ id }) => !known.has(id))] };
}

/** What was sent for a draft is kept as long as the draft. @throws NotFound for what is given now and was not sent by this seat for a form */
async function keepFiles(use: UseCase, fields: readonly TemplateField[], values: StoredValues, given: readonly Reference[]): Promise<void> {
  const named = filesOf(use, fields, values, DRAFT);
  if (named.length === 0) return;
  const until = new Date(use.now.getTime() + KEPT_DAYS * DAY);
  const ids = named.map(({ id }) => id);
  const kept = await use.service(filesService).retain(use, { uploadIds: ids, purpose: FORM_FILE.purpose, until });
  const missing = given.find(({ id }) => !kept.has(id));
  if (missing) throw notFound({}, missing.path);
}

/** Throws a draft away, which is locked: its files are deleted like all that hangs on nothing. */
export async function throwAway(use: UseCase, draft: HeldDraft): Promise<void> {
  const versions = await versionsOf(use, draft.templateId, draft.templateVersion);
  const named = versions ? filesOf(use, versions.before, draft.fieldValues as StoredValues, DRAFT) : [];
  const uploadIds = named.map(({ id }) => id);
  await use.service(filesService).retain(use, { uploadIds, purpose: FORM_FILE.purpose, until: use.now });
  removeDraft(use, draft);
}

/** Takes a draft away, which is locked; its files hang on the form that it has become. */
export function removeDraft(use: UseCase, draft: HeldDraft): void {
  use.em.remove(draft);
}
