import { SheetRefused, sheetFault } from './sheet-fault.ts';
import type { SheetLimits } from './sheet-limits.ts';

// What a workbook's archive says of itself is read before anything is unfolded: by its central directory, which is what the reader goes by.

/** One part of an archive. */
export interface ZipPart {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly crc: number;
  /** In bytes, folded and unfolded. */
  readonly size: number;
  readonly unfolded: number;
  /** Where its own header begins. */
  readonly offset: number;
}

const [END, ENTRY, PART] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_LENGTH, ENTRY_LENGTH, PART_LENGTH] = [22, 46, 30];
const LONGEST_COMMENT = 0xffff;
const IS_ENCRYPTED = 1;
/** Honest worksheets of blank cells reach a hundred; what reaches deflate's thousand holds nothing. */
const MOST_TIMES = 300;
const SMALL = 2 * 1024 * 1024;

const broken = (): SheetRefused => new SheetRefused(sheetFault('FILE_BROKEN'));

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - END_LENGTH; at >= Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT); at--)
    if (bytes.readUInt32LE(at) === END) return at;
  throw broken();
}

function partAt(bytes: Buffer, at: number): readonly [part: ZipPart, next: number] {
  if (at + ENTRY_LENGTH > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw broken();
  const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
  const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number];
  const [crc, size, unfolded, offset] = [16, 20, 24, 42].map((field) => bytes.readUInt32LE(at + field)) as [number, number, number, number];
  if (flags & IS_ENCRYPTED) throw new SheetRefused(sheetFault('FILE_PROTECTED'));
  if (method !== 0 && method !== 8) throw broken();
  // Without a size of its own a part could unfold to anything.
  if (method === 0 ? size !== unfolded : unfolded === 0 && size > 2) throw broken();
  const name = bytes.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
  const part = { name, isDeflated: method === 8, crc, size, unfolded, offset };
  return [part, at + ENTRY_LENGTH + nameLength + extra + comment];
}

/**
 * The parts of a workbook's archive.
 * @throws SheetRefused where it is no archive, is damaged, has parts that lie upon each other, or unfolds to more than the limits
 */
export function guardedParts(bytes: Buffer, limits: SheetLimits): ReadonlyMap<string, ZipPart> {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > limits.parts) throw new SheetRefused(sheetFault('FILE_UNFOLDS'));
  const parts = new Map<string, ZipPart>();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    const [part, next] = partAt(bytes, at);
    if (parts.has(part.name)) throw broken();
    parts.set(part.name, part);
    at = next;
  }
  checkSizes([...parts.values()], limits);
  checkPlaces(bytes, [...parts.values()]);
  return parts;
}

function checkSizes(parts: readonly ZipPart[], { unfolded: most }: SheetLimits): void {
  const total = parts.reduce((sum, { unfolded }) => sum + unfolded, 0);
  const isBomb = parts.some(({ size, unfolded }) => unfolded > SMALL && unfolded > size * MOST_TIMES);
  if (total > most || isBomb) throw new SheetRefused(sheetFault('FILE_UNFOLDS'));
}

/** Parts that share their bytes unfold to many times what the file holds. */
function checkPlaces(bytes: Buffer, parts: readonly ZipPart[]): void {
  let free = 0;
  for (const { offset, size } of parts.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < free || offset + PART_LENGTH > bytes.length || bytes.readUInt32LE(offset) !== PART) throw broken();
    free = dataOf(bytes, offset) + size;
    if (free > bytes.length) throw broken();
  }
}

/** Where the bytes of a part begin, behind its header. */
const dataOf = (bytes: Buffer, offset: number): number =>
  offset + PART_LENGTH + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);

/** The folded bytes of a part. */
export const foldedBytes = (bytes: Buffer, { offset, size }: ZipPart): Buffer => {
  const from = dataOf(bytes, offset);
  return bytes.subarray(from, from + size);
};
