import { dateIn } from '../../sdk/core.ts';
import { contactsOfStaff, employeeAdded, type HiringChoice, invalid, type Refusal, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { organizationOf } from '../organization/index.ts';
import { Employee } from './directory.entity.ts';
import { type Seating, seatIn, seatingOf } from './employee-departments.service.ts';
import { mobileOf, PHONE_PATH, refusePhoneOfEmployee } from './employee-phone.service.ts';
import { findAnew } from './employee-search.service.ts';

/** What is known of somebody who is employed. */
export interface Personal {
  /** Real name. */
  readonly name: string;
  readonly nameVerified?: boolean;
  readonly nickname?: string;
  readonly staffNumber?: string;
  readonly position?: string;
  /** A day, as `2026-06-01`. */
  readonly seniorSince?: string;
}
export interface NewEmployee extends Personal, Seating {
  /** As it was typed. */
  readonly phone: string;
  /** What becomes of a contact with this phone. */
  readonly onContact?: HiringChoice;
}

/**
 * Employs somebody, who can sign in when it is committed (spec 10.1). The directory is held, and the departments are found.
 * @returns the id.
 * @throws ValidationFailed, EmployeePhoneTaken, PhoneBelongsToContact
 */
export async function addEmployee(use: UseCase, given: NewEmployee): Promise<string> {
  const seating = seatingOf(use, given);
  const phone = await mobileOf(use, given.phone);
  await refusePhoneOfEmployee(use, phone.e164);
  const { is_demo: isDemo, time_zone: zone } = await organizationOf(use);
  const id = await insertEmployee(use, given, { phone: phone.e164, today: dateIn(zone, use.now) });
  await seatIn(use, id, [], seating);
  const contactId = await use.service(contactsOfStaff).settleHiring(use, { phone: phone.e164, choice: given.onContact, path: PHONE_PATH });
  await use.service(seatIndex).add(use, { seatId: id, kind: 'EMPLOYEE', phone: phone.e164, isDemo });
  if (contactId) await use.service(seatIndex).join(use, id, contactId);
  await use.announce(employeeAdded({ employeeId: id, departmentIds: [...seating.keys()] }));
  return id;
}

async function insertEmployee(
  use: UseCase,
  given: NewEmployee,
  { phone, today }: { readonly phone: string; readonly today: string },
): Promise<string> {
  refuseStaffNumberTaken(use);
  const { id } = use.em.create(Employee, {
    name: given.name,
    nameVerified: given.nameVerified ?? false,
    nickname: given.nickname ?? null,
    staffNumber: given.staffNumber ?? null,
    position: given.position ?? null,
    seniorityDate: given.seniorSince ?? today,
    phone,
    portalId: crypto.randomUUID(),
  });
  await use.em.flush(); // memberships refer to the row
  findAnew(use, id);
  return id;
}

/** A number is one's alone, in whatever case it is written, and just as it is written. */
export function refuseStaffNumber(use: UseCase, refusal: () => Refusal): void {
  for (const index of ['employees_staff_number_key', 'employees_staff_number']) use.refuseTaken(index, refusal);
}
export const refuseStaffNumberTaken = (use: UseCase): void =>
  refuseStaffNumber(use, () =>
    invalid(['input', 'staffNumber'], 'TAKEN', { en: 'Another employee has this staff number.', 'zh-CN': '该工号已被其他员工使用。' }),
  );
