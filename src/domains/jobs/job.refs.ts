import { jobs } from '../../platform/jobs/job.entity.ts';
import { entityRef } from '../../sdk/index.ts';

export const Job = entityRef('Job', jobs);
export const JobViewerCan = entityRef('JobViewerCan', jobs);
