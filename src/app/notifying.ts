import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import {
  type DeliveryOutcome,
  DeliverySender,
  KnownSeats,
  type LoadedNotificationKind,
  loadedKind,
  logNotifier,
  NotificationMaker,
  notingListeners,
  smsNotifier,
  smtpNotifier,
  webhookNotifier,
} from '../domains/notifications/index.ts';
import type { JobParts } from '../platform/jobs/job-row.ts';
import { inStep } from '../platform/jobs/job-row.ts';
import { serverSeat } from '../platform/permissions/seat.ts';
import { partsOfCore } from '../platform/plugin-call/plugin-call.ts';
import type { Reach } from '../platform/write/reach.ts';
import { type Listener, transactionOf } from '../platform/write/use-case.ts';
import { type AnyNotificationKind, type Notifier, notificationKinds, notifiers, type SmsSender } from '../sdk/index.ts';
import type { ChannelSettings } from './channel-settings.ts';
import type { Pools } from './databases.ts';
import type { LoadedModule } from './loaded-module.ts';
import type { Seats } from './seats.ts';

const kindsOf = (modules: readonly LoadedModule[]): LoadedNotificationKind[] =>
  modules.flatMap(({ name, isPlugin, registrations = [] }) =>
    registrations.flatMap(({ point, entry }) =>
      point === notificationKinds ? [loadedKind(entry as AnyNotificationKind, name, isPlugin)] : [],
    ),
  );

/** What is announced and made notifications from is noted in the transaction of the announcement. */
export const notificationListeners = (modules: readonly LoadedModule[]): Listener[] =>
  notingListeners(kindsOf(modules).map(({ kind }) => kind.on.name)).map(partsOfCore);

interface Options {
  readonly modules: readonly LoadedModule[];
  readonly pools: Pools;
  readonly seats: Seats;
  readonly reach: Reach;
  readonly jobParts: JobParts;
  readonly metrics: Registry;
  readonly logger: Logger;
  now(): Date;
}
/** Built-in channels as far as they are set up, and those that plugins bring. */
export function notifiersOf(
  { smtp, webhook, others }: ChannelSettings,
  { modules, sms, logger }: Pick<Options, 'modules' | 'logger'> & { readonly sms: SmsSender | undefined },
): readonly Notifier[] {
  const brought = modules.flatMap(({ registrations = [] }) =>
    registrations.flatMap(({ point, entry }) => (point === notifiers ? [entry as Notifier] : [])),
  );
  return [
    ...(smtp ? [smtpNotifier(smtp)] : []),
    ...(webhook ? [webhookNotifier(webhook)] : []),
    ...(sms && others.includes('SMS') ? [smsNotifier(sms)] : []),
    ...(others.includes('LOG') ? [logNotifier((about) => logger.info(about, 'a notification'))] : []),
    ...brought,
  ];
}

/** What makes notifications, and what sends them. */
export function notifying(
  { modules, pools, seats, reach, jobParts, metrics, logger, now }: Options,
  channels: { readonly notifiers: readonly Notifier[]; readonly inboxUrl: string | undefined; readonly patience?: number },
): { readonly notifications: NotificationMaker; readonly deliveries: DeliverySender } {
  const parts = {
    pool: pools.worker,
    seats: new KnownSeats((organizationId, { id, kind }) => seats.seatNow(organizationId, id, kind)),
    reached: ((use, asked) => reach.among(asked, use.now, transactionOf(use))) as ConstructorParameters<
      typeof NotificationMaker
    >[0]['reached'],
    inOrganization: ((organizationId, work) =>
      inStep(jobParts, { seat: serverSeat(organizationId), language: 'en' }, work)) as ConstructorParameters<
      typeof NotificationMaker
    >[0]['inOrganization'],
    failed: (err: unknown, about: object): void => logger.error({ err, ...about }, 'notifications'),
    now,
  };
  return {
    notifications: new NotificationMaker({ ...parts, kinds: kindsOf(modules) }),
    deliveries: new DeliverySender({
      ...parts,
      ...channels,
      inboxUrl: channels.inboxUrl ?? null,
      transactionOf,
      observe: deliveriesCounted(metrics),
    }),
  };
}

function deliveriesCounted(registry: Registry): (channel: string, outcome: DeliveryOutcome) => void {
  const messages = new Counter({
    name: 'guichet_notifications_total',
    help: 'Messages of notifications, by their channel and by what became of them.',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  });
  return (channel, outcome) => messages.labels(channel, outcome).inc();
}
