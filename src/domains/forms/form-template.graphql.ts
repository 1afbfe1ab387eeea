import { ADMIN, COLLEAGUE, EXTERNAL, type GuichetBuilder, refuseSuspended, sql } from '../../sdk/index.ts';
import { FormTemplate } from './form.refs.ts';
import { templateRoles } from './form-template.roles.ts';
import { FORM_SUBMITTER, form } from './permissions.ts';

const rule = form.templates;
const FINDERS = [ADMIN, COLLEAGUE, EXTERNAL];

/** Templates as those see them who submit, and who design (spec 6.1). */
export function templateTypes(builder: GuichetBuilder): void {
  builder.entity(FormTemplate, {
    description: 'What a form asks for and how it flows.',
    roles: templateRoles,
    listedFor: FINDERS,
    reachableFor: [...FINDERS, FORM_SUBMITTER],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Name.', rule }),
      kind: t.column('kind', { description: 'Kind of the forms that it makes.', rule }),
      icon: t.column('icon', { description: 'Word of the icon that stands for it.', rule }),
      category: t.column('category', { description: 'Heading under which it is offered.', rule }),
      enabled: t.expression('Boolean', (row) => sql`${row.enabled} and ${row.current_version} > 0`, {
        description: 'Whether it can be submitted now: something is published, and it is not switched off.',
        rule,
        nullable: false,
      }),
      currentVersion: t.column('current_version', {
        description: 'The version that is filled in now; 0: none was published.',
        rule: form.designed,
      }),
      deletedAt: t.column('deleted_at', { description: 'Since when it is deleted; its forms keep it.', rule: form.designed }),
    }),
  });
  builder.queryFields((t) => ({
    formTemplates: t.entityPages(FormTemplate, {
      description:
        'Templates of forms: for a contact those that it may submit; for employees those that are published; all for admins with FORMS.',
      rule,
      listedBy: () => FINDERS,
      where: (row) => sql`${row.deleted_at} is null`,
      check: refuseSuspended,
    }),
    formTemplate: t.entity(FormTemplate, {
      description: 'One template, also a deleted one whose forms you can reach.',
      rule,
      args: { id: t.arg.globalId(FormTemplate, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', FormTemplate)}`,
    }),
  }));
}
