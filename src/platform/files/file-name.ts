import { takeText } from '../text/text-taken.ts';

export const NAME_CHARACTERS = 200;
const BYTES = 240;
/** Controls and marks that are drawn as nothing or turn the writing round: `gpj.exe` would read as `exe.jpg`. */
const HIDDEN = /[\u0000-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/;
const SEPARATORS = /[/\\]/;

export type FileNameFault = 'EMPTY' | 'TOO_LONG' | 'HIDDEN_CHARACTERS' | 'PATH';
export type TakenFileName =
  | { readonly name: string; readonly fault?: undefined }
  | { readonly name?: undefined; readonly fault: FileNameFault };

/** The name of a file as somebody sent it: for people to read and save it under; nothing is ever stored under it. */
export function takeFileName(given: string): TakenFileName {
  if (HIDDEN.test(given)) return { fault: 'HIDDEN_CHARACTERS' };
  const taken = takeText(given, NAME_CHARACTERS);
  if (taken.fault) return { fault: taken.fault === 'TOO_LONG' ? 'TOO_LONG' : 'HIDDEN_CHARACTERS' };
  const name = taken.text;
  if (SEPARATORS.test(name) || name === '.' || name === '..') return { fault: 'PATH' };
  if (!name) return { fault: 'EMPTY' };
  return Buffer.byteLength(name) > BYTES ? { fault: 'TOO_LONG' } : { name };
}

/** `Content-Disposition` of a download (RFC 6266): a name of ASCII for old programs, and the whole one. */
export function asAttachment(name: string): string {
  const plain = name.replaceAll(/[^\u0020-\u007E]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
