import type { GivenValue } from '../../platform/fields/index.ts';
import { type UseCase, versionConflict } from '../../sdk/index.ts';
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
  const { form } = held;
  const asked = await use
    .on(businessForms, formTemplateVersions)
    .selectFrom('business_forms as form')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form.template_id').onRef('version.version', '=', 'form.template_version'),
    )
    .select(['form.field_values', 'form.staff_values', 'version.fields'])
    .where('form.id', '=', form.id)
    .executeTakeFirstOrThrow();
  const before = valuesOf(asked);
  const answers = await takeAnswers(use, asked.fields, values, { mayWrite: bySubmitter, before });
  await keepAnswers(use, form.id, asked.fields, answers, before);
  if (form.stop === null) return actOnForm(use, held, { kind: 'RESUBMIT' }, { facts: { back: await whoseAgain(use, form, 'RETURNED') } });
  const flow = await flowOf(use, form);
  return actOnForm(use, held, { kind: 'RESUBMIT' }, { facts: { onward: await sameStop(use, form, flow) }, words: { flow } });
}
