import { makeKnown } from '../platform/database/known-tables.ts';
import type { Table } from '../platform/database/table.ts';
import { tenantEntity } from '../platform/entities/entity.ts';
import { entityRef } from '../platform/schema/entity-ref.ts';

const known = <T extends Table>(table: T): T => {
  makeKnown([table]);
  return table;
};
const reference = (name: string) => known(tenantEntity(name, () => ({})).table);

/**
 * Tables of the core as a plugin may name them: a row is known by its `id`. For foreign keys; what a row holds is
 * read through its type, by its rules.
 *
 * @example
 * const Visit = tenantEntity('plg_visits.visits', (t) => ({ contactId: t.idOf(() => refs.Contact), at: t.timestamptz() }));
 */
export const refs = {
  /** Whom a contact works for now is what rules that hang on a company ask. */
  Contact: known(tenantEntity('contacts', (t) => ({ companyId: t.uuid().nullable(), deletedAt: t.timestamptz().nullable() })).table),
  /** What it is called, for whoever has to do with a company and with none of its contacts. */
  Company: known(tenantEntity('companies', (t) => ({ name: t.text() })).table),
  Tag: reference('tags'),
  ContactCard: reference('contact_cards'),
  Employee: reference('employees'),
  Department: reference('departments'),
  File: reference('files'),
  Job: reference('jobs'),
  /** Entries of timelines: `form_id` and `employee_id` are what `timelineService` was told. */
  Interaction: known(tenantEntity('interactions', (t) => ({ formId: t.uuid().nullable(), employeeId: t.uuid().nullable() })).table),
  /** Contacts that are let in at the service window, by `contact_id`. */
  WindowMember: known(tenantEntity('window_members', (t) => ({ contactId: t.uuid().primary() })).table),
  /** Contacts that have left it by themselves, likewise. */
  WindowLeaving: known(tenantEntity('window_leavings', (t) => ({ contactId: t.uuid().primary() })).table),
  /** `subject_id` is the id of what a notification is about. */
  Notification: known(tenantEntity('notifications', (t) => ({ subjectId: t.uuid().nullable() })).table),
  /** What a kind shows may hang on where its form stands for the customer: in the customer’s events it is read as of the event. */
  BusinessForm: known(tenantEntity('business_forms', (t) => ({ customerState: t.text() })).table),
} as const;

/**
 * Types of the core as a plugin names them in `t.relation`, `t.loaded` and `builder.entityFields`: known by their `id` alone.
 *
 * @example
 * builder.entityFields(types.Contact, (t) => ({
 *   visits: t.pages(Visit, { on: (contact, visit) => sql`${visit.contact_id} = ${contact.id}`, description: 'Visits.', rule }),
 * }));
 */
export const types = {
  Contact: entityRef('Contact', refs.Contact),
  Company: entityRef('Company', refs.Company),
  Tag: entityRef('Tag', refs.Tag),
  ContactCard: entityRef('ContactCard', refs.ContactCard),
  Employee: entityRef('Employee', refs.Employee),
  Department: entityRef('Department', refs.Department),
  File: entityRef('File', refs.File),
  Job: entityRef('Job', refs.Job),
  Interaction: entityRef('Interaction', refs.Interaction),
  Notification: entityRef('Notification', refs.Notification),
  BusinessForm: entityRef('BusinessForm', refs.BusinessForm),
} as const;
