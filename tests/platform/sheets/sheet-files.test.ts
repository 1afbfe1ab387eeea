import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ArchivedPart, archive, rowsXml, workbookParts, worksheet } from './archive.fixture.ts';
import { csv, peopleIn, refusalIn } from './people.fixture.ts';

const GOOD = workbookParts(rowsXml([['Name'], ['Wang']]));
const changed = (name: string, change: Partial<ArchivedPart>): ArchivedPart[] =>
  GOOD.map((part) => (part.name === name ? { ...part, ...change } : part));
const SHEET = 'xl/worksheets/sheet1.xml';
const sheetOf = (content: string): Buffer => archive(changed(SHEET, { content }));
const namesIn = async (file: Buffer): Promise<(string | undefined)[]> => (await peopleIn(file)).map(({ values }) => values?.name);

describe('a text file', () => {
  const GB = Buffer.from('d0d5c3fb2cb5e7bbb00d0acdf5ceb02c3133383030303030303031', 'hex'); // 姓名,电话 ↵ 王伟,13800000001
  it.each([
    ['UTF-8', Buffer.from('姓名,电话\r\n王伟,13800000001')],
    ['UTF-8 with its mark', Buffer.from('\ufeff姓名,电话\r\n王伟,13800000001')],
    ['GB18030', GB],
    ['UTF-16', Buffer.from('\ufeff姓名\t电话\r\n王伟\t13800000001', 'utf16le')],
    ['UTF-8 with line feeds', Buffer.from('姓名,电话\n王伟,13800000001\n')],
    ['UTF-8 with semicolons', Buffer.from('姓名;电话\n王伟;13800000001')],
    ['UTF-8 with tabs and quotes', Buffer.from('"姓名"\t"电话"\n"王伟"\t13800000001')],
  ])('in %s is read', async (_, file) => {
    expect((await peopleIn(file)).map(({ values }) => [values!.name, values!.phone!.e164])).toEqual([['王伟', '+8613800000001']]);
  });
  it('in GB18030 is told from UTF-8 however far down it first differs', async () => {
    const ascii = csv('Name', ...Array.from({ length: 12_000 }, () => 'Any Name'), '');
    expect((await namesIn(Buffer.concat([ascii, Buffer.from('cdf5', 'hex')]))).at(-1)).toBe('王');
  });
  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
    ['noise', Buffer.concat([Buffer.from([0xff]), randomBytes(50_000)])],
    ['zeros', Buffer.alloc(10_000)],
  ])('that is %s is none', async (_, file) => {
    expect(await refusalIn(file)).toEqual(['FILE_NO_SHEET']);
  });
  it.each([
    ['is not closed', csv('Name', 'A', '"B', 'C'), 'QUOTES_BROKEN 3'],
    ['stands within a cell', csv('Name', 'A', 'B "C" D'), 'QUOTES_BROKEN 3'],
    ['takes in all that follows', Buffer.from(`Name\n"${'x,y\n'.repeat(400_000)}`), 'TOO_LONG 2'],
  ])('where a quote %s is refused with the row', async (_, file, refusal) => {
    expect(await refusalIn(file)).toEqual([refusal]);
  });
});

describe('a workbook', () => {
  it('that is whole is read, its parts folded or stored', async () => {
    expect(await namesIn(archive(GOOD))).toEqual(['Wang']);
    expect(await namesIn(archive(GOOD.map((part) => ({ ...part, isStored: true }))))).toEqual(['Wang']);
  });
  it('of an old kind, or with a password, is refused', async () => {
    expect(await refusalIn(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]))).toEqual(['FILE_PROTECTED']);
    expect(await refusalIn(archive(changed(SHEET, { flags: 1 })))).toEqual(['FILE_PROTECTED']);
  });
  it.each<[string, () => Buffer]>([
    ['cut off', () => archive(GOOD).subarray(0, 900)],
    ['without its end', () => archive(GOOD).subarray(0, -30)],
    ['nothing but its beginning', () => Buffer.from('504b0304', 'hex')],
    ['an archive of something else', () => archive([{ name: 'a.txt', content: 'a' }])],
    ['without its worksheet', () => archive(GOOD.slice(0, -1))],
    ['without its list of worksheets', () => archive(GOOD.filter(({ name }) => name !== 'xl/workbook.xml'))],
    ['changed in a byte', () => archive(changed(SHEET, { saysCrc: 1 }))],
    ['packed in an unknown way', () => archive(changed(SHEET, { method: 14 }))],
    ['with a part twice', () => archive([...GOOD, GOOD[0]!])],
    ['with parts that share their bytes', () => archive([...GOOD, { ...GOOD[0]!, name: 'b', sharesWith: 0 }])],
    [
      'with a worksheet that ends in the middle',
      () => sheetOf('<?xml version="1.0"?><worksheet><sheetData><row><c t="inlineStr"><is><t>Na'),
    ],
    ['with a worksheet that is no XML', () => sheetOf('Name,Phone')],
    ['with entities of its own', () => sheetOf(`<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${worksheet(rowsXml([['&b;']]))}`)],
    ['with a tag that never ends', () => sheetOf(worksheet(`<row a="${'x'.repeat(40_000)}"><c/></row>`))],
    ['with rows of no number', () => sheetOf(worksheet('<row r="one"><c t="str"><v>Name</v></c></row>'))],
    [
      'that says less than it unfolds to',
      () => archive(changed(SHEET, { content: worksheet(rowsXml([['Name'], ['x'.repeat(50_000)]])), saysUnfolded: 1_000 })),
    ],
    ['that says nothing of its size', () => archive(changed(SHEET, { saysUnfolded: 0 }))],
  ])('%s is refused', async (_, file) => {
    expect(await refusalIn(file())).toEqual(['FILE_BROKEN']);
  });
  it.each<[string, () => Buffer]>([
    ['of 60 megabytes of nothing', () => sheetOf(worksheet(' '.repeat(60_000_000)))],
    [
      'of many parts of a megabyte',
      () => archive([...GOOD, ...Array.from({ length: 70 }, (_, i) => ({ name: `p${i}`, content: 'a'.repeat(1_000_000) }))]),
    ],
    ['of very many parts', () => archive([...GOOD, ...Array.from({ length: 600 }, (_, i) => ({ name: `p${i}`, content: 'a' }))])],
    ['that says it unfolds to four gigabytes', () => archive(changed(SHEET, { saysUnfolded: 0xffff_ffff }))],
  ])('%s is refused as a bomb', async (_, file) => {
    expect(await refusalIn(file())).toEqual(['FILE_UNFOLDS']);
  });
});
