import { defineModule, readMigrations } from '../../sdk/index.ts';
import { Notice } from './notice.entity.ts';
import { Notification } from './notification.entity.ts';
import { notificationTypes } from './notification.graphql.ts';
import { purgeOfInboxes } from './notification-purge.ts';
import { readingMutations } from './notification-reading.mutations.ts';
import { notification } from './permissions.ts';

export const notificationsModule = defineModule({
  name: 'notifications',
  version: '0.1.0',
  description: 'Inboxes: what came to whom, told once and after it happened.',
  needs: ['core', 'directory'],
  entities: [Notice, Notification],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(notification),
  clocks: [purgeOfInboxes],
  types: (builder) => {
    notificationTypes(builder);
    readingMutations(builder);
  },
});
