import type { StoredValues } from '../../sdk/core.ts';
import { type EntityFields, type GuichetBuilder, type RowHandle, type Switchboard, sql, valueFrom } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { employeesNamedIn, type FieldValueSource, kindsOf, type Names, shownValue } from '../fields/index.ts';
import { files } from '../files/index.ts';
import { type businessForms, formValues } from './form.entity.ts';
import { typedAnswers } from './form-field.rules.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { form } from './permissions.ts';
import type { TemplateField } from './template-body.ts';

class FormAnswer {
  declare readonly name: string;
  declare readonly label: string;
  declare readonly value: FieldValueSource | null;
}
const rule = form.answers;
type Row = RowHandle<typeof businessForms>;

/** The fields of the version that the form was filled in with, whatever became of its template. */
const fieldsOf = (row: Row) =>
  valueFrom(row, { asked: formTemplateVersions }, ({ asked }) => ({
    value: asked.fields,
    where: sql`${asked.template_id} = ${row.template_id} and ${asked.version} = ${row.template_version}`,
  }));
const filesOf = (row: Row) =>
  valueFrom(row, { file: files }, ({ file }) => ({
    value: sql`jsonb_object_agg(${file.id}, ${file.name})`,
    where: sql`${file.attached_id} = ${row.id} and ${file.attached_type} = 'BusinessForm'`,
  }));
/** Names of employees, whoever reads the fields, for those inside. */
const employeesOf = (row: Row) =>
  valueFrom(row, { named: formValues, person: employees }, ({ named, person }) => ({
    value: sql`jsonb_object_agg(${person.id}, ${person.name})`,
    where: sql`${named.form_id} = ${row.id} and ${named.employee_id} is not null and ${person.id} = ${named.employee_id}`,
  }));

/** Names of the employees in what the customer reads, which no field that is kept inside adds to. */
const employeesShown = (row: Row) => employeesNamedIn(row, row.field_values);

export function shownAnswers(switchboard: Switchboard, asked: unknown, values: StoredValues, names: Names): FormAnswer[] {
  const kinds = kindsOf(switchboard);
  return ((asked ?? []) as TemplateField[]).map((field) => ({
    name: field.name,
    label: field.label,
    value: shownValue(kinds, field, values[field.id], names),
  }));
}

/** Values by the ids of fields; those that a server of 0.1 has written are typed here until the backfill has come to them. */
const valuesIn = (values: StoredValues | null, old: Readonly<Record<string, unknown>> | null, asked: unknown): StoredValues =>
  values && Object.keys(values).length ? values : typedAnswers((asked ?? []) as TemplateField[], old ?? {});

/** What was filled in, in the order of the template: the customer gets nothing of the fields that those inside alone read (spec 6.9). */
export const answersOf = (t: EntityFields<typeof businessForms>) =>
  t.onEach({
    staff: t.field({
      type: [FormAnswer],
      nullable: true,
      description: 'What was filled in, in the order of the template.',
      rule,
      surface: 'staff',
      needs: ['field_values', 'staff_values', 'answers'],
      also: { fields: fieldsOf as never, files: filesOf as never, employees: employeesOf as never },
      resolve: ({ field_values, staff_values, answers: old, fields, files: named, employees: people }, _, { switchboard }) =>
        shownAnswers(
          switchboard,
          fields,
          { ...valuesIn(field_values, old, fields), ...staff_values },
          { files: named as never, employees: people as never },
        ),
    }) as never,
    portal: t.field({
      type: [FormAnswer],
      nullable: true,
      description: 'What was filled in, in the order of the template.',
      rule,
      surface: 'portal',
      needs: ['field_values', 'answers'],
      also: { fields: fieldsOf as never, files: filesOf as never, employees: employeesShown as never },
      resolve: ({ field_values, answers: old, fields, files: named, employees: people }, _, { switchboard }) => {
        const shown = ((fields ?? []) as TemplateField[]).filter(({ readBy }) => readBy !== 'STAFF');
        return shownAnswers(switchboard, shown, valuesIn(field_values, old, fields), { files: named as never, employees: people as never });
      },
    }) as never,
  });

export function formAnswers(builder: GuichetBuilder): void {
  builder.objectType(FormAnswer, {
    name: 'FormAnswer',
    description: 'One answer of a form.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name of the template’s field.', rule }),
      label: t.exposeString('label', { description: 'What was asked.', rule }),
      value: t.field({
        type: 'FieldValue' as never,
        nullable: true,
        description: 'What was answered; null: nothing.',
        rule,
        resolve: ({ value }) => value as never,
      }),
    }),
  });
}
