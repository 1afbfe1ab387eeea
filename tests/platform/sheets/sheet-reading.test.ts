import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { archive, rowsXml, type WrittenCell, workbook, workbookParts, worksheet } from './archive.fixture.ts';
import { batchesOf, csv, type PeopleRow, peopleIn, refusalIn } from './people.fixture.ts';

const faultsOf = (rows: readonly PeopleRow[]): string[] =>
  rows.flatMap(({ faults }) => faults.map(({ row, column, code }) => `${row} ${column} ${code}`));
const namesOf = (rows: readonly PeopleRow[]): (string | undefined)[] => rows.map(({ values }) => values?.name);

describe('headers', () => {
  it.each([
    ['in English', 'Name,Phone,Staff number'],
    ['in Chinese', '姓名,电话,工号'],
    ['mixed, of any case and width', 'ＮＡＭＥ , 手机号,staff NUMBER'],
    ['with marks', 'Name*,Phone,Staff_number'],
    ['with words', '姓名（必填）,电话,工号'],
  ])('are known %s', async (_, line) => {
    const [batch] = await batchesOf(csv(line, 'Wang,13800000001,007'));
    expect([batch!.columns, batch!.unknown]).toEqual([['name', 'phone', 'number'], []]);
    expect(batch!.rows[0]!.values).toMatchObject({ name: 'Wang', phone: { e164: '+8613800000001' }, number: '007' });
  });
  it('stand in any order, and those that nobody knows are told', async () => {
    const [batch] = await batchesOf(csv('Shoe size,Phone,,Name,Remark', '43,13800000001,x,Wang,y'));
    expect(batch!.columns).toEqual(['phone', 'name']);
    expect(batch!.unknown).toEqual([
      { letter: 'A', header: 'Shoe size' },
      { letter: 'E', header: 'Remark' },
      { letter: 'C', header: '' },
    ]);
    expect(batch!.rows[0]!.typed).toEqual({ '@A': '43', phone: '13800000001', '@C': 'x', name: 'Wang', '@E': 'y' });
    expect(batch!.rows[0]!.values!.name).toBe('Wang');
  });
  it.each([
    ['Name,Phone,Name', ['COLUMN_TWICE 1 name']],
    ['Name,姓名', ['COLUMN_TWICE 1 name']],
    ['Phone,手机号', ['COLUMN_TWICE 1 phone', 'COLUMN_MISSING 1 name']],
    ['Phone', ['COLUMN_MISSING 1 name']],
    ['Wang,13800000001', ['COLUMN_MISSING 1 name']],
  ])('are refused: %s', async (line, refusals) => {
    expect((await refusalIn(csv(line, 'x,y,z'))).sort()).toEqual(refusals.sort());
    expect((await refusalIn(workbook(line.split(','), ['x', 'y', 'z']))).sort()).toEqual(refusals.sort());
  });
  it('are the first row that has something in it', async () => {
    expect((await peopleIn(csv('', ',,', 'Name', 'Wang'))).map(({ row }) => row)).toEqual([4]);
    expect((await peopleIn(workbook(null, [null, ''], ['Name'], ['Wang']))).map(({ row }) => row)).toEqual([4]);
  });
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['empty lines', csv('', ' ', ',')],
  ])('are missed in %s', async (_, file) => {
    expect(await refusalIn(file)).toEqual(['FILE_EMPTY']);
  });
  it('are missed in an empty worksheet, which is named', async () => {
    await expect(batchesOf(workbook())).rejects.toMatchObject({
      faults: [{ code: 'SHEET_EMPTY', message: { en: expect.stringContaining('“S”') } }],
    });
  });
});

