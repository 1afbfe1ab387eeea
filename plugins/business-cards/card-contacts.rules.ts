import type { CardReading, ReadText } from '@guichet/sdk';
import type { ReadLine } from './read-line.ts';

export interface Found {
  readonly emails: ReadText[];
  readonly phones: CardReading['phones'][number][];
  /** What is neither, without it. */
  readonly rest: ReadLine[];
}
type Kind = CardReading['phones'][number]['kind'];

const EMAIL = /[\w.+-]+ ?@ ?[a-z\d][a-z\d.-]* ?\. ?[a-z]{2,}/i;
const EMAIL_LABEL = /(?:e-?mail|邮箱|电子邮件|邮件|e)\s*[:：.]?\s*$/i;
const WEB = /(?:https?:\/\/|www\.)\S+/i;
const NUMBER = /(?:\+ ?|\(\+?)?\d[\d ()./–-]{5,22}\d(?:(?: ?(?:ext\.?|x|转) ?)\d{1,5})?/g;
const LEAST_DIGITS = 7;
const MOST_DIGITS = 15;
const LABELS: readonly (readonly [Kind, RegExp])[] = [
  ['FAX', /(?:传真|fax|\bf)\s*[:：.]?\s*$/i],
  ['MOBILE', /(?:手机|移动电话|mobile|cell|mob|\bm|\bhp)\s*[:：.]?\s*$/i],
  ['WORK', /(?:电话|座机|总机|热线|tel|telephone|phone|office|\bt|\bp)\s*[:：.]?\s*$/i],
];
const CHINESE_MOBILE = /^(?:\+?86)?1[3-9]\d{9}$/;

/** Takes addresses of mail and numbers out of a line, and leaves what else stands in it. */
export function contactsIn(line: ReadLine, found: Found): void {
  let text = line.text.replace(WEB, ' ');
  const email = EMAIL.exec(text);
  if (email) {
    found.emails.push({ value: email[0].replaceAll(' ', '').toLowerCase(), confidence: line.confidence });
    text = `${text.slice(0, email.index).replace(EMAIL_LABEL, '')} ${text.slice(email.index + email[0].length)}`;
  }
  text = withoutNumbers({ ...line, text }, found);
  const rest = text.replaceAll(/\s+/g, ' ').replace(/^[\s|·•,;:：-]+|[\s|·•;:：-]+$/g, '');
  if (/\p{L}/u.test(rest) && rest.length > 1) found.rest.push({ ...line, text: rest });
}

function withoutNumbers({ text, confidence }: ReadLine, found: Found): string {
  let left = '';
  let end = 0;
  for (const match of text.matchAll(NUMBER)) {
    const digits = match[0].replaceAll(/\D/g, '');
    const before = text.slice(end, match.index);
    const label = LABELS.find(([, says]) => says.test(before));
    const isNumber = digits.length >= LEAST_DIGITS && digits.length <= MOST_DIGITS;
    if (!isNumber || (!label && !standsAlone(before, text.slice(match.index + match[0].length), digits))) {
      left += text.slice(end, match.index + match[0].length);
    } else {
      const kind = CHINESE_MOBILE.test(digits) && label?.[0] !== 'FAX' ? 'MOBILE' : (label?.[0] ?? 'OTHER');
      found.phones.push({ value: match[0].trim(), kind, confidence });
      left += label ? `${before.replace(label[1], '')} ` : `${before} `;
    }
    end = match.index + match[0].length;
  }
  return left + text.slice(end);
}

/** Without a word before it, a number is one only where nothing else stands beside it: addresses and codes have figures too. */
const standsAlone = (before: string, after: string, digits: string): boolean =>
  CHINESE_MOBILE.test(digits) || !/\p{L}/u.test(before.slice(-3) + after.slice(0, 3));
