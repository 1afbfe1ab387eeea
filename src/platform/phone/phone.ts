import { type CountryCode, isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

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

const MOST_CHARACTERS = 60;
const MARKED_EXTENSION = /\s*[,;，]?\s*(?:转|轉|分机|分機|extension|ext|x|#)\s*[.:=：]?\s*(\d{1,8})$/i;
const DASHED_EXTENSION = /\s*[-–—－]\s*(\d{1,6})$/;

/**
 * Reads a phone number as people write it. Extensions (`转802`, `-802`, `ext 12`) are taken off first: the library does not know most of them.
 * @param country ISO 3166 code: a number without a country code is read as of this country (spec 3.2).
 * @returns undefined where the text is no number that exists; other text around a number is not forgiven.
 */
export function readPhone(text: string, country = 'CN'): Phone | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const trimmed = text.trim();
  const marked = withoutExtension(trimmed, MARKED_EXTENSION);
  if (marked) return phoneOf(numberOf(marked.rest, country), marked.extension);
  const whole = numberOf(trimmed, country);
  if (whole) return phoneOf(whole, undefined);
  // Only where the dash is no part of the number itself, as it is in 138-0000-0001.
  const dashed = withoutExtension(trimmed, DASHED_EXTENSION);
  return dashed && phoneOf(numberOf(dashed.rest, country), dashed.extension);
}

function withoutExtension(text: string, pattern: RegExp): { rest: string; extension: string } | undefined {
  const found = pattern.exec(text);
  return found ? { rest: text.slice(0, found.index), extension: found[1]! } : undefined;
}

function numberOf(text: string, country: string): PhoneNumber | undefined {
  const defaultCountry: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  return number?.isValid() ? number : undefined;
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
