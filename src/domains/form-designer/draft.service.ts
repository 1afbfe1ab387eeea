import { type Issue, notFound, type UseCase, validationFailed, versionConflict } from '../../sdk/index.ts';
import { bodyOf, EVERY_CONTACT, form, formTemplates, formTemplateVersions, type TemplateBody } from '../forms/index.ts';
import { type GivenDraft, MOST_FIELDS } from './draft.input.ts';
import { bodyAfter, fieldsGiven, waysOf } from './draft-reading.rules.ts';
import { FormDraft } from './form-draft.entity.ts';
import { shortId } from './short-id.ts';

export interface HeldTemplate {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly icon: string | null;
  readonly category: string | null;
  readonly current_version: number;
  readonly enabled: boolean;
}
export const TEMPLATE = ['input', 'templateId'];

/** The template, locked: whoever edits, publishes or submits takes turns. @throws NotFound, FORBIDDEN */
export async function holdTemplate(use: UseCase, templateId: string): Promise<HeldTemplate> {
  await use.authorize('FormTemplate', templateId, form.design, { path: TEMPLATE });
  const found = await use
    .on(formTemplates)
    .selectFrom('form_templates')
    .select(['id', 'name', 'kind', 'icon', 'category', 'current_version', 'enabled'])
    .where('id', '=', templateId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw notFound({}, TEMPLATE);
  return found;
}

const NOTHING: TemplateBody = {
  fields: [],
  flow: { withConfirmation: false, route: 'BY_HAND', cc: [], withdrawal: 'UNTIL_FIRST_DECISION' },
  audience: EVERY_CONTACT,
};

/** The body that forms are filled in by now; an empty one where nothing was published. */
export async function publishedBody(use: UseCase, { id, current_version }: HeldTemplate): Promise<TemplateBody> {
  const found = await use
    .on(formTemplateVersions)
    .selectFrom('form_template_versions')
    .select(['fields', 'with_confirmation', 'flow', 'audience', 'number_prefix'])
    .where('template_id', '=', id)
    .where('version', '=', current_version)
    .executeTakeFirst();
  return found ? bodyOf(found) : NOTHING;
}

export interface Draft {
  /** 0: nobody has edited it; it is what was published. */
  readonly version: number;
  readonly name: string;
  readonly icon: string | null;
  readonly category: string | null;
  readonly body: TemplateBody;
}
export async function draftOf(use: UseCase, template: HeldTemplate): Promise<Draft> {
  const kept = await use.em.findOne(FormDraft, { templateId: template.id });
  if (kept)
    return {
      version: kept.version,
      name: kept.name,
      icon: kept.icon ?? null,
      category: kept.category ?? null,
      body: kept.body as TemplateBody,
    };
  const { name, icon, category } = template;
  return { version: 0, name, icon, category, body: await publishedBody(use, template) };
}

/** What a template’s draft asks and how it flows, only looked at; undefined where there is no such template. */
export async function draftedBody(use: UseCase, templateId: string): Promise<TemplateBody | undefined> {
  const found = await use
    .on(formTemplates)
    .selectFrom('form_templates')
    .select(['id', 'name', 'kind', 'icon', 'category', 'current_version', 'enabled'])
    .where('id', '=', templateId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return found && (await draftOf(use, found)).body;
}

/** @throws VersionConflict unless it is the draft that the caller has read */
export async function holdDraft(
  use: UseCase,
  { templateId, expectedVersion }: { readonly templateId: string; readonly expectedVersion: number },
): Promise<{ readonly template: HeldTemplate; readonly draft: Draft }> {
  const template = await holdTemplate(use, templateId);
  return { template, draft: await expectedDraft(use, template, expectedVersion) };
}
/** @throws VersionConflict */
export async function expectedDraft(use: UseCase, template: HeldTemplate, expectedVersion: number): Promise<Draft> {
  const draft = await draftOf(use, template);
  if (draft.version !== expectedVersion)
    throw versionConflict({ current: { type: 'FormTemplate', uuid: template.id } }, ['input', 'expectedVersion']);
  return draft;
}

type Named = { readonly name: string; readonly icon?: string; readonly category?: string };
/** A template of which nothing is published: nobody but its designers sees it. @returns its id */
export async function createTemplate(use: UseCase, { name, icon, category }: Named): Promise<string> {
  const own = { id: use.newId(), name, kind: 'GENERAL', icon: icon || null, category: category || null };
  await use
    .on(formTemplates)
    .insertInto('form_templates')
    .values({ ...own, organization_id: use.organizationId, current_version: 0, created_at: use.now })
    .execute();
  startDraft(use, own.id, { ...own, version: 0, body: NOTHING });
  return own.id;
}

const editedNow = (use: UseCase) => ({ editedAt: use.now, editedById: use.seat.id });
export function startDraft(use: UseCase, templateId: string, { name, icon, category, body }: Draft): void {
  use.em.create(FormDraft, { templateId, name, icon, category, body, ...editedNow(use) });
}

/** Makes a draft what was sent; what was left out stays. @param path of it in the input. @throws ValidationFailed */
export async function editDraft(
  use: UseCase,
  template: HeldTemplate,
  before: Draft,
  given: GivenDraft,
  path: readonly string[] = DRAFT,
): Promise<void> {
  const issues = faultsOf(given, path);
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  const { name = before.name, icon = before.icon, category = before.category } = given;
  const body = bodyAfter(before.body, given, { newId: shortId });
  const after = { name, icon: icon || null, category: category || null, body };
  const kept = await use.em.findOne(FormDraft, { templateId: template.id });
  if (kept) use.em.assign(kept, { ...after, ...editedNow(use) });
  else startDraft(use, template.id, { ...after, version: 0 });
}

const DRAFT = ['input', 'draft'];
const PREFIX = /^[A-Z0-9]{2,6}$/;
function faultsOf(given: GivenDraft, of: readonly string[]): Issue[] {
  const count = fieldsGiven(given)?.length ?? 0;
  const approvers = (given.flow?.steps ?? []).flatMap((step, i) =>
    step.approvers.map((approver, at) => ({ approver, path: [...of, 'flow', 'steps', String(i), 'approvers', String(at)] })),
  );
  return [
    ...(count > MOST_FIELDS ? [{ path: [...of, 'fields'], ...tooManyFields(count) }] : []),
    ...approvers.flatMap(({ approver, path }) => (waysOf(approver) === 1 ? [] : [{ path, ...ONE_WAY }])),
    ...(given.numberPrefix && !PREFIX.test(given.numberPrefix) ? [{ path: [...of, 'numberPrefix'], ...BAD_PREFIX }] : []),
  ];
}
const tooManyFields = (count: number) => ({
  code: 'TOO_MANY',
  message: {
    en: `A template has at most ${MOST_FIELDS} fields; these are ${count}.`,
    'zh-CN': `模板最多 ${MOST_FIELDS} 个字段，现有 ${count} 个。`,
  },
});
const ONE_WAY = {
  code: 'ONE_OF',
  message: { en: 'An approver is named in exactly one way.', 'zh-CN': '审批人须且仅能以一种方式指定。' },
};
const BAD_PREFIX = {
  code: 'INVALID',
  message: { en: 'Two to six capital letters or digits, please.', 'zh-CN': '请填写 2 至 6 个大写字母或数字。' },
};
