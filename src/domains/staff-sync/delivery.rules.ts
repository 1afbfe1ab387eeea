import { isDay, type Phone, readPhone, takeName } from '../../sdk/core.ts';
import type { DeliveredPerson, DepartmentPath, Message, StaffDelivery } from '../../sdk/index.ts';
import { isDepartmentName, type StaffRecord } from '../directory/index.ts';
import { SYNC_FAULTS, type SyncFaultCode } from './sync.faults.ts';

/** What is wrong with one person of a delivery. */
export interface DeliveryFault {
  /** Of the people, counted from 1. */
  readonly row?: number;
  readonly column?: string;
  readonly code: string;
  readonly message: Message;
}
/** A delivery that was looked through: a source is another's program, and may say anything. */
export interface Delivered {
  readonly records: readonly StaffRecord[];
  readonly faults: readonly DeliveryFault[];
  /** Departments that are named, each behind those above it. */
  readonly departments: readonly DepartmentPath[];
  /** Staff numbers of all who are in it, also where something is wrong with them: they have not gone. */
  readonly numbers: ReadonlySet<string>;
}

const MOST_LEVELS = 20;
const LONGEST = { number: 50, text: 100, phone: 60 };
/** Between names, as a table of the staff writes a path. */
export const pathText = (path: DepartmentPath): string => path.join('/');

/** A source is a program of others: whatever it says of somebody, under each name. */
type Said = Readonly<Record<keyof DeliveredPerson, unknown>>;
/** What is not said, or said to be nothing, is left out. */
const isLeftOut = (value: unknown): value is undefined | null | '' => value === undefined || value === null || value === '';

/** A name, a number, or what else somebody goes by, as an input takes it in; empty where there is nothing to see. */
const nameIn = (value: unknown, most: number): string | undefined => (typeof value === 'string' ? takeName(value, most).text : undefined);
const pathIn = (path: unknown): DepartmentPath | undefined => {
  if (!Array.isArray(path) || path.length === 0 || path.length > MOST_LEVELS) return undefined;
  const names = Array.from(path, (name) => nameIn(name, LONGEST.text) ?? '');
  return names.every((name) => name && isDepartmentName(name)) ? names : undefined;
};
const phoneIn = (value: unknown, country: string): Phone | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length <= LONGEST.phone ? readPhone(text, country) : undefined;
};
/** By which a person is found again, and told of; undefined where it is none. */
export const staffNumberOf = (person: unknown): string | undefined =>
  nameIn((person as Said | null | undefined)?.staffNumber, LONGEST.number) || undefined;

type Blame = (code: SyncFaultCode, column: string) => undefined;
interface Person extends Omit<StaffRecord, 'departments' | 'mainDepartment' | 'supervises'> {
  readonly departments: readonly DepartmentPath[] | undefined;
  readonly mainDepartment: DepartmentPath | undefined;
  readonly supervises: readonly DepartmentPath[] | undefined;
}

/** Looks a delivery through. Pure, and does not throw whatever it is. @param country numbers without a country code are read as of it */
export function deliveredOf({ people, departments }: StaffDelivery, country: string): Delivered {
  const faults: DeliveryFault[] = [];
  const records: StaffRecord[] = [];
  const paths: DepartmentPath[] = [];
  const blameTree: Blame = (code, column) => void faults.push(faultAt(undefined, code, column));
  paths.push(...(pathsIn(departments, 'departments', blameTree) ?? []));
  people.forEach((given: unknown, i) => {
    const known = faults.length;
    const person = personIn((given ?? {}) as Said, i + 1, country, (code, column) => void faults.push(faultAt(i + 1, code, column)));
    if (faults.length > known) return;
    records.push(recordOf(person));
    paths.push(...(person.departments ?? []), ...(person.mainDepartment ? [person.mainDepartment] : []), ...(person.supervises ?? []));
  });
  return { records, faults, departments: fromTheTop(paths), numbers: new Set(people.flatMap((one) => staffNumberOf(one) ?? [])) };
}

const faultAt = (row: number | undefined, code: SyncFaultCode, column: string): DeliveryFault => ({
  row,
  column,
  code,
  message: SYNC_FAULTS[code],
});

/** A person as they are told of; what is wrong goes to `blame`, and then they are nobody's record. */
function personIn(said: Said, row: number, country: string, blame: Blame): Person {
  const { departments, mainDepartment, supervises } = said;
  const text = (column: 'nickname' | 'position'): string | undefined =>
    given(said[column], (value) => nameIn(value, LONGEST.text), 'TEXT_INVALID', column, blame) || undefined;
  return {
    row,
    staffNumber: staffNumberOf(said) ?? blame('NUMBER_INVALID', 'staffNumber') ?? '',
    name: (nameIn(said.name, LONGEST.text) || blame('NAME_INVALID', 'name')) ?? '',
    nickname: text('nickname'),
    position: text('position'),
    seniorSince: given(said.seniorSince, dayIn, 'DAY_INVALID', 'seniorSince', blame),
    nameVerified: given(said.nameVerified, flagIn, 'FLAG_INVALID', 'nameVerified', blame),
    phone: given(said.phone, (value) => phoneIn(value, country), 'PHONE_INVALID', 'phone', blame),
    departments: pathsIn(departments, 'departments', blame),
    mainDepartment: given(mainDepartment, pathIn, 'DEPARTMENT_INVALID', 'mainDepartment', blame),
    supervises: pathsIn(supervises, 'supervises', blame),
  };
}
const dayIn = (value: unknown): string | undefined => (typeof value === 'string' && isDay(value) ? value : undefined);
const flagIn = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** What was said, as it is taken in. */
function given<Value>(
  value: unknown,
  take: (value: unknown) => Value | undefined,
  code: SyncFaultCode,
  column: string,
  blame: Blame,
): Value | undefined {
  return isLeftOut(value) ? undefined : (take(value) ?? blame(code, column));
}
function pathsIn(paths: unknown, column: string, blame: Blame): readonly DepartmentPath[] | undefined {
  if (isLeftOut(paths)) return undefined;
  if (!Array.isArray(paths)) return blame('DEPARTMENT_INVALID', column);
  const read = Array.from(paths, pathIn);
  if (read.includes(undefined)) blame('DEPARTMENT_INVALID', column);
  return read.flatMap((path) => (path ? [path] : []));
}

/** Of a person with whom nothing is wrong. */
const recordOf = ({ departments, mainDepartment, supervises, ...person }: Person): StaffRecord => ({
  ...person,
  departments: departments?.map(pathText),
  mainDepartment: mainDepartment && pathText(mainDepartment),
  supervises: supervises?.map(pathText),
});

/** Every department once, behind those above it. */
function fromTheTop(paths: readonly DepartmentPath[]): DepartmentPath[] {
  const all = new Map<string, DepartmentPath>();
  for (const path of paths)
    for (let level = 1; level <= path.length; level++) {
      const above = path.slice(0, level);
      all.set(JSON.stringify(above), above);
    }
  return [...all.values()].sort((one, other) => one.length - other.length);
}
