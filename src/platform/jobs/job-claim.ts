import { serverSeat } from '../permissions/seat.ts';
import type { UseCase } from '../write/use-case.ts';
import { reason } from './job-fault.ts';
import { endJob, heldJob, inStep, type JobParts, type JobRow, putJobBack } from './job-row.ts';
import { JobRun, MOST_ATTEMPTS } from './job-run.ts';

/** Seconds after which a kind that is not known here is looked for again: a server of a newer version may know it. */
const UNKNOWN_SECONDS = 60;

/** What is to be done with a job that the queue has handed out. */
export type Claim = 'PASS' | 'CANCEL' | 'FAIL' | 'PUT_BACK' | 'RUN';
export function claimOf(
  row: Pick<JobRow, 'finished_at' | 'sent_at' | 'cancel_requested_at' | 'attempts'> | undefined,
  sentAt: number,
  isKnown: boolean,
): Claim {
  if (!row || row.finished_at || row.sent_at?.getTime() !== sentAt) return 'PASS'; // ended, or handed out again since
  if (row.cancel_requested_at) return 'CANCEL';
  if (!isKnown) return 'PUT_BACK';
  return row.attempts >= MOST_ATTEMPTS ? 'FAIL' : 'RUN';
}

/** Takes up a job that the queue has handed out. @returns its run; undefined where there is nothing to be done */
export function claimJob(parts: JobParts, organizationId: string, id: string, sentAt: number): Promise<JobRun | undefined> {
  return inStep(parts, { seat: serverSeat(organizationId), language: 'en' }, async (use: UseCase) => {
    const row = await heldJob(use, id);
    const loaded = row && parts.kinds.get(row.kind);
    const claim = claimOf(row, sentAt, loaded !== undefined);
    if (claim === 'CANCEL') await endJob(use, row!, { state: 'CANCELLED' });
    if (claim === 'FAIL') await endJob(use, row!, { state: 'FAILED', errors: [...row!.errors, reason('TRIED_TOO_OFTEN')] });
    if (claim === 'PUT_BACK') putJobBack(use, id, UNKNOWN_SECONDS);
    if (claim !== 'RUN') return undefined;
    const run = new JobRun(parts, row!, loaded!);
    run.begin(use);
    return run;
  });
}
