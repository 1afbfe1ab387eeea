import { knownQuery, notFound, type UseCase } from '../../sdk/index.ts';
import { contactTags } from '../contacts/index.ts';
import { formTemplateContacts, formTemplates, formTemplateTags } from './form-template.entity.ts';

/** Asked when it is submitted, of the tags of that moment: one that was lost a second ago lets nobody in (spec 6.1). */
const offered = knownQuery(
  {
    form_templates: formTemplates,
    form_template_tags: formTemplateTags,
    form_template_contacts: formTemplateContacts,
    contact_tags: contactTags,
  },
  (db, given: { templateId: string; contactId: string }) =>
    db
      .selectFrom('form_templates')
      .select('form_templates.id')
      .where('form_templates.id', '=', given.templateId)
      .where('deleted_at', 'is', null)
      .where((of) =>
        of.or([
          of('for_contacts', '=', 'ALL'),
          of.and([
            of('for_contacts', '=', 'SOME'),
            of.or([
              of.exists(
                of
                  .selectFrom('form_template_tags as asked')
                  .innerJoin('contact_tags as own', 'own.tag_id', 'asked.tag_id')
                  .select('asked.tag_id')
                  .where('asked.template_id', '=', given.templateId)
                  .where('own.contact_id', '=', given.contactId),
              ),
              of.exists(
                of
                  .selectFrom('form_template_contacts as named')
                  .select('named.contact_id')
                  .where('named.template_id', '=', given.templateId)
                  .where('named.contact_id', '=', given.contactId),
              ),
            ]),
          ]),
        ]),
      ),
);

/** @throws NotFound where the template is not for the contact, as if there were none. */
export async function refuseOutsideAudience(
  use: UseCase,
  { templateId, contactId }: { readonly templateId: string; readonly contactId: string },
  path: readonly string[] = ['input', 'templateId'],
): Promise<void> {
  const [found] = await use.on(formTemplates).ask(offered, { templateId, contactId });
  if (!found) throw notFound({}, path);
}

/** @throws NotFound where the template is not for colleagues among themselves (spec 6.8). */
export async function refuseOutsideStaff(
  use: UseCase,
  templateId: string,
  path: readonly string[] = ['input', 'templateId'],
): Promise<void> {
  const found = await use
    .on(formTemplates)
    .selectFrom('form_templates')
    .select('id')
    .where('id', '=', templateId)
    .where('deleted_at', 'is', null)
    .where('for_employees', '=', true)
    .executeTakeFirst();
  if (!found) throw notFound({}, path);
}
