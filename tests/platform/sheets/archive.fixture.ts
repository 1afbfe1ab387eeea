import { crc32, deflateRawSync } from 'node:zlib';

// Archives written byte by byte, so that they can lie.

/** One part, and what is said of it where that is not the truth. */
export interface ArchivedPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly isStored?: boolean;
  readonly saysUnfolded?: number;
  readonly saysCrc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** Points at the bytes of this part of the archive instead of its own. */
  readonly sharesWith?: number;
}

function numbers(...fields: readonly (readonly [size: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([size, value]) => {
      const bytes = Buffer.alloc(size);
      if (size === 2) bytes.writeUInt16LE(value);
      else bytes.writeUInt32LE(value);
      return bytes;
    }),
  );
}

export function archive(parts: readonly ArchivedPart[]): Buffer {
  const [locals, entries]: [Buffer[], Buffer[]] = [[], []];
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content as string);
    const folded = part.isStored ? content : deflateRawSync(content, { level: 9 });
    const name = Buffer.from(part.name);
    const method = part.method ?? (part.isStored ? 0 : 8);
    const facts = numbers([4, part.saysCrc ?? crc32(content)], [4, folded.length], [4, part.saysUnfolded ?? content.length]);
    const local = Buffer.concat([
      numbers([4, 0x04034b50], [2, 20], [2, part.flags ?? 0], [2, method], [4, 0]),
      facts,
      numbers([2, name.length], [2, 0]),
      name,
      folded,
    ]);
    offsets.push(at);
    const offset = part.sharesWith === undefined ? at : offsets[part.sharesWith]!;
    const rest = numbers([2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    entries.push(Buffer.concat([numbers([4, 0x02014b50], [2, 20], [2, 20], [2, part.flags ?? 0], [2, method], [4, 0]), facts, rest, name]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, parts.length], [2, parts.length], [4, directory.length], [4, at], [2, 0]);
  return Buffer.concat([...locals, directory, end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

/** Parts of a workbook with one worksheet. @param sheet the worksheet, or what is between its tags of data */
export function workbookParts(sheet: string, sharedStrings?: string): ArchivedPart[] {
  const data = sheet.startsWith('<?xml') ? sheet : worksheet(sheet);
  const shared = sharedStrings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: sharedStrings }];
  return [
    { name: '[Content_Types].xml', content: `<Types xmlns="${PACKAGE}/content-types"/>` },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}${relation('rId3', 'styles', 'styles.xml')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    },
    ...shared,
    { name: 'xl/worksheets/sheet1.xml', content: data },
  ];
}

export const worksheet = (data: string, after = ''): string =>
  `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData>${after}</worksheet>`;

/** A cell as it is written in a worksheet: text, a number, a date (as a serial number), or XML of its own. */
export type WrittenCell = string | number | boolean | null | { readonly xml: string } | { readonly serial: number };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
function cellXml(cell: WrittenCell): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'string') return `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  return 'xml' in cell ? cell.xml : `<c s="1"><v>${cell.serial}</v></c>`;
}
/** Rows of a worksheet; null leaves a row out, and the numbers of those below go on. */
export const rowsXml = (rows: readonly (readonly WrittenCell[] | null)[]): string =>
  rows.map((cells, i) => (cells ? `<row r="${i + 1}">${cells.map(cellXml).join('')}</row>` : '')).join('');

/** A workbook with these rows. */
export const workbook = (...rows: readonly (readonly WrittenCell[] | null)[]): Buffer => archive(workbookParts(rowsXml(rows)));
