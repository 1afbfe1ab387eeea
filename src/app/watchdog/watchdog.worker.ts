import { readFileSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createLogger } from '../../platform/log/logger.ts';
import { noteStop, type StopReason } from '../plugin-stops.ts';
import { BlockedThread } from './blocked-thread.ts';
import { delayIn, missedLook } from './missed-look.rules.ts';
import { pluginPlace } from './plugin-place.ts';
import { BEAT, BEATS, INSPECTED, NOTED, RESTART, SIGN, type WatchdogData, type WatchdogMessage } from './watchdog.signals.ts';

// Runs beside the server's thread, and sees when that one gives nobody a turn any more (promise 9).

const { memory, seconds, plugins, logLevel } = workerData as WatchdogData;
const cells = new Int32Array(memory);
const logger = createLogger(logLevel);
/** What is known once the database is open: before that a block is a start that fails. */
let opened: { readonly url: string; readonly off: readonly string[] } | undefined;

parentPort!.on('message', (message: WatchdogMessage) => {
  if ('opened' in message) opened = message.opened;
  else void note('THREW', message.note.plugin, message.note.place).then(told);
});
if (seconds > 0) watch();

/** Of the server's thread; 0 where the system does not tell. */
function delayed(): number {
  try {
    return delayIn(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8'));
  } catch {
    return 0;
  }
}

function watch(): void {
  const period = (seconds * 1000) / BEATS;
  let [last, missed] = [-1, 0];
  let before = delayed();
  // Counted in looks, not in time: where the whole machine was asleep, this thread was too.
  const timer = setInterval(() => {
    const now = delayed();
    const counted = missedLook(now - before, period);
    before = now;
    const beat = Atomics.load(cells, BEAT);
    missed = beat === last && Atomics.load(cells, INSPECTED) === 0 ? missed + counted : 0;
    last = beat;
    if (missed < BEATS) return;
    clearInterval(timer);
    void endBlocked();
  }, period);
}

async function endBlocked(): Promise<void> {
  const signed = plugins[Atomics.load(cells, SIGN) - 1]?.name;
  const thread = new BlockedThread();
  const found = pluginPlace(await thread.halt(), plugins);
  const plugin = found?.plugin ?? signed;
  if (plugin === undefined) {
    logger.fatal({ seconds }, 'the server was blocked, by none of its plugins: it restarts');
    return thread.end(RESTART);
  }
  if (!opened) {
    const where = found ? `${found.place} keeps the start waiting` : 'it keeps the start waiting';
    // not through this thread's own streams, which the blocked one would have to pass on
    writeSync(2, `guichet: Plugin "${plugin}" cannot be loaded: ${where}; mend it, or start with --without ${plugin}.\n`);
    return thread.end(2);
  }
  logger.fatal({ plugin, place: found?.place, seconds }, 'a plugin has blocked the server: it stays off, and the server restarts');
  await note('BLOCKED', plugin, found?.place);
  return thread.end(RESTART);
}

async function note(reason: StopReason, plugin: string, place: string | undefined): Promise<void> {
  if (!opened) return;
  const wasOff = opened.off.includes(plugin);
  await noteStop(opened.url, { plugin, reason, place, wasOff }).catch((err: unknown) =>
    logger.fatal({ err, plugin }, 'it could not be written down that the plugin stays off: it will be on again'),
  );
}

function told(): void {
  Atomics.store(cells, NOTED, 1);
  Atomics.notify(cells, NOTED);
}
