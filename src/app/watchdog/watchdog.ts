import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { hangSign } from '../../platform/plugin-call/plugin-call.ts';
import { BEAT, BEATS, CELLS, INSPECTED, NOTED, RESTART, SIGN, type WatchdogData, type WatchdogMessage } from './watchdog.signals.ts';

const NOTED_WITHIN_MS = 5_000;
/** Without it the server could not be watched, but would run. */
const SLOWEST_BEAT_MS = 1_000;

/** A thread of its own that names a plugin which blocks the server's thread, writes down that it stays off, and ends the process (promise 9). */
export interface Watchdog {
  /** The database is open. @param off plugins that are stopped already */
  opened(url: string, off: readonly string[]): void;
  /** Writes down that a plugin stays off, and ends the process; nothing else happens in this thread any more. */
  endFor(plugin: string, place: string | undefined): never;
}

export function startWatchdog(options: Pick<WatchdogData, 'seconds' | 'plugins' | 'logLevel'>, logger: Logger): Watchdog {
  const memory = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);
  const cells = new Int32Array(memory);
  hangSign(
    cells.subarray(SIGN, SIGN + 1),
    options.plugins.map(({ name }) => name),
  );
  const beat = (): void => {
    Atomics.add(cells, BEAT, 1);
    Atomics.store(cells, INSPECTED, inspectorUrl() === undefined ? 0 : 1);
  };
  beat();
  setInterval(beat, options.seconds > 0 ? (options.seconds * 1000) / BEATS : SLOWEST_BEAT_MS).unref();
  const data: WatchdogData = { ...options, memory };
  const worker = new Worker(new URL('./watchdog.worker.ts', import.meta.url), { workerData: data });
  worker.unref();
  worker.on('error', (err) => logger.error({ err }, 'the watchdog has ended: nobody would see a plugin that blocks the server'));
  const tell = (message: WatchdogMessage): void => worker.postMessage(message);
  return {
    opened: (url, off) => tell({ opened: { url, off } }),
    endFor(plugin, place) {
      tell({ note: { plugin, place } });
      Atomics.wait(cells, NOTED, 0, NOTED_WITHIN_MS);
      process.exit(RESTART);
    },
  };
}
