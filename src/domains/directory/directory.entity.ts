import { boolean, date, integer, oneOf, table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** Members of an organization. One who has left keeps the row: history names them. */
export const employees = table('employees', {
  decidesSeats: ['left_at'],
  columns: {
    name: text(),
    /** E.164. Not unique among those who have left. */
    phone: text(),
    staff_number: text().nullable(),
    position: text().nullable(),
    seniority_date: date(),
    /** Stands in the ids that contacts see: nobody can tell from one what the id of the employee is. */
    portal_id: uuid(),
    left_at: timestamptz().nullable(),
  },
  indexes: {
    employees_phone: { columns: ['phone'], unique: true, where: 'left_at is null' },
    employees_portal_id: { columns: ['portal_id'], unique: true },
    employees_name: { columns: ['name', 'id'] },
  },
});

export const departments = table('departments', {
  columns: { name: text(), parent_id: uuid().nullable().references('departments') },
  indexes: { departments_parent: { columns: ['parent_id'] } },
});

/** Every department with each above it, itself included: the tree, answered by one index. */
export const departmentClosure = table('department_closure', {
  decidesSeats: true,
  columns: {
    ancestor_id: uuid().references('departments', 'cascade'),
    descendant_id: uuid().references('departments', 'cascade'),
    depth: integer(),
  },
  key: ['ancestor_id', 'descendant_id'],
  indexes: { department_closure_up: { columns: ['descendant_id', 'ancestor_id'] } },
});

export const departmentMembers = table('department_members', {
  decidesSeats: true,
  columns: {
    department_id: uuid().references('departments'),
    employee_id: uuid().references('employees'),
    is_main: boolean().default('false'),
    is_supervisor: boolean().default('false'),
    joined_at: timestamptz(),
  },
  key: ['department_id', 'employee_id'],
  indexes: {
    department_members_of: { columns: ['employee_id', 'department_id'] },
    department_members_main: { columns: ['employee_id'], unique: true, where: 'is_main' },
    department_members_supervisors: { columns: ['department_id', 'employee_id'], where: 'is_supervisor' },
  },
});

/** Rights of admins; without a department for the whole organization (spec 2.3b). */
export const adminRights = table('admin_rights', {
  decidesSeats: true,
  columns: {
    employee_id: uuid().references('employees'),
    admin_right: oneOf('CONTACTS', 'FORMS', 'WINDOW', 'FILES', 'PLUGINS', 'DIRECTORY', 'AUDIT'),
    department_id: uuid().nullable().references('departments'),
  },
  indexes: {
    admin_rights_whole: { columns: ['employee_id', 'admin_right'], unique: true, where: 'department_id is null' },
    admin_rights_scoped: { columns: ['employee_id', 'admin_right', 'department_id'], unique: true, where: 'department_id is not null' },
    admin_rights_by_right: { columns: ['admin_right', 'employee_id'] },
  },
});
