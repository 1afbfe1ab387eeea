import { announcement } from '../../platform/write/announcement.ts';

// What happens to the staff; told in the transaction of the change. Ids are UUIDs.

/** Somebody is employed. */
export const employeeAdded = announcement<{ employeeId: string; departmentIds: readonly string[] }>('employee.added');
/** An employee sits in other departments, or mainly in another one. */
export const employeeMoved = announcement<{ employeeId: string; from: readonly string[]; to: readonly string[] }>('employee.moved');
