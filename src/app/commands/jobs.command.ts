import { cancelJob } from '../../domains/jobs/index.ts';
import type { JobState } from '../../platform/jobs/job.entity.ts';
import { listJobs, type OperatedJob, onJob, retryJob } from '../../platform/jobs/job-operation.ts';
import { createLogger } from '../../platform/log/logger.ts';
import { Refusal } from '../../platform/schema/refusal-type.ts';
import { CommandError } from '../command.errors.ts';
import { findOrganization, organizationsThere } from '../founding/organization-directory.ts';
import { openInstallation } from '../installation.ts';
import type { Runtime } from '../runtime.ts';
import type { Settings } from '../settings.ts';
import { printLine, tell } from './output.ts';

interface Shown {
  readonly json: boolean;
}
const MOST = 100;

async function inInstallation(settings: Settings, work: (runtime: Runtime) => Promise<void>): Promise<void> {
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), mustExist: true, progress: tell });
  try {
    await work(installation.runtime);
  } finally {
    await installation.close();
  }
}

export const listJobsCommand = (
  settings: Settings,
  { state, organization, json }: Shown & { readonly state?: JobState; readonly organization?: string },
): Promise<void> =>
  inInstallation(settings, async (runtime) => {
    const organizationId = organization === undefined ? undefined : (await findOrganization(runtime, organization)).id;
    const all = await listJobs(runtime.pools.worker, { state, organizationId, most: MOST });
    if (json) return printLine(JSON.stringify(all));
    if (all.length === 0) return printLine('There are no such jobs.');
    const names = new Map((await organizationsThere(runtime)).map(({ id, name }) => [id, name]));
    for (const one of all) printLine(lineOf(one, names.get(one.organizationId) ?? one.organizationId));
  });

function lineOf({ id, kind, state, progress, total, codes, createdAt }: OperatedJob, organization: string): string {
  const come = total === null ? '' : `${progress} of ${total}`;
  return [id, createdAt.toISOString(), state.padEnd(9), kind, organization, come, codes.join(' ')].filter(Boolean).join('  ');
}

/** Lets a job that has failed or was cancelled go on from its last step. */
export const retryJobCommand = (settings: Settings, id: string, { json }: Shown): Promise<void> =>
  inInstallation(settings, async (runtime) => {
    const isRetried = await onJob(runtime.jobParts, runtime.pools.worker, id, (use) => retryJob(use, id));
    if (isRetried === undefined) throw new CommandError(`There is no job ${id}.`);
    if (!isRetried) throw new CommandError(`The job ${id} has neither failed nor was it cancelled.`);
    printLine(json ? JSON.stringify({ id, state: 'QUEUED' }) : `The job ${id} goes on when a server has room for it.`);
  });

export const cancelJobCommand = (settings: Settings, id: string, { json }: Shown): Promise<void> =>
  inInstallation(settings, async (runtime) => {
    try {
      if (!(await onJob(runtime.jobParts, runtime.pools.worker, id, (use) => cancelJob(use, id))))
        throw new CommandError(`There is no job ${id}.`);
    } catch (error) {
      throw error instanceof Refusal ? new CommandError(`The job ${id} has ended already.`) : error;
    }
    const [found] = await listJobs(runtime.pools.worker, { id, most: 1 });
    const { state } = found!;
    printLine(
      json
        ? JSON.stringify({ id, state })
        : state === 'CANCELLED'
          ? `The job ${id} is cancelled.`
          : `The job ${id} ends before its next step.`,
    );
  });
