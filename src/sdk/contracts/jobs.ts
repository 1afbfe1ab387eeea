export { jobEnded } from '../../platform/jobs/job-row.ts';

import type { Role } from '../../platform/permissions/rule.ts';
import { registrationPoint } from '../../platform/write/service.ts';

/** The employee who started a job, while the right that its kind's rule asked of them covers what it covered then. */
export const JOB_STARTER: Role = {
  name: 'JOB_STARTER',
  bearer: 'EMPLOYEE',
  description: 'The employee who started the job, while they hold the right that it was started under.',
};
/** An admin who holds the right of a job's kind for the whole organization: which right that is, each kind says itself. */
export const JOB_ADMIN: Role = {
  name: 'JOB_ADMIN',
  bearer: 'EMPLOYEE',
  description: 'An admin who holds the right of the job’s kind for the whole organization.',
};

/** Days that ended jobs are kept, with what they have to show for themselves: imports, their rows and their files. */
export const RESULTS_KEPT_DAYS = 30;
/** Milliseconds of the same. */
export const RESULTS_KEPT = RESULTS_KEPT_DAYS * 86_400_000;

/** A type that a job can have to show for itself: a member of the union `JobResult`. */
export interface JobResultType {
  /** Name of the GraphQL type: of rows, for outcomes `{ type, id }`, or without a table, for `{ type, values }`. */
  readonly type: string;
  /** Roles toward its rows that whoever reads the job bears, such as `FILE_READER`; by default the type's own rules alone decide. */
  readonly proves?: readonly Role[];
}
/**
 * What jobs have to show for themselves.
 *
 * @example
 * registrations: [register(jobResults, { type: 'LendingStock' })]
 */
export const jobResults = registrationPoint<JobResultType>('jobs.results');
