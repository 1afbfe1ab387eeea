import { tenantEntity } from '../platform/database/entity.ts';
import { entityRef } from '../platform/graphql/pothos/entity-ref.ts';

const reference = (name: string) => tenantEntity(name, () => ({})).table;

/**
 * Tables of the core as a plugin may name them: a row is known by its `id`. For foreign keys; what a row holds is
 * read through its type, by its rules.
 *
 * @example
 * const Visit = tenantEntity('plg_visits.visits', (t) => ({ contactId: t.idOf(() => refs.Contact), at: t.timestamptz() }));
 */
export const refs = {
  Contact: reference('contacts'),
  Employee: reference('employees'),
  Department: reference('departments'),
  BusinessForm: reference('business_forms'),
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
  Employee: entityRef('Employee', refs.Employee),
  Department: entityRef('Department', refs.Department),
  BusinessForm: entityRef('BusinessForm', refs.BusinessForm),
} as const;
