import { defineModule, readMigrations } from '../../sdk/index.ts';
import { windowApps } from './permissions.ts';
import { LinkAppUse, WindowApp, WindowAppContact, WindowAppTag } from './window-app.entity.ts';
import { windowAppTypes } from './window-app.graphql.ts';
import { windowAppMutations } from './window-app.mutations.ts';
import { seeTiles, tileClock, tileListeners } from './window-tile.service.ts';

export const windowAppsModule = defineModule({
  name: 'window-apps',
  version: '0.1.0',
  description: 'Tiles of the service window: plugins’ apps and links, with who is shown them.',
  needs: ['organization', 'directory', 'contacts', 'service-window'],
  entities: [WindowApp, WindowAppTag, WindowAppContact, LinkAppUse],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(windowApps),
  types: (builder) => {
    windowAppTypes(builder);
    windowAppMutations(builder);
  },
  listeners: tileListeners,
  clocks: [tileClock],
  demo: seeTiles,
});
