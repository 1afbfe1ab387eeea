import { knownQuery, type UseCase } from '../../sdk/index.ts';
import { actOnForm, type HeldForm, type Moved } from './form-acts.service.ts';
import type { FormRow } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';

const flowOfVersion = knownQuery({ form_template_versions: formTemplateVersions }, (db, given: { templateId: string; version: number }) =>
  db
    .selectFrom('form_template_versions')
    .select('with_confirmation')
    .where('template_id', '=', given.templateId)
    .where('version', '=', given.version),
);

/** Whether the customer has the last word, as the version wants it that the form was filled in with. */
export async function asksToConfirm(use: UseCase, { template_id, template_version }: FormRow): Promise<boolean> {
  const [found] = await use.on(formTemplateVersions).ask(flowOfVersion, { templateId: template_id, version: template_version });
  if (!found) throw new Error('The version of a template that a form was filled in with is gone.');
  return found.with_confirmation;
}

/** The customer takes it back, as far as the template lets them (spec 6.13). @throws FormMoveNotAllowed */
export const withdrawForm = (use: UseCase, held: HeldForm, comment: string | undefined): Promise<Moved> =>
  actOnForm(use, held, { kind: 'WITHDRAW' }, { facts: { withdrawal: 'UNTIL_FIRST_DECISION' }, words: { comment } });
