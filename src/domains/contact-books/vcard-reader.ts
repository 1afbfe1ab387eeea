import { linesOf } from './vcard-lines.ts';
import { isInFile } from './vcard-photo.ts';
import { type Property, propertyOf } from './vcard-text.ts';

/** What is wrong with an entry as a whole. */
export type EntryFault = 'NO_END' | 'LINE_TOO_LONG' | 'TOO_MANY_LINES';
/** One entry of a phone book. */
export interface Entry {
  readonly properties: readonly Property[];
  readonly fault?: EntryFault;
  /** Its picture, where that lies in the file; without bytes where it is too long a line. */
  readonly photo?: Property;
}
/** They are no texts, however long they are. */
const BYTES = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);
const MOST_OF_A_TEXT = 64 * 1024;
/** Lines of an entry: whatever is behind them is none of it. */
const MOST_LINES = 1_000;

/**
 * Entries of a phone book of any version, one by one: one that is broken does not harm the others. What stands between them is not read.
 * @param bytes in UTF-8, the charset that each line names, or UTF-16 with its mark
 */
export async function* entriesOf(bytes: Buffer): AsyncGenerator<Entry> {
  let open: Property[] | undefined;
  let fault: EntryFault | undefined;
  let photo: Property | undefined;
  for await (const { text, isTooLong } of linesOf(inBytes(bytes))) {
    const mark = text.length < 20 ? text.trim().toUpperCase().replaceAll(' ', '') : '';
    if (mark === 'BEGIN:VCARD') {
      if (open) yield { properties: open, fault: 'NO_END', photo };
      [open, fault, photo] = [[], undefined, undefined];
    } else if (mark === 'END:VCARD') {
      if (open) yield { properties: open, fault, photo };
      open = undefined;
    } else if (open) {
      const property = propertyOf(text);
      if (property?.name === 'PHOTO' && isInFile(property)) photo ??= isTooLong ? { ...property, raw: '' } : property;
      if (!property || BYTES.has(property.name)) continue;
      if (isTooLong || text.length > MOST_OF_A_TEXT) fault ??= 'LINE_TOO_LONG';
      else if (open.length === MOST_LINES) fault ??= 'TOO_MANY_LINES';
      else open.push(property);
    }
  }
  if (open) yield { properties: open, fault: fault ?? 'NO_END', photo };
}

/** UTF-16 is read as UTF-8; the mark of UTF-8 is not part of the first line. */
function inBytes(bytes: Buffer): Buffer {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(new TextDecoder('utf-16le').decode(bytes));
  if (first === 0xfe && second === 0xff) return Buffer.from(new TextDecoder('utf-16be').decode(bytes));
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}
