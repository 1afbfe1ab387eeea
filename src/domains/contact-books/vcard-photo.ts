import type { Property } from './vcard-text.ts';

const DATA = /^data:[^,]{0,100};base64,/i;
const isBase64 = ({ words }: Property): boolean => words.has('B') || words.has('BASE64');

/** Whether a picture lies in the file itself; addresses of pictures are never asked for. */
export const isInFile = (photo: Property): boolean => DATA.test(photo.raw) || isBase64(photo);

/** Bytes of a picture that lies in the file; undefined where there are none. */
export function bytesOf(photo: Property): Buffer | undefined {
  const bytes = Buffer.from(photo.raw.replace(DATA, ''), 'base64');
  return isInFile(photo) && bytes.length > 0 ? bytes : undefined;
}

const BEGINNINGS: readonly (readonly ['JPEG' | 'PNG' | 'GIF' | 'WEBP', RegExp])[] = [
  ['JPEG', /^\xff\xd8\xff/],
  ['PNG', /^\x89PNG\r\n/],
  ['GIF', /^GIF8/],
  ['WEBP', /^RIFF....WEBP/s],
];
/** What it says that it is; whether it is so is looked at when it is kept. */
export const pictureKindOf = (bytes: Buffer) => BEGINNINGS.find(([, begins]) => begins.test(bytes.toString('latin1', 0, 16)))?.[0];
