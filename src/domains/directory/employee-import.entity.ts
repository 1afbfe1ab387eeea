import type { UnknownColumn } from '../../sdk/core.ts';
import { refs, tenantEntity } from '../../sdk/index.ts';

/** Imports of the staff, with what came of each. The table that was sent hangs on the row where it changed anything, and so does what was rejected of it. */
export const EmployeeImport = tenantEntity(
  'employee_imports',
  (t) => ({
    startedBy: t.uuid(),
    /** No key: a table that changed nothing hangs on nothing, and goes when it has waited long enough. */
    uploadId: t.uuid(),
    isDryRun: t.boolean(),
    /** Whether the staff was changed: all of it, or nothing. */
    isApplied: t.boolean().default(false),
    created: t.integer().default(0),
    updated: t.integer().default(0),
    unchanged: t.integer().default(0),
    /** Null where nothing would be done, and of imports before it was counted. */
    supervisionsMade: t.integer().nullable(),
    supervisionsEnded: t.integer().nullable(),
    rejected: t.integer().default(0),
    unknownColumns: t.json<readonly UnknownColumn[]>().defaultRaw(`'[]'`),
    rejectedRowsId: t.idOf(() => refs.File).nullable(),
    createdAt: t.timestamptz(),
    finishedAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      employee_imports_rejected_rows: { columns: ['rejectedRowsId'], unique: true, where: 'rejected_rows_id is not null' },
    },
  },
);
export const employeeImports = EmployeeImport.table;
