import { type EntityFields, type FormField, type GuichetBuilder, sql, valueFrom } from '../../sdk/index.ts';
import { type businessForms, formTemplateVersions } from './form.entity.ts';
import { form } from './permissions.ts';

class FormAnswer {
  declare readonly name: string;
  declare readonly label: string;
  declare readonly value: unknown;
}
const rule = form.answers;

/** The customer's answers in the order of the template that the form was filled in with. */
export const answersOf = (t: EntityFields<typeof businessForms>) =>
  t.field({
    type: [FormAnswer],
    nullable: true,
    description: 'What the customer filled in, in the order of the template.',
    rule,
    needs: ['answers'],
    also: {
      fields: (row) =>
        valueFrom(row, { asked: formTemplateVersions }, ({ asked }) => ({
          value: asked.fields,
          where: sql`${asked.template_id} = ${row.template_id} and ${asked.version} = ${row.template_version}`,
        })),
    },
    resolve: ({ answers, fields }): FormAnswer[] => {
      const given = new Map(Object.entries(answers ?? {}));
      return ((fields ?? []) as FormField[]).map(({ name, label }) => ({ name, label, value: given.get(name) ?? null }));
    },
  });

export function formAnswers(builder: GuichetBuilder): void {
  builder.objectType(FormAnswer, {
    name: 'FormAnswer',
    description: 'One answer of a form.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name of the template’s field.', rule }),
      label: t.exposeString('label', { description: 'What was asked.', rule }),
      value: t.expose('value', { type: 'JSON', nullable: true, description: 'What was answered; null: nothing.', rule }),
    }),
  });
}
