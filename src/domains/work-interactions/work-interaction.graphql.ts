import { exists, type GuichetBuilder, heldToward, PARTICIPANT, sql, types, way } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { businessForms, formParticipants } from '../forms/index.ts';
import { workInteraction } from './permissions.ts';
import { WorkInteraction } from './work-interaction.refs.ts';

const rule = workInteraction.read;

const takesPart = way(
  businessForms,
  { own: formParticipants },
  ({ row, seat, own }) => sql`${own.form_id} = ${row.id} and ${own.employee_id} = ${seat.me}`,
);

export function workInteractionTypes(builder: GuichetBuilder): void {
  builder.entity(WorkInteraction, {
    description: 'An entry between colleagues: a form in which both take part. More kinds may come.',
    roles: [heldToward(PARTICIPANT, [takesPart])],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.expression('String', () => sql`'APPROVAL'::text`, {
        description:
          '`APPROVAL`: a form that both approve, were asked about, handed in or are shown. More may come: have a default branch.',
        rule,
        nullable: false,
      }),
      at: t.column('submitted_at', { description: 'When the form was handed in.', rule }),
      form: t.one(types.BusinessForm, {
        on: (row, form) => sql`${form.id} = ${row.id}`,
        description: 'The form.',
        rule,
      }),
    }),
  });
  builder.queryFields((t) => ({
    workInteractions: t.entityPages(WorkInteraction, {
      description: 'What you share with a colleague, the newest first: forms in which both of you take part.',
      rule,
      args: {
        employeeId: t.arg.globalId(Employee, { description: 'The colleague; left out: whoever it is with.', required: false }),
      },
      listedBy: () => rule.roles,
      where: (row, { given, id, seat }) =>
        exists(row, { other: formParticipants }, ({ other }) => {
          const shared = sql`${other.form_id} = ${row.id} and ${other.employee_id} <> ${seat.me}`;
          return given('employeeId') ? sql`${shared} and ${other.employee_id} = ${id('employeeId', Employee)}` : shared;
        }),
    }),
  }));
}
