import { refs, tenantEntity } from '../../sdk/index.ts';

/** The counter of an organization, once it has been opened. It is never closed, only suspended (spec 5.1). */
export const ServiceWindow = tenantEntity(
  'service_windows',
  (t) => ({
    organizationId: t.organization(),
    openedAt: t.timestamptz(),
    openedBy: t.idOf(() => refs.Employee),
    version: t.version(),
    /** What contacts are greeted with, on the page of a link too. */
    welcome: t.text().nullable(),
  }),
  { decidesSeats: true },
);

/** Contacts that are let in. */
export const WindowMember = tenantEntity(
  'window_members',
  (t) => ({ contactId: t.idOf(() => refs.Contact, 'cascade').primary(), joinedAt: t.timestamptz() }),
  { decidesSeats: true },
);

/** Contacts that have taken the window off their own list, until they are let in again (spec 5.4). */
export const WindowLeaving = tenantEntity('window_leavings', (t) => ({
  contactId: t.idOf(() => refs.Contact, 'cascade').primary(),
  leftAt: t.timestamptz(),
}));

export const serviceWindows = ServiceWindow.table;
export const windowMembers = WindowMember.table;
export const windowLeavings = WindowLeaving.table;
