import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ChannelSettings } from '../app/channel-settings.ts';
import { openPools } from '../app/databases.ts';
import { seedDemo } from '../app/demo/seed.ts';
import type { OrganizationPlan } from '../app/founding/organization-plan.ts';
import { type GraphqlServerOptions, startGraphqlServer } from '../app/graphql-server.ts';
import { migrationSets } from '../app/installation.ts';
import { modelOf } from '../app/model.ts';
import { loadModules } from '../app/module-loader.ts';
import { DOMAINS, importPlugins } from '../app/modules.ts';
import type { RuntimeOptions } from '../app/runtime.options.ts';
import { makeRuntime, type Runtime } from '../app/runtime.ts';
import { buildSchemas } from '../app/schemas.ts';
import type { Settings } from '../app/settings.ts';
import { VERSION } from '../app/version.ts';
import { signInAs, terminalSmsSender } from '../domains/accounts/index.ts';
import type { JoinLimits } from '../domains/joining/index.ts';
import { type FileStore, openFileStore } from '../platform/files/file-store.ts';
import type { Limits } from '../platform/server/index.ts';
import type { Tracer } from '../platform/trace/tracer.ts';
import { encodeGlobalId, type ModuleDefinition, type SmsSender } from '../sdk/index.ts';
import { bothWays } from './both-ways.ts';
import { memoryFolder } from './memory-folder.ts';
import { LONG, patientLimits, patientPool } from './patience.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { testLogger } from './test-log.ts';
import { makeOrganization, type TestOrganization, testPlan } from './test-organization.ts';
import { TestSeat } from './test-seat.ts';

export interface TestServerOptions {
  /** Plugins beside the core; the installed ones by default. */
  readonly plugins?: readonly ModuleDefinition[];
  /** Sends text messages; by default to the terminal. */
  readonly sms?: SmsSender;
  /** Makes the demo's organizations. */
  readonly demo?: boolean;
  /** Those of a server, but that none of time is met by chance. */
  readonly limits?: Partial<Limits>;
  /** Addresses and networks of proxies that are believed. */
  readonly trustedProxies?: readonly string[];
  /** Writes a minute a seat; 0, the default, for no limit. */
  readonly writesPerMinute?: number;
  now?(): Date;
  readonly poolSize?: number;
  readonly logger?: Logger;
  /** Milliseconds that a use case, or a field of a plugin, has; two minutes by default. */
  readonly patience?: number;
  /** Milliseconds that a statement has; two minutes by default. */
  readonly statementTimeout?: number;
  /** Where bytes of files lie; a folder that is gone afterwards by default. */
  readonly files?: FileStore;
  /** Milliseconds in which something of an upload has to come. */
  readonly uploadIdleMs?: number;
  /** Limits of asking for codes; those of a server by default. */
  readonly codeLimits?: Settings['codeLimits'];
  /** Limits of applying at the window; those of a server by default. */
  readonly joinLimits?: Partial<JoinLimits>;
  readonly portalUrl?: string;
  /** Whether the database's disk has room. */
  hasRoom?(): boolean;
  readonly tracer?: Tracer;
  /** Queries that need no executor are answered without one; false: all by the executor. */
  readonly straight?: boolean;
  /** false: documents that are known go through the pipeline as well. */
  readonly lane?: boolean;
  /** Plugins of yoga that the operator adds. */
  readonly yoga?: GraphqlServerOptions['yoga'];
  /** Documents that clients name instead of sending them. */
  readonly persisted?: GraphqlServerOptions['persisted'];
  /** How many jobs it works on at once; 0: none. */
  readonly jobsAtOnce?: number;
  /** Channels of notifications; none by default but those of plugins. */
  readonly channels?: ChannelSettings;
  /** The database of another test server, which this one joins. */
  readonly databaseUrl?: string;
}
export interface TestServer {
  readonly url: string;
  readonly databaseUrl: string;
  readonly runtime: Runtime;
  /** Somebody who is not signed in. */
  readonly nobody: TestSeat;
  /** Signs in whoever has this phone, without a code. @param organizationId where the phone has several seats. */
  seat(phone: string, organizationId?: string): Promise<TestSeat>;
  /** Makes an organization with a seat for every role. */
  organization(overrides?: Partial<OrganizationPlan>): Promise<TestOrganization>;
  /** As that of the test kit for plugins. */
  strike(...clocks: string[]): Promise<void>;
  stop(): Promise<void>;
}

