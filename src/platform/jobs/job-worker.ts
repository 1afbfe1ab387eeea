import type pg from 'pg';
import type { JobFigures } from './job.metrics.ts';
import { claimJob } from './job-claim.ts';
import { loseJob } from './job-loss.ts';
import { type HandedOut, JobQueue } from './job-queue.ts';
import type { JobParts } from './job-row.ts';
import type { JobRun } from './job-run.ts';

/** How often a server looks for jobs that another has started, and whether one that it runs is cancelled. */
const LOOK_MILLISECONDS = 1_000;
/** One in so many looks shows that it is still at its jobs; who does not for ten seconds loses them. */
const SHOWN_EVERY = 3;

export interface JobObserver extends JobFigures {
  failed(error: unknown, about: { readonly jobId?: string; readonly kind?: string }): void;
}
export interface JobWorkerOptions extends JobParts {
  /** Sessions of the worker's role. */
  readonly pool: pg.Pool;
  /** How many jobs it works on at once; 0: none, others do. */
  readonly atOnce: number;
  readonly observe: JobObserver;
}

/** Works on jobs, whoever has started them, as many at once as it may. */
export class JobWorker {
  readonly #options: JobWorkerOptions;
  readonly #queue: JobQueue;
  readonly #runs = new Map<JobRun, HandedOut>();
  readonly #working = new Set<Promise<void>>();
  #pass: Promise<void> = Promise.resolve();
  #isWaiting = false;
  #looks: NodeJS.Timeout | undefined;
  #count = 0;
  #isStopped = false;
  constructor(options: JobWorkerOptions) {
    this.#options = options;
    this.#queue = new JobQueue(options.pool, (error) => options.observe.failed(error, {}));
  }

  /** Looks for jobs from now on, not only when it is woken. */
  start(): void {
    if (this.#options.atOnce) this.#looks = setInterval(() => this.#look(), LOOK_MILLISECONDS).unref();
  }
  /** A job was started here. */
  wake = (): void => {
    if (this.#isStopped || this.#isWaiting || !this.#options.atOnce) return;
    this.#isWaiting = true;
    this.#pass = this.#pass.then(() => {
      this.#isWaiting = false;
      return this.#once();
    });
  };
  /** How many jobs it has in hand. */
  get running(): number {
    return this.#working.size;
  }
  /** Resolves when nothing is left that could be done now, here or on another server. */
  async settled(): Promise<void> {
    for (let left = 1; left > 0 && this.#options.atOnce > 0; ) {
      this.wake();
      await this.#pass;
      await Promise.all(this.#working);
      const { unsent, sent } = await this.#queue.waiting(this.#options.now());
      left = unsent + sent;
    }
  }
  /** Gives back what it has in hand: another server goes on with it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#looks);
    for (const run of this.#runs.keys()) run.stop('STOPPING');
    await this.#pass;
    await Promise.all(this.#working);
    await this.#queue.close();
  }

  #look(): void {
    this.wake();
    this.#count++;
    if (this.#runs.size === 0) return;
    const shows = this.#count % SHOWN_EVERY === 0 ? this.#queue.touch([...this.#runs.values()]) : undefined;
    for (const work of [shows, this.#askForCancelled()]) work?.catch((error: unknown) => this.#options.observe.failed(error, {}));
  }
  async #askForCancelled(): Promise<void> {
    const runs = new Map([...this.#runs.keys()].map((run) => [run.id, run]));
    for (const id of await this.#queue.cancelled([...runs.keys()])) runs.get(id)?.stop('CANCELLED');
  }

  async #once(): Promise<void> {
    try {
      const { now, atOnce } = this.#options;
      const { unsent, unfinished } = await this.#queue.waiting(now());
      if (unfinished === 0) return;
      if (unsent > 0) await this.#queue.send(now());
      for (const lost of await this.#queue.takeLost()) this.#take(lost, () => loseJob(this.#options, this.#queue, lost));
      const free = atOnce - this.#working.size;
      if (free <= 0 || this.#isStopped) return;
      for (const handedOut of await this.#queue.take(free)) this.#take(handedOut, () => this.#work(handedOut));
    } catch (error) {
      this.#options.observe.failed(error, {});
    }
  }
  #take(handedOut: HandedOut, work: () => Promise<void>): void {
    const { observe } = this.#options;
    const doing = work()
      .then(() => this.#queue.done(handedOut))
      .catch((error: unknown) => observe.failed(error, { jobId: handedOut.jobId }))
      .finally(() => {
        this.#working.delete(doing);
        this.wake(); // there is room for the next
      });
    this.#working.add(doing);
  }
  async #work(handedOut: HandedOut): Promise<void> {
    const { jobId, sentAt } = handedOut;
    const organizationId = await this.#queue.organizationOf(jobId);
    const run = organizationId && (await claimJob(this.#options, organizationId, jobId, sentAt));
    if (!run) return;
    const begun = performance.now();
    this.#runs.set(run, handedOut);
    if (this.#isStopped) run.stop('STOPPING');
    try {
      const { outcome, error } = await run.work();
      const { observe } = this.#options;
      observe.ended(run.kind, outcome, (performance.now() - begun) / 1000);
      if (error !== undefined) observe.failed(error, { jobId, kind: run.kind });
    } finally {
      this.#runs.delete(run);
    }
  }
}
