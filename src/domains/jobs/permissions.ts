import { JOB_ADMIN, JOB_STARTER, rule } from '../../sdk/index.ts';

export const job = {
  read: rule('job.read', {
    roles: [JOB_STARTER, JOB_ADMIN],
    description: 'Whoever started the job, and admins with the right of its kind for the whole organization.',
  }),
  cancel: rule('job.cancel', {
    roles: [JOB_STARTER, JOB_ADMIN],
    description: 'Whoever started the job, and admins with the right of its kind for the whole organization.',
  }),
};
