import { type Phone, readPhone } from '../../platform/phone/phone.ts';
import type { DeliveredPerson, DepartmentPath, Message, StaffDelivery } from '../../sdk/index.ts';
import type { StaffRecord } from '../directory/index.ts';
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
const LONGEST = { number: 50, text: 100 };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Between names, as a table of the staff writes a path. */
export const pathText = (path: DepartmentPath): string => path.join('/');

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && [...value].length <= most;
const isDay = (text: string): boolean => DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
const isPath = (path: unknown): path is DepartmentPath =>
  Array.isArray(path) && path.length > 0 && path.length <= MOST_LEVELS && path.every((name) => isText(name, LONGEST.text));

const arePaths = (paths: unknown): boolean => paths === undefined || (Array.isArray(paths) && paths.every(isPath));

/** Looks a delivery through. Pure. @param country numbers without a country code are read as of it */
export function deliveredOf(delivery: StaffDelivery, country: string): Delivered {
  const faults: DeliveryFault[] = [];
  const records: StaffRecord[] = [];
  const paths: DepartmentPath[] = [];
  const numbers = new Set<string>();
  (delivery.departments ?? []).forEach((path) => {
    if (isPath(path)) paths.push(path);
    else faults.push(faultAt(undefined, 'DEPARTMENT_INVALID', 'departments'));
  });
  delivery.people.forEach((person, i) => {
    const blame: Blame = (code, column) => faults.push(faultAt(i + 1, code, column));
    if (isText(person?.staffNumber, LONGEST.number)) numbers.add(person.staffNumber.trim());
    const known = faults.length;
    blameWrong(person ?? {}, blame);
    const phone = person?.phone ? readPhone(String(person.phone), country) : undefined;
    if (person?.phone && !phone) blame('PHONE_INVALID', 'phone');
    if (faults.length > known) return;
    records.push(recordOf(person, i + 1, phone));
    paths.push(...pathsOf(person));
  });
  return { records, faults, departments: fromTheTop(paths), numbers };
}

const faultAt = (row: number | undefined, code: SyncFaultCode, column: string): DeliveryFault => ({
  row,
  column,
  code,
  message: SYNC_FAULTS[code],
});

const pathsOf = ({ departments = [], mainDepartment, supervises = [] }: DeliveredPerson): DepartmentPath[] => [
  ...departments,
  ...(mainDepartment ? [mainDepartment] : []),
  ...supervises,
];

type Blame = (code: SyncFaultCode, column: string) => unknown;
function blameWrong(person: DeliveredPerson, blame: Blame): void {
  if (!isText(person.staffNumber, LONGEST.number)) blame('NUMBER_INVALID', 'staffNumber');
  if (!isText(person.name, LONGEST.text)) blame('NAME_INVALID', 'name');
  for (const text of ['nickname', 'position'] as const)
    if (person[text] && !isText(person[text], LONGEST.text)) blame('TEXT_INVALID', text);
  if (person.seniorSince && !isDay(String(person.seniorSince))) blame('DAY_INVALID', 'seniorSince');
  const { departments, mainDepartment, supervises } = person;
  if (![departments, supervises, mainDepartment && [mainDepartment]].every(arePaths)) blame('DEPARTMENT_INVALID', 'departments');
}

/** Of a person with whom nothing is wrong. */
const recordOf = (person: DeliveredPerson, row: number, phone: Phone | undefined): StaffRecord => ({
  row,
  phone,
  staffNumber: person.staffNumber.trim(),
  name: person.name.trim(),
  nickname: person.nickname?.trim() || undefined,
  position: person.position?.trim() || undefined,
  seniorSince: person.seniorSince || undefined,
  nameVerified: person.nameVerified,
  departments: person.departments?.map(pathText),
  mainDepartment: person.mainDepartment && pathText(person.mainDepartment),
  supervises: person.supervises?.map(pathText),
});

/** Every department once, behind those above it. */
function fromTheTop(paths: readonly DepartmentPath[]): DepartmentPath[] {
  const all = new Map<string, DepartmentPath>();
  for (const path of paths)
    for (let level = 1; level <= path.length; level++) {
      const above = path.slice(0, level).map((name) => name.trim());
      all.set(JSON.stringify(above), above);
    }
  return [...all.values()].sort((one, other) => one.length - other.length);
}
