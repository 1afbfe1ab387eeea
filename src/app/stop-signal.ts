/** Signals that ask for a graceful stop: drain, close sockets with 1001, give jobs back, at most 15 s (promise 6). */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const STOPPED_WITHIN_MS = 15_000;
const PARENT_CHECK_MS = 250;

/** The signals are heard from the first moment: one that comes while the database is made lets it be made, and then stops it. */
export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) process.on(signal, () => resolve());
    if (process.env.npm_lifecycle_event) onOrphaned(resolve);
  });

/** `npm start` passes a signal to its shell, which dies of it and passes nothing on. */
function onOrphaned(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), PARENT_CHECK_MS).unref();
}

/** Whatever hangs must not keep the process; the database that it leaves running is joined by the next start. */
export const stopInTime = (): void => void setTimeout(() => process.exit(1), STOPPED_WITHIN_MS).unref();
