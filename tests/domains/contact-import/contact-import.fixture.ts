import { SHEET_LIMITS } from '../../../src/platform/sheets/sheet-limits.ts';
import { workbookRows } from '../../../src/platform/sheets/workbook.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';
import { uploaded } from '../files/file.fixture.ts';

export const START = `mutation ($input: StartContactImportInput!) { startContactImport(input: $input) { __typename ... on UserError { code path }
  ... on StartContactImportSuccess { import { id } job { id } } } }`;
export const RESUME = `mutation ($input: ResumeContactImportInput!) { resumeContactImport(input: $input) { __typename ... on UserError { code path }
  ... on ValidationFailed { issues { path code } } ... on ResumeContactImportSuccess { import { id state } job { id } } } }`;
export const UNDO = `mutation ($input: UndoContactImportInput!) { undoContactImport(input: $input) { __typename ... on UserError { code path }
  ... on ContactImportNotUndoable { reason } ... on UndoContactImportSuccess { import { id } job { id } } } }`;
export const IMPORT = `query ($id: ID!) { contactImport(id: $id) { id state mode atomic dryRun finishedAt tags { name } counts { created updated skipped rejected undone kept }
  unknownColumns { letter header } rejectedFile { name url } job { state progress total errors { row path code message } }
  rows(first: 100) { nodes { row state reasons { column code message } contact { id name } candidates { name employee { id name } departments { name } staffNumber } } } } }`;
const CONTACTS = `query ($search: String) { contacts(list: ORGANIZATION, search: $search, first: 40) { totalCount nodes { id version name phone phoneExtension company { name } position address
  email remark source owner { id name } tags { name } sharedWith(first: 5) { nodes { name } } } } }`;

export const csv = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));
const TYPES = { CSV: 'text/csv', XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
/** Sends a table. @returns the upload's id */
export const sentTable = (seat: TestSeat, file: Buffer): Promise<string> => {
  const kind = file[0] === 0x50 ? 'XLSX' : 'CSV';
  return uploaded(seat, file, { name: `contacts.${kind.toLowerCase()}`, mimeType: TYPES[kind], purpose: 'CONTACT_IMPORT' });
};
export interface ImportOptions {
  readonly mode?: string;
  readonly atomic?: boolean;
  readonly dryRun?: boolean;
  readonly tagIds?: readonly string[];
}
/** @returns the import's id */
export async function started(seat: TestSeat, file: Buffer, options: ImportOptions = {}): Promise<string> {
  return (await seat.does(START, { input: { uploadId: await sentTable(seat, file), ...options } })).import.id;
}
/** What came of an import. */
export async function outcome(server: TestServer, seat: TestSeat, id: string) {
  await server.runtime.jobs.settled();
  return (await seat.query(IMPORT, { id })).contactImport;
}
export const imported = async (server: TestServer, seat: TestSeat, file: Buffer, options?: ImportOptions) =>
  outcome(server, seat, await started(seat, file, options));

/** Rows as `3 REJECTED phone PHONE_ROUNDED`. */
export const told = ({
  rows,
}: {
  rows: { nodes: { row: number; state: string; reasons: { column: string | null; code: string }[] }[] };
}): string[] =>
  rows.nodes.map(({ row, state, reasons }) => [row, state, ...reasons.map(({ column, code }) => `${column ?? '-'} ${code}`)].join(' '));

/** Contacts as an admin finds them, newest first. */
export async function found(seat: TestSeat, search?: string) {
  const { contacts } = await seat.query(CONTACTS, { search });
  return contacts.nodes as (Readonly<Record<string, unknown>> & { id: string; version: number; name: string; phone: string })[];
}
/** Texts of a workbook's cells. */
export async function cellsOf(url: string): Promise<string[][]> {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  const rows: string[][] = [];
  for await (const { cells } of workbookRows(bytes, SHEET_LIMITS)) rows.push(cells.map((cell) => String(cell ?? '')));
  return rows;
}
