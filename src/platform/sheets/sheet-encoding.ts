import { SheetRefused, sheetFault } from './sheet-fault.ts';

/** Decoded at once: a text is never there twice as a whole. */
const CHUNK = 64 * 1024;

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK) yield bytes.subarray(from, from + CHUNK);
}

function isEncodedIn(bytes: Uint8Array, encoding: string): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (const chunk of chunksOf(bytes)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The encoding that a text file is in, told by its content: a mark, else strict UTF-8, else what Chinese spreadsheets write. */
function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const found = ['utf-8', 'gb18030'].find((encoding) => isEncodedIn(bytes, encoding));
  if (!found) throw new SheetRefused(sheetFault('FILE_NO_SHEET'));
  return found;
}

/** The text of a file, piece by piece and without its mark of order. @throws SheetRefused for what is no text */
export function* textOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  for (const chunk of chunksOf(bytes)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) throw new SheetRefused(sheetFault('FILE_NO_SHEET'));
    if (text) yield text;
  }
}
