import { createLogger } from '../../platform/log/logger.ts';
import { startHousekeeping } from '../housekeeping.ts';
import { openInstallation } from '../installation.ts';
import type { Settings } from '../settings.ts';
import { stopInTime, stopSignal } from '../stop-signal.ts';
import { printLine, tell } from './output.ts';

/** Works on jobs without serving anybody, until it is told to stop; what it has in hand then is given back. */
export async function workerCommand(settings: Settings, { without }: { readonly without: readonly string[] }): Promise<void> {
  const logger = createLogger(settings.logLevel);
  const stop = stopSignal();
  const jobsAtOnce = Math.max(1, settings.jobs);
  const installation = await openInstallation({ settings, logger, without, jobsAtOnce, mustExist: true, progress: tell });
  const { runtime } = installation;
  try {
    await runtime.hub.start();
    runtime.jobs.start();
    runtime.notifications.start();
    runtime.deliveries.start();
    runtime.clocks.start();
    const stopHousekeeping = startHousekeeping(runtime, logger);
    printLine(`guichet: working on jobs, at most ${jobsAtOnce} at once`);
    await stop;
    stopInTime();
    await Promise.all([runtime.clocks.stop(), runtime.jobs.stop()]);
    await stopHousekeeping();
  } finally {
    await installation.close();
  }
  process.exit(0);
}
