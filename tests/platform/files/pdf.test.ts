import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TellingPdfError, writeWithoutAuthors } from '../../../src/platform/files/pdf.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-pdf-'));
});
afterAll(() => rm(folder, { recursive: true }));

const stream = (dictionary: string, bytes: Buffer | string): string =>
  `<<${dictionary} /Length ${bytes.length}>>\nstream\n${bytes.toString('latin1')}\nendstream`;
const packed = (...objects: readonly (readonly [number, string])[]): string => {
  const places = objects.map(([number], i) => `${number} ${objects.slice(0, i).reduce((sum, [, text]) => sum + text.length + 1, 0)}`);
  const head = `${places.join(' ')} `;
  const bytes = deflateSync(Buffer.from(head + objects.map(([, text]) => text).join(' '), 'latin1'));
  return stream(`/Type /ObjStm /N ${objects.length} /First ${head.length} /Filter /FlateDecode`, bytes);
};
const PAGE = deflateSync(Buffer.from('BT /F1 12 Tf (You pay 10 yuan.) Tj ET'));
const INFO = '<</Author (Ms Drafter) /Producer (Office 16) /Title (Not below 9 yuan \\(secret\\)) /Company <FEFF004100420043>>>';
const XMP = '<?xpacket begin=""?><dc:creator>Ms Drafter</dc:creator><xmp:CreatorTool>Office 16</xmp:CreatorTool><?xpacket end="w"?>';
const DOCUMENT = {
  1: '<</Type /Catalog /Pages 2 0 R /Metadata 6 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [<</Subtype /Link /A <</URI (https://example.org)>>>>]>>',
  4: stream('/Filter /FlateDecode', PAGE),
};
/** Its catalogue leads to one object more. */
const LEADING = { ...DOCUMENT, 1: '<</Type /Catalog /Pages 2 0 R /More 9 0 R>>' };
const PROPERTIES = { 5: INFO, 6: stream('/Type /Metadata /Subtype /XML', XMP) };

/** A PDF of some objects, with the table of where each is. */
function pdf(objects: Readonly<Record<number, string>>, trailer = '/Root 1 0 R /Info 5 0 R'): Buffer {
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const table = Object.entries(objects).map(([number, object]) => {
    const at = text.length;
    text += `${number} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n ${number}\n`;
  });
  return Buffer.from(`${text}xref\n${table.join('')}trailer <<${trailer}>>\n%%EOF\n`, 'latin1');
}
const at = (): string => join(folder, randomUUID());
async function written(bytes: Buffer): Promise<string> {
  const [source, target] = [at(), at()];
  await writeFile(source, bytes);
  await writeWithoutAuthors(source, target);
  return (await readFile(target)).toString('latin1');
}

