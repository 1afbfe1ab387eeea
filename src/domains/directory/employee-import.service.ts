import type { RejectedRow, SheetFault, UnknownColumn } from '../../sdk/core.ts';
import { contactsOfStaff, filesService, type Message, type UseCase } from '../../sdk/index.ts';
import { organizationOf } from '../organization/index.ts';
import { holdDirectory } from './directory-turn.service.ts';
import { EmployeeImport } from './employee-import.entity.ts';
import { employeeTable, rejectedEmployees } from './employee-import.purposes.ts';
import { keepTable } from './import-upload.service.ts';
import { growthRefused } from './right-growth.service.ts';
import { type StaffEdit, type StaffPlan, supervisionsOf } from './staff-import.rules.ts';
import { recordOf, type StaffRow } from './staff-import.sheet.ts';
import { planRecords } from './staff-planning.service.ts';
import type { StaffRecord } from './staff-record.ts';
import { writeStaff } from './staff-writing.service.ts';

export const IMPORT = 'EmployeeImportResult';

/** A new import of a table that the seat has sent. @returns its id. @throws NotFound */
export async function beginImport(use: UseCase, uploadId: string, isDryRun: boolean): Promise<string> {
  const id = use.newId();
  await keepTable(use, uploadId, employeeTable.purpose); // used up by what it changes
  use.on(EmployeeImport).add({ id, started_by: use.seat.id, upload_id: uploadId, is_dry_run: isDryRun, created_at: use.now });
  return id;
}

/** What a job needs to know of its import, and of where it is done. */
export async function importNow(use: UseCase, id: string) {
  const row = await use.on(EmployeeImport).selectFrom('employee_imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const { country } = await organizationOf(use);
  return { ...row, country, files: use.service(filesService) };
}

/** A table as it was read. */
export interface StaffTable {
  readonly rows: readonly StaffRow[];
  readonly unknown: readonly UnknownColumn[];
}
interface GivenTable {
  readonly id: string;
  readonly upload_id: string;
  readonly is_dry_run: boolean;
}
/** What an import comes to. */
export interface Checked {
  readonly plan: StaffPlan;
  readonly rejected: readonly RejectedRow[];
  /** All rows, those that are right without a fault. */
  readonly all: readonly RejectedRow[];
}

/**
 * Whether the seat may be told which phones of a table are contacts': whoever may read every contact, and others as often as of a single one
 * (spec 3.4).
 */
export async function mayTellOfContacts(use: UseCase, { rows }: StaffTable): Promise<boolean> {
  if (use.seat.rights.get('CONTACTS') === 'ALL') return true;
  const records = rows.flatMap((row) => recordOf(row) ?? []);
  if (!records.some(({ phone }) => phone)) return true;
  return use.service(contactsOfStaff).mayTellOfPhones(use, async () => {
    const { faults } = await planRecords(use, records);
    return faults.filter(({ code }) => code === 'PHONE_OF_CONTACT').length;
  });
}

/**
 * Holds a table against the staff, and writes it where nothing is wrong with it: everything or nothing. What is rejected is not written down
 * here: its file is made first, outside of the transaction.
 */
export async function takeStaff(use: UseCase, given: GivenTable, { rows, unknown }: StaffTable): Promise<Checked> {
  const { id, upload_id: uploadId, is_dry_run: isDryRun } = given;
  await holdDirectory(use);
  const records = rows.flatMap((row) => recordOf(row) ?? []);
  const plan = await planRecords(use, records);
  const beyond = await movesBeyondOwn(use, plan.edits, records);
  const faults = Map.groupBy([...rows.flatMap((row) => row.faults), ...plan.faults, ...beyond], ({ row }) => row);
  const all = rows.map(({ row, typed }) => ({ row, typed, faults: faults.get(row) ?? [] }));
  const checked = { plan, all, rejected: all.filter((one) => one.faults.length > 0) };
  if (checked.rejected.length > 0) return checked;
  if (!isDryRun && plan.hires.length + plan.edits.length > 0) {
    await use.service(filesService).attach(use, { uploadId, purpose: employeeTable.purpose, to: { type: IMPORT, id } });
    await writeStaff(use, { act: 'importEmployees', module: 'directory', by: [IMPORT, id] }, plan);
  }
  endImport(use, id, checked, { isDryRun, unknown });
  return checked;
}

/** A table moves people as an admin does by hand, within what they could grant; most come from few places to few, which are asked of once. */
async function movesBeyondOwn(use: UseCase, edits: readonly StaffEdit[], records: readonly StaffRecord[]): Promise<SheetFault[]> {
  const rows = new Map(records.map(({ staffNumber, row }) => [staffNumber, row]));
  const known = new Map<string, Message | undefined>();
  const faults: SheetFault[] = [];
  for (const { before, departments, staffNumber } of edits) {
    const from = before.memberships.map(({ departmentId }) => departmentId).sort();
    const to = [...departments.keys()].filter((id) => !from.includes(id)).sort();
    const key = `${from}>${to}`;
    if (!known.has(key)) known.set(key, await growthRefused(use, { to, from }));
    const message = known.get(key);
    if (message) faults.push({ row: rows.get(staffNumber!)!, column: 'departments', code: 'RIGHT_NOT_YOURS', message });
  }
  return faults;
}

/** Writes down what came of an import. A dry run tells what would be done; where a row was rejected, nothing was. */
export function endImport(
  use: UseCase,
  id: string,
  { plan, rejected }: Pick<Checked, 'plan' | 'rejected'>,
  { isDryRun, unknown, rejectedRowsId = null }: { isDryRun: boolean; unknown: readonly UnknownColumn[]; rejectedRowsId?: string | null },
): void {
  const isRight = rejected.length === 0;
  const isApplied = !isDryRun && isRight;
  const counts = isRight ? countsOf(plan) : {};
  use.on(EmployeeImport).change(
    { id },
    {
      ...counts,
      rejected: rejected.length,
      unknown_columns: unknown,
      is_applied: isApplied,
      rejected_rows_id: rejectedRowsId,
      finished_at: use.now,
    },
  );
}
/** What a plan makes of the staff. */
export function countsOf({ hires, edits, unchanged }: StaffPlan) {
  const { made, ended } = supervisionsOf({ hires, edits });
  return { created: hires.length, updated: edits.length, unchanged, supervisions_made: made, supervisions_ended: ended };
}

/** Hangs the file of what was rejected on its import. */
export const hangRejected = (use: UseCase, id: string, fileId: string): Promise<unknown> =>
  use.service(filesService).attach(use, { uploadId: fileId, purpose: rejectedEmployees.purpose, to: { type: IMPORT, id } });

/** Of what was rejected, for the job; the file has all of it. */
export const faultsTold = (rejected: readonly RejectedRow[], most: number): SheetFault[] =>
  rejected.flatMap(({ faults }) => faults).slice(0, most);
