import { notTaken, tooShort } from '../input/input-faults.ts';
import type { Message } from '../language/language.ts';
import { readPhone } from '../phone/phone.ts';
import { readCell } from '../sheets/cell-value.ts';
import { sheetFault } from '../sheets/sheet-fault.ts';
import { hasSomethingToSee, takeText } from '../text/text-taken.ts';
import type { FieldDefinition, ReportFault } from './field.ts';
import { NOT_A_PHONE, NOT_A_URL, NOT_AN_EMAIL } from './field-faults.ts';
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

export const isEmptyText = (given: unknown): boolean => typeof given === 'string' && !hasSomethingToSee(given.slice(0, 100_000));

/** Takes a text in by its length. @returns undefined where a fault was told. */
export function takenText(given: unknown, most: number, report: ReportFault): string | undefined {
  const taken = takeText(String(given), most);
  if (taken.fault) report(notTaken(taken.fault, most));
  return taken.text;
}

function readText(cell: FilledCell, most: number, report: ReportFault): { text: string } | undefined {
  const read = readCell(cell, { header: '', kind: 'TEXT', most } as never, 'CN');
  if (read.code) report(sheetFault(read.code, {}, { most }));
  return read.code ? undefined : { text: String(read.value) };
}

interface TextKind {
  readonly name: string;
  readonly called: Message;
  readonly most: number;
  readonly maxLength?: boolean;
  /** @returns the text as it is kept. */
  check?(text: string, report: ReportFault, country: string): string | undefined;
}

const textKind = ({ name, called, most, maxLength = false, check }: TextKind): FieldKind => {
  const mostOf = (field: Pick<FieldDefinition, 'maxLength'>): number => (maxLength ? Math.min(field.maxLength ?? most, most) : most);
  return fieldKind<string>({
    name,
    called,
    given: ['text'],
    settings: maxLength ? ['maxLength'] : [],
    isEmpty: isEmptyText,
    take(given, field, report, { country }) {
      const text = takenText(given, mostOf(field), report);
      if (text === undefined) return undefined;
      if (!hasSomethingToSee(text)) report(tooShort(1));
      return check ? check(text, report, country) : text;
    },
    text: (value) => value,
    type: 'TextValue',
    facts: () => ({}),
    terms: (value) => [textTerm(value)],
    term: (given) => (typeof given === 'string' ? textTerm(given) : undefined),
    read: (cell, field, report) => readText(cell, mostOf(field), report),
  });
};

const EMAIL = /^[^\s@<>(),:;"\\[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const MOST_EMAIL = 254;
const MOST_URL = 2_000;

function emailOf(text: string, report: ReportFault): string | undefined {
  if (EMAIL.test(text) && !/^\.|\.\.|\.@/.test(text)) return text;
  report(NOT_AN_EMAIL);
  return undefined;
}

/** Kept as it was written: what a browser makes of it may look different. */
function urlOf(text: string, report: ReportFault): string | undefined {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && !/[\s\p{Cc}]/u.test(text) && url.username === '' && url.password === '') return text;
  report(NOT_A_URL);
  return undefined;
}

const EXTENSION = ';ext=';

/** `+8613800000001`, with an extension as RFC 3966 has it. */
function phoneOf(text: string, report: ReportFault, country: string): string | undefined {
  const phone = readPhone(text, country);
  if (!phone) report(NOT_A_PHONE);
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
  ...(textKind({ name: 'PHONE', called: { en: 'Phone', 'zh-CN': '电话' }, most: 60, check: phoneOf }) as FieldKind<string>),
  text: formattedPhone,
  type: 'PhoneValue',
  facts: (value) => phoneParts(value),
  term: (given) => (typeof given === 'string' ? phoneOf(given, () => undefined, 'CN') : undefined),
  read(cell, _, report, { country }) {
    const read = readCell(cell, { header: '', kind: 'PHONE' } as never, country);
    if (read.code) report(sheetFault(read.code));
    return read.code ? undefined : { text: String(cell) };
  },
});

export const TEXT_KINDS: readonly FieldKind[] = [
  textKind({ name: 'TEXT', called: { en: 'Text', 'zh-CN': '文本' }, most: 2_000, maxLength: true }),
  textKind({ name: 'PARAGRAPH', called: { en: 'Paragraph', 'zh-CN': '多行文本' }, most: 20_000, maxLength: true }),
  PHONE,
  textKind({ name: 'EMAIL', called: { en: 'Email', 'zh-CN': '邮箱' }, most: MOST_EMAIL, check: emailOf }),
  textKind({ name: 'URL', called: { en: 'Link', 'zh-CN': '链接' }, most: MOST_URL, check: urlOf }),
  textKind({ name: 'ADDRESS', called: { en: 'Address', 'zh-CN': '地址' }, most: 500 }),
];
export const MOST_TEXT: Readonly<Record<string, number>> = { TEXT: 2_000, PARAGRAPH: 20_000 };
