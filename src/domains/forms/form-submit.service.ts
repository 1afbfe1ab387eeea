import {
  type FormKind,
  formSubmitted,
  invalid,
  notFound,
  type StoredValues,
  type SubmitRequest,
  type SubmittedForm,
  type UseCase,
} from '../../sdk/index.ts';
import { recordInteraction } from '../interactions/index.ts';
import { carryOut } from './carry-out.service.ts';
import { decide, isRefused } from './engine/decide.ts';
import type { Actor, Facts, Stop } from './engine/flow.types.ts';
import { businessForms } from './form.entity.ts';
import { refuseOutsideAudience } from './form-audience.service.ts';
import { answersOver, type HeldDraft, removeDraft } from './form-draft.service.ts';
import { enterFor } from './form-entrance.service.ts';
import { flowFrom } from './form-flow.service.ts';
import { formNumber } from './form-number.rules.ts';
import { ifHere } from './form-people.service.ts';
import { firstStop } from './form-route.service.ts';
import { actorOf, addParticipant, type FormRow, kindOf, submitted } from './form-step.service.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';
import { columnsOf, keepNewAnswers } from './form-values.service.ts';
import type { KeptVersion } from './template-body.rules.ts';
import type { TemplateField } from './template-body.ts';

/** Six characters clash once in a billion pairs a month; five clashes in a row mean that something else is wrong. */
const ATTEMPTS = 5;

/**
 * A form is handed in, by the customer or on its behalf: the first task goes to the contact's owner, or to the admins, whoever did it (spec
 * 6.2, 6.12).
 */
export async function submitForm(use: UseCase, request: SubmitRequest, draft?: HeldDraft): Promise<SubmittedForm> {
  const entrance = await enterFor(use, request.contactId);
  const { contactId } = entrance;
  const template = await templateOf(use, request);
  await refuseOutsideAudience(use, { templateId: template.id, contactId }, pathOf(request));
  const kind = kindOf(use, request.kind);
  if (!kind) throw new Error(`No module registers forms of the kind ${request.kind}.`);
  const answers = await answersOver(use, template.fields, request.values ?? [], draft);
  const flow = flowFrom(template);
  const onward = await firstStop(use, flow, { values: answers.values, ownerId: entrance.ownerId, templateId: template.id });
  const row = await insertForm(use, kind, template, { contactId, values: answers.values, onward });
  const form = submitted(row);
  if (row.submitted_by_id !== null) addParticipant(use, row.id, row.submitted_by_id);
  await keepNewAnswers(use, form.formId, template.fields, answers);
  await request.attach?.(form);
  if (draft) removeDraft(use, draft);
  const back = onward ? undefined : { who: await ifHere(use, entrance.ownerId, template.id), stop: null };
  const facts: Facts = { actor: submitter(use), submitter: row.submitted_by_id, onward, back };
  const verdict = decide({ state: 'DRAFT', customerState: 'DRAFT', isPaused: false, tasks: [] }, { kind: 'SUBMIT' }, facts);
  if (isRefused(verdict)) throw new Error(`A form that begins was refused: ${verdict.refusal}.`);
  recordInteraction(use, { contactId: form.contactId, kind: 'FORM', formId: form.formId });
  await carryOut(use, row, verdict.changes, { isNew: true, flow });
  await kind.onSubmitted?.(use, form);
  await use.announce(formSubmitted({ formId: form.formId, contactId: form.contactId, kind: kind.kind }));
  return form;
}

const submitter = ({ seat }: UseCase): Actor => ({ id: seat.id, is: seat.kind === 'CONTACT' ? 'CUSTOMER' : 'STAFF' });

/**
 * The kind of a template whose forms are handed in as they are. Whoever is not let in is told so of any id: templates do not exist for them.
 * @throws FORBIDDEN, WindowSuspended, NotFound; ValidationFailed where the contact on whose behalf it is done is no member of the window
 */
