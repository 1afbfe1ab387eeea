import { refs, tenantEntity } from '../../sdk/index.ts';

/** The counter of an organization, once it has been opened. It is never closed, only suspended (spec 5.1). */
export const ServiceWindow = tenantEntity(
  'service_windows',
  (t) => ({ organizationId: t.organization(), openedAt: t.timestamptz(), openedBy: t.idOf(() => refs.Employee) }),
  { decidesSeats: true },
);

/** Contacts that are let in. */
export const WindowMember = tenantEntity(
  'window_members',
  (t) => ({ contactId: t.idOf(() => refs.Contact, 'cascade').primary(), joinedAt: t.timestamptz() }),
  { decidesSeats: true },
);

export const serviceWindows = ServiceWindow.table;
export const windowMembers = WindowMember.table;