describe('rows', () => {
  it('keep their numbers where empty ones are skipped', async () => {
    expect((await peopleIn(csv('Name', 'A', '', ',,', 'B', '', 'C', ''))).map(({ row, values }) => [row, values!.name])).toEqual([
      [2, 'A'],
      [5, 'B'],
      [7, 'C'],
    ]);
    expect((await peopleIn(workbook(['Name'], ['A'], null, [' '], ['B']))).map(({ row }) => row)).toEqual([2, 5]);
  });
  it('keep their numbers where a cell has several lines', async () => {
    expect((await peopleIn(csv('Name,Teams', 'A,"x\r\ny"', 'B,'))).map(({ row, values }) => [row, values!.teams])).toEqual([
      [2, ['x', 'y']],
      [3, undefined],
    ]);
  });
  it('are read by kind in a workbook', async () => {
    const [row] = await peopleIn(
      workbook(
        ['Name', 'Phone', 'Staff number', 'Since', 'Verified', 'Floor', 'Level', 'Teams'],
        ['Wang', 13800000001, '007', { serial: 45000 }, true, 3, '高级', 'a； b、c;;d\ne'],
      ),
    );
    expect(row!.values).toEqual({
      name: 'Wang',
      phone: expect.objectContaining({ e164: '+8613800000001' }),
      number: '007',
      since: '2023-03-15',
      verified: true,
      floor: 3,
      level: 'SENIOR',
      teams: ['a', 'b', 'c', 'd', 'e'],
    });
  });
  it('are rejected each with what is wrong in it, and the others are read', async () => {
    const rows = await peopleIn(csv('Name,Phone,Since', 'A,1.38E+10,2024-01-31', ',13800000001,tomorrow', 'C,13800000001,'));
    expect(faultsOf(rows)).toEqual(['2 phone PHONE_ROUNDED', '3 name REQUIRED', '3 since NOT_A_DATE']);
    expect(namesOf(rows)).toEqual([undefined, undefined, 'C']);
    expect(rows[0]!.typed).toEqual({ name: 'A', phone: '1.38E+10', since: '2024-01-31' });
    expect(rows[0]!.faults[0]!.message).toEqual({ en: expect.stringMatching(/rounded/), 'zh-CN': expect.stringMatching(/四舍五入/) });
  });
  it.each<[string, WrittenCell, string]>([
    ['a phone that is a round number', 13_800_000_000, '1.38E+10'],
    ['a phone of a number with a fraction', 13_800_000_000.5, '1.38000000005E+10'],
    ['a phone that is a date', { serial: 45000 }, '2023-03-15'],
  ])('are refused again untouched: %s', async (_, cell, shown) => {
    const [row] = await peopleIn(workbook(['Name', 'Phone'], ['A', cell]));
    expect(row!.typed.phone).toBe(shown);
    const [again] = await peopleIn(workbook(['Name', 'Phone'], ['A', row!.typed.phone!]));
    expect(faultsOf([again!])).toEqual(faultsOf([row!]));
  });
  it.each<[string, WrittenCell, string]>([
    ['a number of too many digits', 1234567890123456, 'NUMBER_ROUNDED'],
    ['a text that has become a date', { serial: 45000 }, 'TEXT_IS_DATE'],
    ['what no text is made of', `a${'\u0301'.repeat(60)}`, 'UNREADABLE'],
  ])('are refused again untouched: %s', async (_, cell, code) => {
    const [row] = await peopleIn(workbook(['Name', 'Staff number'], ['A', cell]));
    expect(faultsOf([row!])).toEqual([`2 number ${code}`]);
    expect(faultsOf(await peopleIn(workbook(['Name', 'Staff number'], ['A', row!.typed.number!])))).not.toEqual([]);
  });
  it('keep all of what is right in them to be sent again', async () => {
    const teams = Array.from({ length: 20 }, (_, i) => `${i}`.padStart(60, 'x')).join(';');
    const [row] = await peopleIn(csv('Name,Phone,Teams', `A,1,${teams}`));
    expect(row!.typed).toEqual({ name: 'A', phone: '1', teams });
  });
  it('have nothing in a cell in which nothing is seen', async () => {
    expect(faultsOf(await peopleIn(csv('Name,Phone,Staff number', '\u200b\u2060,13800000001,\u200b', '\u200b,,')))).toEqual([
      '2 name REQUIRED',
    ]);
  });
  it('name the choices, and the length, where these are missed', async () => {
    const [row] = await peopleIn(csv('Name,Level', `${'x'.repeat(21)},boss`));
    expect(row!.faults.map(({ message }) => message.en)).toEqual(['Has more than 20 characters.', 'Is none of: Junior, Senior.']);
    expect(row!.faults[1]!.message['zh-CN']).toBe('可选值为：初级, 高级。');
  });
  it('may be shorter and longer than the headers', async () => {
    const [batch] = await batchesOf(csv('Name,Phone', 'A', 'B,,,more,and more'));
    expect(namesOf(batch!.rows)).toEqual(['A', 'B']);
    expect(batch!.unknown).toEqual([
      { letter: 'D', header: '' },
      { letter: 'E', header: '' },
    ]);
    expect(batch!.rows[1]!.typed).toEqual({ name: 'B', phone: '', '@D': 'more', '@E': 'and more' });
  });
  it('with ten megabytes in one cell are rejected, or the file is', async () => {
    const cell = Array.from({ length: 1_250_000 }, (_, i) =>
      ((i * 2_654_435_761) % 4_294_967_296).toString(36).padStart(8, 'x').slice(0, 8),
    ).join('');
    expect(cell.length).toBe(10_000_000);
    expect(await refusalIn(csv('Name', 'A', cell))).toEqual(['TOO_LONG 3']);
    const rows = await peopleIn(workbook(['Name'], ['A'], [cell], ['B']));
    expect(faultsOf(rows)).toEqual(['3 name TOO_LONG']);
    expect(rows[1]!.typed.name!.length).toBeLessThan(1_000);
  });
  it('are no more than there may be', async () => {
    const limits = { rows: 3 };
    expect(namesOf(await peopleIn(csv('Name', 'A', '', 'B', 'C'), limits))).toEqual(['A', 'B', 'C']);
    expect(await refusalIn(csv('Name', 'A', '', 'B', 'C', 'D'), limits)).toEqual(['TOO_MANY_ROWS']);
    expect(await refusalIn(workbook(['Name'], ['A'], ['B'], ['C'], ['D']), limits)).toEqual(['TOO_MANY_ROWS']);
    expect(namesOf(await peopleIn(csv('Name', 'A', '', ','), { emptyRows: 2 }))).toEqual(['A']);
    expect(await refusalIn(csv('Name', 'A', '', ',', '\u200b', 'B'), { emptyRows: 2 })).toEqual(['TOO_MANY_EMPTY_ROWS']);
  });
  it('come in batches, in order, and as they are taken', async () => {
    const lines = Array.from({ length: 1001 }, (_, i) => `P${i}`);
    const batches = await batchesOf(csv('Name', ...lines));
    expect(batches.map(({ rows }) => rows.length)).toEqual([200, 200, 200, 200, 200, 1]);
    expect(namesOf(batches.flatMap(({ rows }) => rows))).toEqual(lines);
  });
  it('need no more than the headers to be there', async () => {
    expect(await batchesOf(csv('Name'))).toEqual([{ columns: ['name'], unknown: [], unreadSheets: [], rows: [] }]);
  });
});