export async function findGeneralKind(
  use: UseCase,
  { templateId, contactId }: { templateId: string; contactId?: string },
): Promise<string> {
  if (use.seat.kind === 'EMPLOYEE') await use.find('FormTemplate', templateId, ['input', 'templateId']); // employees see all that is published
  const entrance = await enterFor(use, contactId);
  const kind = await generalKind(use, templateId);
  if (!kind) throw notFound({}, ['input', 'templateId']);
  await refuseOutsideAudience(use, { templateId, contactId: entrance.contactId });
  return kind.kind;
}

/** The kind of a template whose forms have no mutation of their own. */
export async function generalKind(use: UseCase, templateId: string): Promise<FormKind | undefined> {
  const found = await use.on(formTemplates).selectFrom('form_templates').select('kind').where('id', '=', templateId).executeTakeFirst();
  const kind = found && kindOf(use, found.kind);
  return kind?.hasOwnMutation ? undefined : kind;
}

interface Template {
  readonly id: string;
  readonly current_version: number;
  readonly fields: readonly TemplateField[];
  readonly flow: KeptVersion['flow'];
  readonly with_confirmation: boolean;
  readonly number_prefix: string | null;
}

const pathOf = ({ templateId }: Pick<SubmitRequest, 'templateId'>): readonly string[] =>
  templateId === undefined ? ['input'] : ['input', 'templateId'];

/** The template stays as it is until the form is there: who disables it or publishes another version comes before or after. */
async function templateOf(use: UseCase, { kind, templateId }: SubmitRequest): Promise<Template> {
  const tables = use.on(formTemplates, formTemplateVersions);
  const locked = tables
    .selectFrom('form_templates')
    .select('id')
    .where('kind', '=', kind)
    .$if(templateId !== undefined, (query) => query.where('id', '=', templateId as string))
    .orderBy('id')
    .forShare()
    .execute();
  const read = tables
    .selectFrom('form_templates')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form_templates.id').onRef('version.version', '=', 'form_templates.current_version'),
    )
    .select(['form_templates.id', 'current_version', 'fields', 'flow', 'with_confirmation', 'number_prefix', 'enabled'])
    .where('kind', '=', kind)
    .$if(templateId !== undefined, (query) => query.where('form_templates.id', '=', templateId as string))
    .$if(templateId === undefined, (query) => query.where('enabled', '=', true).where('deleted_at', 'is', null))
    .orderBy('form_templates.id')
    .executeTakeFirst();
  const [, found] = await Promise.all([locked, read]); // read behind the lock
  if (!found && templateId !== undefined) throw notFound({}, ['input', 'templateId']);
  if (!found?.enabled)
    throw invalid(pathOf({ templateId }), 'TEMPLATE_DISABLED', {
      en: 'This form cannot be submitted at the moment.',
      'zh-CN': '该表单目前无法提交。',
    });
  return found;
}

/** Kysely takes JSON as its text. */
const written = (columns: ReturnType<typeof columnsOf>): ReturnType<typeof columnsOf> =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, JSON.stringify(values)])) as never;

interface Beginning {
  readonly contactId: string;
  readonly values: StoredValues;
  readonly onward: Stop | undefined;
}
async function insertForm(use: UseCase, kind: FormKind, template: Template, { contactId, values, onward }: Beginning): Promise<FormRow> {
  const id = use.newId();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const number = formNumber(template.number_prefix ?? kind.numberPrefix, use.now);
    const row = {
      organization_id: use.organizationId,
      id,
      number,
      kind: kind.kind,
      template_id: template.id,
      template_version: template.current_version,
      state: 'IN_REVIEW' as const,
      customer_state: 'RECEIVED' as const,
      customer_state_since: use.now,
      contact_id: contactId,
      submitted_by_id: actorOf(use),
      ...written(columnsOf(template.fields, values)),
      branched: onward !== undefined,
      stop: onward?.key ?? null,
      submitted_at: use.now,
      updated_at: use.now,
    };
    const inserted = await use
      .on(businessForms)
      .insertInto('business_forms')
      .values(row)
      .onConflict((conflict) => conflict.columns(['organization_id', 'number']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows) return { ...BEGINNING, ...row };
  }
  throw new Error('No free number was found for a form.');
}

/** What the database fills in. */
const BEGINNING = { customer_version: 1, paused_reason: null, needs_confirmation: false } as const;
