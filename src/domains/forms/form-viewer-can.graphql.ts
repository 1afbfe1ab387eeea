import { type GuichetBuilder, type RowHandle, type Sql, sql, valueFrom } from '../../sdk/index.ts';
import type { businessForms } from './form.entity.ts';
import { BusinessFormViewerCan } from './form.refs.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { form } from './permissions.ts';

type Row = RowHandle<typeof businessForms>;

// What a customer can do now hangs on what they are told alone: it is no way to find out what happens inside (spec 6.3).

const isToConfirm = ({ customer_state }: Row): Sql => sql`${customer_state} = 'AWAITING_YOUR_CONFIRMATION'`;
const isToCorrect = ({ customer_state }: Row): Sql => sql`${customer_state} = 'NEEDS_YOUR_CORRECTION'`;
const isWithdrawable = (row: Row): Sql => {
  const policy = valueFrom(row, { asked: formTemplateVersions }, ({ asked }) => ({
    value: sql`coalesce(${asked.flow} ->> 'withdrawal', 'UNTIL_FIRST_DECISION')`,
    where: sql`${asked.template_id} = ${row.template_id} and ${asked.version} = ${row.template_version}`,
  }));
  return sql`case when ${row.customer_state} in ('RECEIVED', 'NEEDS_YOUR_CORRECTION') then ${policy} <> 'NEVER' when ${row.customer_state} in ('IN_PROGRESS', 'AWAITING_YOUR_CONFIRMATION') then ${policy} = 'WHILE_RUNNING' else false end`;
};

/** What a seat may do with a form. */
export function formViewerCan(builder: GuichetBuilder): void {
  const rule = form.common;
  builder.entityPart(BusinessFormViewerCan, {
    description: 'What a seat may do with a form; of what its customer does, whether they can now.',
    fields: (t) => ({
      confirm: t.permission(form.confirm, { description: 'Confirm receipt: it is asked for now.', rule, when: isToConfirm }),
      dispute: t.permission(form.correct, {
        description: 'Say that it is not as it should be, instead of confirming it.',
        rule,
        when: isToConfirm,
      }),
      correct: t.permission(form.correct, {
        description: 'Correct it and hand it in again: that is asked for now.',
        rule,
        when: isToCorrect,
      }),
      withdraw: t.permission(form.correct, {
        description: 'Take it back: its template lets you, now.',
        rule,
        when: isWithdrawable,
      }),
      comment: t.permission(form.comment, { description: 'Comment on it, and remind whoever has the turn.', rule }),
      govern: t.permission(form.govern, { description: 'Reassign its tasks, let it jump, end it.', rule: form.outline }),
      readInside: t.permission(form.read, { description: 'Read tasks and history.', rule }),
    }),
  });
}
