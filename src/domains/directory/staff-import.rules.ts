import { asSeen, lowered, type SheetFault } from '../../sdk/core.ts';
import { type DepartmentNode, departmentFinder, type FoundDepartment } from './department-paths.rules.ts';
import { type StaffFaultCode, staffFault } from './staff-import.faults.ts';
import type { StaffRecord } from './staff-record.ts';
import { beyondMostSupervisors, MOST_SUPERVISORS, type SupervisionChange } from './supervisors.rules.ts';

/** Somebody who is employed, as they are now. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly nameVerified: boolean;
  readonly nickname: string | null;
  readonly staffNumber: string | null;
  readonly position: string | null;
  readonly seniorSince: string;
  /** E.164 */
  readonly phone: string;
  readonly memberships: readonly { readonly departmentId: string; readonly isMain: boolean; readonly isSupervisor: boolean }[];
}
/** All that a record is held against. */
export interface StaffNow {
  readonly members: readonly StaffMember[];
  readonly departments: readonly DepartmentNode[];
  /** E.164, of those phones that the records name. */
  readonly phonesOfContacts: ReadonlySet<string>;
  /** Of those phones, whose it is: by the member's account too, where that has proven another than is written. */
  readonly provenBy?: ReadonlyMap<string, string>;
}

type Texts = Omit<StaffMember, 'id' | 'phone' | 'memberships' | 'seniorSince'> & { readonly seniorSince: string | undefined };
/** Where somebody sits: each department with whether it is the main one, and those that they supervise. */
export interface StaffSeating {
  readonly departments: ReadonlyMap<string, boolean>;
  readonly supervised: ReadonlySet<string>;
}
export type StaffHire = Texts & StaffSeating & { readonly phone: string };
export interface StaffEdit extends Texts, StaffSeating {
  readonly before: StaffMember;
  readonly isEdited: boolean;
  readonly isMoved: boolean;
}
/** What a table of the staff comes to: all of it is done, or nothing. */
export interface StaffPlan {
  readonly hires: readonly StaffHire[];
  readonly edits: readonly StaffEdit[];
  readonly unchanged: number;
  readonly faults: readonly SheetFault[];
}

export const MOST_DEPARTMENTS = 20;
type Column = Parameters<typeof staffFault>[2];
type Blame = (code: StaffFaultCode, column: Column, fact?: string | number) => void;

/** Holds records against the staff as it is. Pure: the same records and the same staff make the same plan. */
export function planStaff(records: readonly StaffRecord[], now: StaffNow): StaffPlan {
  const planning = beginPlan(now);
  for (const record of records) planning.hold(record);
  return planning.plan();
}

/** The same, a record at a time: thousands take a second, in which a server has others to answer. */
export function beginPlan(now: StaffNow) {
  const find = departmentFinder(now.departments);
  const numbered = now.members.flatMap((of) => (of.staffNumber === null ? [] : [[of.staffNumber, of] as const]));
  // a number is found in another case, and without what is not seen, where nobody has it as it is written
  const byKey = new Map(numbered.toReversed().map(([number, of]) => [keyOf(number), of]));
  const byNumber = new Map(numbered);
  const byId = new Map(now.members.map((of) => [of.id, of]));
  const proven = [...(now.provenBy ?? [])].flatMap(([phone, id]) => (byId.has(id) ? [[phone, byId.get(id)!] as const] : []));
  const byPhone = new Map([...proven, ...now.members.map((of) => [of.phone, of] as const)]);
  const [numbers, phones] = [new Map<string, number>(), new Map<string, number>()];
  const faults: SheetFault[] = [];
  const changes: PlannedChange[] = [];
  let unchanged = 0;
  const hold = (record: StaffRecord): void => {
    const known = faults.length;
    const blame: Blame = (code, column, fact) => faults.push(staffFault(code, record.row, column, fact));
    const phone = record.phone?.e164;
    if (phone) blameTwins(phones, phone, record.row, 'phone', blame);
    const owner = phone ? byPhone.get(phone) : undefined;
    // Somebody who was added without a number gets it here: the founder of an organization stands in its table like everybody else.
    const numberedSo = byNumber.get(record.staffNumber) ?? byKey.get(keyOf(record.staffNumber));
    const before = numberedSo ?? (owner?.staffNumber === null ? owner : undefined);
    blameTwins(numbers, numberedSo?.id ?? keyOf(record.staffNumber), record.row, 'staffNumber', blame);
    blamePhone(record, before, owner, now.phonesOfContacts, blame);
    const seating = seatingOf(record, before, find, blame);
    if (faults.length > known) return;
    const change = { row: record.row, before: departmentsLedBy(before), after: seating.supervised };
    const edit = before && editOf(record, before, seating);
    if (!edit) changes.push({ ...change, hire: { ...textsOf(record), ...seating, phone: phone! } });
    else if (edit.isEdited || edit.isMoved) changes.push({ ...change, edit });
    else unchanged += 1;
  };
  const plan = (): StaffPlan => {
    const beyond = beyondMostSupervisors(supervisorsOf(now.members), changes);
    const done = changes.filter((change) => !beyond.has(change));
    const crowded = [...beyond.keys()].map(({ row }) => staffFault('TOO_MANY_SUPERVISORS', row, 'supervises', MOST_SUPERVISORS));
    return {
      hires: done.flatMap(({ hire }) => hire ?? []),
      edits: done.flatMap(({ edit }) => edit ?? []),
      unchanged,
      faults: [...faults, ...crowded],
    };
  };
  return { hold, plan };
}
interface PlannedChange extends SupervisionChange {
  readonly row: number;
  readonly hire?: StaffHire;
  readonly edit?: StaffEdit;
}

