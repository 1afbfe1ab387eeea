import { readPhone } from '../../sdk/core.ts';
import { CARD_FIELDS, type CardField, type CardReading, type ReadText } from '../../sdk/index.ts';
import { isEmail } from '../contacts/index.ts';
import type { CardDraft, CardPhone } from './card.entity.ts';

const MOST = { name: 100, company: 200, position: 100, email: 254, address: 500 };
const MOST_PHONES = 10;
const MOST_OF_A_PHONE = 40;
/** Characters of all that was read which are kept. */
const MOST_READ = 10_000;

const clean = (text: string, most: number): string => [...text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()].slice(0, most).join('');
const sure = (confidence: number): number =>
  Number.isFinite(confidence) ? Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100 : 0;

/** What a recognizer told, within what is kept: whoever wrote it may be anybody. */
export function readingWithin({ text, phones, fault, ...given }: CardReading): CardReading {
  const fields = CARD_FIELDS.flatMap((field) => {
    const read = given[field];
    const value = read && clean(read.value, MOST[field]);
    return value ? [[field, { value, confidence: sure(read.confidence) }] as const] : [];
  });
  return {
    ...Object.fromEntries(fields),
    text: [...text.replaceAll(/[^\P{Cc}\n]/gu, '')].slice(0, MOST_READ).join('').trim(),
    phones: phones
      .slice(0, MOST_PHONES)
      .map(({ value, kind, confidence }) => ({ value: clean(value, MOST_OF_A_PHONE), kind, confidence: sure(confidence) }))
      .filter(({ value }) => value !== ''),
    ...(fault && { fault }),
  };
}

/** What a contact would be added with. The main number is a mobile, where there is one. @param country of numbers without a country code */
export function draftOf(reading: CardReading, country: string): CardDraft {
  const { main, others } = phonesOf(reading, country);
  const read: [CardField | 'phone', ReadText | undefined][] = [
    ...CARD_FIELDS.map((field) => [field, reading[field]] as never),
    ['phone', main],
  ];
  const there = read.flatMap(([field, one]) => (one && (field !== 'email' || isEmail(one.value)) ? [[field, one] as const] : []));
  return {
    ...Object.fromEntries(there.map(([field, { value }]) => [field, value])),
    confidence: Object.fromEntries(there.map(([field, { confidence }]) => [field, confidence])),
    furtherPhones: others,
  };
}

/** A number that does not exist was misread; a fax is nobody's main number. */
function phonesOf({ phones }: CardReading, country: string) {
  const seen = new Set<string>();
  const known = phones.flatMap(({ value, kind, confidence }) => {
    const phone = readPhone(value, country);
    const key = phone ? `${phone.e164}x${phone.extension ?? ''}` : value;
    if (seen.has(key)) return [];
    seen.add(key);
    const rank = (phone ? 0 : 100) + (kind === 'FAX' ? 10 : 0) + (kind === 'MOBILE' || phone?.isMobile ? 0 : 1);
    return [{ value, kind, confidence: phone ? confidence : sure(confidence / 2), rank }];
  });
  const main = known.toSorted((one, other) => one.rank - other.rank)[0];
  const others = known.filter((one) => one !== main).map(({ value, kind, confidence }): CardPhone => ({ phone: value, kind, confidence }));
  return { main, others };
}
