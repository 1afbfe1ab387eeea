import { dateIn } from '../../sdk/core.ts';
import {
  auditRecord,
  contactsOfStaff,
  employeeAdded,
  employeeMoved,
  type JobAct,
  RAISED,
  supervisionChanged,
  type UseCase,
} from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { organizationOf } from '../organization/index.ts';
import { departmentMembers, departments, employees } from './directory.entity.ts';
import { type Membership, seatIn } from './employee-departments.service.ts';
import { findSoon } from './finding.job.ts';
import { departmentsLedBy, type StaffEdit, type StaffHire, type StaffMember, type StaffPlan } from './staff-import.rules.ts';
import { limitSupervisors } from './supervisor.service.ts';

/** What a plan is done by, for the audit record. */
export interface StaffAct {
  readonly act: string;
  readonly module: string;
  readonly by: readonly [type: string, id: string];
}

/** Does of a plan what nothing was wrong with; the directory is held since before it was made. */
export async function writeStaff(use: UseCase, act: StaffAct, { hires, edits }: StaffPlan): Promise<void> {
  const hired = await hireAll(use, hires);
  const changed = [...hired, ...edits.map((edit) => ({ ...edit, id: edit.before.id }))];
  use.service(auditRecord).record(
    use,
    changed.map((person) => actOf(act, person)),
  );
  await raiseLed(use, [...hires.map(({ supervised }) => supervised), ...edits.map(supervisedAnew)]);
  for (const edit of edits) {
    use.on(employees).change({ id: edit.before.id }, { ...textsOf(edit), version: RAISED });
    if (edit.isMoved) await move(use, edit);
  }
  const edited = edits.filter(({ isEdited }) => isEdited).map(({ before }) => before.id);
  await findSoon(use, { hired: hired.map(({ id }) => id), edited });
}

const textsOf = (person: StaffHire | StaffEdit) => ({
  name: person.name,
  name_verified: person.nameVerified,
  nickname: person.nickname,
  staff_number: person.staffNumber,
  position: person.position,
  seniority_date: person.seniorSince,
});

const RECORDED = ['name', 'nameVerified', 'nickname', 'staffNumber', 'position', 'seniorSince'] as const;
/** Each employee who came or was changed is in the audit record, with hashes of what the table said (spec 11.1). */
const actOf = ({ act, module, by }: StaffAct, person: (StaffHire | StaffEdit) & { readonly id: string }): JobAct => ({
  act,
  module,
  objects: [['Employee', person.id], by],
  given: {
    ...Object.fromEntries(RECORDED.flatMap((field) => (person[field] == null ? [] : [[field, person[field]]]))),
    departments: [...person.departments.keys()],
    supervises: [...person.supervised],
  },
});

/** They can sign in when it is committed. @returns them with their ids */
async function hireAll(use: UseCase, hires: readonly StaffHire[]): Promise<readonly (StaffHire & { readonly id: string })[]> {
  if (hires.length === 0) return [];
  const { is_demo: isDemo, time_zone: zone } = await organizationOf(use);
  const today = dateIn(zone, use.now);
  const hired = hires.map((hire) => ({ ...hire, id: use.newId() }));
  use.on(employees).add(
    hired.map((hire) => ({
      ...textsOf(hire),
      id: hire.id,
      phone: hire.phone,
      seniority_date: hire.seniorSince ?? today,
      portal_id: crypto.randomUUID(),
    })),
  );
  const seats = hired.flatMap(({ id, departments: seating, supervised }) =>
    [...seating].map(([department_id, is_main]) => ({
      department_id,
      employee_id: id,
      is_main,
      is_supervisor: supervised.has(department_id),
      joined_at: use.now,
    })),
  );
  if (seats.length) use.on(departmentMembers).add(seats);
  use.service(contactsOfStaff).expectNone(
    use,
    hired.map(({ phone }) => phone),
  );
  await use.service(seatIndex).addAll(use, { seats: hired.map(({ id, phone }) => ({ seatId: id, phone })), kind: 'EMPLOYEE', isDemo });
  for (const { id, departments: seating } of hired)
    await use.announce(employeeAdded({ employeeId: id, departmentIds: [...seating.keys()] }));
  return hired;
}

function supervisedAnew({ before, supervised }: StaffEdit): Set<string> {
  const known = departmentsLedBy(before);
  return new Set([...known, ...supervised].filter((id) => known.has(id) !== supervised.has(id)));
}

/** Whoever edits a department has read who supervises it; who succeeds its people hangs on whether it ever had a supervisor (spec 3.15). */
async function raiseLed(use: UseCase, changed: readonly ReadonlySet<string>[]): Promise<void> {
  const ids = new Set(changed.flatMap((of) => [...of]));
  for (const id of ids) use.on(departments).change({ id }, { version: RAISED, was_supervised: true });
  limitSupervisors(use, ids, ['input']);
  if (ids.size) await use.announce(supervisionChanged({ departmentIds: [...ids] }));
}

async function move(use: UseCase, { before, departments: seating, supervised }: StaffEdit): Promise<void> {
  await seatIn(use, before.id, before.memberships.map(asMembership), seating);
  const supervisedNow = departmentsLedBy(before);
  for (const departmentId of seating.keys())
    if (supervised.has(departmentId) !== supervisedNow.has(departmentId))
      use
        .on(departmentMembers)
        .change({ department_id: departmentId, employee_id: before.id }, { is_supervisor: supervised.has(departmentId) });
  const [from, to] = [before.memberships.map(({ departmentId }) => departmentId), [...seating.keys()]];
  await use.announce(employeeMoved({ employeeId: before.id, from, to }));
}

const asMembership = ({ departmentId, isMain, isSupervisor }: StaffMember['memberships'][number]): Membership => ({
  department_id: departmentId,
  is_main: isMain,
  is_supervisor: isSupervisor,
});
