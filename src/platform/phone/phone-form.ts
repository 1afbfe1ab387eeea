/** What people type is longer than a number by its signs; what is longer than this is no number, and is not looked at. */
const MOST_CHARACTERS = 60;
const MOST_EXTENSION_DIGITS = 8;

const DASHES = /[\p{Pd}\u2212\u30fc]/gu;
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * The one form in which a phone is read, whoever typed it and wherever: other widths are one, marks of direction and other characters
 * that nobody sees are gone.
 * @returns undefined for what is too long to be a number: nothing is done with it.
 */
export function phoneForm(typed: string): string | undefined {
  if (typed.length > MOST_CHARACTERS) return undefined;
  return typed
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(DASHES, '-')
    .replaceAll(/[[【〔]/g, '(')
    .replaceAll(/[\]】〕]/g, ')')
    .replaceAll(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 15))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^tel:/, '')
    .replace(/^(?:\(\+|\+\()(\d{1,3})\)/, '+$1 ');
}

/** Words and signs that people put before an extension: all of a word is one of these, never a part of it. */
const MARKS = [
  ...['转', '轉', '转接', '转分机', '分机', '分機', '分机号', '分機號', '分机号码', '内线', '內線', '内線', '내선'],
  ...['extension', 'extensión', 'extensao', 'extensão', 'exten', 'extn', 'ext', 'xtn', 'xt', 'x', 'anexo', 'interno', 'interne', 'int'],
  ...['poste', 'posto', 'ramal', 'durchwahl', 'dw', 'klappe', 'nebenstelle', 'toestel', 'доб', 'добавочный', 'вн', 'p', 'w'],
  ...['×', '\\*', '#'],
].join('|');
/** A number, then what is not part of one: an extension, or something that makes the whole unreadable. */
const PARTS = /^([+\d(][+\d\s().\-/]*?)[\s.,;(-]*([^+\d\s().\-/].*)?$/u;
const MARKED = new RegExp(`^(?:[,;\\s]*(?:${MARKS})|[,;]+)[\\s.:=,-]*\\(?(\\d{1,${MOST_EXTENSION_DIGITS}})[)#\\s]*$`, 'u');

/** A number as it stands, and the extension that is marked as one. */
export interface PhoneParts {
  readonly number: string;
  readonly extension: string | undefined;
}

/**
 * Takes a marked extension (`转802`, `ext. 802`, `,802`, `#802`) off a phone in its form (`phoneForm`).
 * @returns undefined where something stands there that is neither: nothing of what was typed is ever left out.
 */
export function phoneParts(form: string): PhoneParts | undefined {
  const [, number, rest] = PARTS.exec(form) ?? [];
  if (number === undefined) return undefined;
  if (rest === undefined) return { number, extension: undefined };
  const extension = MARKED.exec(rest)?.[1];
  return extension === undefined ? undefined : { number, extension };
}
