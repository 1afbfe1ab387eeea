import { dateIn } from '../../sdk/core.ts';
import {
  type FormKind,
  formSubmitted,
  type InsideRequest,
  invalid,
  monthly,
  notFound,
  randomNumber,
  type StoredValues,
  type SubmitRequest,
  type SubmittedForm,
  type UseCase,
} from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { recordInteraction } from '../interactions/index.ts';
import { organizations } from '../organization/index.ts';
import { carryOut } from './carry-out.service.ts';
import { refusalOfPerson } from './engine/changes.ts';
import { decide, isRefused } from './engine/decide.ts';
import type { Actor, Facts, FormNow, Stop } from './engine/flow.types.ts';
import { businessForms } from './form.entity.ts';
import { pickedWrongly } from './form.refusals.ts';
import { refuseOutsideAudience, refuseOutsideStaff } from './form-audience.service.ts';
import { answersOver, type HeldDraft, removeDraft } from './form-draft.service.ts';
import { enterFor } from './form-entrance.service.ts';
import { flowFrom } from './form-flow.service.ts';
import { ifHere, pickedAt } from './form-people.service.ts';
import { firstStop } from './form-route.service.ts';
import { actorOf, addParticipant, type FormRow, isOfContact, kindOf, submitted } from './form-step.service.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';
import { columnsOf, keepNewAnswers } from './form-values.service.ts';
import type { KeptVersion } from './template-body.rules.ts';
import type { TemplateField } from './template-body.ts';

/** A number clashes once in a billion pairs a month; five clashes in a row mean that something else is wrong. */
const ATTEMPTS = 5;

/** What a form is handed in with beside its values. */
interface HandedInWith {
  readonly draft?: HeldDraft;
  /** UUID of whoever is picked to approve first. */
  readonly approverId?: string;
}
/**
 * A form is handed in, by the customer or on its behalf: the first task goes to the contact's owner, or to the admins, whoever did it (spec
 * 6.2, 6.12); or to whoever was picked.
 */
export async function submitForm(use: UseCase, request: SubmitRequest, more: HandedInWith = {}): Promise<SubmittedForm> {
  const { contactId, ownerId } = await enterFor(use, request.contactId);
  const { row, kind } = await handIn(use, request, { contactId, ownerId }, more);
  if (!isOfContact(row)) throw new Error('A form of a contact has none.');
  const form = submitted(row);
  recordInteraction(use, { contactId, kind: 'FORM', formId: row.id });
  await kind.onSubmitted?.(use, form);
  await use.announce(formSubmitted({ formId: row.id, contactId, kind: kind.kind }));
  return form;
}

/** Colleagues among themselves: whoever hands it in picks who approves first, unless the template fixes it (spec 6.8). */
export async function submitAmongColleagues(
  use: UseCase,
  request: InsideRequest,
  more: HandedInWith = {},
): Promise<{ formId: string; number: string }> {
  const { row } = await handIn(use, request, { contactId: null, ownerId: use.seat.id }, more);
  return { formId: row.id, number: row.number };
}

/** @throws ValidationFailed as handing it in would, of the values and of a template that is disabled */
export async function refuseIncomplete(use: UseCase, request: Pick<SubmitRequest, 'kind' | 'templateId' | 'values'>): Promise<void> {
  const { fields } = await templateOf(use, request);
  await answersOver(use, fields, request.values ?? []);
}

