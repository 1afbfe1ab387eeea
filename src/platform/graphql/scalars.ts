import { GraphQLError } from 'graphql';
import { isStorable } from '../database/storable.ts';

/** Scalars of the API (api 1): statements and services already give values in their final form, so serializing passes them on. */
interface Scalar {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL?: string;
  parse(value: unknown): unknown;
}
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
    parse: (value) => {
      const given = text(value, 'A DateTime is text such as 2026-06-01T08:30:00Z.');
      const moment = new Date(given);
      const isMoment = RFC3339.test(given) && isDay(given.slice(0, 10)) && !Number.isNaN(moment.getTime());
      return isMoment ? moment : refuse('This is no DateTime; write it as 2026-06-01T08:30:00Z.');
    },
  },
  {
    name: 'Date',
    description: 'A calendar day: `2026-06-01`.',
    parse: (value) => {
      const given = text(value, 'A Date is text such as 2026-06-01.');
      return isDay(given) ? given : refuse('This is no Date; write it as 2026-06-01.');
    },
  },
  {
    name: 'PhoneNumber',
    description:
      'A phone number. Answers are E.164 (`+8613800000001`); inputs may be written as people do, and one without a country code is read as of the organization’s country.',
    parse: (value) => text(value, 'A PhoneNumber is text.'),
  },
  {
    name: 'Int53',
    description: 'A whole number of up to 53 bits: a count, or money in minor units.',
    parse: (value) => (Number.isSafeInteger(value) ? value : refuse('An Int53 is a whole number of up to 53 bits.')),
  },
  {
    name: 'Cursor',
    description: 'A place in a list or a stream of events. Opaque: hand it back as it came.',
    parse: (value) => text(value, 'A Cursor is text.'),
  },
  { name: 'URL', description: 'An address, as RFC 3986.', parse: (value) => text(value, 'A URL is text.') },
  { name: 'JSON', description: 'Any JSON: only where a form’s own values need it.', parse: (value) => value },
];
