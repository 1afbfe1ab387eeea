import { entityRef, type GuichetBuilder, sql, types } from '../../sdk/index.ts';
import { adminsOf } from '../directory/index.ts';
import { staffSync } from './permissions.ts';
import { staffSyncs } from './staff-sync.entity.ts';
import { syncStaff } from './staff-sync.job.ts';
import { beginSync, MOST_NAMED, SYNC, sourceNamed } from './staff-sync.service.ts';

const rule = staffSync.manage;
export const StaffSyncResult = entityRef(SYNC, staffSyncs);

/** The staff from elsewhere (spec 10.4). */
export function staffSyncTypes(builder: GuichetBuilder): void {
  builder.entity(StaffSyncResult, {
    description:
      'A taking of the staff from a source outside, and what came of it. What was wrong with whom stands in the errors of its job.',
    roles: [adminsOf('DIRECTORY')],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      source: t.column('source', { description: 'The plugin that brought it.', rule }),
      startedBy: t.relation(types.Employee, 'started_by', { description: 'Who started it; null where a clock did.', rule }),
      dryRun: t.column('is_dry_run', { description: 'Whether it only told what would be done.', rule }),
      createdAt: t.column('created_at', { description: 'When it was started.', rule }),
      finishedAt: t.column('finished_at', { description: 'When it came to its end; null until then.', rule }),
      departmentsAdded: t.column('departments_added', { description: 'Departments that were made, or would be.', rule }),
      created: t.column('created', { description: 'Employees that were added, or would be.', rule }),
      updated: t.column('updated', { description: 'Employees that were edited, or would be.', rule }),
      unchanged: t.column('unchanged', { description: 'Employees who are as the source says.', rule }),
      rejected: t.column('rejected', { description: 'People of the source who were not taken; the others were.', rule }),
      supervisionsMade: t.column('supervisions_made', {
        description: 'How often somebody came to supervise a department, or would; null until it is finished.',
        rule,
      }),
      supervisionsEnded: t.column('supervisions_ended', {
        description:
          'How often somebody stopped supervising a department, or would: because the source says who does, that they sit elsewhere, or because they were let go; null until it is finished.',
        rule,
      }),
      rightsEnded: t.column('rights_ended', {
        description: 'Admin rights that ended with those who were let go, or would; null until it is finished.',
        rule,
      }),
      gone: t.column('gone', { description: 'Employees who came from the source and are in it no more.', rule }),
      letGo: t.column('let_go', { description: 'How many of these were let go: where the plugin’s settings say so.', rule }),
      goneEmployees: t.list(types.Employee, {
        on: (row, employee) => sql`${row.gone_ids} ? ${employee.id}::text`,
        description: `Those who are in the source no more; of more than ${MOST_NAMED} the first.`,
        rule,
        atMost: MOST_NAMED,
      }),
    }),
  });
  builder.useCase('startStaffSync', {
    description:
      'Takes the staff from a source outside that a plugin brings: by staff number, whoever is new is added and whoever is known is edited; departments that are missing are made. Whoever is wrong is told of and left as they are, the others are taken. It is done each night as well.',
    rule,
    doesOnce: true,
    input: (t) => ({
      source: t.text({ description: 'The plugin’s name; needed where several bring the staff.', required: false, max: 100 }),
      dryRun: t.flag({ description: 'Whether it only tells what would be done.', required: false }),
    }),
    run: async (use, { source, dryRun = false }) => {
      const sync = beginSync(use, sourceNamed(use, source), { isDryRun: dryRun, startedBy: use.seat.id });
      return { job: use.startJob(syncStaff, { syncId: sync }), sync };
    },
    success: (t) => ({
      job: t.loaded(types.Job, 'job', { description: 'The work; follow it by `Subscription.job`.', rule }),
      sync: t.loaded(StaffSyncResult, 'sync', { description: 'What comes of it, under the id that it keeps.', rule }),
    }),
  });
}
