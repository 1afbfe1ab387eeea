import { GraphQLError } from 'graphql';
import { isStorable } from '../database/storable.ts';
import { ConstantError } from '../log/constant.error.ts';

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
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const refuse = (what: string): never => {
  throw new GraphQLError(what, { extensions: { code: 'BAD_REQUEST' } });
};
/** February has no 30th, whatever JavaScript makes of it. */
const isDay = (text: string): boolean => DATE.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
const text = (value: unknown, what: string): string => (typeof value === 'string' && isStorable(value) ? value : refuse(what));

export const SCALARS: readonly Scalar[] = [
  {
    name: 'DateTime',
    description: 'A moment, as RFC 3339 in UTC: `2026-06-01T08:30:00.000Z`.',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
    serialize: givenInstant,
    parse: (value) => {
      const written = text(value, 'A DateTime is text such as 2026-06-01T08:30:00Z.');
      const moment = new Date(written);
      const isMoment = RFC3339.test(written) && isDay(written.slice(0, 10)) && !Number.isNaN(moment.getTime());
      return isMoment ? moment : refuse('This is no DateTime; write it as 2026-06-01T08:30:00Z.');
    },
  },
  {
    name: 'Date',
    description: 'A calendar day: `2026-06-01`.',
    serialize: givenText,
    parse: (value) => {
      const day = text(value, 'A Date is text such as 2026-06-01.');
      return isDay(day) ? day : refuse('This is no Date; write it as 2026-06-01.');
    },
  },
  {
    name: 'PhoneNumber',
    description:
      'A phone number. Answers are E.164 (`+8613800000001`); inputs may be written as people do, and one without a country code is read as of the organization’s country.',
    serialize: givenText,
    parse: (value) => text(value, 'A PhoneNumber is text.'),
  },
  {
    name: 'Int53',
    description: 'A whole number of up to 53 bits: a count, or money in minor units.',
    serialize: given(Number.isSafeInteger),
    parse: (value) => (Number.isSafeInteger(value) ? value : refuse('An Int53 is a whole number of up to 53 bits.')),
  },
  {
    name: 'Cursor',
    description: 'A place in a list or a stream of events. Opaque: hand it back as it came.',
    serialize: givenText,
    parse: (value) => text(value, 'A Cursor is text.'),
  },
  { name: 'URL', description: 'An address, as RFC 3986.', serialize: givenText, parse: (value) => text(value, 'A URL is text.') },
  { name: 'JSON', description: 'Any JSON: only where a form’s own values need it.', serialize: givenJson, parse: (value) => value },
];
