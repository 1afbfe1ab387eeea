import type { CardReading, ReadText } from '@guichet/sdk';
import { contactsIn, type Found } from './card-contacts.rules.ts';
import { ADDRESS_LABEL, addressScore, COMPANY, nameScore, POSITION } from './card-words.ts';
import type { ReadLine } from './read-line.ts';

/** So many addresses of mail, or names of companies, and it is no longer one card. */
const SEVERAL = 3;
const LEAST_CHARACTERS = 4;

const HAN = String.raw`[\p{Script=Han}，。：（）、]`;
/** Tesseract puts spaces between Chinese characters, and between them and figures. */
const BETWEEN = new RegExp(String.raw`(?<=${HAN}) +(?=${HAN}|\d)|(?<=\d) +(?=\p{Script=Han})`, 'gu');
export const plainLine = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[‘`´]/g, '’')
    .replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '’')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(BETWEEN, '')
    .trim();

interface Rest extends ReadLine {
  readonly at: number;
}

/** Makes of the lines of a card what stands where. */
export function cardOf(read: readonly ReadLine[]): CardReading {
  const lines = read.map((line) => ({ ...line, text: plainLine(line.text) })).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const text = lines.map((line) => line.text).join('\n');
  if (text.replaceAll(/[^\p{L}\p{N}]/gu, '').length < LEAST_CHARACTERS) return { text, phones: [], fault: 'NOTHING_READ' };
  const found: Found = { emails: [], phones: [], rest: [] };
  for (const line of lines) contactsIn(line, found);
  if (found.emails.length >= SEVERAL || found.rest.filter((line) => COMPANY.test(line.text)).length > SEVERAL)
    return { text, phones: [], fault: 'SEVERAL_CARDS' };
  const fields = fieldsOf(found.rest.map((line, at) => ({ ...line, at })));
  return { text, ...fields, ...(found.emails[0] && { email: found.emails[0] }), phones: found.phones };
}

const as = ({ confidence }: ReadLine, value: string, sure: number): ReadText => ({ value, confidence: confidence * sure });

function fieldsOf(rest: Rest[]): Pick<CardReading, 'name' | 'company' | 'position' | 'address'> {
  const take = (line: Rest | undefined): void => {
    if (line) rest.splice(rest.indexOf(line), 1);
  };
  const best = (score: (line: Rest) => number): [Rest, number] | undefined => {
    const ranked = rest.map((line) => [line, score(line)] as const).filter(([, of]) => of > 0);
    const [first] = ranked.toSorted(([, one], [, other]) => other - one);
    return first && [...first];
  };
  const address = addressOf(rest, take);
  const company = best(({ text }) => (COMPANY.test(text) ? 1 - (POSITION.test(text) ? 0.2 : 0) : 0));
  take(company?.[0]);
  const position = best(({ text }) => (POSITION.test(text) && !nameIs(text) ? 1 : 0));
  take(position?.[0]);
  const name = best(({ text, height }) => nameScore(text) * (0.6 + 0.4 * height));
  return {
    ...(name && { name: as(name[0], name[0].text, nameScore(name[0].text)) }),
    ...(company && { company: as(company[0], company[0].text, 0.95) }),
    ...(position && { position: as(position[0], position[0].text, 0.95) }),
    ...(address && { address }),
  };
}
const nameIs = (text: string): boolean => /^\p{Script=Han}{2,3}$/u.test(text) && nameScore(text) > 0.9 && !POSITION.test(text);

/** An address goes on in the line below it. */
function addressOf(rest: Rest[], take: (line: Rest) => void): ReadText | undefined {
  const [first] = rest
    .filter(({ text }) => addressScore(text) > 0)
    .toSorted((one, other) => addressScore(other.text) - addressScore(one.text));
  if (!first) return undefined;
  const sure = addressScore(first.text);
  const parts = [first];
  const next = rest.find(({ at, text }) => at === first.at + 1 && addressScore(text) > 0 && !COMPANY.test(text));
  if (next) parts.push(next);
  for (const part of parts) take(part);
  const texts = parts.map(({ text }) => text.replace(ADDRESS_LABEL, ''));
  return as(first, texts.join(/\p{Script=Han}/u.test(texts[0]!) ? '' : ', '), sure);
}
