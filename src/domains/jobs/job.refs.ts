import { jobs } from '../../sdk/core.ts';
import { entityRef } from '../../sdk/index.ts';

export const Job = entityRef('Job', jobs);
export const JobViewerCan = entityRef('JobViewerCan', jobs);
