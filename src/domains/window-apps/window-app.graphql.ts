import { type GuichetBuilder, sql, types, windowTiles } from '../../sdk/index.ts';
import { Tag } from '../contacts/index.ts';
import { MOST_CHOSEN, ServiceWindow, serviceWindow } from '../service-window/index.ts';
import { windowApps } from './permissions.ts';
import { windowAppContacts, windowAppTags } from './window-app.entity.ts';
import { WindowApp, WindowAppKindName } from './window-app.refs.ts';
import { windowAppRoles } from './window-app.roles.ts';

/** Tiles at the most: all are shown at once. */
export const MOST_APPS = 100;

/** Tiles of the window, as staff and contacts see them (spec 5.7). */
export function windowAppTypes(builder: GuichetBuilder): void {
  const rule = windowApps.read;
  const { manage } = windowApps;
  const tiles = builder.registered(windowTiles);
  const tileOf = (word: string | null) => tiles.find(({ tile }) => tile === word);
  builder.words(WindowAppKindName);
  builder.entity(WindowApp, {
    description: 'A tile of the service window: a plugin’s app, or a link.',
    roles: windowAppRoles,
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the order that the admins gave them.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateLinkApp` asks for it.', rule: manage }),
      kind: t.column('kind', { type: WindowAppKindName, description: 'What it is.', rule }),
      name: t.string({
        description: 'What stands on it; of a plugin’s app in the language of the request.',
        rule,
        needs: ['name', 'tile'],
        resolve: ({ name, tile }, _, { language }) => name ?? tileOf(tile)?.name[language] ?? tile ?? '',
      }),
      icon: t.string({
        nullable: true,
        description: 'Name of its picture, for the front end.',
        rule,
        needs: ['icon', 'tile'],
        resolve: ({ icon, tile }) => icon ?? tileOf(tile)?.icon ?? null,
      }),
      opens: t.string({
        nullable: true,
        description: 'What the front end shows when it is touched, as the plugin names it; null for links, which `openLinkApp` opens.',
        rule,
        needs: ['tile'],
        resolve: ({ tile }) => tileOf(tile)?.opens ?? null,
      }),
      url: t.column('url', { description: 'Where a link leads, as the admins gave it.', rule: manage }),
      isForAll: t.column('is_for_all', { description: 'Whether all contacts at the window are shown it.', rule: manage }),
      tags: t.list(Tag, {
        through: { shown: windowAppTags },
        on: (row, tag, { shown }) => sql`${shown.app_id} = ${row.id} and ${tag.id} = ${shown.tag_id}`,
        description: 'Contacts that carry one of these are shown it.',
        rule: manage,
        atMost: MOST_CHOSEN,
      }),
      contacts: t.list(types.Contact, {
        through: { chosen: windowAppContacts },
        on: (row, contact, { chosen }) => sql`${chosen.app_id} = ${row.id} and ${contact.id} = ${chosen.contact_id}`,
        description: 'Contacts that are shown it, one by one; those that you may see.',
        rule: manage,
        atMost: MOST_CHOSEN,
      }),
    }),
  });
  builder.entityFields(ServiceWindow, (t) => ({
    apps: t.list(WindowApp, {
      on: (row, app) => sql`${app.organization_id} = ${row.organization_id}`,
      description: 'Its tiles, in the order that the admins gave them; contacts find those that are shown to them.',
      rule: serviceWindow.inside,
      order: { by: 'POSITION', direction: 'ASC' },
      atMost: MOST_APPS,
    }),
  }));
}
