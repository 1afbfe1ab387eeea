export { cancelJob } from './job.mutations.ts';
export { jobsModule } from './module.ts';
export { job } from './permissions.ts';