describe('formulas', () => {
  const formula = (text: string, result: string): WrittenCell => ({ xml: `<c t="str"><f>${text}</f>${result}</c>` });
  it('of a workbook are taken by the result that was kept, and never computed', async () => {
    const rows = await peopleIn(
      workbook(['Name'], [formula('A1&amp;B1', '<v>Wang</v>')], [formula('WEBSERVICE("https://example.com/a")', '<v>Li</v>')]),
    );
    expect(namesOf(rows)).toEqual(['Wang', 'Li']);
  });
  it('without a result are rejected with their row, also where the cell may be empty', async () => {
    const rows = await peopleIn(
      workbook(
        ['Name', 'Staff number'],
        ['A', formula('B1', '')],
        ['B', { xml: '<c t="str"><f>B1</f><v></v></c>' }],
        [{ xml: '<c r="A4"><f t="shared" si="0"/></c>' }, 'x'],
        ['D', null],
      ),
    );
    expect(faultsOf(rows)).toEqual(['2 number FORMULA', '4 name FORMULA']);
  });
  it('of a text file are rejected, but for the way to keep zeros', async () => {
    const rows = await peopleIn(
      csv('Name,Staff number,Phone', 'A,"=""007""",\'+8613800000001', 'B,=1+1,', '"=WEBSERVICE(""x"")",1,', "C,'=kept,"),
    );
    expect(faultsOf(rows)).toEqual(['3 number FORMULA', '4 name FORMULA']);
    expect(rows[0]!.values).toMatchObject({ number: '007', phone: { e164: '+8613800000001' } });
    expect(rows[3]!.values!.number).toBe('=kept');
  });
  it('that ended in an error are rejected', async () => {
    const rows = await peopleIn(workbook(['Name', 'Floor'], ['A', { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' }], ['#hash', '#REF!']));
    expect(faultsOf(rows)).toEqual(['2 floor CELL_ERROR', '3 floor CELL_ERROR']);
  });
});

describe('worksheets', () => {
  it('beside the first are told where something stands in them, but for the pages of a template', async () => {
    const rows = [['Name'], ['Wang']];
    const file = await writeXlsx({
      sheets: [
        { name: 'People', rows },
        { name: 'Old & new', rows },
        { name: 'Blank', rows: [] },
        { name: 'Explanations', rows },
        { name: '可选值', rows },
        { name: '2025', rows: [['x']] },
      ],
    });
    const [batch] = await batchesOf(Buffer.from(file));
    expect([namesOf(batch!.rows), batch!.unreadSheets]).toEqual([['Wang'], ['Old & new', '2025']]);
  });
  it('with merged cells are refused, with where they are', async () => {
    const sheet = worksheet(
      rowsXml([
        ['Name', 'Teams'],
        ['A', 'x'],
        ['B', null],
      ]),
      '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
    );
    expect(await refusalIn(archive(workbookParts(sheet)))).toEqual(['CELLS_MERGED 2']);
  });
  it('with shared strings, rich text and cells out of order are read', async () => {
    const shared =
      '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Name</t></si><si><r><t>Wa</t></r><r><t>ng</t></r></si></sst>';
    const data = '<row r="1"><c r="B1" t="s"><v>0</v></c></row><row r="3"><c r="C3"><v>9</v></c><c r="B3" t="s"><v>1</v></c></row>';
    expect((await peopleIn(archive(workbookParts(data, shared)))).map(({ row, values }) => [row, values!.name])).toEqual([[3, 'Wang']]);
  });
  it('of 60,000 columns are refused, and text files too', async () => {
    const cells = Array.from({ length: 60_000 }, (_, i) => `h${i}`);
    expect(await refusalIn(workbook(cells))).toEqual(['TOO_MANY_COLUMNS 1']);
    expect(await refusalIn(archive(workbookParts(rowsXml([['Name']]).replace('<c t', '<c r="XFD1" t'))))).toEqual(['TOO_MANY_COLUMNS 1']);
    expect(await refusalIn(csv(cells.join()))).toEqual(['TOO_MANY_COLUMNS 1']);
  });
});
