export { staffSyncModule } from './module.ts';
