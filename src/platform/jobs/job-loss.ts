import { serverSeat } from '../permissions/seat.ts';
import { reason } from './job-fault.ts';
import type { HandedOut, JobQueue } from './job-queue.ts';
import { endJob, heldJob, inStep, type JobParts } from './job-row.ts';

/** Ends a job that the queue has given up: whoever took it up was never done with it. */
export async function loseJob(parts: JobParts, queue: JobQueue, { jobId, sentAt }: HandedOut): Promise<void> {
  const organizationId = await queue.organizationOf(jobId);
  if (!organizationId) return;
  await inStep(parts, { seat: serverSeat(organizationId), language: 'en' }, async (use) => {
    const row = await heldJob(use, jobId);
    if (!row || row.finished_at || row.sent_at?.getTime() !== sentAt) return;
    await endJob(use, row, { state: 'FAILED', errors: [...row.errors, reason('TRIED_TOO_OFTEN')] });
  });
}
