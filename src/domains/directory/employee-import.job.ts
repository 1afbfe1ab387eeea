import { Readable } from 'node:stream';
import { z } from 'zod';
import { readSheet, type SheetFault, SheetRefused, sheetFault, sheetTemplate, textIn, writeRejected } from '../../sdk/core.ts';
import { defineJob, filesService, JobFailure, type JobFault, type JobOutcome, type JobWork, type Message } from '../../sdk/index.ts';
import { employeeTemplate, rejectedEmployees } from './employee-import.purposes.ts';
import {
  type Checked,
  countsOf,
  endImport,
  faultsTold,
  hangRejected,
  IMPORT,
  importNow,
  mayTellOfContacts,
  type StaffTable,
  takeStaff,
} from './employee-import.service.ts';
import { directory } from './permissions.ts';
import { STAFF_SHEET, type StaffRow } from './staff-import.sheet.ts';

/** Of one file; the directory is held while they are written. */
const MOST_ROWS = 10_000;
/** Told by the job itself; all are in the file. */
const MOST_FAULTS = 1_000;
const READING: Message = { en: 'Reading the table', 'zh-CN': '正在读取表格' };
const CHECKING: Message = { en: 'Holding the rows against the staff', 'zh-CN': '正在核对并写入各行' };
const NOTHING_DONE: Message = { en: 'Rows were rejected: nothing was changed', 'zh-CN': '有行未通过，未作任何更改' };
const REJECTED: Message = { en: 'rows to mend', 'zh-CN': '待修正的行' };
const ASKED_TOO_OFTEN: Message = {
  en: 'More of these phones are contacts’ than you may be told today. Somebody who has CONTACTS as well can import this table.',
  'zh-CN': '其中属于外部联系人的号码超过今天可告知的上限。可由同时拥有 CONTACTS 权限的管理员导入。',
};
const TEMPLATE: Message = { en: 'staff', 'zh-CN': '员工' };

type ImportWork = JobWork<{ importId: string }, { isDone: true }>;
type Import = Awaited<ReturnType<typeof importNow>>;

/** Takes a table of the staff in: everything or nothing, once however often the server is killed (spec 10.1). */
export const importEmployees = defineJob({
  name: 'directory.importEmployees',
  description: 'Adds and edits employees by a table.',
  adminRight: 'DIRECTORY',
  rule: directory.import,
  input: z.object({ importId: z.string() }),
  checkpoint: z.object({ isDone: z.literal(true) }),
  run: async (work: ImportWork): Promise<JobOutcome> => {
    if (!work.checkpoint) await takeIn(work, await work.perform((use) => importNow(use, work.input.importId)));
    return { type: IMPORT, id: work.input.importId };
  },
});

async function takeIn(work: ImportWork, given: Import): Promise<void> {
  await work.progress(0, undefined, READING);
  const table = await readTable(work, given);
  if (!(await work.perform((use) => mayTellOfContacts(use, table))))
    throw new JobFailure({ code: 'ASKED_TOO_OFTEN', path: ['phone'], message: ASKED_TOO_OFTEN });
  const total = table.rows.length;
  await work.progress(0, total, CHECKING);
  const done = { checkpoint: { isDone: true as const }, progress: total, total };
  const checked = await work.perform(async (use, keep) => {
    const result = await takeStaff(use, given, table);
    if (result.rejected.length === 0) keep({ ...done, message: doneBy(result, given) });
    return result;
  });
  if (checked.rejected.length === 0) return;
  const { fileId } = await keepRejected(work, given, checked);
  const errors = faultsTold(checked.rejected, MOST_FAULTS).map(jobFault);
  await work.perform(async (use, keep) => {
    await hangRejected(use, given.id, fileId);
    endImport(use, given.id, checked, { isDryRun: given.is_dry_run, unknown: table.unknown, rejectedRowsId: fileId });
    keep({ ...done, message: NOTHING_DONE, errors });
  });
}

function doneBy({ plan }: Checked, { is_dry_run: isDry }: Import): Message {
  const { created, updated, unchanged } = countsOf(plan);
  return isDry
    ? {
        en: `Nothing was changed. To be added: ${created}, to be edited: ${updated}, unchanged: ${unchanged}`,
        'zh-CN': `未作任何更改：将新增 ${created} 人，更新 ${updated} 人，${unchanged} 人不变`,
      }
    : {
        en: `Added: ${created}, edited: ${updated}, unchanged: ${unchanged}`,
        'zh-CN': `已新增 ${created} 人，更新 ${updated} 人，${unchanged} 人不变`,
      };
}

const jobFault = ({ row, column, code, message }: SheetFault): JobFault => ({
  row,
  path: column === undefined ? [] : [column],
  code,
  message,
});

/** @throws JobFailure for a file that cannot be read */
async function readTable(work: ImportWork, { files, upload_id, country }: Import): Promise<StaffTable> {
  const rows: StaffRow[] = [];
  let unknown: StaffTable['unknown'] = [];
  try {
    const bytes = await files.read(work.organizationId, upload_id);
    for await (const batch of readSheet(STAFF_SHEET, bytes, { country, limits: { rows: MOST_ROWS } })) {
      rows.push(...batch.rows);
      unknown = batch.unknown;
    }
    if (rows.length === 0) throw new SheetRefused(sheetFault('NOTHING_IN_IT'));
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    const [first, ...rest] = error.faults.map(jobFault);
    throw new JobFailure(first!, ...rest);
  }
  return { rows, unknown };
}

async function keepRejected(work: ImportWork, { files }: Import, { all }: Checked) {
  async function* rows() {
    yield all;
  }
  const bytes = writeRejected(STAFF_SHEET, rows(), { format: 'XLSX', language: work.language });
  return files.keep({
    organizationId: work.organizationId,
    name: `${textIn(REJECTED, work.language)}.xlsx`,
    kind: 'XLSX',
    purpose: rejectedEmployees,
    seat: await work.perform(async (use) => use.seat),
    bytes: Readable.from(bytes),
    most: rejectedEmployees.most,
  });
}

const FORMATS = ['XLSX', 'CSV'] as const;

/** Makes the table that is filled in for an import; it is the starter's for a day. */
export const makeEmployeeTemplate = defineJob({
  name: 'directory.makeEmployeeTemplate',
  description: 'Makes an empty table of employees to fill in.',
  rule: directory.import,
  input: z.object({ format: z.enum(FORMATS) }),
  run: async (work): Promise<JobOutcome> => {
    const { format } = work.input;
    const { files, seat } = await work.perform(async (use) => ({ files: use.service(filesService), seat: use.seat }));
    const file = await files.keep({
      organizationId: work.organizationId,
      name: `${textIn(TEMPLATE, work.language)}.${format.toLowerCase()}`,
      kind: format,
      purpose: employeeTemplate,
      seat,
      bytes: Readable.from(sheetTemplate(STAFF_SHEET, { format, language: work.language })),
      most: employeeTemplate.most,
    });
    return { type: 'File', id: file.fileId };
  },
});
