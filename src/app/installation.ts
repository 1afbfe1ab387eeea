import { join } from 'node:path';
import type { KeeperOptions } from '@guichet/embedded-postgres';
import type { Logger } from 'pino';
import { type AppliedMigration, MigrationError, migrate } from '../platform/database/migrations.ts';
import { openFileStore } from '../platform/files/file-store.ts';
import type { Tracer } from '../platform/trace/tracer.ts';
import { dataFolder, openDatabase, openExisting, openPools, type Pools } from './databases.ts';
import { seedDemo } from './demo/seed.ts';
import type { LoadedModule } from './loaded-module.ts';
import { modelOf } from './model.ts';
import { ModuleError } from './module.errors.ts';
import { loadModules } from './module-loader.ts';
import { DOMAINS, importPlugins } from './modules.ts';
import { asStopped } from './plugin-stops.rules.ts';
import { type PluginStop, pluginStops } from './plugin-stops.ts';
import { makeRuntime, type Runtime } from './runtime.ts';
import { buildSchemas } from './schemas.ts';
import type { Settings } from './settings.ts';
import { chosenSmsSender, noSmsSender } from './sms-sender.ts';
import { VERSION } from './version.ts';

/** An opened installation: its database up to date, its runtime ready. */
export interface Installation {
  readonly runtime: Runtime;
  readonly demo: boolean;
  /** No organization is there but those of a demo. */
  readonly isUnfounded: boolean;
  /** Organizations of a demo lie in the database. */
  readonly hasDemos: boolean;
  /** Connection string of the login that runs migrations. */
  readonly url: string;
  close(): Promise<void>;
}

export const modulesOf = async (without: readonly string[]): Promise<LoadedModule[]> =>
  loadModules(DOMAINS, await importPlugins(without), VERSION);
export const migrationSets = (modules: readonly LoadedModule[]) =>
  modules.map(({ name, migrations = [] }) => ({ module: name, migrations }));

/** @throws ModuleError where a plugin's migration fails. */
async function migrateAll(url: string, modules: readonly LoadedModule[]): Promise<AppliedMigration[]> {
  try {
    return await migrate(url, migrationSets(modules));
  } catch (error) {
    const plugin = error instanceof MigrationError && modules.find(({ isPlugin, name }) => isPlugin && name === error.module);
    throw plugin ? new ModuleError(plugin, error.fault, 'mend it: nothing of it was done', error) : error;
  }
}

export interface InstallationOptions {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Plugins left out. */
  readonly without?: readonly string[];
  readonly tracer?: Tracer;
  /** How many jobs it works on at once, from `jobs.start()` on; none by default: commands only start them. */
  readonly jobsAtOnce?: number;
  /** Refuses to make an embedded database: there is nothing to be found in a new one. */
  readonly mustExist?: boolean;
  /** People will sign in: it is refused where no code could reach them. */
  readonly serves?: boolean;
  now?(): Date;
  /** Told what takes time. */
  progress?(step: string): void;
  /** Told when the database is up to date, with the plugins that stay off. */
  opened?(url: string, stops: readonly PluginStop[]): void;
}

