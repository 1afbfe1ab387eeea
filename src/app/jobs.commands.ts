import { type Command, InvalidArgumentError, Option } from 'commander';
import { isUuid } from '../platform/database/uuid.ts';
import { JOB_STATES, type JobState } from '../platform/jobs/job.entity.ts';
import { commandSettings as settings } from './command-settings.ts';

type Json = { readonly json?: boolean };
const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;
const uuid = (given: string): string => {
  if (!isUuid(given)) throw new InvalidArgumentError('It is no UUID.');
  return given;
};
const commands = () => import('./commands/jobs.command.ts');

/** `guichet jobs …`: what the operator sees and does of long work. */
export function jobsCommands(jobs: Command): void {
  jobs
    .command('list')
    .description('list the newest 100 jobs of all organizations')
    .addOption(new Option('--state <state>', 'only those').choices(JOB_STATES))
    .option('--organization <id>', 'UUID of an organization: only its jobs', uuid)
    .option(...JSON_OPTION)
    .action(async ({ json = false, ...which }: Json & { state?: JobState; organization?: string }) => {
      const chosen = settings();
      await (await commands()).listJobsCommand(chosen, { ...which, json });
    });
  jobs
    .command('retry')
    .argument('<id>', 'UUID of the job', uuid)
    .description('let a job that failed or was cancelled go on from its last step')
    .option(...JSON_OPTION)
    .action(async (id: string, { json = false }: Json) => {
      const chosen = settings();
      await (await commands()).retryJobCommand(chosen, id, { json });
    });
  jobs
    .command('cancel')
    .argument('<id>', 'UUID of the job', uuid)
    .description('end a job before its end; what it has done stays')
    .option(...JSON_OPTION)
    .action(async (id: string, { json = false }: Json) => {
      const chosen = settings();
      await (await commands()).cancelJobCommand(chosen, id, { json });
    });
}
