import { table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** With whom contacts are shared: an employee, or a department with those below it (spec 2.2). */
export const contactShares = table('contact_shares', {
  columns: {
    contact_id: uuid().references('contacts', 'cascade'),
    employee_id: uuid().nullable().references('employees'),
    department_id: uuid().nullable().references('departments'),
    granted_by: uuid().references('employees'),
    reason: text().nullable(),
    since: timestamptz(),
    /** The share ends by itself; rows that have ended stay as they are until somebody shares again. */
    until: timestamptz().nullable(),
  },
  checks: { contact_shares_with_one: 'num_nonnulls(employee_id, department_id) = 1' },
  indexes: {
    contact_shares_in_person: { columns: ['contact_id', 'employee_id'], unique: true, where: 'employee_id is not null' },
    contact_shares_by_department: { columns: ['contact_id', 'department_id'], unique: true, where: 'department_id is not null' },
    contact_shares_of_contact: { columns: ['contact_id', '-id'] },
    contact_shares_of_employee: { columns: ['employee_id', '-contact_id'] },
    contact_shares_of_department: { columns: ['department_id', '-contact_id'] },
  },
});
