import { forbidden, invalid, type UseCase } from '../../sdk/index.ts';
import { enterWindow } from '../service-window/index.ts';
import { businessForms } from './form.entity.ts';
import { formMoveNotAllowed } from './form.refusals.ts';
import { withoutFiles } from './form-draft.rules.ts';
import { addDraft, versionsOf } from './form-draft.service.ts';
import { lockForm } from './form-step.service.ts';
import { generalKind } from './form-submit.service.ts';
import { bySubmitter } from './form-values.service.ts';
import { form as rules } from './permissions.ts';

const FORM = ['input', 'formId'];
const COPIED: readonly string[] = ['REJECTED', 'WITHDRAWN', 'ENDED'];

/** A form of one's own: the customer's, or handed in by the employee. @throws NotFound, FORBIDDEN, FormMoveNotAllowed, WindowSuspended */
export async function holdToCopy(use: UseCase, formId: string): Promise<Copied> {
  if (use.seat.kind === 'CONTACT') await enterWindow(use);
  await use.authorize('BusinessForm', formId, rules.copy, { path: FORM });
  const form = await lockForm(use, formId);
  if (use.seat.kind === 'EMPLOYEE' && form.submitted_by_id !== use.seat.id) throw forbidden(rules.copy);
  if (!COPIED.includes(form.state)) throw formMoveNotAllowed({ customerState: form.customer_state }, FORM);
  return form;
}
type Copied = Awaited<ReturnType<typeof lockForm>>;

/** @returns id of the draft. @throws ValidationFailed where its template is filled in no more, or by a mutation of its own */
export async function copyForm(use: UseCase, { id, template_id, template_version, contact_id }: Copied): Promise<string> {
  const before = await fillable(use, { template_id, template_version });
  const { field_values } = await use
    .on(businessForms)
    .selectFrom('business_forms')
    .select('field_values')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const written = before.filter(bySubmitter);
  const own = Object.fromEntries(Object.entries(field_values).filter(([of]) => written.some((field) => field.id === of)));
  return addDraft(use, {
    templateId: template_id,
    templateVersion: template_version,
    contactId: use.seat.kind === 'EMPLOYEE' ? contact_id : null,
    values: withoutFiles(written, own),
  });
}

async function fillable(use: UseCase, { template_id, template_version }: Pick<Copied, 'template_id' | 'template_version'>) {
  const versions = (await generalKind(use, template_id)) && (await versionsOf(use, template_id, template_version));
  if (!versions)
    throw invalid(FORM, 'NOT_COPIED', {
      en: 'What it was made from cannot be filled in as a draft.',
      'zh-CN': '其模板无法以草稿方式填写。',
    });
  return versions.before;
}
