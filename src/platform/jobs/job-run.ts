import { randomUUID } from 'node:crypto';
import { isTimeout } from '../database/pool.ts';
import type { Language, Text } from '../language/language.ts';
import { mayEverHold, type Seat, serverSeat } from '../permissions/seat.ts';
import { callPlugin, partsOfCore } from '../plugin-call/plugin-call.ts';
import type { UseCase } from '../write/use-case.ts';
import { Job, type JobFault, type JobOutcome } from './job.entity.ts';
import { lastingFaults, reason } from './job-fault.ts';
import type { JobWork, Kept } from './job-kind.ts';
import { endJob, heldJob, inStep, type JobEnd, type JobParts, type JobRow, putJobBack, saying } from './job-row.ts';
import { type LoadedJobKind, tellJob } from './job-start.ts';

/** Why a run goes no further: somebody cancelled the job, this server stops, or another run has the job. */
export type Stop = 'CANCELLED' | 'STOPPING' | 'LOST';
class JobStopped extends Error {
  override readonly name = 'JobStopped';
}
/** Seconds until the next try, after so many without a step that was done. */
const REST_SECONDS = [5, 20, 80, 320];
export const MOST_ATTEMPTS = REST_SECONDS.length + 1;

/** One run of a job that this server has taken up: what it may write hangs on its lease. */
export class JobRun {
  readonly id: string;
  readonly #parts: JobParts;
  readonly #row: JobRow;
  readonly #loaded: LoadedJobKind;
  readonly #lease = randomUUID();
  readonly #stopping = new AbortController();
  #stop: Stop | undefined;
  #checkpoint: unknown;
  /** Before this one, since the last step that was kept. */
  #attempts: number;
  #errors: readonly JobFault[];
  constructor(parts: JobParts, row: JobRow, loaded: LoadedJobKind) {
    this.id = row.id;
    this.#parts = parts;
    this.#row = row;
    this.#loaded = loaded;
    this.#checkpoint = row.checkpoint ?? undefined;
    this.#attempts = row.attempts;
    this.#errors = row.errors as readonly JobFault[];
  }
  get organizationId(): string {
    return this.#row.organization_id;
  }
  get kind(): string {
    return this.#row.kind;
  }
  get language(): Language {
    return this.#row.language as Language;
  }

