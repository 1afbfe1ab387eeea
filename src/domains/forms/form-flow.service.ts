import { knownQuery, type UseCase } from '../../sdk/index.ts';
import { FormParticipant } from './form.entity.ts';
import type { FormRow } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { bodyOf, type KeptVersion } from './template-body.rules.ts';
import type { Flow } from './template-body.ts';

const flowOfVersion = knownQuery({ form_template_versions: formTemplateVersions }, (db, given: { templateId: string; version: number }) =>
  db
    .selectFrom('form_template_versions')
    .select(['with_confirmation', 'flow'])
    .where('template_id', '=', given.templateId)
    .where('version', '=', given.version),
);

/** How a form flows, as the version wants it that it was filled in with. */
export async function flowOf(use: UseCase, form: Pick<FormRow, 'template_id' | 'template_version'>): Promise<Flow> {
  const { template_id: templateId, template_version: version } = form;
  const [found] = await use.on(formTemplateVersions).ask(flowOfVersion, { templateId, version });
  if (!found) throw new Error('The version of a template that a form was filled in with is gone.');
  return flowFrom(found);
}
export const flowFrom = (kept: Pick<KeptVersion, 'with_confirmation' | 'flow'>): Flow =>
  bodyOf({ ...kept, fields: [], audience: {}, number_prefix: null }).flow;

/** Employees who are shown the form from now on: at its start, or at its end. @returns who they are */
export function showTo(use: UseCase, formId: string, { cc }: Flow, at: 'START' | 'END'): string[] {
  const shown = cc.filter((one) => one.at === at || one.at === 'BOTH').map(({ employeeId }) => employeeId);
  for (const employee_id of shown) use.on(FormParticipant).add({ form_id: formId, employee_id, since: use.now }, 'kept');
  return shown;
}
