import { entityRef, type GuichetBuilder, type RowHandle, type Sql, sql, valueFrom } from '../../sdk/index.ts';
import { adminsOf, colleagues } from '../directory/index.ts';
import { bodyOf, FormTemplate, form, formTemplateVersions, type KeptVersion, type TemplateBody } from '../forms/index.ts';
import { fieldsOfForms } from './fields-of-forms.graphql.ts';
import { FormWithdrawal } from './form-designer.words.ts';
import { formDrafts } from './form-draft.entity.ts';
import { flowTypes } from './template-body.graphql.ts';
import { type ChangedField, changesBetween } from './template-changes.rules.ts';
import { fieldType, shownFields } from './template-field.graphql.ts';
import { versionBodies } from './template-versions.loader.ts';

interface ShownDraft {
  readonly version: number;
  readonly name: string;
  readonly icon: string | null;
  readonly category: string | null;
  readonly editedAt: string | null;
  readonly body: TemplateBody;
}
/** As the columns of the row's draft are read. */
interface EditedDraft {
  readonly draftVersion: number;
  readonly draftName: string;
  readonly draftIcon: string | null;
  readonly draftCategory: string | null;
  readonly editedAt: string;
  readonly body: TemplateBody;
}
const KEPT = ['fields', 'with_confirmation', 'flow', 'audience', 'number_prefix'] as const;
const FormTemplateVersion = entityRef('FormTemplateVersion', formTemplateVersions);

const inVersion =
  (column: 'fields' | 'with_confirmation' | 'flow' | 'audience' | 'number_prefix') =>
  (row: RowHandle<typeof FormTemplate.table>): Sql =>
    valueFrom(row, { version: formTemplateVersions }, ({ version }) => ({
      value: version[column],
      where: sql`${version.template_id} = ${row.id} and ${version.version} = ${row.current_version}`,
    }));
/** What forms are filled in by now. */
const CURRENT = {
  fields: inVersion('fields'),
  with_confirmation: inVersion('with_confirmation'),
  flow: inVersion('flow'),
  audience: inVersion('audience'),
  number_prefix: inVersion('number_prefix'),
};
const bodyNow = (row: object): TemplateBody | undefined => ((row as Partial<KeptVersion>).fields ? bodyOf(row as KeptVersion) : undefined);
const inDraft =
  (column: 'version' | 'name' | 'icon' | 'category' | 'edited_at' | 'body') =>
  (row: RowHandle<typeof FormTemplate.table>): Sql =>
    valueFrom(row, { draft: formDrafts }, ({ draft }) => ({ value: draft[column], where: sql`${draft.template_id} = ${row.id}` }));
const DRAFT = {
  draftVersion: inDraft('version'),
  draftName: inDraft('name'),
  draftIcon: inDraft('icon'),
  draftCategory: inDraft('category'),
  editedAt: inDraft('edited_at'),
  body: inDraft('body'),
};

/** What the designer adds to templates: their draft, their versions, what changed between two (spec 6.1). */
export function designedTemplates(builder: GuichetBuilder): void {
  const types = bodyTypes(builder);
  fieldsOfForms(builder, types);
  builder.entityFields(FormTemplate, (t) => ({
    fields: t.field({
      type: [types.field],
      nullable: true,
      description: 'What is asked now; for a contact, what it may read. Empty where nothing was published.',
      rule: form.templates,
      also: CURRENT,
      resolve: (row, _, { seat }) => {
        const body = bodyNow(row);
        return body ? shownFields(body, seat.kind === 'CONTACT') : [];
      },
    }),
    withdrawal: t.field({
      type: FormWithdrawal,
      nullable: true,
      description: 'Until when whoever hands it in may take it back; null where nothing was published.',
      rule: form.templates,
      also: CURRENT,
      resolve: (row) => bodyNow(row)?.flow.withdrawal ?? null,
    }),
    draft: t.field({
      type: types.draft,
      nullable: true,
      description: 'What it is going to be; what was published, where nobody has edited it.',
      rule: form.design,
      needs: ['name', 'icon', 'category'],
      also: { ...CURRENT, ...DRAFT },
      resolve: (row): ShownDraft => {
        if (!row.body) return { version: 0, name: row.name, icon: row.icon, category: row.category, editedAt: null, body: bodyNow(row)! };
        const { draftVersion, draftName, draftIcon, draftCategory, editedAt, body } = row as unknown as EditedDraft;
        return { version: draftVersion, name: draftName, icon: draftIcon, category: draftCategory, editedAt, body };
      },
    }),
    versions: t.list(FormTemplateVersion, {
      on: (row, version) => sql`${version.template_id} = ${row.id}`,
      description: 'Its publishings, the newest first; at most 100.',
      rule: form.designed,
      order: { by: 'VERSION', direction: 'DESC' },
      atMost: 100,
    }),
    changes: t.field({
      type: [types.change],
      nullable: true,
      description:
        'What differs between the fields, the flow and the audience of two versions, in the words of `FormTemplateDraftInput`; fields are called as the later one calls them.',
      rule: form.designed,
      args: {
        from: t.arg.integer({ description: 'The earlier version; the one before `to` where it is left out.', required: false, min: 1 }),
        to: t.arg.integer({ description: 'The later version; the current one where it is left out.', required: false, min: 1 }),
      },
      needs: ['id', 'current_version'],
      resolve: async ({ id, current_version }, { from, to }, context): Promise<ChangedField[]> => {
        const last = to ?? current_version;
        const [earlier, later] = await versionBodies(context, id, [from ?? last - 1, last]);
        return earlier && later ? changesBetween(earlier, later) : [];
      },
    }),
  }));
}

