import type { UseCase } from '../../sdk/index.ts';
import { departmentMembers, departments, employees } from './directory.entity.ts';
import { havingPhones, phonesHeldBy } from './having-phones.service.ts';
import type { StaffMember, StaffNow } from './staff-import.rules.ts';
import type { StaffRecord } from './staff-record.ts';

/** The staff that records are held against; the directory is held, so it is so until the end. A handful of questions, however many records. */
export async function staffNow(use: UseCase, records: readonly StaffRecord[]): Promise<StaffNow> {
  const phones = [...new Set(records.flatMap(({ phone }) => (phone ? [phone.e164] : [])))];
  return {
    members: await membersNow(use),
    departments: await use.on(departments).selectFrom('departments').select(['id', 'name', 'parent_id']).execute(),
    phonesOfContacts: await phonesHeldBy(use, 'CONTACT', phones),
    provenBy: new Map((await havingPhones(use, 'EMPLOYEE', phones)).map(({ id, phone }) => [phone, id])),
  };
}

async function membersNow(use: UseCase): Promise<StaffMember[]> {
  const people = await use.on(employees).selectFrom('employees').selectAll().where('left_at', 'is', null).execute();
  const seats = await use
    .on(employees, departmentMembers)
    .selectFrom('department_members as of')
    .innerJoin('employees', 'employees.id', 'of.employee_id')
    .select(['of.employee_id', 'of.department_id', 'of.is_main', 'of.is_supervisor'])
    .where('employees.left_at', 'is', null)
    .orderBy('of.joined_at')
    .orderBy('of.department_id')
    .execute();
  const byEmployee = Map.groupBy(seats, ({ employee_id }) => employee_id);
  return people.map((of) => ({
    id: of.id,
    name: of.name,
    nameVerified: of.name_verified,
    nickname: of.nickname,
    staffNumber: of.staff_number,
    position: of.position,
    seniorSince: of.seniority_date,
    phone: of.phone,
    memberships: (byEmployee.get(of.id) ?? []).map(({ department_id, is_main, is_supervisor }) => ({
      departmentId: department_id,
      isMain: is_main,
      isSupervisor: is_supervisor,
    })),
  }));
}
