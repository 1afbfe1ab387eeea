import { tenantEntity } from '../../sdk/index.ts';
import { Notification } from './notification.entity.ts';

/** How a seat wants to be told beyond its inbox (spec 9.2); without a row nothing is sent. */
export const NotificationSettings = tenantEntity(
  'notification_settings',
  (t) => ({
    seatId: t.uuid(),
    seatKind: t.oneOf('EMPLOYEE', 'CONTACT'),
    version: t.version(),
    email: t.text().nullable(),
    language: t.oneOf('en', 'zh-CN'),
    /** `22:00`, in the organization's zone. */
    quietFrom: t.text().nullable(),
    quietUntil: t.text().nullable(),
    digest: t.oneOf('NONE', 'HOURLY', 'DAILY').default('NONE'),
    /** Channels by kinds; `*` for all that are not named. */
    choices: t.json<Readonly<Record<string, readonly string[]>>>().defaultRaw(`'{}'`),
  }),
  { indexes: { notification_settings_seat: { columns: ['seatId'], unique: true } } },
);

/** A notification on its way through one channel; gone when it was handed over. */
export const NotificationDelivery = tenantEntity(
  'notification_deliveries',
  (t) => ({
    notificationId: t.idOf(() => Notification, 'cascade'),
    seatId: t.uuid(),
    seatKind: t.oneOf('EMPLOYEE', 'CONTACT'),
    channel: t.text(),
    dueAt: t.timestamptz(),
    attempts: t.integer().default(0),
    /** The message that it first went out in: what was sent together is tried again together, and with nothing that came later. */
    messageId: t.uuid().nullable(),
    /** Whoever is at it has it until then; nobody else takes it up. */
    claimedUntil: t.timestamptz().nullable(),
  }),
  {
    servesWorker: true,
    indexes: {
      notification_deliveries_once: { columns: ['notificationId', 'channel'], unique: true },
      notification_deliveries_of_seat: { columns: ['seatId', 'channel', 'dueAt'] },
    },
  },
);
export const notificationSettings = NotificationSettings.table;
export const notificationDeliveries = NotificationDelivery.table;
