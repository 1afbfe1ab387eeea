import type { GivenValue } from '../../sdk/core.ts';
import { type UseCase, validationFailed, versionConflict } from '../../sdk/index.ts';
import { changesBetween, correctable, unaskedChanges, type ValueChange, withEdits } from './editing.rules.ts';
import { againFrom, recordChanges } from './editing.service.ts';
import { businessForms } from './form.entity.ts';
import { actOnForm, type HeldForm, holdForm, type Moved } from './form-acts.service.ts';
import { flowOf } from './form-flow.service.ts';
import { sameStop } from './form-route.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { bySubmitter, keepAnswers, takeAnswers, valuesOf } from './form-values.service.ts';
import { form as rules } from './permissions.ts';
import { whoseAgain } from './returning.service.ts';

interface Resubmission {
  readonly formId: string;
  readonly values: readonly GivenValue[];
  readonly expectedVersion?: number;
}

/** @throws NotFound, FORBIDDEN, FormMoveNotAllowed, VersionConflict */
export async function holdToResubmit(use: UseCase, { formId, expectedVersion }: Resubmission): Promise<HeldForm> {
  const held = await holdForm(use, formId, 'RESUBMIT', rules.correct);
  if (expectedVersion !== undefined && expectedVersion !== held.form.customer_version)
    throw versionConflict({ current: { type: 'BusinessForm', uuid: formId } }, ['input', 'expectedVersion']);
  return held;
}

/** Values over those that were there, by the version that the form was filled in with. @throws ValidationFailed */
export async function resubmitForm(use: UseCase, { values }: Resubmission, held: HeldForm): Promise<Moved> {
  const corrected = await correct(use, held.form.id, values);
  if (corrected.changes.length) recordChanges(use, held.form.id, corrected.changes);
  const form = { ...held.form, again_from: await againFrom(use, held.form, corrected) };
  if (form.stop === null) return actOnForm(use, held, { kind: 'RESUBMIT' }, { facts: { back: await whoseAgain(use, form, 'RETURNED') } });
  const flow = await flowOf(use, form);
  return actOnForm(use, { ...held, form }, { kind: 'RESUBMIT' }, { facts: { onward: await sameStop(use, form, flow) }, words: { flow } });
}

/** Nothing is taken away that others have filled in, also where conditions hide it by now; a correction is as a holder's edit. */
async function correct(use: UseCase, formId: string, given: readonly GivenValue[]) {
  const { fields, correction_fields, ...kept } = await askedToCorrect(use, formId);
  const before = valuesOf(kept);
  const own = fields.filter(bySubmitter);
  const taken = await takeAnswers(use, fields, given, { mayWrite: bySubmitter, before });
  const values = withEdits(before, taken.values, own);
  const changes = changesBetween(before, values, own);
  const asked = (correction_fields ?? []).filter((name) => own.some((field) => field.name === name && correctable(field)));
  refuseUnasked(given, unaskedChanges(changes, { asked, fields, before, after: values }));
  await keepAnswers(use, formId, fields, { ...taken, values }, before);
  return { values, changes, isOpen: asked.length === 0 } as const;
}

const askedToCorrect = (use: UseCase, formId: string) =>
  use
    .on(businessForms, formTemplateVersions)
    .selectFrom('business_forms as form')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form.template_id').onRef('version.version', '=', 'form.template_version'),
    )
    .select(['form.field_values', 'form.staff_values', 'form.correction_fields', 'version.fields'])
    .where('form.id', '=', formId)
    .executeTakeFirstOrThrow();

/** What conditions hide because of what was asked for was given by nobody. @throws ValidationFailed */
function refuseUnasked(given: readonly GivenValue[], changes: readonly ValueChange[]): void {
  const issues = changes
    .filter(({ field }) => given.some((one) => one.field === field.name))
    .map(({ field }) => ({ path: ['input', 'values', field.name], code: 'NOT_ASKED_FOR', message: NOT_ASKED_FOR }));
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
}
const NOT_ASKED_FOR = {
  en: 'You were not asked to correct this: leave it as it is.',
  'zh-CN': '此项不在要求补正的范围内，请保持原样。',
};
