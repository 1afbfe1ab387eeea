import { knownQuery, type UseCase } from '../../sdk/index.ts';
import { actOnForm, type HeldForm, type Moved } from './form-acts.service.ts';
import type { FormRow } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';

const flowOfVersion = knownQuery({ form_template_versions: formTemplateVersions }, (db, given: { templateId: string; version: number }) =>
  db
    .selectFrom('form_template_versions')
    .select(['with_confirmation', 'flow'])
    .where('template_id', '=', given.templateId)
    .where('version', '=', given.version),
);

/** How a form flows, as the version wants it that it was filled in with. */
async function flowOf(use: UseCase, { template_id, template_version }: FormRow) {
  const [found] = await use.on(formTemplateVersions).ask(flowOfVersion, { templateId: template_id, version: template_version });
  if (!found) throw new Error('The version of a template that a form was filled in with is gone.');
  return found;
}
/** Whether the customer has the last word. */
export const asksToConfirm = async (use: UseCase, form: FormRow): Promise<boolean> => (await flowOf(use, form)).with_confirmation;

/** The customer takes it back, as far as the template lets them (spec 6.13). @throws FormMoveNotAllowed */
export async function withdrawForm(use: UseCase, held: HeldForm, comment: string | undefined): Promise<Moved> {
  const { withdrawal = 'UNTIL_FIRST_DECISION' } = (await flowOf(use, held.form)).flow;
  return actOnForm(use, held, { kind: 'WITHDRAW' }, { facts: { withdrawal }, words: { comment } });
}
