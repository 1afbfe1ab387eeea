import { ADMIN, EXTERNAL, type GuichetBuilder, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, sql } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { BusinessForm, FormComment } from './form.refs.ts';
import { commentRoles } from './form.roles.ts';
import { FORM_COMPANY_READER, form } from './permissions.ts';

const READERS = [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, EXTERNAL, FORM_COMPANY_READER];
const rule = form.answers;

/** What is said across the border. What those inside say to each other is no comment of this type: it stands in the history. */
export function formComments(builder: GuichetBuilder): void {
  builder.entity(FormComment, {
    description: 'Something said about a form between those inside and the customer.',
    roles: commentRoles,
    listedFor: READERS,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      text: t.column('text', { description: 'What was said.', rule }),
      at: t.column('at', { description: 'When.', rule }),
      fromCustomer: t.expression('Boolean', (row) => sql`${row.author_id} is null`, {
        description: 'Whether the customer said it. They are not told who speaks to them.',
        rule,
        nullable: false,
      }),
      author: t.relation(Employee, 'author_id', { description: 'Who said it; null: the customer.', rule: form.read }),
    }),
  });
  builder.entityFields(BusinessForm, (t) => ({
    comments: t.pages(FormComment, {
      on: (row, target) => sql`${target.form_id} = ${row.id}`,
      description: 'What those inside and the customer have said to each other about it, oldest first.',
      rule,
      order: { by: 'CREATED_AT', direction: 'ASC' },
      proves: READERS,
    }),
  }));
}
