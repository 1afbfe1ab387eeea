import type { UnknownColumn } from '../../sdk/core.ts';
import { entityRef, FILE_READER, type GuichetBuilder, type PayloadFields, sql, types, words } from '../../sdk/index.ts';
import { adminsOf } from './directory.roles.ts';
import { employeeImports } from './employee-import.entity.ts';
import { importEmployees, makeEmployeeTemplate } from './employee-import.job.ts';
import { beginImport, IMPORT } from './employee-import.service.ts';
import { directory } from './permissions.ts';

const rule = directory.import;
export const EmployeeImportResult = entityRef(IMPORT, employeeImports);
export const SheetFormatWords = words('SheetFormat', 'How a table is written.', {
  XLSX: 'A workbook.',
  CSV: 'A text file, in UTF-8 with its mark.',
});

/** The staff as a table, in (spec 10.1). */
export function employeeImportTypes(builder: GuichetBuilder): void {
  builder.words(SheetFormatWords);
  declareResult(builder);
  declareMutations(builder);
}

function declareResult(builder: GuichetBuilder): void {
  const Unknown = builder.objectRef<UnknownColumn>('UnknownColumn').implement({
    description: 'A column of a table that nobody knows; it was not read.',
    fields: (t) => ({
      letter: t.exposeString('letter', { description: 'Where it stands: `C`.', rule }),
      header: t.exposeString('header', { description: 'What stands above it.', rule }),
    }),
  });
  builder.entity(EmployeeImportResult, {
    description: 'An import of employees, and what came of it.',
    roles: [adminsOf('DIRECTORY')],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      finishedAt: t.column('finished_at', { description: 'When it came to its end; null until then.', rule }),
      dryRun: t.column('is_dry_run', { description: 'Whether it only told what would be done.', rule }),
      applied: t.column('is_applied', {
        description: 'Whether the staff was changed: not by a dry run, nor where a row was rejected.',
        rule,
      }),
      created: t.column('created', {
        description: 'Employees that were added; in a dry run those that would be. None where a row was rejected.',
        rule,
      }),
      updated: t.column('updated', { description: 'Employees that were edited, or would be.', rule }),
      unchanged: t.column('unchanged', { description: 'Rows that say what is so already.', rule }),
      supervisionsMade: t.column('supervisions_made', {
        description: 'How often somebody came to supervise a department, or would; null where a row was rejected.',
        rule,
      }),
      supervisionsEnded: t.column('supervisions_ended', {
        description:
          'How often somebody stopped supervising a department, or would: because the table says who does, or that they sit elsewhere; null where a row was rejected.',
        rule,
      }),
      rejected: t.column('rejected', { description: 'Rows that were not taken. Where there is one, nothing was done.', rule }),
      unknownColumns: t.field({
        type: [Unknown],
        description: 'Columns that were not read.',
        rule,
        needs: ['unknown_columns'],
        resolve: ({ unknown_columns: unknown }) => [...(unknown as readonly UnknownColumn[])],
      }),
      rejectedRows: t.one(types.File, {
        on: (row, file) => sql`${file.id} = ${row.rejected_rows_id}`,
        proves: [FILE_READER],
        description:
          'Where rows were rejected, a workbook of all rows, with the reasons beside those. Mended, it is sent as it is, in the place of the table.',
        rule,
      }),
    }),
  });
}

const job = (t: PayloadFields<{ job: string }>) => ({
  job: t.loaded(types.Job, 'job', { description: 'The work; follow it by `Subscription.job`.', rule }),
});

function declareMutations(builder: GuichetBuilder): void {
  builder.useCase('startEmployeeImport', {
    description:
      'Takes a table of the staff in: by staff number, whoever is new is added and whoever is known is edited. Everything or nothing: where one row is rejected, nothing is done. An empty cell leaves what is so.',
    rule,
    doesOnce: true,
    input: (t) => ({
      uploadId: t.globalId(types.File, {
        description:
          'The table, sent by `createUpload` for `EMPLOYEE_IMPORT`. What it changes uses it up; after a dry run, and where a row was rejected, it waits another day.',
      }),
      dryRun: t.flag({ description: 'Whether it only tells what would be done.', required: false }),
    }),
    run: async (use, { uploadId, dryRun = false }) => {
      const importId = await beginImport(use, uploadId, dryRun);
      return { job: use.startJob(importEmployees, { importId }), import: importId };
    },
    success: (t) => ({
      ...job(t),
      import: t.loaded(EmployeeImportResult, 'import', { description: 'What comes of it, under the id that it keeps.', rule }),
    }),
  });
  builder.useCase('makeEmployeeImportTemplate', {
    description: 'Makes the table that is filled in for `startEmployeeImport`, in your language; the job’s result is the file.',
    rule,
    doesOnce: true,
    input: (t) => ({ format: t.field({ type: SheetFormatWords, required: true, description: 'How it is written.' }) }),
    run: async (use, { format }) => ({ job: use.startJob(makeEmployeeTemplate, { format }) }),
    success: job,
  });
}
