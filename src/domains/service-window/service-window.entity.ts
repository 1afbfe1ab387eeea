import { table, timestamptz, uuid } from '../../sdk/index.ts';

/** The counter of an organization, once it has been opened. It is never closed, only suspended (spec 5.1). */
export const serviceWindows = table('service_windows', {
  decidesSeats: true,
  columns: { opened_at: timestamptz(), opened_by: uuid().references('employees') },
  key: [],
});

/** Contacts that are let in. */
export const windowMembers = table('window_members', {
  decidesSeats: true,
  columns: { contact_id: uuid().references('contacts', 'cascade'), joined_at: timestamptz() },
  key: ['contact_id'],
});
