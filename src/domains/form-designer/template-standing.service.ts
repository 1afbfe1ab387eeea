import { formKinds, invalid, type UseCase } from '../../sdk/index.ts';
import { businessForms, formTemplates } from '../forms/index.ts';
import { type HeldTemplate, TEMPLATE } from './draft.service.ts';
import { templateHasOpenForms } from './template-reason.ts';

/** Whether it can be submitted; what is on its way goes on. */
export const setEnabled = async (use: UseCase, templateId: string, enabled: boolean): Promise<void> =>
  void (await use.on(formTemplates).updateTable('form_templates').set({ enabled }).where('id', '=', templateId).execute());

const ON_THEIR_WAY = ['DRAFT', 'IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'] as const;
const MOST_COUNTED = 10_000;

async function openForms(use: UseCase, templateId: string): Promise<number> {
  const found = await use
    .on(businessForms)
    .selectFrom('business_forms')
    .select('id')
    .where('template_id', '=', templateId)
    .where('state', 'in', ON_THEIR_WAY)
    .limit(MOST_COUNTED)
    .execute();
  return found.length;
}

const OF_A_PLUGIN = {
  en: 'A plugin makes its forms from this template, and from no other. Disable it instead.',
  'zh-CN': '插件的业务单只能由此模板生成，请改为停用。',
};

/**
 * Takes a template away: nobody finds or submits it. Its forms keep it, and those on their way go on by their version.
 * @throws ValidationFailed where a plugin's forms are made from it; TemplateHasOpenForms unless that was confirmed
 */
export async function deleteTemplate(use: UseCase, { id: templateId, kind }: HeldTemplate, confirmOpenForms: boolean): Promise<number> {
  if (use.registered(formKinds).some((one) => one.kind === kind && one.hasOwnMutation)) throw invalid(TEMPLATE, 'OF_A_PLUGIN', OF_A_PLUGIN);
  const open = await openForms(use, templateId);
  if (open > 0 && !confirmOpenForms) throw templateHasOpenForms({ openForms: open }, TEMPLATE);
  await use.on(formTemplates).updateTable('form_templates').set({ deleted_at: use.now }).where('id', '=', templateId).execute();
  return open;
}