describe('a PDF without its authors', () => {
  it('says nothing of who and what has made it, and shows what it showed', async () => {
    const before = pdf({ ...DOCUMENT, ...PROPERTIES });
    const after = await written(before);
    for (const told of ['Drafter', 'Office', 'secret', 'FEFF', 'xpacket', '/Producer']) {
      expect(before.toString('latin1')).toContain(told);
      expect(after).not.toContain(told);
    }
    for (const object of Object.values(DOCUMENT)) expect(after).toContain(object);
    expect(after.match(/null/g)).toHaveLength(2);
  });
  it('has each object where it was, so that its table is right', async () => {
    const after = await written(pdf({ ...PROPERTIES, ...DOCUMENT }));
    const table = [...after.matchAll(/(\d{10}) 00000 n (\d+)/g)];
    expect(table).toHaveLength(6);
    for (const [, place, number] of table) expect(after.slice(Number(place))).toMatch(new RegExp(`^${number} 0 obj\\s`));
  });
  it('is the same however often it is written, and where it had nothing to say', async () => {
    const once = await written(pdf({ ...DOCUMENT, ...PROPERTIES }));
    expect(await written(Buffer.from(once, 'latin1'))).toBe(once);
    const silent = pdf(DOCUMENT, '/Root 1 0 R');
    expect(await written(silent)).toBe(silent.toString('latin1'));
  });
  it('loses what former trailers name as well, and what pictures and pages say of their making', async () => {
    const former = `${pdf({ 7: '<</Author (Mr Former)>>' }, '/Info 7 0 R').toString('latin1')}`;
    const silentXmp = { 9: '<</Metadata 10 0 R>>', 10: stream('', XMP) };
    const packedXmp = stream('/Type /Metadata /Filter /FlateDecode', deflateSync(Buffer.from('Ms Drafter')));
    const after = await written(
      Buffer.concat([Buffer.from(former, 'latin1'), pdf({ ...LEADING, ...PROPERTIES, 8: packedXmp, ...silentXmp })]),
    );
    expect(after).not.toMatch(/Former|Drafter/);
    expect(after.match(/null/g)).toHaveLength(5);
  });
  it('loses what nothing leads to: strings of its properties, texts that were taken out, comments of programs, what stands behind its end', async () => {
    const orphans = { 5: '<</Author 7 0 R>>', 7: '(Ms Drafter)', 8: INFO, 9: stream('', 'BT (Drafter: not below 9) Tj ET') };
    const [open, close] = ['%PDF-1.7\n', '\n% Office 16 for Ms Drafter\n'];
    const text = pdf({ ...DOCUMENT, ...orphans })
      .toString('latin1')
      .replace(open, `${open}% Ms Drafter\n`);
    const after = await written(Buffer.from(`Drafter\n${text}${close}Drafter`, 'latin1'));
    expect(after).not.toMatch(/Drafter|Office/);
    expect(after).toHaveLength(text.length + 'Drafter\n'.length + close.length + 'Drafter'.length);
    for (const object of Object.values(DOCUMENT)) expect(after).toContain(object);
  });
  it('loses what TeX says of its pictures, and what somebody said of its colours', async () => {
    const picture =
      '/Subtype /Form /PTEX.FileName (./clients/drafter \\(2\\) (new).pdf) /PTEX.PageNumber 1 /PTEX.InfoDict 10 0 R /BBox [0 0 9 9]';
    const colours = '<</Type /OutputIntent /S /GTS_PDFA1 /OutputCondition <4472> /Info (Drafter\u2019s printer) /DestOutputProfile 4 0 R>>';
    const before = pdf({
      ...LEADING,
      9: stream(picture, 'q Q (/PTEX.FileName \\(shown\\)) Tj'),
      10: INFO,
      11: colours,
      12: '<</Kids [11 0 R]>>',
    });
    const leading = Buffer.from(before.toString('latin1').replace('/More 9 0 R', '/More [9 0 R 11 0 R]'), 'latin1');
    const after = await written(leading);
    expect(after).not.toMatch(/drafter|Drafter|Office|InfoDict|4472/);
    expect(after).toHaveLength(leading.length);
    for (const kept of ['/BBox [0 0 9 9]', '/DestOutputProfile 4 0 R', '(/PTEX.FileName \\(shown\\)) Tj']) expect(after).toContain(kept);
  });
  it('keeps streams as they are, whatever they look like', async () => {
    const odd = stream('', '9 0 obj <</Subtype /Text>> endobj\n10 0 obj\n<</Author (In a picture)>>\nendobj');
    expect(await written(pdf({ ...LEADING, 9: odd }, '/Root 1 0 R /Info 10 0 R'))).toContain('In a picture');
  });
});

