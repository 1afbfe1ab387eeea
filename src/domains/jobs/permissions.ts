import { type Role, rule } from '../../sdk/index.ts';

export const JOB_STARTER: Role = { name: 'JOB_STARTER', bearer: 'EMPLOYEE', description: 'The employee who started the job.' };
/** Which right that is, each kind of job says itself. */
export const JOB_ADMIN: Role = {
  name: 'JOB_ADMIN',
  bearer: 'EMPLOYEE',
  description: 'An admin who holds the right of the job’s kind for the whole organization.',
};

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
