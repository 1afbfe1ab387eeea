import { STAFF_SHEET } from '../../../src/domains/directory/staff-import.sheet.ts';
import { type SheetRecord, writeSheet } from '../../../src/platform/sheets/index.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';
import { uploaded } from '../files/file.fixture.ts';
import { namesOf } from './directory.fixture.ts';

export const START = `mutation ($input: StartEmployeeImportInput!) { startEmployeeImport(input: $input) { __typename ... on UserError { code path }
  ... on StartEmployeeImportSuccess { job { id } } } }`;
export const TEMPLATE = `mutation ($input: MakeEmployeeImportTemplateInput!) { makeEmployeeImportTemplate(input: $input) { __typename
  ... on MakeEmployeeImportTemplateSuccess { job { id } } } }`;
const JOB = `query ($id: ID!) { job(id: $id) { state progress total message errors { row path code message } result { __typename
  ... on File { id name size mimeType url }
  ... on EmployeeImportResult { id finishedAt dryRun applied created updated unchanged supervisionsMade supervisionsEnded rejected unknownColumns { letter header } rejectedRows { id name url } } } } }`;
export const STAFF = `{ employees(first: 100) { nodes { id version name nickname position phone staffNumber seniorSince nameVerified
  departments { name } mainDepartment { name } } } }`;

/** A row of the table, by its columns. */
export type Row = SheetRecord<typeof STAFF_SHEET.columns>;
export type Person = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number };

export const csv = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));
export async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
/** The table as a workbook. */
export const workbookOf = (rows: readonly Row[]): Promise<Buffer> =>
  bytesOf(
    writeSheet(
      STAFF_SHEET,
      (async function* () {
        yield rows;
      })(),
      { format: 'XLSX', language: 'en' },
    ),
  );

const TYPES = { CSV: 'text/csv', XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
/** Sends a table. @returns the upload's id */
export const sentTable = (seat: TestSeat, file: Buffer): Promise<string> => {
  const kind = file[0] === 0x50 ? 'XLSX' : 'CSV';
  return uploaded(seat, file, { name: `staff.${kind.toLowerCase()}`, mimeType: TYPES[kind], purpose: 'EMPLOYEE_IMPORT' });
};
export const started = async (seat: TestSeat, file: Buffer, dryRun = false): Promise<string> =>
  (await seat.does(START, { input: { uploadId: await sentTable(seat, file), dryRun } })).job.id;

/** What came of a job. */
export async function outcome(server: TestServer, seat: TestSeat, jobId: string) {
  await server.runtime.jobs.settled();
  return (await seat.query(JOB, { id: jobId })).job;
}
export const imported = async (server: TestServer, seat: TestSeat, file: Buffer, dryRun = false) =>
  outcome(server, seat, await started(seat, file, dryRun));

/** Those who are employed, by their staff numbers. */
export async function staffOf(seat: TestSeat): Promise<ReadonlyMap<string, Person>> {
  const { employees } = await seat.query(STAFF);
  const numbered: Person[] = employees.nodes.filter(({ staffNumber }: Person) => staffNumber);
  return new Map(numbered.map((of) => [of.staffNumber as string, { ...of, departments: namesOf(of.departments as { name: string }[]) }]));
}
