import { builtIn, mostCharacters, type ValueKind } from '@guichet/forms';
import type { Message } from '../language/language.ts';
import { readPhone } from '../phone/phone.ts';
import { readCell } from '../sheets/cell-value.ts';
import { sheetFault } from '../sheets/sheet-fault.ts';
import type { ReportFault } from './field.ts';
import { type FieldKind, type FilledCell, fieldKind } from './field-kind.ts';

/** Characters of a term: enough to sort by and to look for; an index has no room for whole letters. */
const TERM_CHARACTERS = 100;
/** What texts are compared by: other widths and cases are one. The text was taken in before, so its length is bounded. */
export const textTerm = (text: string): string =>
  [
    ...text
      .slice(0, TERM_CHARACTERS * 2)
      .normalize('NFKC')
      .toLowerCase(),
  ]
    .slice(0, TERM_CHARACTERS)
    .join('');

function readText(cell: FilledCell, most: number, report: ReportFault): { text: string } | undefined {
  const read = readCell(cell, { header: '', kind: 'TEXT', most } as never, 'CN');
  if (read.code) report(sheetFault(read.code, {}, { most }));
  return read.code ? undefined : { text: String(read.value) };
}

const textKind = (name: string, called: Message, settings: FieldKind['settings'] = []): FieldKind =>
  fieldKind<string>({
    ...(builtIn(name) as ValueKind<string>),
    called,
    settings,
    text: (value) => value,
    type: 'TextValue',
    facts: () => ({}),
    terms: (value) => [textTerm(value)],
    term: (given) => (typeof given === 'string' ? textTerm(given) : undefined),
    read: (cell, field, report) => readText(cell, mostCharacters({ ...field, kind: name }), report),
  });

const EXTENSION = ';ext=';

/** `+8613800000001`, with an extension as RFC 3966 has it. */
export function phoneOf(text: string, country: string): string | undefined {
  const phone = readPhone(text, country);
  return phone && `${phone.e164}${phone.extension === undefined ? '' : `${EXTENSION}${phone.extension}`}`;
}
/** The parts of a phone as it is kept. */
export function phoneParts(value: string): { readonly phone: string; readonly extension: string | undefined } {
  const [phone = '', extension] = value.split(EXTENSION);
  return { phone, extension };
}
function formattedPhone(value: string): string {
  const { phone, extension } = phoneParts(value);
  const formatted = readPhone(phone)?.formatted ?? phone;
  return extension === undefined ? formatted : `${formatted} ext. ${extension}`;
}

const PHONE: FieldKind = fieldKind<string>({
  ...(textKind('PHONE', { en: 'Phone', 'zh-CN': '电话' }) as FieldKind<string>),
  text: formattedPhone,
  type: 'PhoneValue',
  facts: (value) => phoneParts(value),
  term: (given) => (typeof given === 'string' ? phoneOf(given, 'CN') : undefined),
  read(cell, _, report, { country }) {
    const read = readCell(cell, { header: '', kind: 'PHONE' } as never, country);
    if (read.code) report(sheetFault(read.code));
    return read.code ? undefined : { text: String(cell) };
  },
});

export const TEXT_KINDS: readonly FieldKind[] = [
  textKind('TEXT', { en: 'Text', 'zh-CN': '文本' }, ['maxLength']),
  textKind('PARAGRAPH', { en: 'Paragraph', 'zh-CN': '多行文本' }, ['maxLength']),
  PHONE,
  textKind('EMAIL', { en: 'Email', 'zh-CN': '邮箱' }),
  textKind('URL', { en: 'Link', 'zh-CN': '链接' }),
  textKind('ADDRESS', { en: 'Address', 'zh-CN': '地址' }),
];