/** Supervisions that a plan makes and ends: each of one department by one person, also where somebody ends theirs by sitting elsewhere. Pure. */
export function supervisionsOf({ hires, edits }: Pick<StaffPlan, 'hires' | 'edits'>): { readonly made: number; readonly ended: number } {
  const changes = [...hires.map(({ supervised }) => ({ before: NONE, after: supervised })), ...edits.map(changeOf)];
  const beyond = (some: ReadonlySet<string>, others: ReadonlySet<string>): number => [...some].filter((id) => !others.has(id)).length;
  const sum = (of: (change: SupervisionChange) => number): number => changes.reduce((all, one) => all + of(one), 0);
  return { made: sum(({ before, after }) => beyond(after, before)), ended: sum(({ before, after }) => beyond(before, after)) };
}
const NONE: ReadonlySet<string> = new Set();
const changeOf = ({ before, supervised }: StaffEdit): SupervisionChange => ({ before: departmentsLedBy(before), after: supervised });

/** Departments that somebody supervises. */
export const departmentsLedBy = (of: StaffMember | undefined): ReadonlySet<string> =>
  new Set((of?.memberships ?? []).filter(({ isSupervisor }) => isSupervisor).map(({ departmentId }) => departmentId));
function supervisorsOf(members: readonly StaffMember[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const member of members) for (const id of departmentsLedBy(member)) count.set(id, (count.get(id) ?? 0) + 1);
  return count;
}

/** As the database keeps it unique. */
const keyOf = (staffNumber: string): string => lowered(asSeen(staffNumber).normalize('NFKC'));

function blameTwins(seen: Map<string, number>, value: string, row: number, column: Column, blame: Blame): void {
  const first = seen.get(value);
  if (first === undefined) seen.set(value, row);
  else blame('TWICE_IN_FILE', column, first);
}

function blamePhone(
  { phone }: StaffRecord,
  before: StaffMember | undefined,
  owner: StaffMember | undefined,
  phonesOfContacts: ReadonlySet<string>,
  blame: Blame,
): void {
  if (!phone) {
    if (!before) blame('PHONE_MISSING', 'phone');
  } else if (before) {
    if (before.phone !== phone.e164) blame('PHONE_DIFFERS', 'phone');
  } else if (!phone.isMobile || phone.extension !== undefined) blame('NOT_A_MOBILE', 'phone');
  else if (owner) blame('PHONE_TAKEN', 'phone');
  else if (phonesOfContacts.has(phone.e164)) blame('PHONE_OF_CONTACT', 'phone');
}

/** What is not said stays: departments, which of them is the main one, and which are supervised. */
function seatingOf(
  record: StaffRecord,
  before: StaffMember | undefined,
  find: (path: string) => FoundDepartment,
  blame: Blame,
): StaffSeating {
  const found = (paths: readonly string[], column: Column): string[] =>
    paths.flatMap((path) => {
      const { id, fault } = find(path);
      if (fault) blame(fault, column, path);
      return id === undefined ? [] : [id];
    });
  const memberships = before?.memberships ?? [];
  const ids = record.departments
    ? [...new Set(found(record.departments, 'departments'))]
    : memberships.map(({ departmentId }) => departmentId);
  if (ids.length > MOST_DEPARTMENTS) blame('TOO_MANY_DEPARTMENTS', 'departments', MOST_DEPARTMENTS);
  const among = (paths: readonly string[], column: Column): string[] => {
    const named = found(paths, column);
    if (named.some((id) => !ids.includes(id))) blame('NOT_A_MEMBER', column, paths.join('; '));
    return named;
  };
  const [named] = record.mainDepartment === undefined ? [] : among([record.mainDepartment], 'mainDepartment');
  const former = memberships.find(({ isMain }) => isMain)?.departmentId;
  const main = named ?? (former !== undefined && ids.includes(former) ? former : ids[0]);
  const supervised = record.supervises ? among(record.supervises, 'supervises') : [...departmentsLedBy(before)];
  return {
    departments: new Map(ids.map((id) => [id, id === main])),
    supervised: new Set(supervised.filter((id) => ids.includes(id))),
  };
}

const textsOf = (record: StaffRecord, before?: StaffMember): Texts => ({
  name: record.name,
  nameVerified: record.nameVerified ?? before?.nameVerified ?? false,
  nickname: record.nickname ?? before?.nickname ?? null,
  staffNumber: record.staffNumber,
  position: record.position ?? before?.position ?? null,
  seniorSince: record.seniorSince ?? before?.seniorSince,
});
const TEXTS = ['name', 'nameVerified', 'nickname', 'staffNumber', 'position', 'seniorSince'] as const;

function editOf(record: StaffRecord, before: StaffMember, seating: StaffSeating): StaffEdit {
  const texts = textsOf(record, before);
  const { departments, supervised } = seating;
  const isMoved =
    departments.size !== before.memberships.length ||
    before.memberships.some(
      ({ departmentId, isMain, isSupervisor }) => departments.get(departmentId) !== isMain || supervised.has(departmentId) !== isSupervisor,
    );
  return { ...texts, ...seating, before, isMoved, isEdited: TEXTS.some((text) => texts[text] !== before[text]) };
}
