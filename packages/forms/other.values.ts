import { isDay } from './day.ts';
import type { ReportFault } from './fault.ts';
import type { GivenLocation } from './given-value.ts';
import { takenText } from './text.values.ts';
import { lessThan, moreThan, NOT_A_DAY, NOT_A_PLACE, NOT_YES_OR_NO, OPTION_TWICE, tooMany } from './value-faults.ts';
import { isObject, isSimple, isTexts, type ValueKind, valueKind } from './value-kind.ts';

const DATE = valueKind<string>({
  name: 'DATE',
  given: ['date', 'text'],
  isGiven: isSimple,
  isEmpty: (given) => given === '',
  take(given, { min, max }, report) {
    const day = String(given);
    if (!isDay(day)) report(NOT_A_DAY);
    else if (min !== undefined && day < min) report(lessThan(min));
    else if (max !== undefined && day > max) report(moreThan(max));
    else return day;
    return undefined;
  },
});

const YES_NO = valueKind<boolean>({
  name: 'YES_NO',
  given: ['yes'],
  take(given, _, report) {
    if (typeof given === 'boolean') return given;
    return void report(NOT_YES_OR_NO);
  },
});

/** Kept as the employee's id; whoever writes it down looks whether there is such an employee. */
const EMPLOYEE = valueKind<string>({
  name: 'EMPLOYEE',
  given: ['employeeId'],
  isGiven: isSimple,
  take: (given) => String(given),
  references: (value) => ({ employees: [value] }),
});

export const MOST_FILES = 9;

/** @param atMost where a field says nothing */
const fileKind = (name: string, atMost = MOST_FILES): ValueKind =>
  valueKind<readonly string[]>({
    name,
    given: ['uploadIds'],
    isGiven: isTexts,
    isEmpty: (given) => (given as readonly unknown[]).length === 0,
    take(given, { most = atMost }, report) {
      const files = given as readonly string[];
      if (files.length > most) report(tooMany(most, files.length));
      else if (new Set(files).size < files.length) report(OPTION_TWICE);
      else return files;
      return undefined;
    },
    references: (value) => ({ files: value }),
  });

export type StoredLocation = { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly accuracy?: number };
const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most;
const MOST_PLACE_NAME = 200;
const METRES = 100_000;

function takeLocation(given: GivenLocation, report: ReportFault): StoredLocation | undefined {
  const { latitude, longitude, accuracy } = given;
  const name = given.name == null ? undefined : takenText(given.name, MOST_PLACE_NAME, (fault) => report(fault, 'name'));
  const isPlace = isWithin(latitude, 90) && isWithin(longitude, 180) && (accuracy == null || (isWithin(accuracy, METRES) && accuracy >= 0));
  if (!isPlace) report(NOT_A_PLACE);
  if (!isPlace || (given.name != null && name === undefined)) return undefined;
  return { latitude, longitude, ...(name ? { name } : {}), ...(accuracy == null ? {} : { accuracy }) };
}

const LOCATION = valueKind<StoredLocation>({
  name: 'LOCATION',
  given: ['location'],
  isGiven: isObject,
  take: (given, _, report) => takeLocation(given as GivenLocation, report),
});

/** Text for whoever fills the form in: nobody answers it. */
const EXPLANATION = valueKind<never>({ name: 'EXPLANATION', given: [], take: () => undefined });

export const OTHER_VALUES: readonly ValueKind[] = [
  DATE,
  YES_NO,
  EMPLOYEE,
  fileKind('IMAGE'),
  fileKind('FILE'),
  fileKind('SIGNATURE', 1),
  LOCATION,
  EXPLANATION,
];
