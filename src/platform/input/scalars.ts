import { isDay, UNREADABLE } from '@guichet/forms';
import { isStorable } from '../database/storable.ts';
import { LONGEST_TEXT } from '../documents/variables.take.ts';
import type { Text } from '../language/language.ts';
import { ConstantError } from '../log/constant.error.ts';
import { toldError } from '../schema/told-error.ts';
import { atMost } from './input.ts';

export { isDay };

/** A scalar of the API (api 1). Statements give values in their final form; what a resolver gives may be anything, and fails alone. */
interface Scalar {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL?: string;
  parse(value: unknown): unknown;
  /** @throws for what would not be read as this scalar, or could not be written down. */
  serialize(value: unknown): unknown;
}
const given = (isRight: (value: unknown) => boolean) => (value: unknown) => {
  if (!isRight(value)) throw new ConstantError('A field gave a value that is not of its type.');
  return value;
};
const givenText = given((value) => typeof value === 'string');
const givenInstant = (value: unknown): unknown => givenText(value instanceof Date ? value.toISOString() : value);
/** What cannot be written as JSON would take the whole answer with it. */
const givenJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');
/** RFC 3339: hours to 23, an offset of hours and minutes, years of four digits wherever the moment is looked at from. */
const RFC3339 = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');
const refuse = (what: Text): never => {
  throw toldError('BAD_REQUEST', what);
};
/** Past it, no number; its field measures it, and tells who filled in a form. */
const MOST_DECIMAL = 60;
/** Characters of each scalar that is text. A cursor holds the value that its list is ordered by. */
const MOST = { DateTime: 40, Date: 10, PhoneNumber: 60, Cursor: 16_384, EventCursor: 64, URL: 2_000 };
const described = (what: string, name: keyof typeof MOST): string => `${what} ${atMost(MOST[name])}`;
/** Its length before anything else of it is looked at. */
const taken =
  (name: keyof typeof MOST) =>
  (value: unknown): string => {
    if (typeof value !== 'string') return refuse({ en: `A ${name} is text.`, 'zh-CN': `${name} 须为文本。` });
    if (value.length > MOST[name])
      return refuse({ en: `A ${name} has at most ${MOST[name]} characters.`, 'zh-CN': `${name} 最多 ${MOST[name]} 个字符。` });
    return isStorable(value) ? value : refuse(UNREADABLE);
  };
const [takenMoment, takenDay] = [taken('DateTime'), taken('Date')];

export const SCALARS: readonly Scalar[] = [
  {
    name: 'DateTime',
    description: described('A moment of the years 1 to 9999, as RFC 3339 in UTC: `2026-06-01T08:30:00.000Z`.', 'DateTime'),
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
    serialize: givenInstant,
    parse: (value) => {
      const written = takenMoment(value);
      const moment = new Date(written);
      const isMoment =
        RFC3339.test(written) && isDay(written.slice(0, 10)) && moment.getTime() >= FIRST_MOMENT && moment.getTime() <= LAST_MOMENT;
      return isMoment ? moment : refuse(NO_MOMENT);
    },
  },
  {
    name: 'Date',
    description: described('A calendar day of the years 1 to 9999: `2026-06-01`.', 'Date'),
    serialize: givenText,
    parse: (value) => {
      const day = takenDay(value);
      return isDay(day) ? day : refuse(NO_DAY);
    },
  },
  {
    name: 'PhoneNumber',
    description: described(
      'A phone number. Answers are E.164 (`+8613800000001`); inputs may be written as people do, and one without a country code is read as of the organization’s country.',
      'PhoneNumber',
    ),
    serialize: givenText,
    parse: (value) => (typeof value === 'string' && isStorable(value) ? value : refuse(NO_PHONE)), // its reader measures it, and tells who filled in a form
  },
  {
    name: 'Int53',
    description: 'A whole number of up to 53 bits: a count, or money in minor units.',
    serialize: given(Number.isSafeInteger),
    parse: (value) => (Number.isSafeInteger(value) ? value : refuse(NO_INT53)),
  },
  {
    name: 'Decimal',
    description:
      'A decimal number of at most 15 digits, which is as many as JSON keeps: `12.5`. Inputs may write it as text as well, `"12.50"`; of answers it is a number.',
    serialize: (value) => Number(givenText(value)),
    parse: (value) => (typeof value === 'number' || typeof value === 'string' ? String(value).slice(0, MOST_DECIMAL) : refuse(NO_DECIMAL)),
  },
  {
    name: 'Cursor',
    description: described('A place in a list. Opaque: hand it back to the same list and order, as it came.', 'Cursor'),
    serialize: givenText,
    parse: taken('Cursor'),
  },
  {
    name: 'EventCursor',
    description: described('A place in a stream of events. Opaque: hand it back as it came, from the same seat.', 'EventCursor'),
    serialize: givenText,
    parse: taken('EventCursor'),
  },
  { name: 'URL', description: described('An address, as RFC 3986.', 'URL'), serialize: givenText, parse: taken('URL') },
  {
    name: 'JSON',
    description: `Any JSON: only where a form’s own values need it. ${atMost(LONGEST_TEXT).slice(0, -1)} in a text, 250 items in a list or an object, 64 levels.`,
    serialize: givenJson,
    parse: (value) => value,
  },
];

const NO_MOMENT: Text = {
  en: 'This is no DateTime of the years 1 to 9999; write it as 2026-06-01T08:30:00Z.',
  'zh-CN': '这不是公元 1 年至 9999 年间的 DateTime，请写作 2026-06-01T08:30:00Z。',
};
const NO_DAY: Text = { en: 'This is no Date; write it as 2026-06-01.', 'zh-CN': '这不是 Date，请写作 2026-06-01。' };
const NO_PHONE: Text = { en: 'A PhoneNumber is text.', 'zh-CN': 'PhoneNumber 须为文本。' };
const NO_DECIMAL: Text = { en: 'A Decimal is a number, such as 12.5.', 'zh-CN': 'Decimal 须为数字，例如 12.5。' };
const NO_INT53: Text = { en: 'An Int53 is a whole number of up to 53 bits.', 'zh-CN': 'Int53 为不超过 53 位的整数。' };
