import { endJob, heldJob, Job as JobEntity, tellJob } from '../../sdk/core.ts';
import { type GuichetBuilder, notFound, refusalType, type UseCase } from '../../sdk/index.ts';
import { Job } from './job.refs.ts';
import { job } from './permissions.ts';

export const jobAlreadyEnded = refusalType<{ job: string }>('JobAlreadyEnded', {
  description: 'The job has ended; nothing was changed.',
  message: { en: 'This has ended already.', 'zh-CN': '该任务已结束。' },
  fields: { job: { type: 'Job', object: true, description: 'The job as it is now.' } },
});

export function jobMutations(builder: GuichetBuilder): void {
  builder.useCase('cancelJob', {
    description: 'Ends a job before its end. What it has done stays; a step that is under way is done to its end, or not at all.',
    rule: job.cancel,
    input: (t) => ({ jobId: t.globalId(Job, { description: 'The job.' }) }),
    refusals: [jobAlreadyEnded],
    guard: (use, { jobId }) => use.authorize('Job', jobId, job.cancel, { path: ['input', 'jobId'] }),
    run: (use, { jobId }) => cancelJob(use, jobId),
    success: (t) => ({ job: t.loaded(Job, 'jobId', { description: 'The job as it is now.', rule: job.read }) }),
  });
}

/** What nobody has taken up ends at once; whoever is at it is told. The row is locked. */
export async function cancelJob(use: UseCase, jobId: string): Promise<{ jobId: string }> {
  const row = await heldJob(use, jobId);
  if (!row) throw notFound({}, ['input', 'jobId']);
  if (row.state === 'CANCELLED' || row.cancel_requested_at) return { jobId };
  if (row.finished_at) throw jobAlreadyEnded({ job: jobId }, ['input', 'jobId']);
  use.on(JobEntity).change({ id: jobId }, { cancel_requested_at: use.now });
  if (row.state === 'QUEUED') await endJob(use, row, { state: 'CANCELLED' });
  else tellJob(use, jobId, 'CANCEL_REQUESTED');
  return { jobId };
}
