import { open, readFile, stat } from 'node:fs/promises';
import type { PictureKind } from './picture.ts';

/** Kinds of file that can be told by their content, and the type that each is served as. */
export const FILE_KINDS = {
  PNG: 'image/png',
  JPEG: 'image/jpeg',
  GIF: 'image/gif',
  WEBP: 'image/webp',
  PDF: 'application/pdf',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  DOCX: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  PPTX: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ZIP: 'application/zip',
  MP3: 'audio/mpeg',
  MP4: 'video/mp4',
  CSV: 'text/csv',
  TEXT: 'text/plain',
} as const;
export type FileKind = keyof typeof FILE_KINDS;

const PICTURES: ReadonlySet<FileKind> = new Set(['PNG', 'JPEG', 'GIF', 'WEBP']);
export const isPicture = (kind: FileKind): kind is PictureKind => PICTURES.has(kind);
/** Tables and prose are written alike: which of them a text is, only its sender can say. */
const TEXTS: ReadonlySet<FileKind> = new Set(['CSV', 'TEXT']);
export const isText = (kind: FileKind): boolean => TEXTS.has(kind);

/** What browsers and systems call the same. */
const ALIASES: Readonly<Record<string, FileKind>> = {
  'image/jpg': 'JPEG',
  'image/pjpeg': 'JPEG',
  'application/x-zip-compressed': 'ZIP',
  'audio/mp3': 'MP3',
  'application/csv': 'CSV',
  'text/x-csv': 'CSV',
  'text/vcard': 'TEXT',
  'text/x-vcard': 'TEXT',
  'text/directory': 'TEXT',
};
const BY_TYPE: ReadonlyMap<string, FileKind> = new Map([
  ...Object.entries(FILE_KINDS).map(([kind, type]) => [type as string, kind as FileKind] as const),
  ...Object.entries(ALIASES),
]);

/** The kind of a media type, whatever its parameters; undefined for types that are not taken at all. */
export const kindOfType = (mimeType: string): FileKind | undefined => BY_TYPE.get(mimeType.split(';', 1)[0]!.trim().toLowerCase());

/** What a file is by its content; undefined for what is not known, or could run where it is opened (HTML, SVG, other markup). */
export async function kindOfContent(path: string): Promise<FileKind | undefined> {
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path);
  if (found) return BY_TYPE.get(found.mime);
  return (await isPlainText(path)) ? 'TEXT' : undefined;
}

/** Whether content that was found to be of a kind is what its sender called it. */
export const isAsTold = (found: FileKind | undefined, told: FileKind): boolean =>
  found !== undefined && (found === told || (TEXTS.has(found) && TEXTS.has(told)));

const MARKUP = /^[\uFEFF\s]*<(?:[!?]|\/?[a-z])/i;
const CONTROLS = /[\u0000-\u0008\u000B\u000E-\u001F\u007F]/;
const LOOKED_AT = 64 * 1024;

const [LITTLE_ENDIAN, BIG_ENDIAN] = [0xfffe, 0xfeff];
/** What a text may be written in: UTF-16 has a mark at its beginning. */
function encodingsOf(start: Buffer): readonly string[] {
  const mark = start.length < 2 ? 0 : start.readUInt16BE(0);
  if (mark === LITTLE_ENDIAN) return ['utf-16le'];
  return mark === BIG_ENDIAN ? ['utf-16be'] : ['utf-8', 'gb18030'];
}

/** Text of UTF-8, GB18030 or marked UTF-16 that is no markup, by all of its bytes. */
async function isPlainText(path: string): Promise<boolean> {
  const file = await open(path);
  let left: readonly TextDecoder[] = [];
  try {
    const buffer = Buffer.alloc(LOOKED_AT);
    for (let first = true; ; first = false) {
      const { bytesRead } = await file.read(buffer, 0, LOOKED_AT);
      const chunk = buffer.subarray(0, bytesRead);
      if (first) left = encodingsOf(chunk).map((name) => new TextDecoder(name, { fatal: true }));
      left = left.filter((decoder) => {
        const text = decoded(decoder, chunk, bytesRead > 0);
        return text !== undefined && !CONTROLS.test(text) && !(first && MARKUP.test(text));
      });
      if (left.length === 0) return false;
      if (bytesRead === 0) return true;
    }
  } finally {
    await file.close();
  }
}

function decoded(decoder: TextDecoder, chunk: Buffer, stream: boolean): string | undefined {
  try {
    return decoder.decode(chunk, { stream });
  } catch {
    return undefined;
  }
}

const LARGEST_LOOKED_THROUGH = 16 * 1024 * 1024;
/** Stands for bytes of no character. */
const NO_CHARACTER = '\ufffd';
/** What is broken oftener is no text. */
const MOST_BROKEN = 100;
/**
 * The line in which a text breaks off, counted from 1: the first that holds bytes of no character, in the encoding that has fewest of them.
 * @returns undefined for what is no text otherwise either, and for what is too large to look through
 */
export async function brokenLineOf(path: string): Promise<number | undefined> {
  if ((await stat(path)).size > LARGEST_LOOKED_THROUGH) return undefined;
  const bytes = await readFile(path);
  const texts = encodingsOf(bytes).map((encoding) => new TextDecoder(encoding).decode(bytes).split(NO_CHARACTER, MOST_BROKEN + 2));
  const parts = texts.reduce((best, one) => (one.length < best.length ? one : best));
  const isBroken = parts.length > 1 && parts.length <= MOST_BROKEN + 1;
  const isText = !MARKUP.test(parts[0]!) && !parts.some((part) => CONTROLS.test(part));
  return isBroken && isText ? parts[0]!.split('\n').length : undefined;
}
