import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import type { SheetLimits } from './sheet-limits.ts';
import { foldedBytes, type ZipPart } from './zip-guard.ts';

// What the reader of workbooks does not tell: merged cells, formulas without a result, rows that are too wide to be taken apart, a part that
// is cut off. The worksheet is gone through once before it, tag by tag, in pieces.

/** Keys of cells (`cellKey`) that hold a formula and no result. */
export type FormulasWithoutResult = ReadonlySet<number>;

const COLUMNS_OF_A_SPREADSHEET = 16_384;
/** @param row as the spreadsheet counts @param column 0 for A */
export const cellKey = (row: number, column: number): number => row * COLUMNS_OF_A_SPREADSHEET + column;

/** Longer than any tag of a worksheet: whoever looks for its end looks again with each piece. */
const LONGEST_TAG = 16 * 1024;
const TAG = /<(\/?)(?:[\w.-]+:)?(sheetData|mergeCell|row|c|f|v|is)(?=[\s/>])([^>]*)>/g;
const REFERENCE = /\sr\s*=\s*["']([A-Z]{1,4})(\d{1,8})["']/;
const ROW = /\sr\s*=\s*["'](\d{1,8})["']/;
const RANGE = /\sref\s*=\s*["']([A-Z0-9:$]{1,30})["']/;

const broken = (): SheetRefused => new SheetRefused(sheetFault('FILE_BROKEN'));

/** The text of a part as it unfolds; its length and checksum are what the archive says. */
async function* unfolding(bytes: Buffer, part: ZipPart): AsyncGenerator<string> {
  const folded = foldedBytes(bytes, part);
  const decoder = new TextDecoder('utf-8');
  let [length, sum] = [0, 0];
  const stream = part.isDeflated ? Readable.from([folded]).pipe(createInflateRaw()) : Readable.from([folded]);
  for await (const piece of stream as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > part.unfolded) throw broken();
    sum = crc32(piece, sum);
    yield decoder.decode(piece, { stream: true });
  }
  if (length !== part.unfolded || sum !== part.crc) throw broken();
}

const columnOf = (letters: string): number => [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Goes through a worksheet's tags. */
class TagWalk {
  readonly formulas = new Set<number>();
  isWhole = false;
  #row = 0;
  #column = -1;
  #cells = 0;
  #hasFormula = false;
  #hasValue = false;
  readonly #limits: SheetLimits;

  constructor(limits: SheetLimits) {
    this.#limits = limits;
  }

  take(closes: boolean, name: string, attributes: string): void {
    const isEmpty = attributes.endsWith('/');
    if (name === 'sheetData') this.isWhole ||= closes || isEmpty;
    else if (name === 'mergeCell' && !closes) this.#refuseMerged(attributes);
    else if (name === 'row' && !closes) this.#beginRow(attributes);
    else if (name === 'c') this.#cell(closes, isEmpty, attributes);
    else if (name === 'f') this.#hasFormula = true;
    else if (!closes) this.#hasValue ||= !isEmpty;
  }

  #refuseMerged(attributes: string): never {
    const row = Number(/\d+/.exec(RANGE.exec(attributes)?.[1] ?? '')?.[0] ?? this.#row);
    throw new SheetRefused(sheetFault('CELLS_MERGED', { row }, { range: RANGE.exec(attributes)?.[1] ?? '' }));
  }

  #beginRow(attributes: string): void {
    const row = ROW.exec(` ${attributes}`)?.[1];
    this.#row = row === undefined ? this.#row + 1 : Number(row);
    this.#column = -1;
    this.#cells = 0;
  }

  #cell(closes: boolean, isEmpty: boolean, attributes: string): void {
    if (!closes) this.#beginCell(attributes);
    if (!closes && !isEmpty) return;
    if (this.#hasFormula && !this.#hasValue) this.formulas.add(cellKey(this.#row, this.#column));
    this.#hasFormula = false;
    this.#hasValue = false;
  }

  #beginCell(attributes: string): void {
    const letters = REFERENCE.exec(` ${attributes}`)?.[1];
    this.#column = letters === undefined ? this.#column + 1 : columnOf(letters);
    this.#cells += 1;
    const { columns } = this.#limits;
    if (this.#cells > columns || this.#column >= columns)
      throw new SheetRefused(sheetFault('TOO_MANY_COLUMNS', { row: this.#row }, { most: columns }));
  }
}

/** @throws SheetRefused for a worksheet that is cut off, damaged, too wide, or has merged cells */
export async function guardWorksheet(bytes: Buffer, part: ZipPart, limits: SheetLimits): Promise<FormulasWithoutResult> {
  const walk = new TagWalk(limits);
  let rest = '';
  for await (const piece of unfolding(bytes, part)) {
    const text = rest + piece;
    // Comments, sections and declared entities are no part of a worksheet, and a parser's time is spent in them.
    if (/<!/.test(text)) throw broken();
    const end = text.lastIndexOf('>') + 1;
    for (const [, closes, name, attributes] of text.slice(0, end).matchAll(TAG)) walk.take(closes === '/', name!, attributes!);
    const open = text.indexOf('<', end);
    rest = open < 0 ? '' : text.slice(open);
    if (rest.length > LONGEST_TAG) throw broken();
  }
  if (!walk.isWhole) throw broken();
  return walk.formulas;
}

/** Of sheets, or of where they lie. */
const LARGEST_LIST = 256 * 1024;

const textOf = (bytes: Buffer, part: ZipPart | undefined): string => {
  if (!part || part.unfolded > LARGEST_LIST) throw broken();
  const folded = foldedBytes(bytes, part);
  return (part.isDeflated ? inflateRawSync(folded, { maxOutputLength: Math.max(1, part.unfolded) }) : folded).toString('utf8');
};

/** A worksheet of a workbook, as the workbook calls it. */
export interface NamedPart {
  readonly name: string;
  readonly part: ZipPart;
}
const SHEETS = /<(?:\w+:)?sheet\s[^<>]*>/g;
const attribute = (tag: string, name: RegExp): string => name.exec(tag)?.[1] ?? '';
/** The parts that hold worksheets, in the order of the workbook: the first is the one that is read. @throws SheetRefused where it is not there */
export function worksheetParts(bytes: Buffer, parts: ReadonlyMap<string, ZipPart>): NamedPart[] {
  const relations = [...textOf(bytes, parts.get('xl/_rels/workbook.xml.rels')).matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/g)];
  const targets = new Map(
    relations.map(([tag]) => [attribute(tag, /\sId\s*=\s*["']([^"']+)["']/), attribute(tag, /\sTarget\s*=\s*["']([^"']+)["']/)]),
  );
  const found = [...textOf(bytes, parts.get('xl/workbook.xml')).matchAll(SHEETS)].map(([tag]) => {
    const target = targets.get(attribute(tag, /[\s:]id\s*=\s*["']([^"']+)["']/)) ?? '';
    const name = plainText(attribute(tag, /\sname\s*=\s*"([^"]*)"/) || attribute(tag, /\sname\s*=\s*'([^']*)'/));
    return { name, part: parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`) };
  });
  if (!found[0]?.part) throw broken();
  return found.flatMap(({ name, part }) => (part ? [{ name, part }] : []));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LONGEST_NAME = 31;
/** The name of a worksheet, out of XML. */
const plainText = (xml: string): string =>
  xml
    .replaceAll(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .slice(0, LONGEST_NAME)
    .toWellFormed();

const CONTENT = /<(?:[\w.-]+:)?(?:v|is)[\s>]/;
/** Whether a cell of a worksheet has a value. @throws SheetRefused where it is damaged */
export async function holdsSomething(bytes: Buffer, part: ZipPart): Promise<boolean> {
  let rest = '';
  for await (const piece of unfolding(bytes, part)) {
    if (CONTENT.test(rest + piece)) return true;
    rest = piece.slice(-LONGEST_TAG);
  }
  return false;
}
