import type { FurtherPhone } from './contact.entity.ts';

/** Those that are not there twice, and are not the main number. */
export function furtherPhonesBeside(main: string, phones: readonly FurtherPhone[]): FurtherPhone[] {
  const seen = new Set([`${main}x`]);
  return phones.filter(({ phone, extension }) => {
    const key = `${phone}x${extension ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** As people read them, for the history: `+8657188880000 ext. 802 (WORK, Desk)`. */
export const furtherPhoneTexts = (phones: readonly FurtherPhone[]): string[] =>
  phones.map(
    ({ phone, extension, kind, label }) => `${phone}${extension ? ` ext. ${extension}` : ''} (${[kind, label].filter(Boolean).join(', ')})`,
  );

/** What a contact is found by. */
export const furtherDigits = (phones: readonly FurtherPhone[]): string[] =>
  phones.map(({ phone, extension }) => `${phone}${extension ?? ''}`);
