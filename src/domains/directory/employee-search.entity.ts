import { tenantEntity } from '../../sdk/index.ts';
import { Employee } from './directory.entity.ts';

/** A term that is a staff number finds those alone whose number the seat may read (spec 2.5). */
export const STAFF_NUMBER = 'STAFF_NUMBER';

/** What an employee is found by: every end of the name and the nickname, their sound, and the staff number; read by range. */
export const EmployeeSearchTerm = tenantEntity(
  'employee_search_terms',
  (t) => ({
    term: t.bytewiseText().primary(),
    kind: t.oneOf('ANY', STAFF_NUMBER).primary(),
    employeeId: t.idOf(() => Employee, 'cascade').primary(),
  }),
  { indexes: { employee_search_terms_of: { columns: ['employeeId', 'term'] } } },
);
export const employeeSearchTerms = EmployeeSearchTerm.table;
