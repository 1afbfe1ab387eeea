import type { FieldDefinition, SheetFault, UnknownColumn } from '../../sdk/core.ts';
import { type RowOf, refs, type StoredValues, tenantEntity } from '../../sdk/index.ts';
import type { FurtherPhone } from '../contacts/index.ts';

/** What becomes of rows whose phone is a contact's already (spec 3.12). */
export const IMPORT_MODES = ['CREATE_ONLY', 'SKIP_EXISTING', 'FILL_EMPTY', 'UPDATE'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];
/** How far an import is; that its job has failed or was cancelled stands in the job. */
export const IMPORT_STATES = ['RUNNING', 'PAUSED', 'DONE', 'REFUSED', 'UNDOING', 'UNDONE'] as const;
/** What became of a row. */
export const ROW_STATES = ['CREATED', 'UPDATED', 'SKIPPED', 'REJECTED', 'UNDECIDED', 'UNDONE', 'KEPT'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** Who is meant by a name that several bear: wherever it stands, or in one row; by whichever name of that row, where none is given. */
export interface NameChoice {
  readonly name?: string;
  readonly row?: number;
  readonly employeeId: string;
}

/** Imports of contacts, with what came of each. The table that was sent hangs on the row, unless it was a dry run, and so does what was rejected of it. */
export const ContactImport = tenantEntity(
  'contact_imports',
  (t) => ({
    startedBy: t.uuid(),
    /** No key: the table of a dry run hangs on nothing, and goes when it has waited long enough. */
    uploadId: t.uuid(),
    jobId: t.uuid(),
    mode: t.oneOf(...IMPORT_MODES),
    isAtomic: t.boolean(),
    isDryRun: t.boolean(),
    tagIds: t.json<readonly string[]>(),
    choices: t.json<readonly NameChoice[]>().defaultRaw(`'[]'`),
    /** Rows whose names nobody has decided about are rejected, not asked about again. */
    rejectsUndecided: t.boolean().default(false),
    state: t.oneOf(...IMPORT_STATES),
    created: t.integer().default(0),
    updated: t.integer().default(0),
    skipped: t.integer().default(0),
    rejected: t.integer().default(0),
    undone: t.integer().default(0),
    kept: t.integer().default(0),
    undoReason: t.text().nullable(),
    unknownColumns: t.json<readonly UnknownColumn[]>().defaultRaw(`'[]'`),
    unreadSheets: t.json<readonly string[]>().defaultRaw(`'[]'`),
    /** The organization's own fields as they were when it was started: what became of one since, each row finds out. Imports of 0.1 have none. */
    fields: t.json<readonly FieldDefinition[] | null>().nullable(),
    rejectedRowsId: t.idOf(() => refs.File).nullable(),
    createdAt: t.timestamptz(),
    finishedAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      contact_imports_rejected_rows: { columns: ['rejectedRowsId'], unique: true, where: 'rejected_rows_id is not null' },
    },
  },
);

/** What a table can change of a contact, as it was before a row edited it. */
export interface Before {
  readonly name: string;
  readonly company: string | null;
  readonly position: string | null;
  readonly address: string | null;
  readonly email: string | null;
  readonly remark: string | null;
  readonly ownerId: string | null;
  readonly tagIds: readonly string[];
  readonly sharedTooIds: readonly string[];
  /** Of the organization's own fields; rows of 0.1 have none. */
  readonly fieldValues?: StoredValues;
  /** Rows from before tables had them have none. */
  readonly furtherPhones?: readonly FurtherPhone[];
}
/** The same as the row left it: where the two differ, the row did something, which is its own to take back while it still reads so. */
export interface After extends Omit<Before, 'sharedTooIds'> {
  /** Kinds of the organization's own fields at that time, by the ids of these. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** The rows of an import and what became of each. */
export const ContactImportRow = tenantEntity(
  'contact_import_rows',
  (t) => ({
    importId: t.idOf(() => ContactImport, 'cascade'),
    /** As the spreadsheet counts. */
    row: t.integer(),
    state: t.oneOf(...ROW_STATES),
    reasons: t.json<readonly SheetFault[]>().defaultRaw(`'[]'`),
    /** What was typed, of rows that were not taken. */
    typed: t.json<Readonly<Record<string, string>> | null>().nullable(),
    /** The contact that was made, edited or known; no key: it may be purged. */
    contactId: t.uuid().nullable(),
    before: t.json<Before | null>().nullable(),
    /** Rows of before this was kept have none. */
    after: t.json<After | null>().nullable(),
    doneAt: t.timestamptz(),
  }),
  {
    indexes: {
      contact_import_rows_in_order: { columns: ['importId', 'row'], unique: true },
      contact_import_rows_by_state: { columns: ['importId', 'state', 'row'] },
    },
  },
);

/** Employees who bear a name that stands in a row, where several do (spec 3.12). */
export const ContactImportCandidate = tenantEntity(
  'contact_import_candidates',
  (t) => ({
    rowId: t.idOf(() => ContactImportRow, 'cascade'),
    name: t.text(),
    employeeId: t.idOf(() => refs.Employee),
  }),
  { indexes: { contact_import_candidates_of_row: { columns: ['rowId', 'name', 'employeeId'], unique: true } } },
);

export const contactImports = ContactImport.table;
export const contactImportRows = ContactImportRow.table;
export const contactImportCandidates = ContactImportCandidate.table;
/** An import as it stands. */
export type ImportNow = RowOf<typeof contactImports>;
