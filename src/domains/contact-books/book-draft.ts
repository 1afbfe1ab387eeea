import { asSeen, readPhone } from '../../sdk/core.ts';
import type { PhoneKind } from '../../sdk/index.ts';
import { isEmail } from '../contacts/index.ts';
import type { Entry, EntryFault } from './vcard-reader.ts';
import { type Property, partsOf, plain, textOf } from './vcard-text.ts';

/** A further number of an entry, as it was written. */
export interface DraftPhone {
  readonly phone: string;
  readonly kind: PhoneKind;
  readonly label: string | null;
}
/** What is read of an entry: what a contact would be added with. */
export interface Draft {
  readonly name: string | null;
  /** As it was written; E.164 with its extension where it is a number that exists. */
  readonly phone: string | null;
  readonly e164: string | null;
  readonly furtherPhones: readonly DraftPhone[];
  readonly company: string | null;
  readonly position: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly remark: string | null;
  readonly hasPhoto: boolean;
  readonly fault: EntryFault | 'NO_NAME' | 'NO_PHONE' | 'NOT_A_PHONE' | null;
}
const MOST = { name: 100, company: 200, position: 100, email: 254, address: 500, remark: 2_000, label: 50, phone: 40 };
const MOST_PHONES = 20;

/** @param country of numbers without a country code */
export function draftOf({ properties, fault, photo }: Entry, country: string): Draft {
  const text = (...names: string[]): string | null => {
    for (const name of names)
      for (const property of properties) if (property.name === name && plain(textOf(property))) return plain(textOf(property));
    return null;
  };
  const company = first(properties, 'ORG')?.[0] ?? null;
  const name = asSeen(cut(text('FN') ?? personName(properties) ?? text('NICKNAME') ?? company, MOST.name, ' ') ?? '') || null;
  const { main, others } = phonesOf(properties, country);
  return {
    name,
    phone: main ? cut(main.phone, MOST.phone, ' ') : null,
    e164: main?.e164 ?? null,
    furtherPhones: others,
    company: cut(company, MOST.company, ' '),
    position: cut(text('TITLE', 'ROLE'), MOST.position, ' '),
    email:
      properties
        .flatMap((one) => (one.name === 'EMAIL' ? [plain(textOf(one))] : []))
        .find((one) => isEmail(one) && one.length <= MOST.email) ?? null,
    address: cut(addressOf(properties), MOST.address, ', '),
    remark: cut(text('NOTE'), MOST.remark),
    hasPhoto: photo !== undefined,
    fault: fault ?? (!name ? 'NO_NAME' : !main ? 'NO_PHONE' : !main.e164 ? 'NOT_A_PHONE' : null),
  };
}

/** @param breaks what stands in the place of line breaks, in texts that have none */
function cut(text: string | null, most: number, breaks?: string): string | null {
  const flat = breaks === undefined ? text : text?.replaceAll(/\s*[\r\n]+\s*/g, breaks);
  const clean = flat?.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();
  return clean ? [...clean].slice(0, most).join('') : null;
}

const first = (properties: readonly Property[], name: string): string[] | undefined => {
  const found = properties.find((property) => property.name === name);
  return found && partsOf(textOf(found));
};

const CHINESE = /\p{Script=Han}/u;
function personName(properties: readonly Property[]): string | null {
  const [family = '', given = '', middle = ''] = first(properties, 'N') ?? [];
  const isChinese = CHINESE.test(`${family}${given}`);
  const parts = (isChinese ? [family, given] : [given, middle, family]).filter(Boolean);
  return parts.join(isChinese ? '' : ' ') || null;
}

function addressOf(properties: readonly Property[]): string | null {
  const label = properties.find(({ name }) => name === 'LABEL');
  const [box, extended, street, city, region, code, country] = first(properties, 'ADR') ?? [];
  const text = [box, extended, street, city, region, code, country].filter(Boolean).join(', ');
  return text || (label ? plain(textOf(label)) : null);
}

const KINDS: readonly (readonly [PhoneKind, ...string[]])[] = [
  ['FAX', 'FAX'],
  ['MOBILE', 'CELL', 'MOBILE', 'IPHONE'],
  ['WORK', 'WORK'],
  ['HOME', 'HOME'],
];
const kindOf = (words: ReadonlySet<string>): PhoneKind => KINDS.find(([, ...of]) => of.some((word) => words.has(word)))?.[0] ?? 'OTHER';

interface Read extends DraftPhone {
  readonly e164: string | null;
  readonly rank: number;
}
/** The main one is a mobile if there is any, else the preferred one; a fax is nobody's main number. */
function phonesOf(properties: readonly Property[], country: string): { main: Read | undefined; others: DraftPhone[] } {
  const seen = new Set<string>();
  const read = properties
    .filter(({ name }) => name === 'TEL')
    .slice(0, MOST_PHONES)
    .flatMap((property): Read[] => {
      const phone = plain(textOf(property)).replace(/^tel:/i, '').replaceAll(/;ext=/gi, ' ext ').slice(0, MOST.phone);
      const known = readPhone(phone, country);
      const key = known ? `${known.e164}x${known.extension ?? ''}` : phone;
      if (!phone || seen.has(key)) return [];
      seen.add(key);
      const kind = kindOf(property.words);
      const rank =
        (known ? 0 : 100) +
        (kind === 'FAX' ? 10 : 0) +
        (kind === 'MOBILE' || known?.isMobile ? 0 : 2) +
        (property.words.has('PREF') ? 0 : 1);
      return [{ phone, kind, label: labelOf(properties, property), e164: known?.e164 ?? null, rank }];
    });
  const main = read.toSorted((one, other) => one.rank - other.rank)[0];
  return { main, others: read.filter((one) => one !== main).map(({ phone, kind, label }) => ({ phone, kind, label })) };
}

const QUOTED = new Set(['QUOTED-PRINTABLE']);
/** Phones of one maker keep labels apart: `item2.TEL`, `item2.X-ABLabel:_$!<Assistant>!$_`. */
function labelOf(properties: readonly Property[], { group, custom }: Property): string | null {
  if (custom !== undefined) return cut(textOf({ words: QUOTED, charset: undefined, raw: custom }), MOST.label, ' ');
  if (!group) return null;
  const label = properties.find((one) => one.group === group && one.name === 'X-ABLABEL');
  return label ? cut(plain(textOf(label)).replace(/^_\$!<(.*)>!\$_$/, '$1'), MOST.label, ' ') : null;
}
