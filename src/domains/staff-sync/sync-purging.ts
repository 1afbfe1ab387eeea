import { type Clock, RESULTS_KEPT, RESULTS_KEPT_DAYS } from '../../sdk/index.ts';
import { StaffSync } from './staff-sync.entity.ts';

export const purgeOfSyncs: Clock = {
  name: 'staff-sync.purge',
  description: `Deletes what came of takings of the staff from elsewhere that were started more than ${RESULTS_KEPT_DAYS} days ago.`,
  cron: '5 3 * * *',
  run: async (work) => {
    await work.perform((use) =>
      use
        .on(StaffSync)
        .deleteFrom('staff_syncs')
        .where('created_at', '<=', new Date(use.now.getTime() - RESULTS_KEPT))
        .execute(),
    );
    return undefined;
  },
};
