import { defineModule, jobResults, readMigrations, register } from '../../sdk/index.ts';
import { staffSync } from './permissions.ts';
import { StaffSourcePerson, StaffSync } from './staff-sync.entity.ts';
import { staffSyncTypes } from './staff-sync.graphql.ts';
import { nightlySync, syncStaff } from './staff-sync.job.ts';
import { SYNC } from './staff-sync.service.ts';
import { purgeOfSyncs } from './sync-purging.ts';

export const staffSyncModule = defineModule({
  name: 'staff-sync',
  version: '0.1.0',
  description: 'The staff taken from elsewhere.',
  needs: ['organization', 'directory', 'transfers', 'audit', 'jobs'],
  entities: [StaffSync, StaffSourcePerson],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(staffSync),
  types: staffSyncTypes,
  registrations: [register(jobResults, { type: SYNC })],
  jobs: [syncStaff],
  clocks: [nightlySync, purgeOfSyncs],
});
