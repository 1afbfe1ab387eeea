import { tenantEntity } from '../entities/entity.ts';
import type { Text } from '../language/language.ts';
import { topic } from '../schema/subscription.ts';

export const JOB_STATES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
/** How far a job is. */
export type JobState = (typeof JOB_STATES)[number];

/** What a job has to show for itself: an object by its UUID, or an object type without a table by its values. */
export type JobOutcome = { readonly type: string; readonly id: string } | { readonly type: string; readonly values: object };

/** Why something of a job, or all of it, did not come about. */
export interface JobFault {
  /** Of a table that was read, counted as its readers count; null where no row is to blame. */
  readonly row?: number | null;
  /** Of the value to blame, such as the name of a column. */
  readonly path?: readonly string[];
  /** For programs, in capitals. */
  readonly code: string;
  /** For people: in each language, or as it came from elsewhere. Whoever reads the job is told in theirs. */
  readonly message: Text;
}

/**
 * Long work of an organization. The row is the truth: it is written in the transaction of the use case that starts the job, and whatever
 * carries it to a worker knows its id alone.
 */
export const Job = tenantEntity(
  'jobs',
  (t) => ({
    kind: t.text(),
    /** Admins with this right for the whole organization see the job. */
    adminRight: t.text().nullable(),
    state: t.oneOf(...JOB_STATES),
    progress: t.integer().default(0),
    total: t.integer().nullable(),
    /** In the language of whoever started it, as servers read it that know no `says`. */
    message: t.text().nullable(),
    says: t.json<Text | null>().nullable(),
    result: t.json<JobOutcome | null>().nullable(),
    errors: t.json<readonly JobFault[]>().defaultRaw(`'[]'`),
    input: t.json<unknown>(),
    /** Where its work goes on: written with the effects of the step that came before. */
    checkpoint: t.json<unknown>().nullable(),
    language: t.text(),
    /** Null where a clock started it. */
    startedBy: t.uuid().nullable(),
    startedByKind: t.oneOf('EMPLOYEE', 'CONTACT').nullable(),
    /** Admin right that its kind's rule asked of the seat; null where it asked none. */
    underRight: t.text().nullable(),
    /** Departments that the right was limited to then; null for the whole organization. */
    underScope: t.json<readonly string[]>().nullable(),
    /** Of the run that may write: whoever held it before is shut out. */
    lease: t.uuid().nullable(),
    /** Runs since the last step that was done. */
    attempts: t.integer().default(0),
    /** When it was handed to the queue; null where it waits for that. */
    sentAt: t.timestamptz().nullable(),
    /** It is not taken up before. */
    notBefore: t.timestamptz().nullable(),
    cancelRequestedAt: t.timestamptz().nullable(),
    createdAt: t.timestamptz(),
    startedAt: t.timestamptz().nullable(),
    finishedAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      jobs_newest: { columns: ['-id'] },
      jobs_of_starter: { columns: ['startedBy', '-id'] },
      jobs_unfinished: { columns: ['id'], where: 'finished_at is null' },
      jobs_age: { columns: ['finishedAt'], where: 'finished_at is not null' },
    },
    servesWorker: true,
  },
);
export const jobs = Job.table;

/** A job that came, went on or ended. */
export const jobTopic = topic('JOB', 'Job');
