import { refs, tenantEntity } from '../../sdk/index.ts';
import { Tag } from '../contacts/index.ts';

/** Tiles of the window (spec 5.7): those that modules register, and links that admins add. */
export const WindowApp = tenantEntity(
  'window_apps',
  (t) => ({
    version: t.version(),
    kind: t.oneOf('PLUGIN', 'LINK'),
    /** The word of a registered tile, and the plugin that it is of. */
    tile: t.text().nullable(),
    plugin: t.text().nullable(),
    /** A registered tile whose module is not loaded: nobody is shown it, and its place is kept. */
    isGone: t.boolean().default(false),
    /** Of a link. */
    name: t.text().nullable(),
    icon: t.text().nullable(),
    url: t.text().nullable(),
    /** Shown to all contacts at the window, or to those that are chosen (spec 5.8). */
    isForAll: t.boolean().default(true),
    position: t.integer(),
  }),
  {
    indexes: {
      window_apps_position: { columns: ['position', 'id'] },
      window_apps_tile: { columns: ['tile'], unique: true, where: 'tile is not null' },
    },
  },
);
/** Whom a tile is shown to: contacts that carry a tag. */
export const WindowAppTag = tenantEntity(
  'window_app_tags',
  (t) => ({ appId: t.idOf(() => WindowApp, 'cascade').primary(), tagId: t.idOf(() => Tag, 'cascade').primary() }),
  { indexes: { window_app_tags_of: { columns: ['tagId', 'appId'] } } },
);
/** Whom a tile is shown to, one by one. */
export const WindowAppContact = tenantEntity(
  'window_app_contacts',
  (t) => ({ appId: t.idOf(() => WindowApp, 'cascade').primary(), contactId: t.idOf(() => refs.Contact, 'cascade').primary() }),
  { indexes: { window_app_contacts_of: { columns: ['contactId', 'appId'] } } },
);
/** Tokens of link apps that were redeemed: each is good once. */
export const LinkAppUse = tenantEntity('link_app_uses', (t) => ({ expiresAt: t.timestamptz() }), {
  indexes: { link_app_uses_expired: { columns: ['expiresAt'] } },
});

export const windowAppTable = WindowApp.table;
export const windowAppTags = WindowAppTag.table;
export const windowAppContacts = WindowAppContact.table;
export const linkAppUses = LinkAppUse.table;
/** Whom a tile is shown to, where not to all. */
export const CHOSEN_OF_APP = { key: 'app_id', tags: windowAppTags, contacts: windowAppContacts };