/** Opens the database, migrates it, and puts the runtime together; the first time, on a demo, with the demo's data. */
export async function openInstallation({
  settings,
  logger,
  without = [],
  tracer,
  jobsAtOnce = 0,
  mustExist = false,
  serves = false,
  now = () => new Date(),
  progress = () => {},
  opened = () => {},
}: InstallationOptions): Promise<Installation> {
  const all = await modulesOf(without);
  const built = buildSchemas(all);
  // what can be told of the settings alone is told before a database is made
  if (serves && !chosenSmsSender(settings, settings.demo ?? true, all)) throw noSmsSender();
  const opening = settings.databaseUrl ? 'connecting to the database' : 'opening the embedded database';
  const home = await toldWhenLong(
    () => (mustExist ? openExisting : openDatabase)(settings, progress),
    () => progress(opening),
    serves ? 0 : LONG_FOR_A_COMMAND,
  );
  const keeper = home.keep?.(keeping(logger));
  const leave = async (): Promise<void> => {
    await keeper?.stop();
    await home.leave();
  };
  let pools: Pools | undefined;
  try {
    const applied = await migrateAll(home.url, all);
    if (applied.length) progress(`brought the database up to date (${applied.length} migrations)`);
    const stops = await pluginStops(home.url);
    const modules = asStopped(all, stops);
    const schemas = modules.length === all.length ? built : buildSchemas(modules);
    opened(home.url, stops);
    pools = await openPools(home.url, settings.poolSize, (error) => logger.error({ err: error }, 'database connection'));
    const { isUnfounded, hasDemos } = await organizationsFound(pools);
    const demo = settings.demo ?? isUnfounded;
    const sms = serves ? chosenSmsSender(settings, demo, modules) : undefined;
    if (serves && !sms) throw noSmsSender();
    const runtime = await makeRuntime({
      modules,
      schemas,
      model: modelOf(modules),
      pools,
      secret: settings.secret,
      demo,
      sms,
      writesPerMinute: settings.writesPerMinute,
      codeLimits: settings.codeLimits,
      joinLimits: settings.joinLimits,
      portalUrl: settings.portalUrl,
      jobsAtOnce,
      channels: settings.channels,
      hasRoom: () => keeper?.hasRoom ?? true,
      files: openFileStore(join((await dataFolder(settings.dataDir)).folder, 'files'), settings.bucket),
      logger,
      tracer,
      now,
    });
    if (demo) await seedOnce(runtime, progress);
    const open = pools;
    const close = async (): Promise<void> => {
      await runtime.door.texts.close(TEXTS_GONE_WITHIN_MS);
      await Promise.all([runtime.notifications.stop(), runtime.deliveries.stop()]);
      await runtime.jobs.stop();
      await runtime.hub.stop();
      await open.end();
      await leave();
    };
    return { runtime, demo, isUnfounded, hasDemos, url: home.url, close };
  } catch (error) {
    await pools?.end();
    await leave();
    throw error;
  }
}

/** Milliseconds after which somebody at a terminal asks what a command is doing. */
const LONG_FOR_A_COMMAND = 1_000;
async function toldWhenLong<T>(work: () => Promise<T>, tell: () => void, milliseconds: number): Promise<T> {
  if (milliseconds === 0) tell();
  const timer = milliseconds > 0 ? setTimeout(tell, milliseconds) : undefined;
  return work().finally(() => clearTimeout(timer));
}

/** A code that was asked for just before a server stops still goes out. */
const TEXTS_GONE_WITHIN_MS = 5_000;

const keeping = (logger: Logger): KeeperOptions => ({
  onRoom: (hasRoom) =>
    hasRoom
      ? logger.warn('the disk has room again: requests may write')
      : logger.error('the disk is full: requests read, and none may write'),
  onRevival: (err) =>
    err
      ? logger.error({ err }, 'the embedded database is down, and could not be started')
      : logger.warn('the embedded database was down, and was started again'),
});

/** The index of seats is the one place that knows all organizations. */
async function organizationsFound({ identity }: Pools): Promise<Pick<Installation, 'isUnfounded' | 'hasDemos'>> {
  const { rows } = await identity.query<{ real: boolean; demo: boolean }>(
    `select exists (select from identity.seats where not is_demo) as real, exists (select from identity.seats where is_demo) as demo`,
  );
  return { isUnfounded: !rows[0]!.real, hasDemos: rows[0]!.demo };
}

async function seedOnce(runtime: Runtime, progress: (step: string) => void): Promise<void> {
  const { rows } = await runtime.pools.identity.query<{ seats: number }>('select count(*)::int as seats from identity.seats where is_demo');
  if (rows[0]!.seats === 0) progress('making the demo organizations');
  await seedDemo(runtime);
}
