import { defineModule, readMigrations } from '../../sdk/index.ts';
import { NotificationDelivery, NotificationSettings } from './delivery.entity.ts';
import { Notice } from './notice.entity.ts';
import { Notification } from './notification.entity.ts';
import { notificationTypes } from './notification.graphql.ts';
import { purgeOfInboxes } from './notification-purge.ts';
import { readingMutations } from './notification-reading.mutations.ts';
import { notificationSettingsTypes } from './notification-settings.graphql.ts';
import { notification } from './permissions.ts';

export const notificationsModule = defineModule({
  name: 'notifications',
  version: '0.1.0',
  description: 'Inboxes: what came to whom, told once and after it happened.',
  needs: ['core', 'organization', 'accounts', 'directory'],
  entities: [Notice, Notification, NotificationSettings, NotificationDelivery],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(notification),
  clocks: [purgeOfInboxes],
  types: (builder) => {
    notificationTypes(builder);
    readingMutations(builder);
    notificationSettingsTypes(builder);
  },
});
