import { type Command, InvalidArgumentError, Option } from 'commander';
import { isUuid, NO_ID } from '../platform/database/uuid.ts';
import { JOB_STATES, type JobState } from '../platform/jobs/job.entity.ts';
import { decodeGlobalId } from '../platform/schema/global-id.ts';
import { commandSettings as settings } from './command-settings.ts';

type Json = { readonly json?: boolean };
const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;
/** As the list has it, or as the API does. */
const jobId = (given: string): string => {
  const id = isUuid(given) ? given : decodeGlobalId('Job', given);
  if (id === NO_ID) throw new InvalidArgumentError('It is no id of a job.');
  return id;
};
const commands = () => import('./commands/jobs.command.ts');

/** `guichet jobs …`: what the operator sees and does of long work. */
export function jobsCommands(jobs: Command): void {
  jobs
    .command('list')
    .description('list the newest 100 jobs of all organizations')
    .addOption(new Option('--state <state>', 'only those').choices(JOB_STATES))
    .option('--organization <id>', 'id or name of an organization: only its jobs')
    .option(...JSON_OPTION)
    .action(async ({ json = false, ...which }: Json & { state?: JobState; organization?: string }) => {
      const chosen = settings();
      await (await commands()).listJobsCommand(chosen, { ...which, json });
    });
  jobs
    .command('retry')
    .argument('<id>', 'id of the job, from the list or the API', jobId)
    .description('let a job that failed or was cancelled go on from its last step')
    .option(...JSON_OPTION)
    .action(async (id: string, { json = false }: Json) => {
      const chosen = settings();
      await (await commands()).retryJobCommand(chosen, id, { json });
    });
  jobs
    .command('cancel')
    .argument('<id>', 'id of the job, from the list or the API', jobId)
    .description('end a job before its end; what it has done stays')
    .option(...JSON_OPTION)
    .action(async (id: string, { json = false }: Json) => {
      const chosen = settings();
      await (await commands()).cancelJobCommand(chosen, id, { json });
    });
}
