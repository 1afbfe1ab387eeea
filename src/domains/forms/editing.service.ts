import { holds } from '@guichet/forms';
import type { GivenValue, StoredValues } from '../../sdk/core.ts';
import { invalid, type UseCase } from '../../sdk/index.ts';
import { kindsOf } from '../fields/index.ts';
import { changesBetween, heldBack, type ValueChange, withEdits, writtenAt } from './editing.rules.ts';
import { askedAgain, earlierOf } from './engine/asked-again.ts';
import type { FormNow } from './engine/flow.types.ts';
import { BusinessForm, businessForms, FormHistory, FormValue, formValues } from './form.entity.ts';
import { attachFiles } from './form-files.service.ts';
import { flowOf } from './form-flow.service.ts';
import { actorOf, type FormRow } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { columnsOf, searchRows, takeAnswers, valuesOf } from './form-values.service.ts';

/** A task with its form, both locked. */
interface EditedTask {
  readonly taskId: string;
  readonly form: FormRow;
  readonly now: FormNow;
}

/**
 * What an approver writes into the fields of their step (spec 6.9), with old and new value in the history. The customer sees none of it before
 * it is their turn, or the end: when it was written would tell them what happens inside (6.3).
 * @throws ValidationFailed also where the step has to fill in something that is not there
 * @returns the form, which its customer has to confirm where they read any of it
 */
export async function editValues(use: UseCase, { form, now, taskId }: EditedTask, given: readonly GivenValue[]): Promise<FormRow> {
  const stop = now.tasks.find(({ id }) => id === taskId)?.stop ?? null;
  if (stop === null && given.length === 0) return form;
  const mayWrite = writtenAt(stop);
  const asked = await askedOf(use, form.id);
  const own = asked.fields.filter(mayWrite);
  if (given.length === 0 && own.length === 0) return form;
  const before = valuesOf(asked);
  const { values: taken, files } = await takeAnswers(use, asked.fields, given, { mayWrite, before });
  const values = withEdits(before, taken, own);
  const changes = changesBetween(before, values, own);
  if (changes.length === 0) return form;
  for (const { field } of changes)
    if (asked.field_values[field.id] !== undefined && values[field.id] === undefined)
      throw invalid(['input', 'values', field.name], 'SHOWN_ALREADY', {
        en: 'The customer has been shown a value here: give another one.',
        'zh-CN': '客户已看到此项内容，请填写新的值。',
      });
  await attachFiles(use, form.id, files, new Set(filesIn(use, changes)));
  await use
    .on(businessForms)
    .updateTable('business_forms')
    .set({ staff_values: written(heldBack(asked.field_values, values, asked.fields)) })
    .where('id', '=', form.id)
    .execute();
  await findByValues(use, form.id, asked.fields, values);
  recordChanges(use, form.id, changes);
  const again_from = await againFrom(use, form, { values, changes, isOpen: false });
  if (again_from !== form.again_from) use.on(BusinessForm).change({ id: form.id }, { again_from });
  const isConfirmed = changes.some(({ field }) => field.readBy !== 'STAFF');
  return { ...form, again_from, ...(isConfirmed && { needs_confirmation: true }) };
}

/** Kysely takes JSON as its text. */
const written = <Value>(value: Value): Value => JSON.stringify(value) as never;

const askedOf = (use: UseCase, formId: string) =>
  use
    .on(businessForms, formTemplateVersions)
    .selectFrom('business_forms as form')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form.template_id').onRef('version.version', '=', 'form.template_version'),
    )
    .select(['form.field_values', 'form.staff_values', 'version.fields'])
    .where('form.id', '=', formId)
    .executeTakeFirstOrThrow();

/** Files that hung on the form before. */
const filesIn = (use: UseCase, changes: readonly ValueChange[]): string[] =>
  changes.flatMap(({ field, from }) => (from === null ? [] : (kindsOf(use).of(field.kind)?.references?.(from, field).files ?? [])));

async function findByValues(
  use: UseCase,
  formId: string,
  ...[fields, values]: [Parameters<typeof searchRows>[2], Parameters<typeof searchRows>[3]]
) {
  await use.on(formValues).deleteFrom('form_values').where('form_id', '=', formId).execute();
  for (const row of searchRows(kindsOf(use), formId, fields, values)) use.on(FormValue).add(row);
}

/** From which step on a form on a fixed route is asked again, because of what was changed now or before. */
export async function againFrom(
  use: UseCase,
  form: FormRow,
  { values, changes, isOpen }: { readonly values: StoredValues; readonly changes: readonly ValueChange[]; readonly isOpen: boolean },
): Promise<string | null> {
  if (form.stop === null || changes.length === 0) return form.again_from;
  const flow = await flowOf(use, form);
  const changed = new Set(changes.map(({ field }) => field.id));
  return earlierOf(flow, form.again_from, askedAgain(flow, form.stop, { values, changed, isOpen }, holds));
}

export const recordChanges = (use: UseCase, formId: string, changes: readonly ValueChange[]): void =>
  use.on(FormHistory).add({ id: use.newId(), form_id: formId, kind: 'VALUES_CHANGED', actor_id: actorOf(use), at: use.now, changes });

/** It is the customer's turn, or the end: they are shown what was held back of what they read. */
export async function showHeldBack(use: UseCase, formId: string): Promise<void> {
  const asked = await askedOf(use, formId);
  const { field_values, staff_values } = columnsOf(asked.fields, valuesOf(asked));
  await use
    .on(businessForms)
    .updateTable('business_forms')
    .set({ field_values: written(field_values), staff_values: written(staff_values) })
    .where('id', '=', formId)
    .execute();
}
