import type { ReportFault } from './fault.ts';
import { hasSomethingToSee, takeText } from './text-taken.ts';
import { NOT_A_PHONE, NOT_A_URL, NOT_AN_EMAIL, notTaken, tooShort } from './value-faults.ts';
import { isSimple, type Taking, type ValueKind, valueKind } from './value-kind.ts';

const isEmptyText = (given: unknown): boolean => typeof given === 'string' && !hasSomethingToSee(given.slice(0, 100_000));

/** Takes a text in by its length. @returns undefined where a fault was told. */
export function takenText(given: unknown, most: number, report: ReportFault): string | undefined {
  const taken = takeText(String(given), most);
  if (taken.fault) report(notTaken(taken.fault, most));
  return taken.text;
}

/** @returns the text as it is kept; undefined where a fault was told. */
type Check = (text: string, report: ReportFault, taking: Taking) => string | undefined;

const EMAIL = /^[^\s@<>(),:;"\\[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const emailOf: Check = (text, report) => {
  if (EMAIL.test(text) && !/^\.|\.\.|\.@/.test(text)) return text;
  report(NOT_AN_EMAIL);
  return undefined;
};

/** Kept as it was written: what a browser makes of it may look different. */
const urlOf: Check = (text, report) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !/[\s\p{Cc}]/u.test(text) && url.username === '' && url.password === '') return text;
  report(NOT_A_URL);
  return undefined;
};

const phoneOf: Check = (text, report, { country, phone }) => {
  if (!phone) return text;
  const read = phone(text, country);
  if (read === undefined) report(NOT_A_PHONE);
  return read;
};

interface TextOf {
  readonly most: number;
  readonly check?: Check;
  /** Whether a field may say that it takes fewer characters. */
  readonly bounded?: boolean;
}
const TEXTS: Readonly<Record<string, TextOf>> = {
  TEXT: { most: 2_000, bounded: true },
  PARAGRAPH: { most: 20_000, bounded: true },
  PHONE: { most: 60, check: phoneOf },
  EMAIL: { most: 254, check: emailOf },
  URL: { most: 2_000, check: urlOf },
  ADDRESS: { most: 500 },
};

/** Most characters of a text of some kind, by its field. */
export function mostCharacters({ kind, maxLength }: { readonly kind: string; readonly maxLength?: number }): number {
  const { most, bounded } = TEXTS[kind] ?? { most: 0, bounded: false };
  return bounded ? Math.min(maxLength ?? most, most) : most;
}

export const TEXT_VALUES: readonly ValueKind[] = Object.entries(TEXTS).map(([name, { check }]) =>
  valueKind<string>({
    name,
    given: ['text'],
    isGiven: isSimple,
    isEmpty: isEmptyText,
    take(given, field, report, taking) {
      const text = takenText(given, mostCharacters({ ...field, kind: name }), report);
      if (text === undefined) return undefined;
      if (!hasSomethingToSee(text)) report(tooShort(1));
      return check ? check(text, report, taking) : text;
    },
  }),
);
