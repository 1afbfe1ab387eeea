/** A decimal number as it is kept and sent: no exponent, no zeros that say nothing, `-0` is 0. */
export type DecimalText = string;

/** As many as IEEE 754 and spreadsheets keep: so a number may pass through either, and nothing of it is lost. */
export const MOST_DIGITS = 15;
export const MOST_DECIMALS = 15;
const LONGEST = 40;
const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/** Whole units of ten to the power of minus `scale`. */
export interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

/** Reads a number as programs write it. @returns undefined for what is no number, and for one whose digits would be lost somewhere. */
export function takeDecimal(given: string | number): DecimalText | undefined {
  const written = String(given);
  if (written.length > LONGEST) return undefined;
  const [, sign, whole = '', part = '', exponent = '0'] = WRITTEN.exec(written.trim()) ?? [];
  if (sign === undefined || whole + part === '') return undefined;
  const digits = (whole + part).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const scale = part.length - Number(exponent) - (digits.length - significant.length);
  if (significant === '') return '0';
  if (significant.length > MOST_DIGITS || scale > MOST_DECIMALS || significant.length - scale > MOST_DIGITS) return undefined;
  return decimalOf({ units: BigInt(`${sign === '-' ? '-' : ''}${significant}`), scale });
}

/** A number as JSON had it, with all its digits, however many. */
export function decimalOfNumber(number: number): DecimalText {
  const [, sign = '', whole = '0', part = '', exponent = '0'] = WRITTEN.exec(String(number)) ?? [];
  return decimalOf({ units: BigInt(`${sign}${whole}${part}`), scale: part.length - Number(exponent) });
}

export function decimalOf({ units, scale }: Scaled): DecimalText {
  if (units === 0n) return '0';
  const digits = String(units < 0n ? -units : units);
  const sign = units < 0n ? '-' : '';
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(-scale)}`;
  const padded = digits.padStart(scale + 1, '0');
  const part = padded.slice(-scale).replace(/0+$/, '');
  return `${sign}${padded.slice(0, -scale)}${part && `.${part}`}`;
}

export function scaledOf(decimal: DecimalText): Scaled {
  const [whole = '', part = ''] = decimal.split('.');
  return { units: BigInt(whole + part), scale: part.length };
}

const tens = (power: number): bigint => 10n ** BigInt(power);
export const decimalsOf = (decimal: DecimalText): number => scaledOf(decimal).scale;

export const times = (one: Scaled, other: Scaled): Scaled => ({ units: one.units * other.units, scale: one.scale + other.scale });

export function plus(one: Scaled, other: Scaled): Scaled {
  const scale = Math.max(one.scale, other.scale);
  return { units: one.units * tens(scale - one.scale) + other.units * tens(scale - other.scale), scale };
}

/** To so many decimals; a half goes away from zero, as on an invoice. */
export function rounded({ units, scale }: Scaled, decimals: number): Scaled {
  if (scale <= decimals) return { units: units * tens(decimals - scale), scale: decimals };
  const step = tens(scale - decimals);
  const size = units < 0n ? -units : units;
  const whole = (size * 2n + step) / (step * 2n);
  return { units: units < 0n ? -whole : whole, scale: decimals };
}

/** @returns below, at or above zero */
export function compareDecimals(one: DecimalText, other: DecimalText): number {
  const { units } = plus(scaledOf(one), times(scaledOf(other), { units: -1n, scale: 0 }));
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

const EXPONENT_ZERO = 50;
/** Higher than every digit: among negative numbers the longer one of two that begin alike is the smaller. */
const END = '~';
const nines = (digits: string): string => digits.replaceAll(/\d/g, (digit) => String(9 - Number(digit)));

/** A text that is ordered byte by byte as the numbers are: sign, size, digits. PostgreSQL compares it through an index under row security, which it does with texts and not with `numeric`. */
export function decimalTerm(decimal: DecimalText): string {
  const { units, scale } = scaledOf(decimal);
  if (units === 0n) return 'o';
  const digits = String(units < 0n ? -units : units);
  const size = String(digits.length - scale + EXPONENT_ZERO).padStart(2, '0');
  const significant = digits.replace(/0+$/, '');
  return units > 0n ? `p${size}${significant}` : `n${nines(size)}${nines(significant)}${END}`;
}
