import { announcement } from '../../platform/write/announcement.ts';
import { registrationPoint } from '../../platform/write/service.ts';

// What happens to the staff; told in the transaction of the change. Ids are UUIDs.

/** Somebody is employed. */
export const employeeAdded = announcement<{ employeeId: string; departmentIds: readonly string[] }>('employee.added');
/** An employee sits in other departments, or mainly in another one. */
export const employeeMoved = announcement<{ employeeId: string; from: readonly string[]; to: readonly string[] }>('employee.moved');

/** A type whose rows seats gain and lose with rights, supervisors and moves: named in what a dry run tells (spec 10.2). */
export const seenThroughStaff = registrationPoint<{ readonly type: string }>('directory.seen');
