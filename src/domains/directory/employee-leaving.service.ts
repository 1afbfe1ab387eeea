import { contactsOfStaff, type HiringChoice, invalid, shared, supervisionChanged, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { organizationOf } from '../organization/index.ts';
import { keepSupervised, supervisedAlone } from './department-past.service.ts';
import { departmentMembers, employees } from './directory.entity.ts';
import { refuseStaffNumber } from './employee-adding.service.ts';
import { refusePhoneOfEmployee } from './employee-phone.service.ts';
import { type EndedRight, endingRights, endRights, giveBackRights, type Resumed } from './ended-right.service.ts';
import { havingPhones } from './having-phones.service.ts';
import { awaitDecision, closeConflictsOf, leaveToAdmins } from './phone-following.service.ts';
import { limitSupervisors, supervisedBy } from './supervisor.service.ts';

/** Sessions of many seats are ended at once, when all else is written. */
const seatsEnding = shared<string>('directory.seats', async (use, seatIds) => {
  await use.service(seatIndex).end(use, seatIds);
  await closeConflictsOf(use, seatIds);
});

/** What ends with an employment. */
export interface Ended {
  /** How many. */
  readonly sessions: number;
  readonly rights: readonly EndedRight[];
  /** Names of departments that nobody supervises any more. */
  readonly unsupervised: readonly string[];
}

/**
 * Ends the employment of somebody whose row is locked: rights, seat and sessions end. Where they sat, and what they supervised, stays written
 * on the row of one who has left, and counts no more.
 * @returns what ends with it.
 */
export async function endEmployment(use: UseCase, employeeId: string): Promise<Ended> {
  const rights = await endingRights(use, employeeId);
  const sessions = await use.service(seatIndex).sessions(use, employeeId);
  const unsupervised = await supervisedAlone(use, employeeId);
  await keepSupervised(use, employeeId);
  await endRights(use, employeeId);
  await use
    .on(employees)
    .updateTable('employees')
    .set((of) => ({ left_at: use.now, version: of('version', '+', 1) }))
    .where('id', '=', employeeId)
    .execute();
  use.last(seatsEnding, employeeId);
  return { sessions, rights, unsupervised };
}

/** How somebody is brought back. */
export interface Resuming {
  readonly employeeId: string;
  /** What becomes of a contact who has their phone. */
  readonly onContact?: HiringChoice;
  /** Of the input field that is to blame where it cannot be done. */
  readonly path: readonly string[];
}

/**
 * Brings back somebody who has left by mistake: the seat, where they sat, and rights as far as whoever brings them back may give them. It is the
 * seat of the account that it was: where that has another phone by now, they have it too (spec 3.7), unless somebody else who is employed has it:
 * then admins decide, as about others who follow. They decide as well about whoever's account has taken their number meanwhile.
 * @throws EmployeePhoneTaken, PhoneBelongsToContact, ValidationFailed where another has the phone or the staff number by now
 */
export async function resumeEmployment(use: UseCase, { employeeId, onContact, path }: Resuming): Promise<Resumed> {
  const { proven, written } = await phonesOf(use, employeeId);
  const isHeld = proven !== written && (await havingPhones(use, 'EMPLOYEE', [proven])).length > 0;
  const phone = isHeld ? written : proven;
  await refusePhoneOfEmployee(use, phone, { isBack: true, path });
  refuseStaffNumber(use, () =>
    invalid(path, 'STAFF_NUMBER_TAKEN', { en: 'Another employee has the staff number by now.', 'zh-CN': '该工号已被其他员工使用。' }),
  );
  await use
    .on(employees)
    .updateTable('employees')
    .set((of) => ({ left_at: null, phone, version: of('version', '+', 1) }))
    .where('id', '=', employeeId)
    .execute();
  await keepSupervised(use, employeeId);
  const supervised = await supervisedBy(use, employeeId);
  limitSupervisors(use, supervised, path);
  await haveMainDepartment(use, employeeId);
  await use.service(contactsOfStaff).settleHiring(use, { phone, choice: onContact, path });
  const { is_demo: isDemo } = await organizationOf(use);
  await use.service(seatIndex).add(use, { seatId: employeeId, kind: 'EMPLOYEE', phone: proven, isDemo });
  if (isHeld) await leaveToAdmins(use, { seatId: employeeId, kind: 'EMPLOYEE', phone: proven });
  await awaitDecision(use, { kind: 'EMPLOYEE', id: employeeId }, phone);
  if (supervised.length) await use.announce(supervisionChanged({ departmentIds: supervised }));
  return giveBackRights(use, employeeId);
}

/** Whoever is in departments has a main one, by which their people are succeeded (spec 3.15): where it was removed meanwhile, the one joined first. */
const haveMainDepartment = (use: UseCase, employeeId: string): Promise<unknown> =>
  use
    .on(departmentMembers)
    .updateTable('department_members')
    .set({ is_main: true })
    .where('employee_id', '=', employeeId)
    .where('department_id', '=', (of) =>
      of
        .selectFrom('department_members as first')
        .select('first.department_id')
        .where('first.employee_id', '=', employeeId)
        .orderBy('first.is_main', 'desc')
        .orderBy('first.joined_at')
        .orderBy('first.department_id')
        .limit(1),
    )
    .execute();

/** The number that the account of a seat has by now, and the one that its row has: they left with it. */
async function phonesOf(use: UseCase, employeeId: string): Promise<{ proven: string; written: string }> {
  const now = await use.service(seatIndex).phoneOf(use, employeeId);
  const { phone } = await use.on(employees).selectFrom('employees').select('phone').where('id', '=', employeeId).executeTakeFirstOrThrow();
  return { proven: now ?? phone, written: phone };
}

/** Those of some employees who are employed, and stay so until the use case ends. */
export async function holdEmployed(use: UseCase, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('id', 'in', [...new Set(ids)])
    .where('left_at', 'is', null)
    .orderBy('id')
    .forShare()
    .execute();
  return new Set(rows.map(({ id }) => id));
}
