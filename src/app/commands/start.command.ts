import type { Logger } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import { errorCode } from '../../platform/database/database.errors.ts';
import { createLogger, onTerminal } from '../../platform/log/logger.ts';
import type { RunningServer } from '../../platform/server/index.ts';
import { openOtlpTracer } from '../../platform/trace/otlp-tracer.ts';
import { demoPage } from '../demo/demo-page.ts';
import { printWelcome } from '../demo/welcome.ts';
import { startGraphqlServer } from '../graphql-server.ts';
import { startHousekeeping } from '../housekeeping.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { configLine, type InstallationConfig, readConfig } from '../installation-config.ts';
import { answersAsWeDo } from '../own-answer.ts';
import { pluginSources } from '../plugin-source.ts';
import { stopLine } from '../plugin-stops.ts';
import { recordStart } from '../server-metrics.ts';
import { hostOf, type Settings, SettingsError } from '../settings.ts';
import { stopInTime, stopSignal } from '../stop-signal.ts';
import { tellStrayErrors } from '../stray-errors.ts';
import { VERSION } from '../version.ts';
import { startWatchdog } from '../watchdog/watchdog.ts';
import { tell } from './output.ts';

export interface StartOptions {
  /** Plugins left out. */
  readonly without: readonly string[];
  /** For somebody who writes a plugin: errors as they are, on the terminal. */
  readonly showErrors: boolean;
}

/** Starts the server and serves until it is told to stop. */
export async function startCommand(settings: Settings, { without, showErrors }: StartOptions): Promise<void> {
  const { logLevel, watchdogSeconds: seconds } = settings;
  const logger = createLogger(logLevel, undefined, showErrors ? onTerminal : undefined);
  const config = await readConfig();
  const plugins = (await pluginSources(without)).map(({ name, folder, label }) => ({ name, folder, label }));
  const watchdog = startWatchdog({ seconds, plugins, logLevel }, logger);
  tellStrayErrors(logger, watchdog, plugins);
  const stop = stopSignal();
  const tracer = settings.traces ? await openOtlpTracer({ name: 'guichet', version: VERSION }) : undefined;
  const installation = await openInstallation({
    settings,
    logger,
    without,
    serves: true,
    jobsAtOnce: settings.jobs,
    tracer,
    progress: (step) => process.stdout.write(`guichet: ${step} …\n`),
    opened: (url, stops) => {
      for (const stop of stops) tell(stopLine(stop));
      watchdog.opened(
        url,
        stops.map(({ plugin }) => plugin),
      );
    },
  });
  try {
    const server = await listen(settings, config, installation, logger);
    installation.runtime.jobs.start();
    installation.runtime.notifications.start();
    installation.runtime.deliveries.start();
    if (settings.jobs) installation.runtime.clocks.start();
    const stopHousekeeping = startHousekeeping(installation.runtime, logger);
    printWelcome(server.url, installation);
    await stop;
    stopInTime();
    await Promise.all([server.stop(), installation.runtime.clocks.stop(), installation.runtime.jobs.stop()]);
    await stopHousekeeping();
  } finally {
    await installation.close();
    await tracer?.stop();
  }
  process.exit(0);
}

async function listen(
  settings: Settings,
  config: InstallationConfig,
  { runtime, demo }: Installation,
  logger: Logger,
): Promise<RunningServer> {
  const { metrics } = runtime;
  collectDefaultMetrics({ register: metrics });
  await runtime.hub.start();
  const page = demo ? demoPage(runtime, settings.host !== undefined) : undefined;
  const host = hostOf(settings, demo);
  try {
    const server = await startGraphqlServer({
      runtime,
      host,
      port: settings.port,
      demo,
      allowedOrigins: settings.allowedOrigins,
      trustedProxies: settings.trustedProxies,
      publicOrigin: settings.publicOrigin,
      persisted: settings.persisted,
      yoga: config.yoga,
      logger,
      metrics,
      ...page,
    });
    recordStart(metrics);
    const line = configLine(config);
    if (line) tell(line);
    return server;
  } catch (error) {
    throw await notListening(error, host, settings.port);
  }
}

async function notListening(error: unknown, host: string, port: number): Promise<unknown> {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') {
    const who = (await answersAsWeDo(host, port)) ? 'Guichet runs already and' : 'another program';
    return new SettingsError(`PORT: ${who} listens on ${host}:${port}; stop it, or set another PORT.`);
  }
  if (code === 'EACCES') return new SettingsError(`PORT: this user may not listen on ${host}:${port}; set a PORT above 1023.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new SettingsError(`HOST: ${host} is no address of this machine.`);
  return error;
}
