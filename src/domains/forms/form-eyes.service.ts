import type { UseCase } from '../../sdk/index.ts';
import type { Approved, Goes } from './engine/flow.types.ts';
import { comesBefore } from './engine/next-steps.ts';
import { whoApproved } from './engine/whose.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { flowFrom, flowOf } from './form-flow.service.ts';
import { type FormRow, goesOf } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import type { Flow } from './template-body.ts';

// Who has approved a form at the stops before one: what four eyes hang on.

type Approval = Goes & { readonly stop: string };
const before = (flow: Flow, stop: string, approvals: readonly Approval[]): Approved =>
  whoApproved(approvals.filter((one) => comesBefore(flow, one.stop, stop)));

/** @param taskId of a turn that is approved by this act */
export async function approvedBefore(
  use: UseCase,
  { id }: Pick<FormRow, 'id'>,
  flow: Flow,
  { key, taskId }: { readonly key: string; readonly taskId?: string },
): Promise<Approved> {
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['assignee_id', 'for_id', 'also_for_ids', 'stop'])
    .where('form_id', '=', id)
    .where((of) => of.or([of('decision', '=', 'APPROVED'), ...(taskId ? [of('id', '=', taskId)] : [])]))
    .where('stop', 'is not', null)
    .execute();
  const approvals = rows.map((row) => ({ ...goesOf(row), stop: row.stop! }));
  return before(flow, key, approvals);
}

/** Of a turn that stays at a stop or comes back to it; picked by hand, nobody is asked about. */
export async function eyesAt(use: UseCase, form: FormRow, stop: string | null): Promise<Approved | undefined> {
  return stop === null ? undefined : approvedBefore(use, form, await flowOf(use, form), { key: stop });
}

/** The same of turns of many forms, as far as one employee goes. */
export async function eyesOf(
  use: UseCase,
  employeeId: string,
  turns: readonly { readonly form_id: string; readonly stop: string | null }[],
): Promise<(turn: { readonly form_id: string; readonly stop: string | null }) => Approved | undefined> {
  const formIds = [...new Set(turns.flatMap(({ form_id, stop }) => (stop === null ? [] : [form_id])))];
  if (formIds.length === 0) return () => undefined;
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['form_id', 'assignee_id', 'for_id', 'also_for_ids', 'stop'])
    .where('form_id', 'in', formIds)
    .where('assignee_id', '=', employeeId)
    .where('decision', '=', 'APPROVED')
    .where('stop', 'is not', null)
    .execute();
  if (rows.length === 0) return () => undefined;
  const flows = await flowsOf(use, [...new Set(rows.map(({ form_id }) => form_id))]);
  const approvals = Map.groupBy(
    rows.map((row) => ({ ...goesOf(row), stop: row.stop!, formId: row.form_id })),
    ({ formId }) => formId,
  );
  return ({ form_id, stop }) => {
    const made = stop === null ? undefined : approvals.get(form_id);
    return made && before(flows.get(form_id)!, stop!, made);
  };
}

async function flowsOf(use: UseCase, formIds: readonly string[]): Promise<ReadonlyMap<string, Flow>> {
  const rows = await use
    .on(businessForms, formTemplateVersions)
    .selectFrom('business_forms as form')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form.template_id').onRef('version.version', '=', 'form.template_version'),
    )
    .select(['form.id', 'version.with_confirmation', 'version.flow'])
    .where('form.id', 'in', formIds)
    .execute();
  return new Map(rows.map(({ id, ...kept }) => [id, flowFrom(kept)]));
}
