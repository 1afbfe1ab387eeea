import type { FieldDefinition } from '../../sdk/core.ts';
import { filesService, type UseCase } from '../../sdk/index.ts';
import { holdFields } from '../contacts/index.ts';
import { takeTable } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import { ContactImport, ContactImportRow, type ImportMode } from './contact-import.entity.ts';
import { isReadFromSheets } from './field-columns.ts';
import { contactTable, IMPORT, rejectedContacts } from './import.purposes.ts';

export interface NewImport {
  readonly uploadId: string;
  readonly mode: ImportMode;
  readonly isAtomic: boolean;
  readonly isDryRun: boolean;
  readonly tagIds: readonly string[];
}

/** A new import of a table that the seat has sent. @param startJob starts the work. @returns its id. @throws NotFound */
export async function beginImport(use: UseCase, given: NewImport, startJob: (importId: string) => string) {
  const { own } = await holdFields(use);
  const id = use.newId();
  const { uploadId, isDryRun } = given;
  await takeTable(use, { uploadId, purpose: contactTable, to: { type: IMPORT, id }, isDryRun });
  const job = startJob(id);
  use.on(ContactImport).add({
    id,
    started_by: use.seat.id,
    upload_id: uploadId,
    job_id: job,
    mode: given.mode,
    is_atomic: given.isAtomic,
    is_dry_run: isDryRun,
    tag_ids: given.tagIds,
    state: 'RUNNING',
    fields: own.filter((field) => isReadFromSheets(kindsOf(use), field)),
    created_at: use.now,
  });
  return { import: id, job };
}

/** An import, whose row is locked. */
export const heldImport = (use: UseCase, id: string): Promise<ImportNow> =>
  use
    .on(ContactImport)
    .selectFrom('contact_imports')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow() as Promise<ImportNow>;

/** What a job needs to know of its import, and of where it is done. `own`: the fields by which the table is read;
 * `now`: as they are now, with those that are gone, for what is given back. */
export async function importNow(use: UseCase, id: string) {
  const { own } = await holdFields(use);
  const row = await heldImport(use, id);
  const { country } = await organizationOf(use);
  const kinds = kindsOf(use);
  const now = own.filter((field) => isReadFromSheets(kinds, field));
  const asked = (row.fields as readonly FieldDefinition[] | null) ?? now;
  const gone = asked.filter(({ id: was, name }) => !own.some((field) => field.id === was || field.name === name));
  return { row, country, files: use.service(filesService), own: asked, now: [...now, ...gone] };
}

/** Hangs the file of what was rejected on its import. */
export async function hangRejected(use: UseCase, id: string, fileId: string): Promise<void> {
  await use.service(filesService).attach(use, { uploadId: fileId, purpose: rejectedContacts.purpose, to: { type: IMPORT, id } });
  use.on(ContactImport).change({ id }, { rejected_rows_id: fileId });
}

/** Rows that were not taken, after one of them. */
export const rejectedRowsAfter = (use: UseCase, importId: string, after: number, most: number) =>
  use
    .on(ContactImportRow)
    .selectFrom('contact_import_rows')
    .select(['row', 'typed', 'reasons'])
    .where('import_id', '=', importId)
    .where('state', 'in', ['REJECTED', 'UNDECIDED'])
    .where('row', '>', after)
    .orderBy('row')
    .limit(most)
    .execute();

export async function forgetRows(use: UseCase, importId: string): Promise<void> {
  await use.on(ContactImportRow).deleteFrom('contact_import_rows').where('import_id', '=', importId).execute();
}
