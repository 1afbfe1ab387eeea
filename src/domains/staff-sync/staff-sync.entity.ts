import { refs, tenantEntity } from '../../sdk/index.ts';

/** Takings of the staff from a source outside, with what came of each. */
export const StaffSync = tenantEntity('staff_syncs', (t) => ({
  source: t.text(),
  /** Null where a clock started it. */
  startedBy: t.uuid().nullable(),
  isDryRun: t.boolean(),
  departmentsAdded: t.integer().default(0),
  created: t.integer().default(0),
  updated: t.integer().default(0),
  unchanged: t.integer().default(0),
  rejected: t.integer().default(0),
  /** Null until it is finished, and of those before it was counted; so are the two below. */
  supervisionsMade: t.integer().nullable(),
  supervisionsEnded: t.integer().nullable(),
  /** Of those who were let go. */
  rightsEnded: t.integer().nullable(),
  /** How many had gone from the source, and how many of these were let go. */
  gone: t.integer().default(0),
  letGo: t.integer().default(0),
  /** The first of those who had gone. */
  goneIds: t.json<readonly string[]>().defaultRaw(`'[]'`),
  createdAt: t.timestamptz(),
  finishedAt: t.timestamptz().nullable(),
}));

/** Whom a source has delivered: who was never in it does not go from it. */
export const StaffSourcePerson = tenantEntity('staff_source_people', (t) => ({
  source: t.text().primary(),
  employeeId: t.idOf(() => refs.Employee).primary(),
}));

export const staffSyncs = StaffSync.table;
