import { invalid, shared, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { organizations } from '../organization/index.ts';
import { endRights } from './admin-right.service.ts';
import { keepSupervised } from './department-past.service.ts';
import { employees } from './directory.entity.ts';
import { employeePhoneTaken } from './directory.errors.ts';

/** Sessions of many seats are ended at once, when all else is written. */
const seatsEnding = shared<string>('directory.seats', (use, seatIds) => use.service(seatIndex).end(use, seatIds));

/**
 * Ends the employment of somebody whose row is locked: rights, seat and sessions end. Where they sat, and what they supervised, stays written
 * on the row of one who has left, and counts no more.
 * @returns how many sessions end.
 */
export async function endEmployment(use: UseCase, employeeId: string): Promise<number> {
  const sessions = await use.service(seatIndex).sessions(use, employeeId);
  await keepSupervised(use, employeeId);
  await endRights(use, employeeId);
  await use
    .on(employees)
    .updateTable('employees')
    .set((of) => ({ left_at: use.now, version: of('version', '+', 1) }))
    .where('id', '=', employeeId)
    .execute();
  use.last(seatsEnding, employeeId);
  return sessions;
}

/**
 * Brings back somebody who has left by mistake: the seat, and where they sat; rights are granted anew.
 * @param path of the input field that is to blame. @throws EmployeePhoneTaken, ValidationFailed where another has the phone or the staff number by now
 */
export async function resumeEmployment(use: UseCase, employeeId: string, path: readonly string[]): Promise<void> {
  use.refuseTaken('employees_phone', () => employeePhoneTaken({ existingEmployee: null }, path));
  use.refuseTaken('employees_staff_number', () =>
    invalid(path, 'STAFF_NUMBER_TAKEN', { en: 'Another employee has the staff number by now.', 'zh-CN': '该工号已被其他员工使用。' }),
  );
  const { phone } = await use
    .on(employees)
    .updateTable('employees')
    .set((of) => ({ left_at: null, version: of('version', '+', 1) }))
    .where('id', '=', employeeId)
    .returning('phone')
    .executeTakeFirstOrThrow();
  const { is_demo: isDemo } = await use
    .on(organizations)
    .selectFrom('organizations')
    .select('is_demo')
    .where('organization_id', '=', use.organizationId)
    .executeTakeFirstOrThrow();
  await use.service(seatIndex).add(use, { seatId: employeeId, kind: 'EMPLOYEE', phone, isDemo });
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
