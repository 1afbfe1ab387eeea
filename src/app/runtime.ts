import { Registry } from 'prom-client';
import { type IdentityDoor, identityDoor, phoneTelling, seatNames, serverSecret } from '../domains/accounts/index.ts';
import { recordAct } from '../domains/audit/index.ts';
import { type FileDoor, fileDoor, filesOn } from '../domains/files/index.ts';
import { type JoinDoor, joinDoor } from '../domains/joining/index.ts';
import { type DeliverySender, type NotificationMaker, notifierList, subjectSight } from '../domains/notifications/index.ts';
import { isSwitchedOff, pluginList, timeZoneOf } from '../domains/organization/index.ts';
import { Connections } from '../platform/database/connections.ts';
import { type ReadDatabase, readDatabase } from '../platform/database/read-database.ts';
import { Shares } from '../platform/database/shares.ts';
import { inReadOnlyTransaction } from '../platform/database/transaction.ts';
import { ClockKeeper } from '../platform/jobs/clock-keeper.ts';
import { createJobMetrics } from '../platform/jobs/job.metrics.ts';
import type { JobParts } from '../platform/jobs/job-row.ts';
import { startJob } from '../platform/jobs/job-start.ts';
import { JobWorker } from '../platform/jobs/job-worker.ts';
import { createEventMetrics } from '../platform/live/event.metrics.ts';
import { LiveCursors } from '../platform/live/live-cursor.ts';
import { LiveHub } from '../platform/live/live-hub.ts';
import { pluginUnderWay } from '../platform/plugin-call/plugin-call.ts';
import type { Tracer } from '../platform/trace/tracer.ts';
import { Authorizer } from '../platform/write/authorizer.ts';
import { FACTS_LAST } from '../platform/write/facts-of-now.ts';
import { Listings } from '../platform/write/listings.ts';
import type { Performer } from '../platform/write/perform.ts';
import { Reach } from '../platform/write/reach.ts';
import { serverSecret as secretService } from '../platform/write/server-secret.ts';
import { Switchboard } from '../platform/write/service.ts';
import { createUseCaseMetrics } from '../platform/write/use-case.metrics.ts';
import type { UseCaseParts } from '../platform/write/use-case.ts';
import {
  type AnyJobKind,
  cursorSealer,
  filesService,
  listedData,
  lookingAs,
  moduleLog,
  type OrganizationData,
  organizationData,
  provide,
  readingAs,
} from '../sdk/index.ts';
import { NO_CHANNELS } from './channel-settings.ts';
import type { Pools } from './databases.ts';
import { makeFileDoor } from './file-door.ts';
import { makeIdentityDoor } from './identity-door.ts';
import { clocksOf, jobKindsOf } from './job-kinds.ts';
import { makeJoinDoor } from './join-door.ts';
import type { LoadedModule } from './loaded-module.ts';
import { moduleLogOn } from './module-log.ts';
import { notificationListeners, notifiersOf, notifying } from './notifying.ts';
import { phoneTellingOn } from './phone-telling.ts';
import { settingsOn } from './plugin-settings.ts';
import { reachAmong } from './reach.ts';
import { readinessOf } from './readiness.ts';
import { readingAsOn } from './reading-as.ts';
import type { RuntimeOptions } from './runtime.options.ts';
import type { Schemas } from './schemas.ts';
import { seatNamesFrom } from './seat-names.ts';
import { Seats } from './seats.ts';
import { registerServerMetrics } from './server-metrics.ts';
import { writeLimit } from './write-limit.ts';

const PATIENCE = 9_000;

/** The parts of a running server, put together. */
export interface Runtime {
  readonly modules: readonly LoadedModule[];
  readonly pools: Pools;
  readonly connections: Connections;
  readonly schemas: Schemas;
  readonly seats: Seats;
  readonly door: IdentityDoor;
  readonly switchboard: Switchboard;
  readonly reads: ReadDatabase;
  readonly parts: UseCaseParts;
  readonly performer: Performer;
  readonly reach: Reach;
  readonly files: FileDoor;
  readonly joins: JoinDoor;
  readonly hub: LiveHub;
  readonly cursors: LiveCursors;
  readonly jobs: JobWorker;
  readonly clocks: ClockKeeper;
  readonly notifications: NotificationMaker;
  readonly deliveries: DeliverySender;
  readonly jobParts: JobParts;
  /** Plugins that are off for everybody. */
  readonly stopped: ReadonlySet<string>;
  readonly patience: number;
  /** Figures of all that belongs to it. */
  readonly metrics: Registry;
  readonly tracer: Tracer | undefined;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
  now(): Date;
}