type Built = Pick<RuntimeOptions, 'modules' | 'schemas' | 'model'>;
const build = (plugins: readonly ModuleDefinition[]): Built => {
  const modules = loadModules(DOMAINS, plugins, VERSION);
  return { modules, schemas: buildSchemas(modules), model: modelOf(modules) };
};
let found: Promise<readonly ModuleDefinition[]> | undefined;
const installed = (): Promise<readonly ModuleDefinition[]> => {
  found ??= importPlugins();
  return found;
};
/** What was built, by the first of its plugins: it goes with the plugin. */
const kept = new WeakMap<ModuleDefinition, { readonly plugins: readonly ModuleDefinition[]; readonly built: Built }[]>();
/** What a start builds before anything is opened: once a process for the same plugins, for nothing in it changes. */
async function built(given: TestServerOptions['plugins']): Promise<Built> {
  const plugins = given ?? (await installed());
  const [first] = plugins;
  if (!first) return build(plugins);
  const all = kept.get(first) ?? [];
  kept.set(first, all);
  const isSame = (others: readonly ModuleDefinition[]): boolean =>
    others.length === plugins.length && others.every((other, i) => other === plugins[i]);
  const known = all.find((one) => isSame(one.plugins));
  if (known) return known.built;
  const made = build(plugins);
  all.push({ plugins, built: made });
  return made;
}

/** A file: every query that needs no executor is answered by it as well, and the answers are compared there. */
const { BOTH_WAYS } = process.env;

/** A whole server on a database of its own, in this process; asked over HTTP and sockets. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { now = () => new Date(), demo = false, writesPerMinute = 0, poolSize = 10, straight = true } = options;
  const { patience = LONG, statementTimeout = LONG } = options;
  const { modules, schemas, model } = await built(options.plugins);
  const database = options.databaseUrl ? joined(options.databaseUrl) : await createTestDatabase(migrationSets(modules));
  const logger = options.logger ?? testLogger();
  const pools = await openPools(database.url, poolSize, () => {}, { ...patientPool, statementTimeout });
  const { url: databaseUrl } = database;
  const { tracer } = options;
  const folder = join(memoryFolder(), `guichet-files-${randomUUID()}`);
  const runtime = await makeRuntime({
    modules,
    schemas,
    model,
    pools,
    secret: undefined,
    demo: true,
    sms: options.sms ?? terminalSmsSender(),
    writesPerMinute,
    hasRoom: options.hasRoom,
    files: options.files ?? openFileStore(folder),
    uploadIdleMs: options.uploadIdleMs ?? LONG,
    codeLimits: options.codeLimits,
    joinLimits: options.joinLimits,
    portalUrl: options.portalUrl,
    logger,
    patience,
    tracer,
    jobsAtOnce: options.jobsAtOnce,
    channels: options.channels,
    now,
  });
  if (demo) await seedDemo(runtime);
  await runtime.hub.start();
  runtime.jobs.start();
  runtime.notifications.start();
  runtime.deliveries.start();
  const server = await startGraphqlServer({
    runtime,
    host: '127.0.0.1',
    port: 0,
    demo: true,
    allowedOrigins: [],
    trustedProxies: options.trustedProxies,
    lane: options.lane,
    yoga: options.yoga,
    persisted: options.persisted,
    limits: { ...patientLimits, ...options.limits },
    logger,
    metrics: runtime.metrics,
    watchStraight: (answer) => (straight ? (BOTH_WAYS ? bothWays(answer, BOTH_WAYS) : answer) : async () => undefined),
  });
  const { url } = server;
  const seat = async (phone: string, organizationId?: string, name = phone): Promise<TestSeat> => {
    const { token, seat: found } = await signInAs(runtime.door, { phone, organizationId }, now());
    const id = encodeGlobalId(found?.kind === 'EMPLOYEE' ? 'Employee' : 'Contact', found!.seatId);
    return new TestSeat({ id, name, token, url, hub: runtime.hub });
  };
  const strike = async (...clocks: string[]): Promise<void> => {
    await runtime.clocks.look(true, clocks.length ? clocks : undefined);
    await runtime.jobs.settled();
    await runtime.notifications.settled();
  };
  const stop = async (): Promise<void> => {
    await server.stop();
    await Promise.all([runtime.notifications.stop(), runtime.deliveries.stop()]);
    await runtime.jobs.stop();
    await runtime.door.texts.close(LONG);
    await runtime.hub.stop();
    await pools.end();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url,
    databaseUrl,
    runtime,
    nobody: new TestSeat({ id: '', name: 'nobody', token: undefined, url }),
    seat,
    strike,
    organization: (overrides) => makeOrganization(runtime, testPlan(overrides), seat),
    stop,
  };
}

const joined = (url: string): TestDatabase => ({ url, drop: async () => {} });
