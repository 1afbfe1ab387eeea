import type { Logger } from 'pino';
import { KnownSeats, type LoadedNotificationKind, loadedKind, NotificationMaker, notingListeners } from '../domains/notifications/index.ts';
import type { JobParts } from '../platform/jobs/job-row.ts';
import { inStep } from '../platform/jobs/job-row.ts';
import { serverSeat } from '../platform/permissions/seat.ts';
import { partsOfCore } from '../platform/plugin-call/plugin-call.ts';
import type { Reach } from '../platform/write/reach.ts';
import { type Listener, transactionOf } from '../platform/write/use-case.ts';
import { type AnyNotificationKind, notificationKinds } from '../sdk/index.ts';
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
  readonly logger: Logger;
  now(): Date;
}
export const notificationMaker = ({ modules, pools, seats, reach, jobParts, logger, now }: Options): NotificationMaker =>
  new NotificationMaker({
    kinds: kindsOf(modules),
    pool: pools.worker,
    seats: new KnownSeats((organizationId, { id, kind }) => seats.seatNow(organizationId, id, kind)),
    reached: (use, asked) => reach.among(asked, use.now, transactionOf(use)),
    inOrganization: (organizationId, work) => inStep(jobParts, { seat: serverSeat(organizationId), language: 'en' }, work),
    failed: (err, about) => logger.error({ err, ...about }, 'notifications'),
    now,
  });