interface Sender {
  readonly contactId: string | null;
  /** Who stands where the owner of a contact does. */
  readonly ownerId: string | null;
}
async function handIn(use: UseCase, request: SubmitRequest | InsideRequest, sender: Sender, { draft, approverId }: HandedInWith) {
  const { contactId, ownerId } = sender;
  const template = await templateOf(use, request);
  if (contactId === null) await refuseOutsideStaff(use, template.id);
  else await refuseOutsideAudience(use, { templateId: template.id, contactId }, pathOf(request));
  const kind = kindOf(use, request.kind);
  if (!kind) throw new Error(`No module registers forms of the kind ${request.kind}.`);
  const answers = await answersOver(use, template.fields, request.values ?? [], draft);
  const flow = flowFrom(template);
  const onward = await firstStop(use, flow, { values: answers.values, ownerId, templateId: template.id });
  const back = await firstByHand(use, sender, { onward, approverId, templateId: template.id });
  const row = await insertForm(use, kind, template, { contactId, values: answers.values, onward });
  if (row.submitted_by_id !== null) addParticipant(use, row.id, row.submitted_by_id);
  await keepNewAnswers(use, row.id, template.fields, answers);
  await request.attach?.((isOfContact(row) ? submitted(row) : { formId: row.id, number: row.number }) as SubmittedForm);
  if (draft) removeDraft(use, draft);
  const facts: Facts = { actor: submitter(use), submitter: row.submitted_by_id, onward, back };
  const verdict = decide(NOTHING_YET, { kind: 'SUBMIT' }, facts);
  if (isRefused(verdict)) throw new Error(`A form that begins was refused: ${verdict.refusal}.`);
  await carryOut(use, row, verdict.changes, { isNew: true, flow });
  return { row, kind };
}
const NOTHING_YET: FormNow = { state: 'DRAFT', customerState: 'DRAFT', isPaused: false, tasks: [] };

/** Who has the first turn where no route says so. @throws ApproverNotAllowed; ValidationFailed where a colleague picks nobody */
async function firstByHand(
  use: UseCase,
  { contactId, ownerId }: Sender,
  { onward, approverId, templateId }: { readonly onward: Stop | undefined; readonly approverId?: string; readonly templateId: string },
): Promise<Facts['back']> {
  if (approverId === undefined) {
    if (onward) return undefined;
    if (contactId === null) throw invalid(APPROVER, 'REQUIRED', { en: 'Pick who approves first.', 'zh-CN': '请选择首位审批人。' });
    return { who: await ifHere(use, ownerId, templateId), stop: null };
  }
  const who = (await pickedAt(use, approverId, 'approverId'))(templateId);
  if (onward) throw pickedWrongly('FIXED_ROUTE', APPROVER);
  const refused = refusalOfPerson(NOTHING_YET, who, { actor: submitter(use) });
  if (refused?.refusal === 'APPROVER') throw pickedWrongly(refused.reason, APPROVER);
  return { who, stop: null };
}
const APPROVER = ['input', 'approverId'];

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
  readonly time_zone: string;
}

const pathOf = ({ templateId }: Pick<SubmitRequest, 'templateId'>): readonly string[] =>
  templateId === undefined ? ['input'] : ['input', 'templateId'];

/** The template stays as it is until the form is there: who disables it or publishes another version comes before or after. */
async function templateOf(use: UseCase, { kind, templateId }: Pick<SubmitRequest, 'kind' | 'templateId'>): Promise<Template> {
  const tables = use.on(formTemplates, formTemplateVersions, organizations);
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
    .innerJoin('organizations', 'organizations.organization_id', 'form_templates.organization_id')
    .select(['form_templates.id', 'current_version', 'fields', 'flow', 'with_confirmation', 'number_prefix', 'enabled', 'time_zone'])
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
  readonly contactId: string | null;
  readonly values: StoredValues;
  readonly onward: Stop | undefined;
}
async function insertForm(use: UseCase, kind: FormKind, template: Template, { contactId, values, onward }: Beginning): Promise<FormRow> {
  const id = use.newId();
  const today = dateIn(template.time_zone, use.now);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const number = randomNumber(monthly(template.number_prefix ?? kind.numberPrefix, today));
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
      .on(businessForms, contacts)
      .insertInto('business_forms')
      .values(({ selectFrom }) => ({
        ...row,
        company_id: selectFrom('contacts').select('contacts.company_id').where('contacts.id', '=', contactId),
      }))
      .onConflict((conflict) => conflict.columns(['organization_id', 'number']).doNothing())
      .returning('company_id')
      .executeTakeFirst();
    if (inserted) return { ...BEGINNING, ...row, ...inserted };
  }
  throw new Error('No free number was found for a form.');
}

/** What the database fills in. */
const BEGINNING = { customer_version: 1, paused_reason: null, needs_confirmation: false, again_from: null } as const;
