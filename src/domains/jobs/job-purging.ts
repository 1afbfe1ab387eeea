import { Job } from '../../sdk/core.ts';
import { type Clock, filesService, RESULTS_KEPT, RESULTS_KEPT_DAYS, type UseCase } from '../../sdk/index.ts';

const BATCH = 500;

/** What came of long work is fetched soon, or never: a job is no archive. The audit record says that it was. */
export const purgeOfJobs: Clock = {
  name: 'jobs.purge',
  description: `Deletes jobs that ended ${RESULTS_KEPT_DAYS} days ago, with the files that hang on them.`,
  cron: '50 2 * * *',
  run: async (work) => {
    for (let gone = BATCH; gone === BATCH; ) gone = await work.perform((use) => purgeSome(use));
    return undefined;
  },
};

/** Some at a time. @returns how many */
async function purgeSome(use: UseCase): Promise<number> {
  const due = await use
    .on(Job)
    .selectFrom('jobs')
    .select('id')
    .where('finished_at', '<=', new Date(use.now.getTime() - RESULTS_KEPT))
    .orderBy('finished_at')
    .limit(BATCH)
    .forUpdate()
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await use.on(Job).deleteFrom('jobs').where('id', 'in', ids).execute();
  await use.service(filesService).detachAll(use, 'Job', ids);
  return ids.length;
}
