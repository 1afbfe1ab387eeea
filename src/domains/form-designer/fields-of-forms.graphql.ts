import { type GuichetBuilder, type RowHandle, type Sql, sql, valueFrom } from '../../sdk/index.ts';
import {
  BusinessForm,
  bodyOf,
  businessForms,
  FormTask,
  form,
  formTemplateVersions,
  type KeptVersion,
  type Step,
  type TemplateBody,
  task,
  writtenAt,
} from '../forms/index.ts';
import type { flowTypes } from './template-body.graphql.ts';
import { type fieldType, shownFields } from './template-field.graphql.ts';

interface Types {
  readonly field: ReturnType<typeof fieldType>;
  readonly step: ReturnType<typeof flowTypes>['step'];
}
type Column = 'fields' | 'with_confirmation' | 'flow';

const ofForm =
  (column: Column) =>
  (row: RowHandle<typeof businessForms>): Sql =>
    valueFrom(row, { asked: formTemplateVersions }, ({ asked }) => ({
      value: asked[column],
      where: sql`${asked.template_id} = ${row.template_id} and ${asked.version} = ${row.template_version}`,
    }));
const ofTask =
  (column: Column) =>
  (row: RowHandle<typeof FormTask.table>): Sql =>
    valueFrom(row, { form: businessForms, asked: formTemplateVersions }, ({ form: of, asked }) => ({
      value: asked[column],
      where: sql`${of.id} = ${row.form_id} and ${asked.template_id} = ${of.template_id} and ${asked.version} = ${of.template_version}`,
    }));
const ASKED = { fields: ofForm('fields') as never, with_confirmation: ofForm('with_confirmation') as never, flow: ofForm('flow') as never };
const ASKED_OF_TASK = {
  fields: ofTask('fields') as never,
  with_confirmation: ofTask('with_confirmation') as never,
  flow: ofTask('flow') as never,
};

const bodyIn = (row: object): TemplateBody => bodyOf({ audience: {}, number_prefix: null, ...(row as Pick<KeptVersion, Column>) });
function stepOf({ flow }: TemplateBody, stop: string | null): Step | undefined {
  const [id] = stop?.split(':') ?? [];
  return flow.route === 'BY_HAND' ? undefined : flow.route.find((step) => step.id === id);
}

/** What a form and its turns ask, by the version that the form was filled in with: whatever became of the template since (spec 6.1). */
export function fieldsOfForms(builder: GuichetBuilder, { field, step }: Types): void {
  builder.entityFields(BusinessForm, (t) => ({
    templateVersion: t.column('template_version', {
      description: 'Number of the version of its template that it was filled in with; it keeps it.',
      rule: form.outline,
    }),
    fields: t.field({
      type: [field],
      nullable: true,
      description:
        'What it asks, by the version that it was filled in with: what `answers` answer, and `resubmitForm` takes; for a contact, what it may read.',
      rule: form.answers,
      also: ASKED,
      resolve: (row, _, { seat }) => shownFields(bodyIn(row), seat.kind === 'CONTACT'),
    }),
  }));
  builder.entityFields(FormTask, (t) => ({
    step: t.field({
      type: step,
      nullable: true,
      description: 'The step of a fixed route that it belongs to; null: approvers are picked by hand.',
      rule: task.read,
      needs: ['stop'],
      also: ASKED_OF_TASK,
      resolve: ({ stop, ...row }) => {
        const body = bodyIn(row);
        const found = stepOf(body, stop);
        return found ? { ...found, fields: body.fields } : null;
      },
    }),
    fields: t.field({
      type: [field],
      nullable: true,
      description:
        'What its holder fills in or changes with `approveFormTask(input: { values })`: the fields of its step. Empty for an opinion.',
      rule: task.read,
      needs: ['stop', 'kind'],
      also: ASKED_OF_TASK,
      resolve: ({ stop, kind, ...row }) => {
        const mayWrite = writtenAt(kind === 'APPROVAL' ? stop : null);
        return shownFields(bodyIn(row)).filter((shown) => mayWrite(shown.field));
      },
    }),
  }));
}