describe('a PDF that tells more of its making', () => {
  const marked = '<</Type /Annot /Subtype /StrikeOut /T (Ms Drafter) /Contents (Too dear?)>>';
  it.each([
    ['comments', ['COMMENTS'], pdf({ ...DOCUMENT, 9: marked })],
    ['comments that are packed', ['COMMENTS'], pdf({ ...LEADING, 9: '<</Annots [11 0 R]>>', 12: packed([10, '<<>>'], [11, marked]) })],
    ['attached files', ['ATTACHMENTS'], pdf({ ...DOCUMENT, 9: stream('/Type /EmbeddedFile', 'x') })],
    ['data of a program', ['PROGRAM_DATA'], pdf({ ...DOCUMENT, 9: '<</PieceInfo <</Drawing 10 0 R>>>>' })],
    ['a signature', ['SIGNATURE'], pdf({ ...DOCUMENT, 9: '<</Type /Sig /ByteRange [0 1 2 3]>>' })],
    ['an earlier version', ['EARLIER_VERSION'], Buffer.concat([pdf({ ...DOCUMENT }), pdf({ 4: stream('', 'BT ET') })])],
    ['an earlier version of what is packed', ['EARLIER_VERSION'], pdf({ ...DOCUMENT, 9: packed([3, '<</Type /Page>>']) })],
    ['properties that are packed', ['PACKED_PROPERTIES'], pdf({ ...DOCUMENT, 9: packed([5, INFO]) })],
    ['an encrypted one', ['ENCRYPTED'], pdf(DOCUMENT, '/Encrypt 9 0 R')],
    ['an encrypted one of streams', ['ENCRYPTED'], pdf({ ...DOCUMENT, 9: stream('/Type /XRef /Encrypt 8 0 R', 'x') }, '')],
    ['what is packed otherwise', ['UNREADABLE'], pdf({ ...DOCUMENT, 9: stream('/Type /ObjStm /First 4 /Filter /LZWDecode', 'x') })],
    ['what is packed and broken', ['UNREADABLE'], pdf({ ...DOCUMENT, 9: stream('/Type /ObjStm /First 4 /Filter /FlateDecode', 'x') })],
    ['comments whose kind stands elsewhere', ['COMMENTS'], pdf({ ...LEADING, 9: '<</Subtype 10 0 R /T (Ms Drafter)>>', 10: '/Text' })],
    ['comments by another writing of a name', ['COMMENTS'], pdf({ ...LEADING, 9: '<</Subtype /Te#78t /T (Ms Drafter)>>' })],
    ['a watermark', ['COMMENTS'], pdf({ ...LEADING, 9: '<</Subtype /Watermark /T (Ms Drafter)>>' })],
    ['a link of somebody', ['COMMENTS'], pdf({ ...LEADING, 9: '<</Subtype /Link /T (Ms Drafter)>>' })],
    [
      'what TeX knows of a picture, by another writing of a name',
      ['PROGRAM_DATA'],
      pdf({ ...LEADING, 9: stream('/PTEX#2eFileName (drafter)', 'q') }),
    ],
    ['a form that is filled in', ['FORM_VALUES'], pdf({ ...LEADING, 9: '<</FT /Tx /T (by) /V (Ms Drafter)>>' })],
    ['a form that was filled in before', ['FORM_VALUES'], pdf({ ...LEADING, 9: '<</FT /Tx /DV 10 0 R>>', 10: '(Ms Drafter)' })],
    ['what its parts are said to be', ['PROGRAM_DATA'], pdf({ ...LEADING, 9: '<</O /UserProperties /P [<</N (By) /V 7>>]>>' })],
    ['whom a signature is of', ['SIGNATURE'], pdf({ ...LEADING, 9: '<</Type /Sig /Name (Ms Drafter)>>' })],
    ['whose folder links begin with', ['PROGRAM_DATA'], pdf({ ...LEADING, 9: '<</URI <</Base (http://files/drafter/)>>>>' })],
    [
      'what is said of its colours, packed',
      ['PACKED_PROPERTIES'],
      pdf({ ...LEADING, 9: '<</Of 10 0 R>>', 12: packed([10, '<</S /GTS_PDFA1 /Info (Drafter)>>']) }),
    ],
    ['the properties of a picture', ['PROGRAM_DATA'], pdf({ ...LEADING, 9: '<</Anything 10 0 R>>', 10: INFO })],
    ['who has made a layer', ['PROGRAM_DATA'], pdf({ ...LEADING, 9: '<</Usage <</CreatorInfo <</Subtype /Artwork>>>>>>' })],
    ['an article of somebody', ['PROGRAM_DATA'], pdf({ ...LEADING, 9: '<</Threads [10 0 R]>>' })],
    ['properties in its trailer', ['PROGRAM_DATA'], pdf(DOCUMENT, '/Root 1 0 R /Info <</Author (Ms Drafter)>>')],
    ['strings that are packed, and that nothing leads to', ['PACKED_PROPERTIES'], pdf({ ...DOCUMENT, 9: packed([10, '(Ms Drafter)']) })],
    ['several of these', ['COMMENTS', 'SIGNATURE'], pdf({ ...DOCUMENT, 9: '<</ByteRange 1>>', 10: marked })],
  ])('%s: is refused, and leaves nothing', async (_, traces, bytes) => {
    const [source, target] = [at(), at()];
    await writeFile(source, bytes);
    const before = await readdir(folder);
    await expect(writeWithoutAuthors(source, target)).rejects.toThrow(TellingPdfError);
    await expect(writeWithoutAuthors(source, target)).rejects.toMatchObject({ traces });
    expect(await readdir(folder)).toEqual(before);
  });
  it('is unpacked within a bound', async () => {
    const bomb = stream('/Type /ObjStm /First 4 /Filter /FlateDecode', deflateSync(Buffer.alloc(33 * 1024 * 1024, ' ')));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(written(pdf({ ...DOCUMENT, 9: bomb }))).rejects.toMatchObject({ traces: ['UNREADABLE'] });
  });
  it.each(['/Subtype /Link', '/Subtype /Widget', '/Subtype /TextBox', '/Predictor 12'])('%s alone is none', async (text) => {
    expect(await written(pdf({ ...LEADING, 9: `<<${text}>>` }))).toContain(text);
  });
});
