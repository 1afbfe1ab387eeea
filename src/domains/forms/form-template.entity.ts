import { refs, tenantEntity } from '../../sdk/index.ts';
import { tags } from '../contacts/index.ts';
import type { Audience, Flow, TemplateField } from './template-body.ts';

/** Who of the contacts may submit: for SOME, those of certain tags and those who are named. */
export const TEMPLATE_CONTACTS = ['ALL', 'SOME', 'NONE'] as const;

/** What a form asks for and how it flows (spec 6.1). The audience is that of the current version, for lists and for submitting. */
export const FormTemplate = tenantEntity(
  'form_templates',
  (t) => ({
    name: t.text(),
    kind: t.text(),
    icon: t.text().nullable(),
    category: t.text().nullable(),
    enabled: t.boolean().default(true),
    /** 0: nothing was published yet. */
    currentVersion: t.integer(),
    forContacts: t.oneOf(...TEMPLATE_CONTACTS).default('ALL'),
    forEmployees: t.boolean().default(false),
    createdAt: t.timestamptz(),
    /** Its forms keep it: the row stays. */
    deletedAt: t.timestamptz().nullable(),
  }),
  { indexes: { form_templates_kind: { columns: ['kind', 'id'] } } },
);

/** Every publishing is a version; a form keeps the one that it was filled in with. */
export const FormTemplateVersion = tenantEntity(
  'form_template_versions',
  (t) => ({
    templateId: t.idOf(() => FormTemplate).primary(),
    version: t.integer().primary(),
    id: t.uuid().defaultRaw('gen_random_uuid()'),
    withConfirmation: t.boolean(),
    fields: t.json<readonly TemplateField[]>(),
    /** What it says beyond how all forms once flowed. */
    flow: t.json<Partial<Omit<Flow, 'withConfirmation'>>>().defaultRaw(`'{}'`),
    audience: t.json<Partial<Audience>>().defaultRaw(`'{}'`),
    numberPrefix: t.text().nullable(),
    publishedAt: t.timestamptz(),
  }),
  { indexes: { form_template_versions_id: { columns: ['id'], unique: true } } },
);

/** Tags whose contacts may submit what is for some; a tag that is deleted lets nobody in. */
export const FormTemplateTag = tenantEntity('form_template_tags', (t) => ({
  templateId: t.idOf(() => FormTemplate, 'cascade').primary(),
  tagId: t.idOf(() => tags, 'cascade').primary(),
}));
/** Contacts who were named one by one. */
export const FormTemplateContact = tenantEntity('form_template_contacts', (t) => ({
  templateId: t.idOf(() => FormTemplate, 'cascade').primary(),
  contactId: t.idOf(() => refs.Contact, 'cascade').primary(),
}));

export const formTemplates = FormTemplate.table;
export const formTemplateVersions = FormTemplateVersion.table;
export const formTemplateTags = FormTemplateTag.table;
export const formTemplateContacts = FormTemplateContact.table;
