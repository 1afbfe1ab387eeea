import { refs, tenantEntity } from '../../sdk/index.ts';

export const OWNER_RULES = ['SHARER', 'EMPLOYEE', 'DEPARTMENT'] as const;

/** A way to the window for whoever has its code (spec 5.5). */
export const WindowLink = tenantEntity(
  'window_links',
  (t) => ({
    version: t.version(),
    /** What its maker knows it by, such as where its code hangs. */
    label: t.text().nullable(),
    /** 128 bits: whoever has it may see the page. */
    code: t.text(),
    sharerId: t.idOf(() => refs.Employee),
    createdAt: t.timestamptz(),
    expiresAt: t.timestamptz().nullable(),
    maxApplications: t.integer().nullable(),
    /** Who answers for the contacts that come of it. */
    ownerRule: t.oneOf(...OWNER_RULES),
    ownerId: t.idOf(() => refs.Employee).nullable(),
    /** Not a key: links that have ended keep the name of a department that is gone (`linksInTurn`). */
    departmentId: t.uuid().nullable(),
    /** Written by servers of the version before, and read by none: turns are those of people (`LinkTurn`). */
    lastOwnerId: t.uuid().nullable(),
    visits: t.integer().default(0),
    applications: t.integer().default(0),
    /** Held by those who have proven their number and were not refused, and by whoever was let in. */
    placesTaken: t.integer().default(0),
    revokedAt: t.timestamptz().nullable(),
    revokedBy: t.idOf(() => refs.Employee).nullable(),
  }),
  {
    indexes: {
      window_links_newest: { columns: ['-id'] },
      window_links_of_sharer: { columns: ['sharerId', '-id'] },
    },
  },
);

/** Tags that contacts get who come by a link. */
export const WindowLinkTag = tenantEntity('window_link_tags', (t) => ({
  linkId: t.idOf(() => WindowLink, 'cascade').primary(),
  tagId: t.idOf('tags', 'cascade').primary(),
}));

/** When somebody last had a turn of a department, by any link: a number that grows with each turn that is given. */
export const LinkTurn = tenantEntity('link_turns', (t) => ({ employeeId: t.idOf(() => refs.Employee).primary(), turn: t.bigint() }));

export const windowLinks = WindowLink.table;
export const windowLinkTags = WindowLinkTag.table;
export const linkTurns = LinkTurn.table;
