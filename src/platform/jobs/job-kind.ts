import type { ZodType } from 'zod';
import type { Language, Text } from '../language/language.ts';
import type { Rule } from '../permissions/rule.ts';
import type { UseCase } from '../write/use-case.ts';
import type { JobFault, JobOutcome } from './job.entity.ts';

/** What a step leaves in the job's row, in the transaction of its effects. */
export interface Kept<Step> {
  /** Where the work goes on if this is the last that this server does of it. */
  readonly checkpoint?: Step;
  readonly progress?: number;
  readonly total?: number;
  /** For people, in each language. */
  readonly message?: Text;
  /** What did not come about, added to what is told already. */
  readonly errors?: readonly JobFault[];
}

/** One run of a job. Another server may have begun the job: `checkpoint` says how far it came. */
export interface JobWork<Input = unknown, Step = unknown> {
  /** UUID of the job. */
  readonly jobId: string;
  readonly organizationId: string;
  readonly input: Input;
  /** Of whoever started it: for messages. */
  readonly language: Language;
  /** What the last step that was done has kept; undefined where none was. */
  readonly checkpoint: Step | undefined;
  /** Aborted where the job is cancelled, or this server stops: whatever takes long listens to it. `perform` and `progress` throw then. */
  readonly signal: AbortSignal;
  /**
   * Does a step, in a transaction of its own and with the rights that the seat has now. What it keeps is written with it, so a step is done
   * once however often the server is killed. It may be begun anew where the database asks for it: no effects outside the database.
   * @throws what `step` throws, after the rollback
   */
  perform<T>(step: (use: UseCase, keep: (kept: Kept<Step>) => void) => Promise<T>): Promise<T>;
  /** Tells how far the work has come: a row and an event, so call it once a batch and not once a row. */
  progress(done: number, total?: number, message?: Text): Promise<void>;
}

/** Long work of a module. */
export interface JobKind<Input = unknown, Step = unknown> {
  /** `directory.importEmployees`: the module, then what it does. */
  readonly name: string;
  readonly description: string;
  /** The admin right whose holders for the whole organization see and cancel such jobs, beside whoever started them. */
  readonly adminRight?: string;
  /** What the seat must be able to hold when the job runs; steps ask their own rules beside it. */
  readonly rule?: Rule;
  /** What has begun it was done without it: nobody is behind it, as behind a clock's, and nobody is told of its end. */
  readonly isAfterthought?: boolean;
  readonly input: ZodType<Input>;
  /** What steps keep. */
  readonly checkpoint?: ZodType<Step>;
  /** Milliseconds that a step has, where a minute is too few: what it has locked, others wait for. */
  readonly patience?: number;
  /**
   * Does the work. A refusal, FORBIDDEN or a `JobFailure` ends the job as FAILED with its message; whatever else is thrown lets it be tried
   * again, later each time.
   * @returns what the job has to show for itself
   */
  run(work: JobWork<Input, Step>): Promise<JobOutcome | undefined>;
}
/** A kind whose types are known to its module alone. */
export interface AnyJobKind extends Omit<JobKind, 'run'> {
  run(work: never): Promise<JobOutcome | undefined>;
}

/** Work that every organization has done at certain times, in its own time zone; nobody's rights are behind it. */
export interface Clock {
  /** `contacts.emptyBin`: the module, then what it does. */
  readonly name: string;
  readonly description: string;
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** Where it was missed, it is run once. */
  run(work: JobWork): Promise<undefined>;
}

/**
 * Declares a kind of job, for a manifest's `jobs` and for `use.startJob`.
 *
 * @example
 * export const stocktaking = defineJob({
 *   name: 'lending.takeStock',
 *   description: 'Counts all tools.',
 *   adminRight: 'PLUGINS',
 *   input: z.object({ shelf: z.string() }),
 *   checkpoint: z.number(),
 *   run: async (work) => {
 *     for (let at = work.checkpoint ?? 0; at < SHELVES; at++)
 *       await work.perform(async (use, keep) => {
 *         await countShelf(use, at);
 *         keep({ checkpoint: at + 1, progress: at + 1, total: SHELVES });
 *       });
 *     return undefined;
 *   },
 * });
 */
export const defineJob = <Input, Step = undefined>(kind: JobKind<Input, Step>): JobKind<Input, Step> => kind;

/** Ends a job as FAILED, without another try. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly faults: readonly JobFault[];
  /** @param faults why; in the language of `work.language` */
  constructor(...faults: readonly [JobFault, ...JobFault[]]) {
    super(faults[0].code);
    this.faults = faults;
  }
}
