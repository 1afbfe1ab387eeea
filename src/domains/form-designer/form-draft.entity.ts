import { refs, tenantEntity } from '../../sdk/index.ts';
import { formTemplates, type TemplateBody } from '../forms/index.ts';

/** What a template is going to be: edited by one after the other, and unfinished as long as it likes. */
export const FormDraft = tenantEntity('form_template_drafts', (t) => ({
  templateId: t.idOf(() => formTemplates, 'cascade').primary(),
  version: t.version(),
  name: t.text(),
  icon: t.text().nullable(),
  category: t.text().nullable(),
  body: t.json<TemplateBody>(),
  editedAt: t.timestamptz(),
  editedById: t.idOf(() => refs.Employee).nullable(),
}));
export const formDrafts = FormDraft.table;
