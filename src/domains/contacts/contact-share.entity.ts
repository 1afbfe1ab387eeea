import { refs, tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

/** With whom contacts are shared: an employee, or a department with those below it (spec 2.2). */
export const ContactShare = tenantEntity(
  'contact_shares',
  (t) => ({
    contactId: t.idOf(() => Contact, 'cascade'),
    employeeId: t.idOf(() => refs.Employee).nullable(),
    departmentId: t.idOf(() => refs.Department).nullable(),
    grantedBy: t.idOf(() => refs.Employee),
    reason: t.text().nullable(),
    since: t.timestamptz(),
    /** The share ends by itself; rows that have ended stay as they are until somebody shares again. */
    until: t.timestamptz().nullable(),
  }),
  {
    checks: { contact_shares_with_one: 'num_nonnulls(employee_id, department_id) = 1' },
    indexes: {
      contact_shares_in_person: { columns: ['contactId', 'employeeId'], unique: true, where: 'employee_id is not null' },
      contact_shares_by_department: { columns: ['contactId', 'departmentId'], unique: true, where: 'department_id is not null' },
      contact_shares_of_contact: { columns: ['contactId', '-id'] },
      contact_shares_of_employee: { columns: ['employeeId', '-contactId'] },
      contact_shares_of_department: { columns: ['departmentId', '-contactId'] },
    },
  },
);

export const contactShares = ContactShare.table;
