import { type CountryCode, isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { phoneForm, phoneParts } from './phone-form.ts';

/** A phone number that exists by its country's plan. */
export interface Phone {
  /** As it is kept: `+8613800000001`. */
  readonly e164: string;
  /** Digits dialled after the number has answered. */
  readonly extension: string | undefined;
  /** Whether it can be a mobile; in some countries mobiles cannot be told from fixed lines. */
  readonly isMobile: boolean;
  /** As it is shown: `+86 138 0000 0001`, without the extension. */
  readonly formatted: string;
}

const UNMARKED_EXTENSION = /^(.*\d)\s*(?:-|\()\s*(\d{1,6})\)?$/;

/**
 * Reads a phone number as people write it. An extension (`转802`, `-802`, `ext 12`, `,802`) is kept.
 * @param country ISO 3166 code: a number without a country code is read as of this country (spec 3.2).
 * @returns undefined where the text is no number that exists; other text around a number is not forgiven, and nothing of it is left out.
 */
export function readPhone(typed: string, country = 'CN'): Phone | undefined {
  const form = phoneForm(typed);
  const parts = form === undefined ? undefined : phoneParts(form);
  if (!parts) return undefined;
  const { number, extension } = parts;
  const whole = numberOf(number, country);
  if (whole || extension !== undefined) return phoneOf(whole, extension);
  // Only where the dash is no part of the number itself, as it is in 138-0000-0001.
  const [, rest, unmarked] = UNMARKED_EXTENSION.exec(number) ?? [];
  return rest === undefined ? undefined : phoneOf(numberOf(rest, country), unmarked);
}

/** Whether numbers can be read as of this country. @param code ISO 3166 */
export const isPhoneCountry = (code: string): boolean => isSupportedCountry(code);

const LEAST_DIGITS = 4;
const ABROAD = /^(?:\+|00)/;

/** What a phone is found by: its digits, and behind them those of its extension. @param e164 `+8613800000001` */
export const phoneDigits = (e164: string, extension: string | null | undefined): string =>
  `${e164}${extension ?? ''}`.replaceAll(/\D/g, '');

/**
 * Reads what somebody types who looks for a phone: all of one or a part of it, in every way in which one can be typed in.
 * @returns the beginning of an end of the `phoneDigits` that are looked for; undefined for what is no phone, nor four digits of one.
 */
export function dialledDigits(typed: string): string | undefined {
  const form = phoneForm(typed);
  const parts = form === undefined ? undefined : phoneParts(form);
  if (!parts) return undefined;
  const phone = ABROAD.test(parts.number) ? readPhone(typed) : undefined;
  if (phone) return phoneDigits(phone.e164, phone.extension);
  const digits = phoneDigits(parts.number, parts.extension);
  const withoutTrunk = digits.replace(/^0+/, ''); // a number of the own country is often typed with its trunk prefix
  if (withoutTrunk.length >= LEAST_DIGITS) return withoutTrunk;
  return digits.length >= LEAST_DIGITS ? digits : undefined;
}

function numberOf(text: string, country: string): PhoneNumber | undefined {
  const defaultCountry: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  return number?.isValid() && !number.ext ? number : undefined;
}

function phoneOf(number: PhoneNumber | undefined, extension: string | undefined): Phone | undefined {
  if (!number) return undefined;
  const type = number.getType();
  return {
    e164: number.number,
    extension,
    isMobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
    formatted: number.formatInternational(),
  };
}
