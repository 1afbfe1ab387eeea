import type { TemplateRequest, TemplateStop, UseCase } from '../../sdk/index.ts';
import { idOfName, templateFields } from './form-field.rules.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';
import type { Audience, Flow, Step, TemplateField } from './template-body.ts';

const INSIDE = { for_contacts: 'NONE', for_employees: true } as const;
const COLLEAGUES: Audience = { contacts: 'NONE', employees: true };
/** What is beyond how all forms flow. */
const flowWith = (isInside: boolean | undefined, route: readonly TemplateStop[] | undefined): Partial<Flow> => ({
  ...(isInside ? { withdrawal: 'WHILE_RUNNING' } : {}),
  ...(route ? { route: route.map(stepOf) } : {}),
});
const stepOf = ({ id, name, right, whenYes }: TemplateStop): Step => ({
  id,
  name,
  mode: 'ANY',
  approvers: [{ by: 'RIGHT', right }],
  ...(whenYes === undefined ? {} : { when: { field: idOfName(whenYes), op: 'EQ', value: true } }),
});

/** Publishes a template of a kind unless the organization has one. */
export async function ensureTemplate(
  use: UseCase,
  { kind, name, withConfirmation, fields, isInside, route }: TemplateRequest,
): Promise<void> {
  const db = use.on(formTemplates, formTemplateVersions);
  const isKnown = () => db.selectFrom('form_templates').select('id').where('kind', '=', kind).executeTakeFirst();
  if (await isKnown()) return;
  await use.takeTurn(`template:${kind}`); // two first forms at once find one template
  if (await isKnown()) return;
  const own = { organization_id: use.organizationId };
  const id = use.newId();
  await db
    .insertInto('form_templates')
    .values({ ...own, id, name, kind, current_version: 1, created_at: use.now, ...(isInside ? INSIDE : {}) })
    .execute();
  const version = { ...own, template_id: id, version: 1, with_confirmation: withConfirmation, published_at: use.now };
  await db
    .insertInto('form_template_versions')
    .values({
      ...version,
      fields: JSON.stringify(templateFields(fields)) as unknown as readonly TemplateField[],
      ...(isInside ? { audience: JSON.stringify(COLLEAGUES) as unknown as Audience } : {}),
      flow: JSON.stringify(flowWith(isInside, route)) as unknown as Flow,
    })
    .execute();
}
