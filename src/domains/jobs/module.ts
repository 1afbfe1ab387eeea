import { defineModule, FILE_READER, jobResults, register } from '../../sdk/index.ts';
import { jobTypes } from './job.graphql.ts';
import { jobMutations } from './job.mutations.ts';
import { jobNotifications, jobsOfNotifications } from './job.notifications.ts';
import { purgeOfJobs } from './job-purging.ts';
import { job } from './permissions.ts';

export const jobsModule = defineModule({
  name: 'jobs',
  version: '0.1.0',
  description: 'Long work: how far it is, what came of it, and its end before its time.',
  needs: ['core', 'directory', 'files', 'notifications'],
  rules: Object.values(job),
  registrations: [register(jobResults, { type: 'File', proves: [FILE_READER] }), ...jobNotifications],
  clocks: [purgeOfJobs],
  types: (builder) => {
    jobTypes(builder);
    jobMutations(builder);
    jobsOfNotifications(builder);
  },
});
