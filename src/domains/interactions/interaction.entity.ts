import { refs, tenantEntity } from '../../sdk/index.ts';

/** Entries on contacts' timelines (spec 4.1). Plugins add kinds, so `kind` is any word. */
export const Interaction = tenantEntity(
  'interactions',
  (t) => ({
    contactId: t.idOf(() => refs.Contact, 'cascade'),
    kind: t.text(),
    /** Who did it; nobody where it was the contact, or happened by itself. */
    actorId: t.idOf(() => refs.Employee).nullable(),
    at: t.timestamptz(),
    formId: t.uuid().nullable(),
    /** SHARE: the sharee. OWNER: the former owner. */
    employeeId: t.idOf(() => refs.Employee).nullable(),
    /** OWNER: the new owner. */
    otherEmployeeId: t.idOf(() => refs.Employee).nullable(),
    /** SHARE: the department that it was shared with. */
    departmentId: t.idOf(() => refs.Department).nullable(),
    tagId: t.idOf('tags', 'cascade').nullable(),
    /** SHARE, TAG: given, or taken away. WINDOW: let in. */
    added: t.boolean().nullable(),
    detail: t.json<Record<string, unknown>>().defaultRaw(`'{}'`),
  }),
  {
    indexes: {
      interactions_of_contact: { columns: ['contactId', '-id'] },
      /** A department that is removed is named by none any more. */
      interactions_of_department: { columns: ['departmentId'], where: 'department_id is not null' },
      /** A tag that is deleted takes its entries along. */
      interactions_of_tag: { columns: ['tagId'], where: 'tag_id is not null' },
    },
  },
);

export const interactions = Interaction.table;
