import { Session } from 'node:inspector';
import { setTimeout } from 'node:timers/promises';

/** Long, for a machine that has much else to do: only a thread that waits in the operating system does not answer at all. */
const HALTS_WITHIN_MS = 10_000;
const ENDS_WITHIN_MS = 3_000;

/** Looks into the main thread, and ends the process, while that thread runs code that gives nobody a turn. For a worker. */
export class BlockedThread {
  readonly #session = new Session();
  constructor() {
    this.#session.connectToMainThread();
  }

  /** Halts it and tells where it is, the innermost place first; nothing where it waits in the operating system and cannot be halted. */
  async halt(): Promise<string[]> {
    const files = new Map<string, string>();
    this.#session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url));
    const paused = new Promise<string[]>((resolve) => {
      this.#session.once('Debugger.paused', ({ params }) => {
        const places = params.callFrames.map(
          ({ location: at }) => `${files.get(at.scriptId)}:${at.lineNumber + 1}:${(at.columnNumber ?? 0) + 1}`,
        );
        resolve(places);
      });
    });
    this.#session.post('Debugger.enable');
    this.#session.post('Debugger.pause');
    return Promise.race([paused, setTimeout(HALTS_WITHIN_MS, [])]);
  }

  /** Ends the process with this code from the thread itself, since no other can; killed where it does not hear. */
  async end(code: number): Promise<void> {
    this.#session.post('Runtime.evaluate', { expression: `process.reallyExit(${code})` });
    await setTimeout(ENDS_WITHIN_MS);
    process.kill(process.pid, 'SIGKILL');
  }
}
