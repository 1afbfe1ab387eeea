export { jobsModule } from './module.ts';
export { job } from './permissions.ts';