function bodyTypes(builder: GuichetBuilder) {
  const field = fieldType(builder);
  const { flow, step, audience } = flowTypes(builder);
  const rule = form.designed;
  builder.entity(FormTemplateVersion, {
    description: 'One publishing of a template. A form keeps the version that it was filled in with.',
    roles: [adminsOf('FORMS'), colleagues],
    listedFor: rule.roles,
    orders: { VERSION: { column: 'version', rule, description: 'By their numbers.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Its number, from 1.', rule }),
      publishedAt: t.column('published_at', { description: 'When.', rule }),
      fields: t.field({
        type: [field],
        description: 'What it asks, in its order.',
        rule,
        needs: [...KEPT],
        resolve: (row) => shownFields(bodyOf(row)),
      }),
      flow: t.field({ type: flow, description: 'How its forms flow.', rule, needs: [...KEPT], resolve: (row) => bodyOf(row) }),
      audience: t.field({ type: audience, description: 'Who submits it.', rule, needs: [...KEPT], resolve: (row) => bodyOf(row).audience }),
      numberPrefix: t.column('number_prefix', { description: 'What its numbers begin with.', rule }),
    }),
  });
  return { field, step, draft: draftType(builder, { field, flow, audience }), change: changeType(builder) };
}

function draftType(
  builder: GuichetBuilder,
  { field, flow, audience }: { field: ReturnType<typeof fieldType> } & Omit<ReturnType<typeof flowTypes>, 'step'>,
) {
  const rule = form.design;
  return builder.objectRef<ShownDraft>('FormTemplateDraft').implement({
    description: 'What a template is going to be.',
    fields: (t) => ({
      version: t.exposeInt('version', { description: 'Raised by every edit; 0: nobody has edited it.', rule }),
      name: t.exposeString('name', { description: 'Its name.', rule }),
      icon: t.exposeString('icon', { nullable: true, description: 'Word of its icon.', rule }),
      category: t.exposeString('category', { nullable: true, description: 'Heading under which it is offered.', rule }),
      editedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When it was last edited.',
        rule,
        resolve: ({ editedAt }) => (editedAt === null ? null : new Date(editedAt)),
      }),
      fields: t.field({ type: [field], description: 'What it asks.', rule, resolve: ({ body }) => shownFields(body) }),
      flow: t.field({ type: flow, description: 'How its forms flow.', rule, resolve: ({ body }) => body }),
      audience: t.field({ type: audience, description: 'Who submits it.', rule, resolve: ({ body }) => body.audience }),
      numberPrefix: t.string({
        nullable: true,
        description: 'What its numbers begin with.',
        rule,
        resolve: ({ body }) => body.numberPrefix ?? null,
      }),
    }),
  });
}

function changeType(builder: GuichetBuilder) {
  const rule = form.designed;
  return builder.objectRef<ChangedField>('FormTemplateChange').implement({
    description: 'One thing that differs between two versions.',
    fields: (t) => ({
      path: t.stringList({
        description: 'Its place: `fields`, the id of a field and what of it, or `flow`, `audience` and what of them.',
        rule,
        resolve: ({ path }) => [...path],
      }),
      label: t.string({ nullable: true, description: 'Of a field: what it asks.', rule, resolve: ({ label }) => label ?? null }),
      before: t.string({
        nullable: true,
        description: 'What it was, as JSON; null: it was not there.',
        rule,
        resolve: ({ before }) => before ?? null,
      }),
      after: t.string({
        nullable: true,
        description: 'What it became, as JSON; null: it is gone.',
        rule,
        resolve: ({ after }) => after ?? null,
      }),
    }),
  });
}
