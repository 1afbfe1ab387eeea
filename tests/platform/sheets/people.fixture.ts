import { defineSheet, type SheetBatch, type SheetLimits, SheetRefused } from '../../../src/platform/sheets/index.ts';
import { SHEET_LIMITS } from '../../../src/platform/sheets/sheet-limits.ts';
import { rowBatches } from '../../../src/platform/sheets/sheet-rows.ts';

/** A description with a column of each kind. */
export const PEOPLE = defineSheet({
  name: { en: 'People', 'zh-CN': '人员' },
  columns: {
    name: { header: { en: 'Name', 'zh-CN': '姓名' }, kind: 'TEXT', required: true, most: 20 },
    phone: {
      header: { en: 'Phone', 'zh-CN': '电话' },
      alsoCalled: ['手机号'],
      kind: 'PHONE',
      example: { en: '138 0000 0001', 'zh-CN': '138 0000 0001' },
    },
    number: { header: { en: 'Staff number', 'zh-CN': '工号' }, kind: 'TEXT' },
    since: { header: { en: 'Since', 'zh-CN': '入职日期' }, kind: 'DATE' },
    verified: { header: { en: 'Verified', 'zh-CN': '已核实' }, kind: 'BOOLEAN' },
    floor: { header: { en: 'Floor', 'zh-CN': '楼层' }, kind: 'INTEGER' },
    level: {
      header: { en: 'Level', 'zh-CN': '级别' },
      kind: 'CHOICE',
      choices: [
        { value: 'JUNIOR', name: { en: 'Junior', 'zh-CN': '初级' } },
        { value: 'SENIOR', name: { en: 'Senior', 'zh-CN': '高级' } },
      ],
    },
    teams: { header: { en: 'Teams', 'zh-CN': '团队' }, kind: 'TEXT', several: true },
  },
});
export type PeopleBatch = SheetBatch<typeof PEOPLE.columns>;
export type PeopleRow = PeopleBatch['rows'][number];

/** Reads in this thread: what the other one is for is tested by itself. */
export async function batchesOf(file: Buffer, limits: Partial<SheetLimits> = {}): Promise<PeopleBatch[]> {
  const batches = [];
  for await (const batch of rowBatches(PEOPLE, file, 'CN', { ...SHEET_LIMITS, ...limits })) batches.push(batch);
  return batches as PeopleBatch[];
}
export const peopleIn = async (file: Buffer, limits?: Partial<SheetLimits>): Promise<PeopleRow[]> =>
  (await batchesOf(file, limits)).flatMap(({ rows }) => rows);

/** What a file is refused for: codes with the row where one is named. */
export async function refusalOf(reading: Promise<unknown>): Promise<string[]> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    return error.faults.map(({ code, row, column }) => [code, row, column].filter((part) => part !== undefined).join(' '));
  }
  return [];
}

export const refusalIn = (file: Buffer, limits?: Partial<SheetLimits>): Promise<string[]> => refusalOf(batchesOf(file, limits));

export const csv = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));
