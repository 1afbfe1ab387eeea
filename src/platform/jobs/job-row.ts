import type { RowOf } from '../database/table.ts';
import { type Language, type Text, textIn } from '../language/language.ts';
import { recordEvents } from '../live/event.entity.ts';
import type { Seat } from '../permissions/seat.ts';
import { announcement } from '../write/announcement.ts';
import type { Performer } from '../write/perform.ts';
import { refusable } from '../write/refusable.ts';
import { transactionOf, type UseCase } from '../write/use-case.ts';
import { Job, type JobFault, type JobOutcome, type JobState, type jobs } from './job.entity.ts';
import type { JobKinds } from './job-start.ts';
import { tellJob } from './job-start.ts';

export type JobRow = RowOf<typeof jobs>;

/** What running jobs takes of the server. */
export interface JobParts {
  readonly performer: Performer;
  readonly kinds: JobKinds;
  /** The seat with the rights that it has now; undefined where it is no more. */
  seatOf(organizationId: string, id: string, kind: 'EMPLOYEE' | 'CONTACT'): Promise<Seat | undefined>;
  now(): Date;
}

/** Milliseconds that a step has. */
const STEP_PATIENCE = 60_000;

export interface StepRequest {
  readonly seat: Seat;
  readonly language: Language;
  /** The plugin whose code it runs. */
  readonly plugin?: string;
  /** Milliseconds that it has; a minute by default. */
  readonly patience?: number;
  /** The seat with the facts of now; none where the server itself works. @throws where it may not go on */
  readonly again?: () => Promise<Seat>;
}

/** One transaction of a job, as a use case of its seat; its events are told when it is committed. */
export async function inStep<T>(
  { performer, now }: Pick<JobParts, 'performer' | 'now'>,
  { seat, language, plugin, again, patience: least = STEP_PATIENCE }: StepRequest,
  work: (use: UseCase) => Promise<T>,
): Promise<T> {
  // not of the seat's own share: whoever started a long step goes on asking meanwhile
  const source = performer.connections.for({ organization: seat.organizationId, plugin });
  const patience = Math.max(least, performer.patience);
  let recorded = false;
  let begun = 0;
  const done = await refusable({ ...performer, patience }, { seat, now: now(), language, source, again }, {}, async (use) => {
    const result = await work(use);
    await transactionOf(use).flush();
    await use.finish();
    recorded = recordEvents(use);
    begun = use.begun.length;
    return result;
  });
  if (recorded) performer.wake();
  if (begun) performer.begun();
  return done;
}

/** Locks the row of a job. */
export const heldJob = (use: UseCase, id: string): Promise<JobRow | undefined> =>
  use.on(Job).selectFrom('jobs').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst() as Promise<JobRow | undefined>;

export interface JobEnd {
  readonly state: Exclude<JobState, 'QUEUED' | 'RUNNING'>;
  readonly result?: JobOutcome;
  readonly errors?: readonly JobFault[];
}
/** A job has come to its end, or to another; nobody started it where a clock did. */
export const jobEnded = announcement<{
  jobId: string;
  kind: string;
  state: JobEnd['state'];
  startedBy: { readonly id: string; readonly kind: 'EMPLOYEE' | 'CONTACT' } | null;
}>('job.ended');
/** Ends a job whose row is locked. */
export async function endJob(use: UseCase, row: EndingJob, { state, result, errors }: JobEnd): Promise<void> {
  const { id, kind, language, started_by, started_by_kind } = row;
  // what it was at last is no news any more
  const said = state === 'FAILED' ? saying(errors?.at(-1)?.message, language as Language) : {};
  use.on(Job).change({ id }, { ...said, state, result: result ?? null, errors, lease: null, finished_at: use.now, sent_at: use.now });
  tellJob(use, id, state);
  const startedBy = started_by && started_by_kind ? { id: started_by, kind: started_by_kind } : null;
  await use.announce(jobEnded({ jobId: id, kind, state, startedBy }));
}
/** What is said of a job, in the columns that say it. */
export const saying = (text: Text | undefined, language: Language) =>
  text === undefined ? {} : { message: textIn(text, language), says: text };
export type EndingJob = Pick<JobRow, 'id' | 'kind' | 'language' | 'started_by' | 'started_by_kind'>;
/** Lets a job whose row is locked be taken up again, by whichever server. @param seconds not before so many have passed */
export function putJobBack(use: UseCase, id: string, seconds = 0): void {
  const notBefore = seconds ? new Date(use.now.getTime() + seconds * 1000) : null;
  use.on(Job).change({ id }, { state: 'QUEUED', lease: null, sent_at: null, not_before: notBefore });
  use.begun.push(id);
  tellJob(use, id, 'QUEUED');
}
/** Lets a job that has ended, and whose row is locked, go on from its last step. */
export function retriedJob(use: UseCase, id: string): void {
  use.on(Job).change({ id }, { errors: [], attempts: 0, finished_at: null, cancel_requested_at: null });
  putJobBack(use, id);
}
