import { type EntityRole, EXTERNAL, type GuichetBuilder, heldToward, type RowHandle, sql, valueFrom, way } from '../../sdk/index.ts';
import { Contact } from '../contacts/index.ts';
import { employeesNamedIn, filesNamedIn } from '../fields/index.ts';
import { FormDraft, FormTemplate } from './form.refs.ts';
import { shownAnswers } from './form-answers.ts';
import { formDrafts } from './form-draft.entity.ts';
import { type Lost, stillFitting } from './form-draft.rules.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';
import { bySubmitter } from './form-values.service.ts';
import { isAtWindow, mayBeAtWindow } from './form-window.ts';
import { FORM_DRAFTER, form } from './permissions.ts';
import type { TemplateField } from './template-body.ts';

class FormDraftLoss {
  declare readonly name: string;
  declare readonly label: string;
  declare readonly reason: string;
}
const rule = form.draft;
type Row = RowHandle<typeof formDrafts>;

const own = way(formDrafts, {}, ({ row, seat }) => sql`${row.seat_id} = ${seat.me}`);
/** A draft is its seat's own: nobody else comes to it, whatever their rights. */
const draftRoles: readonly EntityRole[] = [heldToward(FORM_DRAFTER, [own]), heldToward(EXTERNAL, [own], isAtWindow)];

const fieldsOf = (row: Row) =>
  valueFrom(row, { template: formTemplates, asked: formTemplateVersions }, ({ template, asked }) => ({
    value: asked.fields,
    where: sql`${template.id} = ${row.template_id} and ${asked.template_id} = ${row.template_id} and ${asked.version} = ${template.current_version}`,
  }));
const fieldsBefore = (row: Row) =>
  valueFrom(row, { asked: formTemplateVersions }, ({ asked }) => ({
    value: asked.fields,
    where: sql`${asked.template_id} = ${row.template_id} and ${asked.version} = ${row.template_version}`,
  }));
const also = { now: fieldsOf as never, before: fieldsBefore as never };
const named = {
  files: ((row: Row) => filesNamedIn(row, row.field_values)) as never,
  employees: ((row: Row) => employeesNamedIn(row, row.field_values)) as never,
};
const written = (fields: unknown): TemplateField[] =>
  ((fields ?? []) as TemplateField[]).filter((field) => bySubmitter(field) && field.readBy !== 'STAFF');

/** Forms that are begun (spec 6.12). */
export function draftTypes(builder: GuichetBuilder): void {
  builder.objectType(FormDraftLoss, {
    name: 'FormDraftLoss',
    description: 'A value of a draft that does not fit the template as it is by now: fill it in again.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name of the field.', rule }),
      label: t.exposeString('label', { description: 'What was asked.', rule }),
      reason: t.exposeString('reason', {
        description: '`FIELD_GONE`: it is not asked any more. `FIELD_CHANGED`: it is asked otherwise. More may come.',
        rule,
      }),
    }),
  });
  builder.entity(FormDraft, {
    description: 'A form that you have begun. Nobody else sees it. It is deleted 90 days after it was saved last.',
    roles: draftRoles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every saving: `saveFormDraft` asks for it.', rule }),
      template: t.relation(FormTemplate, 'template_id', {
        description: 'The template; null where it can no longer be submitted by you.',
        rule,
      }),
      contact: t.relation(Contact, 'contact_id', { description: 'For whom you are going to hand it in.', rule: form.drafted }),
      answers: t.field({
        type: ['FormAnswer' as never],
        nullable: true,
        description: 'What you are asked, as the template is now, and what you have filled in.',
        rule,
        needs: ['field_values'],
        also: { ...also, ...named },
        resolve: ({ field_values, now, before, files, employees }, _, { switchboard }) => {
          const { values } = stillFitting((before ?? []) as TemplateField[], written(now), field_values ?? {});
          return shownAnswers(switchboard, written(now), values, { files: files as never, employees: employees as never }) as never;
        },
      }) as never,
      lost: t.field({
        type: [FormDraftLoss],
        nullable: true,
        description: 'What you have filled in and does not fit the template any more; the next saving forgets it.',
        rule,
        needs: ['field_values'],
        also,
        resolve: ({ field_values, now, before }): Lost[] => [
          ...stillFitting((before ?? []) as TemplateField[], written(now), field_values ?? {}).lost,
        ],
      }) as never,
      createdAt: t.column('created_at', { description: 'When you began it.', rule }),
      savedAt: t.column('saved_at', { description: 'When it was saved last.', rule }),
    }),
  });
  builder.queryFields((t) => ({
    myFormDrafts: t.entityPages(FormDraft, {
      description: 'Forms that you have begun, the newest first; at most 100.',
      rule,
      listedBy: () => rule.roles,
      check: (seat) => (seat.kind === 'CONTACT' ? mayBeAtWindow(seat) : undefined),
    }),
  }));
}
