import { boolean, json, table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** Entries on contacts' timelines (spec 4.1). Plugins add kinds, so `kind` is any word. */
export const interactions = table('interactions', {
  columns: {
    contact_id: uuid().references('contacts', 'cascade'),
    kind: text(),
    /** Who did it; nobody where it was the contact, or happened by itself. */
    actor_id: uuid().nullable().references('employees'),
    at: timestamptz(),
    form_id: uuid().nullable(),
    /** SHARE: the sharee. OWNER: the former owner. */
    employee_id: uuid().nullable().references('employees'),
    /** OWNER: the new owner. */
    other_employee_id: uuid().nullable().references('employees'),
    /** SHARE: the department that it was shared with. */
    department_id: uuid().nullable().references('departments'),
    tag_id: uuid().nullable().references('tags', 'cascade'),
    /** SHARE, TAG: given, or taken away. */
    added: boolean().nullable(),
    detail: json<Record<string, unknown>>().default(`'{}'`),
  },
  indexes: { interactions_of_contact: { columns: ['contact_id', '-id'] } },
});
