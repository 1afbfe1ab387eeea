import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromReader, ReadLine, ToReader } from './read-line.ts';

/** What reads is not installed. */
export class ReaderAbsent extends Error {}

const IDLE_MS = 30_000;
/** One card takes about a second; a machine that is very busy, a minute. */
const MOST_MS = 120_000;
const CHILD = fileURLToPath(new URL('./reader.child.ts', import.meta.url));

export interface ReaderOptions {
  readonly idleMs?: number;
  readonly mostMs?: number;
  readonly child?: string;
}

/**
 * Reads pictures one after the other, in a process that begins with the first, and ends when there was none for a while or one took too long:
 * what harms it, harms nobody else.
 */
export class Reader {
  readonly #options: Required<ReaderOptions>;
  #process: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #id = 0;
  constructor({ idleMs = IDLE_MS, mostMs = MOST_MS, child = CHILD }: ReaderOptions = {}) {
    this.#options = { idleMs, mostMs, child };
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** @returns undefined for what is no picture. @throws ReaderAbsent, what `signal` says, Error where the process did not answer */
  read(picture: Uint8Array, signal: AbortSignal): Promise<readonly ReadLine[] | undefined> {
    const reading = this.#turn.then(() => this.#readNow(picture, signal));
    this.#turn = reading.catch(() => {});
    return reading;
  }

  async #readNow(picture: Uint8Array, stopped: AbortSignal): Promise<readonly ReadLine[] | undefined> {
    stopped.throwIfAborted();
    clearTimeout(this.#idle);
    this.#process ??= this.#begin();
    const child = this.#process;
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(this.#options.mostMs)]);
    try {
      const answer = await answerOf(child, { id: ++this.#id, picture }, signal);
      if ('absent' in answer) throw new ReaderAbsent(answer.absent);
      if ('failed' in answer) throw new Error(answer.failed);
      return 'lines' in answer ? answer.lines : undefined;
    } catch (error) {
      this.end();
      throw error;
    } finally {
      this.#idle = setTimeout(() => this.end(), this.#options.idleMs).unref();
    }
  }

  #begin(): ChildProcess {
    const child = fork(this.#options.child, {
      serialization: 'advanced',
      stdio: 'ignore',
      execArgv: [],
      env: { PATH: process.env.PATH ?? '' },
    });
    child.unref();
    child.channel?.unref();
    child.on('exit', () => {
      if (this.#process === child) this.#process = undefined;
    });
    return child;
  }

  end(): void {
    clearTimeout(this.#idle);
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }
}

function answerOf(child: ChildProcess, asked: ToReader, signal: AbortSignal): Promise<FromReader> {
  return new Promise((resolve, reject) => {
    child.channel?.ref(); // as long as somebody waits
    const settled = (settle: () => void): void => {
      child.channel?.unref();
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onMessage = (answer: FromReader): void => {
      if (!('id' in answer) || answer.id === asked.id) settled(() => resolve(answer));
    };
    const onExit = (): void => settled(() => reject(new Error('the process that reads cards has ended')));
    const onError = (error: Error): void => settled(() => reject(error));
    const onAbort = (): void => settled(() => reject(signal.reason));
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    signal.addEventListener('abort', onAbort);
    child.send(asked, (error) => error && onError(error));
  });
}

/** One for the whole server: a card takes a core while it is read. */
export const reader = new Reader();
