import { allOf, COLLEAGUE, type EntityRole, EXTERNAL, heldToward, type RowHandle, type Sql, sql, way } from '../../sdk/index.ts';
import { contactTags } from '../contacts/index.ts';
import { adminsOf } from '../directory/index.ts';
import { businessForms } from './form.entity.ts';
import { formTemplateContacts, formTemplates, formTemplateTags } from './form-template.entity.ts';
import { isAtWindow } from './form-window.ts';
import { FORM_SUBMITTER } from './permissions.ts';

type TemplateRow = RowHandle<typeof formTemplates>;
const isPublished = ({ current_version }: TemplateRow): Sql => sql`${current_version} > 0`;
const isOffered = (row: TemplateRow): Sql => allOf([isPublished(row), sql`${row.enabled} and ${row.deleted_at} is null`]);

/** A contact sees what it may submit now, and the templates of its forms; a tag that it has lost lets it in no more (spec 6.1). */
export const templateRoles: readonly EntityRole[] = [
  adminsOf('FORMS'),
  heldToward(COLLEAGUE, [way(formTemplates, {}, ({ row }) => isPublished(row))]),
  heldToward(
    EXTERNAL,
    [
      way(formTemplates, {}, ({ row }) => allOf([isOffered(row), sql`${row.for_contacts} = 'ALL'`])),
      way(formTemplates, { wanted: formTemplateTags, own: contactTags }, ({ row, seat, wanted, own }) =>
        allOf([
          isOffered(row),
          sql`${row.for_contacts} = 'SOME' and ${wanted.template_id} = ${row.id} and ${own.tag_id} = ${wanted.tag_id} and ${own.contact_id} = ${seat.me}`,
        ]),
      ),
      way(formTemplates, { named: formTemplateContacts }, ({ row, seat, named }) =>
        allOf([
          isOffered(row),
          sql`${row.for_contacts} = 'SOME' and ${named.template_id} = ${row.id} and ${named.contact_id} = ${seat.me}`,
        ]),
      ),
    ],
    isAtWindow,
  ),
  heldToward(
    FORM_SUBMITTER,
    [
      way(
        formTemplates,
        { form: businessForms },
        ({ row, seat, form }) => sql`${form.template_id} = ${row.id} and ${form.contact_id} = ${seat.me}`,
      ),
    ],
    isAtWindow,
  ),
];