export async function makeRuntime(options: RuntimeOptions): Promise<Runtime> {
  const {
    modules,
    schemas,
    pools,
    writesPerMinute,
    hasRoom = () => true,
    logger,
    patience = PATIENCE,
    tracer,
    jobsAtOnce = 2,
    channels = NO_CHANNELS,
    now,
  } = options;
  const secret = await serverSecret(pools.identity, options.secret);
  const cursors = new LiveCursors(secret);
  const plugins = modules.filter(({ isPlugin }) => isPlugin);
  const stopped = new Set(plugins.flatMap(({ name, isStopped }) => (isStopped ? [name] : [])));
  const { max, connectionTimeoutMillis: patienceForConnections } = pools.requests.options;
  const shares = new Shares({ connections: max, plugins: plugins.length, patience: patienceForConnections });
  const connections = new Connections(pools.requests, shares);
  const metrics = new Registry();
  const names = seatNamesFrom(connections);
  const door = makeIdentityDoor({ ...options, codeLimits: options.codeLimits, sms: options.sms, secret, names, metrics });
  const read: OrganizationData['read'] = (organization, work) =>
    inReadOnlyTransaction(connections.for({ organization, plugin: pluginUnderWay() }), organization, work, patience);
  const files: FileDoor = makeFileDoor({
    store: options.files,
    secret,
    connections,
    plugins: new Set(plugins.map(({ name }) => name)),
    schemas,
    patience,
    logger,
    idleMs: options.uploadIdleMs,
    hasRoom,
    now,
    seats: () => seats,
    parts: () => parts,
  });
  const joins = makeJoinDoor({ ...options, identity: door, connections, patience, parts: () => parts, wake: () => performer.wake() });
  const whole = (): Runtime => running;
  const senders = notifiersOf(channels, { modules, sms: options.sms, logger });
  const listings = new Listings(schemas.staff);
  const switchboard = new Switchboard({
    services: [
      ...[
        provide(identityDoor, door),
        provide(seatNames, names),
        provide(phoneTelling, phoneTellingOn({ connections, parts: () => parts, wake: () => hub.wake() })),
        provide(secretService, secret),
        provide(pluginList, plugins),
        provide(fileDoor, files),
        provide(readingAs, readingAsOn(whole)),
        provide(lookingAs, { look: (seat, work) => files.look(seat, work) }),
        provide(notifierList, senders),
        provide(subjectSight, { reached: (asked) => reachAmong({ pools, reach, now })(asked) }),
        provide(joinDoor, joins),
      ].map((one) => ({ ...one, by: 'server' as const })),
      ...[
        provide(cursorSealer, { seal: (place, seatId, stream) => cursors.seal(place, seatId, stream) }),
        provide(organizationData, { read }),
        provide(listedData, { keys: (list, seat, now, most) => listings.keys(list, seat, now, most) }),
        provide(filesService, filesOn(files)),
        provide(moduleLog, moduleLogOn(logger)),
      ].map((one) => ({ ...one, by: 'server, to everybody' as const })),
      ...modules.flatMap(({ name, services = [] }) => services.map((one) => ({ ...one, by: { module: name } }))),
    ],
    registrations: modules.flatMap(({ registrations = [] }) => registrations),
    needs: new Map(plugins.map(({ name, needs = [] }) => [name, new Set([name, ...needs])])),
    asking: pluginUnderWay,
  });
  const kinds = jobKindsOf(modules);
  const parts: UseCaseParts = {
    model: options.model,
    listeners: [...modules.flatMap(({ listeners = [] }) => listeners), ...notificationListeners(modules)],
    switchboard,
    authorizer: new Authorizer(schemas.entity),
    listings,
    isOff: isSwitchedOff,
    settings: settingsOn(switchboard, plugins),
    startJob: (use, kind, input) => startJob(kinds, use, kind as AnyJobKind, input),
  };
  const observe = createEventMetrics(metrics, () => now().getTime(), tracer);
  const onHubError = (error: unknown): void => {
    observe.failed();
    logger.error({ err: error }, 'live events');
  };
  const hub = new LiveHub({ pool: pools.worker, url: pools.workerUrl, observe, onError: onHubError });
  const performer: Performer = {
    connections,
    parts,
    patience,
    factsLast: FACTS_LAST,
    seatNow: (organizationId, id, kind) => seats.seatNow(organizationId, id, kind),
    seatWithin: (transaction, seat) => seats.seatWithin(transaction, seat),
    wake: () => {
      hub.wake();
      notifications.wake();
    },
    begun: () => jobs.wake(),
    limit: writeLimit(writesPerMinute, () => now().getTime()),
    hasRoom,
    observe: createUseCaseMetrics(metrics),
    record: recordAct,
    tracer,
  };
  const onError = (error: unknown, plugin: string): void => logger.error({ err: error, plugin }, 'facts of a seat');
  const seats = new Seats({ door, pools, modules, stopped, onError, now });
  const jobParts: JobParts = { performer, kinds, seatOf: performer.seatNow, now };
  const failed = (err: unknown, about: object): void => logger.error({ err, ...about }, 'job');
  const jobFigures = createJobMetrics(metrics, () => jobs.running);
  const clocks = new ClockKeeper({ ...jobParts, pool: pools.worker, clocks: clocksOf(modules), zoneOf: timeZoneOf, failed });
  const jobs: JobWorker = new JobWorker({ ...jobParts, pool: pools.worker, atOnce: jobsAtOnce, observe: { ...jobFigures, failed } });
  const reach = new Reach(schemas.entity);
  const { notifications, deliveries }: Pick<Runtime, 'notifications' | 'deliveries'> = notifying(
    { modules, pools, seats, reach, jobParts, metrics, logger, now },
    { notifiers: senders, inboxUrl: channels.inboxUrl },
  );
  const reads = readDatabase(connections, tracer);
  registerServerMetrics(metrics, { pools, shares, reads, files: files.places });
  const running: Runtime = {
    modules,
    pools,
    connections,
    schemas,
    seats,
    door,
    switchboard,
    reads,
    parts,
    performer,
    reach,
    files,
    joins,
    hub,
    cursors,
    jobs,
    clocks,
    notifications,
    deliveries,
    jobParts,
    stopped,
    patience,
    metrics,
    tracer,
    isReady: readinessOf(pools.readiness),
    now,
  };
  return running;
}