  /** Nothing more of it is written. */
  stop(why: Stop): void {
    this.#stop ??= why;
    this.#stopping.abort(new JobStopped(why));
  }
  /** In the transaction that takes it up. */
  begin(use: UseCase): void {
    const { id, attempts, started_at: startedAt } = this.#row;
    const begun = { state: 'RUNNING', lease: this.#lease, attempts: attempts + 1, started_at: startedAt ?? use.now } as const;
    use.on(Job).change({ id }, begun);
    tellJob(use, id, 'RUNNING');
  }

  /** @returns how it ended; an error that is the server's or the module's fault, and was not told to anybody yet */
  async work(): Promise<{ readonly outcome: string; readonly error?: unknown }> {
    try {
      const result = await this.#worked();
      if (this.#stop) throw new JobStopped(this.#stop);
      return await this.#end({ state: 'SUCCEEDED', result });
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #worked(): Promise<JobOutcome | undefined> {
    const { kind, module, isPlugin } = this.#loaded;
    await this.#seat(); // whoever may not do it any more is told before anything is done
    const input = kind.input.parse(this.#row.input);
    if (this.#checkpoint !== undefined && kind.checkpoint) this.#checkpoint = kind.checkpoint.parse(this.#checkpoint);
    const work = this.#given(input) as never;
    return isPlugin ? callPlugin(module, () => kind.run(work)) : kind.run(work);
  }
  #given(input: unknown): JobWork<unknown, unknown> {
    const run = this;
    const acts = partsOfCore({
      perform: <T>(step: (use: UseCase, keep: (kept: Kept<unknown>) => void) => Promise<T>): Promise<T> => run.#perform(step),
      progress: (done: number, total?: number, message?: Text) => run.#perform(async (_, keep) => keep({ progress: done, total, message })),
    });
    return {
      ...acts,
      jobId: this.id,
      organizationId: this.organizationId,
      input,
      language: this.language,
      signal: this.#stopping.signal,
      get checkpoint() {
        return run.#checkpoint;
      },
    };
  }

  async #perform<T>(step: (use: UseCase, keep: (kept: Kept<unknown>) => void) => Promise<T>): Promise<T> {
    this.#stopping.signal.throwIfAborted();
    const { module, isPlugin, kind } = this.#loaded;
    const plugin = isPlugin ? module : undefined;
    let kept: Kept<unknown> = {};
    const done = await inStep(
      this.#parts,
      { seat: await this.#seat(), language: this.language, plugin, patience: kind.patience, again: () => this.#seat() },
      async (use) => {
        kept = {};
        const keep = (more: Kept<unknown>): void => {
          kept = { ...kept, ...more, errors: [...(kept.errors ?? []), ...(more.errors ?? [])] };
        };
        await this.#hold(use);
        if (plugin) await use.holdPlugin(plugin);
        const result = await (plugin ? callPlugin(plugin, () => step(use, keep)) : step(use, keep));
        this.#keep(use, kept);
        return result;
      },
    );
    if (kept.checkpoint !== undefined) {
      this.#checkpoint = kept.checkpoint;
      this.#attempts = 0;
    }
    this.#errors = [...this.#errors, ...(kept.errors ?? [])];
    return done;
  }
  #keep(use: UseCase, { checkpoint, progress, total, message, errors = [] }: Kept<unknown>): void {
    const all = errors.length ? [...this.#errors, ...errors] : undefined;
    const attempts = checkpoint === undefined ? undefined : 0;
    const changes = { attempts, checkpoint, progress, total, ...saying(message, this.language), errors: all };
    if (Object.values(changes).every((value) => value === undefined)) return;
    use.on(Job).change({ id: this.id }, changes);
    tellJob(use, this.id, 'PROGRESS');
  }

  /** Nobody else can take the job up, or cancel it, until the transaction is over. */
  async #hold(use: UseCase): Promise<void> {
    const row = await heldJob(use, this.id);
    if (row?.lease !== this.#lease) this.stop('LOST');
    else if (row.cancel_requested_at) this.stop('CANCELLED');
    this.#stopping.signal.throwIfAborted();
  }

  async #seat(): Promise<Seat> {
    const { started_by: id, started_by_kind: kind } = this.#row;
    if (!id || !kind) return serverSeat(this.organizationId);
    const { rule } = this.#loaded.kind;
    const seat = await this.#parts.seatOf(this.organizationId, id, kind);
    if (!seat) throw new EndedError([reason('SEAT_GONE')]);
    if (this.#loaded.isPlugin && seat.pluginsOff.has(this.#loaded.module)) throw new EndedError([reason('PLUGIN_DISABLED')]);
    if (rule && !mayEverHold(rule, seat)) throw new EndedError([reason('FORBIDDEN')]);
    return seat;
  }

  async #failed(error: unknown): Promise<{ readonly outcome: string; readonly error?: unknown }> {
    if (this.#stop === 'LOST') return { outcome: 'LOST' };
    if (this.#stop === 'CANCELLED') return this.#end({ state: 'CANCELLED' });
    if (this.#stop === 'STOPPING') return this.#close('PUT_BACK', (use) => putJobBack(use, this.id));
    const faults = error instanceof EndedError ? error.faults : lastingFaults(error);
    if (faults) return this.#end({ state: 'FAILED', errors: [...this.#errors, ...faults] });
    const took = isTimeout(error);
    // what takes too long once more does so by its size; the time between is for whatever else may have been in its way
    const rest = took ? REST_SECONDS.slice(1, 2)[this.#attempts] : REST_SECONDS[this.#attempts];
    if (rest === undefined) {
      const why = reason(took ? 'LIMIT_EXCEEDED' : 'INTERNAL');
      return { ...(await this.#end({ state: 'FAILED', errors: [...this.#errors, why] })), error };
    }
    return { ...(await this.#close('TRIED_AGAIN', (use) => putJobBack(use, this.id, rest))), error };
  }
  #end(end: JobEnd): Promise<{ readonly outcome: string }> {
    return this.#close(end.state, (use) => endJob(use, this.#row, end));
  }
  /** Where another run has the job by now, it is for that one to say how it ends. */
  #close(outcome: string, close: (use: UseCase) => void | Promise<void>): Promise<{ readonly outcome: string }> {
    const { organizationId, language } = this;
    return inStep(this.#parts, { seat: serverSeat(organizationId), language }, async (use) => {
      const row = await heldJob(use, this.id);
      if (row?.lease !== this.#lease) return { outcome: 'LOST' };
      await close(use);
      return { outcome };
    });
  }
}

/** The server ends the job. */
class EndedError extends Error {
  readonly faults: readonly JobFault[];
  constructor(faults: readonly JobFault[]) {
    super(faults[0]!.code);
    this.faults = faults;
  }
}
