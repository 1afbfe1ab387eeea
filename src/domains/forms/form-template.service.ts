import type { TemplateRequest, UseCase } from '../../sdk/index.ts';
import { templateFields } from './form-field.rules.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';
import type { TemplateField } from './template-body.ts';

/** Publishes a template of a kind unless the organization has one. */
export async function ensureTemplate(use: UseCase, { kind, name, withConfirmation, fields }: TemplateRequest): Promise<void> {
  const db = use.on(formTemplates, formTemplateVersions);
  const isKnown = () => db.selectFrom('form_templates').select('id').where('kind', '=', kind).executeTakeFirst();
  if (await isKnown()) return;
  await use.takeTurn(`template:${kind}`); // two first forms at once find one template
  if (await isKnown()) return;
  const own = { organization_id: use.organizationId };
  const id = use.newId();
  await db
    .insertInto('form_templates')
    .values({ ...own, id, name, kind, current_version: 1, created_at: use.now })
    .execute();
  const version = { ...own, template_id: id, version: 1, with_confirmation: withConfirmation, published_at: use.now };
  await db
    .insertInto('form_template_versions')
    .values({ ...version, fields: JSON.stringify(templateFields(fields)) as unknown as readonly TemplateField[] })
    .execute();
}
