import type pg from 'pg';
import { serverSeat } from '../permissions/seat.ts';
import type { UseCase } from '../write/use-case.ts';
import type { JobState } from './job.entity.ts';
import { heldJob, inStep, type JobParts, retriedJob } from './job-row.ts';

/** A job as the operator of all organizations sees it: nothing of what it is about. */
export interface OperatedJob {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: string;
  readonly state: JobState;
  readonly progress: number;
  readonly total: number | null;
  readonly attempts: number;
  readonly codes: readonly string[];
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}
const LIST = `select id, organization_id as "organizationId", kind, state, progress, total, attempts, created_at as "createdAt", finished_at as "finishedAt",
    array(select distinct fault ->> 'code' from jsonb_array_elements(errors) fault) as codes
  from jobs where ($1::uuid is null or id = $1) and ($2::text is null or state = $2) and ($3::uuid is null or organization_id = $3)
  order by id desc limit $4`;

export interface JobSelection {
  readonly id?: string;
  readonly state?: JobState;
  readonly organizationId?: string;
  readonly most: number;
}
/** Jobs of all organizations, newest first. @param pool of the worker's role */
export const listJobs = async (pool: pg.Pool, { id, state, organizationId, most }: JobSelection): Promise<OperatedJob[]> =>
  (await pool.query<OperatedJob>(LIST, [id ?? null, state ?? null, organizationId ?? null, most])).rows;

/** Does something to a job in its organization, as the server itself. @returns what `work` does; undefined where there is no such job */
export async function onJob<T>(parts: JobParts, pool: pg.Pool, id: string, work: (use: UseCase) => Promise<T>): Promise<T | undefined> {
  const [found] = await listJobs(pool, { id, most: 1 });
  return found && inStep(parts, { seat: serverSeat(found.organizationId), language: 'en' }, work);
}

/** Has a job done that ended without success, from where it came to. @returns whether it was one */
export async function retryJob(use: UseCase, id: string): Promise<boolean> {
  const row = await heldJob(use, id);
  if (row?.state !== 'FAILED' && row?.state !== 'CANCELLED') return false;
  retriedJob(use, id);
  return true;
}
