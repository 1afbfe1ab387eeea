import { readPhone } from '../../sdk/core.ts';
import type { PhoneKind } from '../../sdk/index.ts';
import { type FurtherPhone, furtherPhonesBeside } from '../contacts/index.ts';

// A further number in a cell: `+8657188880000 ext. 802 (WORK: Desk)`; what stands in brackets may be left out, in part or whole.

const KINDS: Readonly<Record<string, PhoneKind>> = {
  ...{ MOBILE: 'MOBILE', WORK: 'WORK', HOME: 'HOME', FAX: 'FAX', OTHER: 'OTHER' },
  ...{ 手机: 'MOBILE', 工作: 'WORK', 单位: 'WORK', 办公: 'WORK', 住宅: 'HOME', 家庭: 'HOME', 传真: 'FAX', 其他: 'OTHER' },
};
const NOTED = /^(.*?)\s*[(（]([^()（）]*)[)）]\s*$/su;
const LABEL = 50;
/** What parts numbers and kinds from each other. */
const PARTING = /\s*[;；、\r\n()（）]+\s*/g;

/** @returns undefined where it is no number that exists; one that a spreadsheet has rounded is none */
function readFurtherPhone(typed: string, country: string): FurtherPhone | undefined {
  const [, number, note] = NOTED.exec(typed) ?? [];
  // an extension may stand in brackets as well
  const noted = note !== undefined && !/^\s*\d*\s*$/.test(note) ? { number: number!, note } : { number: typed, note: '' };
  const phone = /^\s*\d(\.\d+)?E\+?\d+\s*$/i.test(noted.number) ? undefined : readPhone(noted.number, country);
  if (!phone) return undefined;
  const [first = '', ...others] = noted.note.split(/[:：]/);
  const kind = KINDS[first.trim().toUpperCase()];
  const label = (kind ? others.join(':') : noted.note).trim().slice(0, LABEL).toWellFormed();
  return {
    phone: phone.e164,
    extension: phone.extension ?? null,
    kind: kind ?? (phone.isMobile ? 'MOBILE' : 'OTHER'),
    label: label || null,
  };
}

/** Reads what a cell has of further numbers; `wrong` are those that are none. @param main the number that they stand beside */
export function readFurtherPhones(typed: readonly string[], main: string, country: string): { phones: FurtherPhone[]; wrong: string[] } {
  const read = typed.map((one) => readFurtherPhone(one, country));
  return {
    phones: furtherPhonesBeside(
      main,
      read.filter((one) => one !== undefined),
    ),
    wrong: typed.filter((_, i) => read[i] === undefined),
  };
}

/** As `readFurtherPhones` reads it again. */
export const furtherPhoneCell = ({ phone, extension, kind, label }: FurtherPhone): string =>
  `${phone}${extension ? ` ext. ${extension}` : ''} (${kind}${label ? `: ${label.replaceAll(PARTING, ' ').trim()}` : ''})`;
