import { tooMany } from '../input/input-faults.ts';
import type { Message } from '../language/language.ts';
import type { GivenLocation, ReportFault } from './field.ts';
import { NO_EMPLOYEE, NOT_A_PLACE, OPTION_TWICE } from './field-faults.ts';
import { type FieldKind, fieldKind } from './field-kind.ts';
import { takenText } from './text.kinds.ts';

/** Kept as the employee's id; whoever writes it down looks whether there is such an employee. */
const EMPLOYEE: FieldKind = fieldKind<string>({
  name: 'EMPLOYEE',
  called: { en: 'Employee', 'zh-CN': '员工' },
  given: ['employeeId'],
  settings: [],
  take: (given) => String(given),
  text: (value, _, { employee }) => employee?.(value) ?? '',
  type: 'EmployeeValue',
  facts: (value) => ({ employeeId: value }),
  terms: (value) => [value],
  term: (given) => (typeof given === 'string' ? given : undefined),
  read(cell, _, report, { employeeNamed }) {
    const employeeId = cell instanceof Date ? undefined : employeeNamed?.(String(cell).slice(0, 200).trim());
    if (employeeId !== undefined) return { employeeId };
    report(NO_EMPLOYEE);
    return undefined;
  },
  references: (value) => ({ employees: [value] }),
});

export const MOST_FILES = 9;

const fileKind = (name: string, called: Message, settings: FieldKind['settings'] = ['most']): FieldKind =>
  fieldKind<readonly string[]>({
    name,
    called,
    given: ['uploadIds'],
    settings,
    isEmpty: (given) => (given as readonly unknown[]).length === 0,
    take(given, { most = settings.length ? MOST_FILES : 1 }, report) {
      const files = given as readonly string[];
      if (files.length > most) report(tooMany(most, files.length));
      else if (new Set(files).size < files.length) report(OPTION_TWICE);
      else return files;
      return undefined;
    },
    text: (value, _, { file }) => value.flatMap((id) => file?.(id) ?? []).join('; '),
    type: 'FileValue',
    facts: (value) => ({ fileIds: value }),
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

const LOCATION: FieldKind = fieldKind<StoredLocation>({
  name: 'LOCATION',
  called: { en: 'Place', 'zh-CN': '位置' },
  given: ['location'],
  settings: [],
  take: (given, _, report) => takeLocation(given as GivenLocation, report),
  type: 'LocationValue',
  facts: (value) => value,
  text: ({ name, latitude, longitude }) => `${name ? `${name} ` : ''}${latitude}, ${longitude}`,
});

/** Text for whoever fills the form in: nobody answers it. */
const EXPLANATION: FieldKind = fieldKind<never>({
  name: 'EXPLANATION',
  called: { en: 'Explanation', 'zh-CN': '说明' },
  given: [],
  settings: [],
  take: () => undefined,
  text: () => '',
  type: 'TextValue',
  facts: () => ({}),
});

export const REFERENCE_KINDS: readonly FieldKind[] = [
  EMPLOYEE,
  fileKind('IMAGE', { en: 'Image', 'zh-CN': '图片' }),
  fileKind('FILE', { en: 'File', 'zh-CN': '文件' }),
  fileKind('SIGNATURE', { en: 'Signature', 'zh-CN': '签名' }, []),
  LOCATION,
  EXPLANATION,
];
