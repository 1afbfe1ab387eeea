import pino from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { demoPage } from './demo/demo-page.ts';
import { printWelcome } from './demo/welcome.ts';
import { startGraphqlServer } from './graphql-server.ts';
import { openInstallation } from './installation.ts';
import type { Settings } from './settings.ts';

/** Signals that ask for a graceful stop: drain, close sockets with 1001, at most 15 s (promise 6). */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Starts the server and serves until it is told to stop. */
export async function start(settings: Settings, without: readonly string[]): Promise<void> {
  const logger = pino(
    { level: settings.logLevel, base: undefined, redact: { paths: ['*.phone', '*.token', '*.code'], censor: '' } },
    pino.destination(2),
  );
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const installation = await openInstallation({
    settings,
    logger,
    without,
    progress: (step) => process.stdout.write(`guichet: ${step} …\n`),
  });
  const { runtime, demo } = installation;
  await runtime.hub.start();
  const page = demo ? demoPage(runtime, process.env.HOST !== undefined) : undefined;
  const server = await startGraphqlServer({
    runtime,
    host: settings.host,
    port: settings.port,
    demo,
    allowedOrigins: settings.allowedOrigins,
    logger,
    metrics,
    graphiql: page?.graphiql,
    routes: page?.routes,
    isReady: async () => (await runtime.pools.requests.query('select 1')).rowCount === 1,
  }).catch(async (error: unknown) => {
    await installation.close();
    throw error;
  });
  printWelcome(server.url, demo);
  let stopping = false;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void server
        .stop()
        .then(() => installation.close())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  }
}
