import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/platform/language/language.ts';
import { type SheetFormat, type SheetRecord, sheetTemplate, writeRejected, writeSheet } from '../../../src/platform/sheets/index.ts';
import { SHEET_LIMITS } from '../../../src/platform/sheets/sheet-limits.ts';
import { workbookRows } from '../../../src/platform/sheets/workbook.ts';
import { foldedBytes, guardedParts } from '../../../src/platform/sheets/zip-guard.ts';
import { batchesOf, csv, PEOPLE, peopleIn } from './people.fixture.ts';

type Person = SheetRecord<typeof PEOPLE.columns>;
const FORMATS: readonly SheetFormat[] = ['XLSX', 'CSV'];

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
async function* once<Row>(...rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
const written = (format: SheetFormat, language: Language, ...people: readonly Person[]): Promise<Buffer> =>
  bytesOf(writeSheet(PEOPLE, once(...people), { format, language }));
function partOf(file: Buffer, name: string): string {
  const part = guardedParts(file, SHEET_LIMITS).get(name)!;
  return inflateRawSync(foldedBytes(file, part)).toString();
}

const WANG: Person = {
  name: '王伟',
  phone: '+8613800000001',
  number: '007',
  since: '2024-01-31',
  verified: false,
  floor: 3,
  level: 'SENIOR',
  teams: ['a', 'b'],
};

describe.each(FORMATS)('a file that is written as %s', (format) => {
  it.each<Language>(['en', 'zh-CN'])('is read back as it was, headers and names in %s', async (language) => {
    const [row, ...others] = await peopleIn(await written(format, language, WANG, { name: 'Li' }));
    expect(row!.values).toEqual({ ...WANG, phone: expect.objectContaining({ e164: WANG.phone }) });
    expect(others.map(({ values }) => values!.name)).toEqual(['Li']);
  });
  it('runs nothing of what is in its cells', async () => {
    const names = ['=1+1', '+1 and more', '-5', '@SUM(A1)', '\t=1', "=cmd|' /C calc'!A0"];
    const file = await written(format, 'en', ...names.map((name) => ({ name })));
    const text = format === 'CSV' ? file.toString() : partOf(file, 'xl/worksheets/sheet1.xml');
    expect(text).not.toMatch(/<f[ >]|(^|[,"\n>])[=+\-@\t]/);
    expect((await peopleIn(file)).map(({ values }) => values!.name)).toEqual(names.map((name) => name.trim()));
  });
  it('holds what no cell can show as far as it can', async () => {
    const [row] = await peopleIn(await written(format, 'en', { name: 'a\u0001b\ud800c', number: 'x'.repeat(40_000) }));
    expect(row!.typed.name).toBe('ab\ufffdc');
    expect(row!.faults.map(({ code }) => code)).toEqual(['TOO_LONG']);
  });
  it('takes its rows as they come, and tells whoever gives them when nobody wants more', async () => {
    let given = 0;
    let isOver = false;
    async function* endless(): AsyncGenerator<readonly Person[]> {
      try {
        for (;;) yield Array.from({ length: 200 }, () => ({ name: `Person ${++given}`, number: crypto.randomUUID() }));
      } finally {
        isOver = true;
      }
    }
    let taken = 0;
    for await (const part of writeSheet(PEOPLE, endless(), { format, language: 'en' })) {
      taken += part.length;
      if (taken > 200_000) break;
    }
    expect(isOver).toBe(true);
    expect(given).toBeLessThan(60_000);
  });
  it('fails where whoever gives the rows fails', async () => {
    async function* failing(): AsyncGenerator<readonly Person[]> {
      yield [{ name: 'Wang' }];
      throw new Error('no more');
    }
    await expect(bytesOf(writeSheet(PEOPLE, failing(), { format, language: 'en' }))).rejects.toThrow('no more');
  });
});

describe('phones', () => {
  it('are dialled from a workbook as they are, and defused in a text file', async () => {
    expect(partOf(await written('XLSX', 'en', WANG), 'xl/worksheets/sheet1.xml')).toContain('<t>+8613800000001</t>');
    expect((await written('CSV', 'en', WANG)).toString()).toContain(",'+8613800000001,");
  });
});

describe('a text file that is written', () => {
  it('has the mark of its encoding, and lines as spreadsheets write them', async () => {
    expect((await written('CSV', 'zh-CN', { name: '王, 伟' })).toString()).toBe(
      '\ufeff姓名,电话,工号,入职日期,已核实,楼层,级别,团队\r\n"王, 伟",,,,,,,\r\n',
    );
  });
});

describe('a date', () => {
  it('is one in a workbook', async () => {
    const rows = [];
    for await (const { cells } of workbookRows(await written('XLSX', 'en', WANG), SHEET_LIMITS)) rows.push(cells);
    expect(rows[1]![3]).toEqual(new Date('2024-01-31'));
  });
});

describe.each(FORMATS)('rejected rows as %s', (format) => {
  const SOURCE = csv('Name,Phone,Level', 'A,1.38E+10,boss', 'B,13800000001,', "=x,'+86 1,");
  const rejected = async (language: Language): Promise<Buffer> => {
    const rows = (await peopleIn(SOURCE)).filter(({ faults }) => faults.length > 0);
    return bytesOf(writeRejected(PEOPLE, once(...rows), { format, language }));
  };
  it('stand as they were typed, each with its number and the reasons', async () => {
    const text: string[][] = [];
    const rows = format === 'XLSX' ? workbookRows(await rejected('en'), SHEET_LIMITS) : undefined;
    if (!rows) expect((await rejected('en')).toString()).toContain('Level: Is none of: Junior, Senior.');
    else for await (const { cells } of rows) text.push(cells.map(String));
    if (!rows) return;
    expect(text[0]).toEqual(['Name*', 'Phone', 'Staff number', 'Since', 'Verified', 'Floor', 'Level', 'Teams', 'Row', 'Reason']);
    expect([text[1]![1], text[1]![8]]).toEqual(['1.38E+10', '2']);
    expect(text[1]![9]).toMatch(/^Phone: A spreadsheet has rounded .*\nLevel: Is none of: Junior, Senior\.$/);
    expect(text.length).toBe(3);
  });
  it('can be read again, and say the same of what was not mended', async () => {
    const [batch] = await batchesOf(await rejected('zh-CN'));
    expect(batch!.unknown).toEqual([]);
    expect(batch!.rows.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
      ['PHONE_ROUNDED', 'NOT_A_CHOICE'],
      ['CELL_ERROR', 'NOT_A_PHONE'],
    ]);
  });
});

describe('a template', () => {
  const template = (format: SheetFormat, language: Language): Promise<Buffer> => bytesOf(sheetTemplate(PEOPLE, { format, language }));
  it.each(FORMATS)('as %s is an empty file with every column, in either language', async (format) => {
    for (const language of ['en', 'zh-CN'] as const)
      expect(await batchesOf(await template(format, language))).toEqual([
        { columns: Object.keys(PEOPLE.columns), unknown: [], unreadSheets: [], rows: [] },
      ]);
  });
  it('has cells that stay text, and lists of choices', async () => {
    const file = await template('XLSX', 'en');
    const sheet = partOf(file, 'xl/worksheets/sheet1.xml');
    const [, style] = /<c r="B2001" s="(\d+)"\/>/.exec(sheet)!;
    const styles = partOf(file, 'xl/styles.xml');
    const format = [...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf [^>]*numFmtId="(\d+)"/g)][Number(style)]![1];
    expect(styles).toContain(`numFmtId="${format}" formatCode="@"`);
    expect(sheet).toContain('<dataValidation type="list" sqref="G2:G2001"');
    expect(sheet).toContain('"Junior,Senior"');
  });
  it('explains its columns on a second page', async () => {
    const page = `${partOf(await template('XLSX', 'zh-CN'), 'xl/sharedStrings.xml')}`;
    for (const text of ['姓名*', '说明', '必填', '138 0000 0001', '可选值: 初级, 高级', '多个值以“；”分隔']) expect(page).toContain(text);
  });
});
