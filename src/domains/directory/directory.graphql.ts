import {
  COLLEAGUE,
  EXTERNAL,
  type FieldSpec,
  heldToward,
  input,
  publicRule,
  type RootFields,
  type SchemaDoor,
  type Sql,
  sql,
} from '../../sdk/index.ts';
import { organization, organizations } from '../organization/index.ts';
import { departmentMembers, departments, employees } from './directory.entity.ts';
import { colleagues, employeeRoles } from './directory.roles.ts';
import { directory } from './permissions.ts';

export function directorySchema(door: SchemaDoor): void {
  door.interface('Seat', 'What an account acts as in one organization: an Employee or a Contact.', {
    id: seatField('ID', 'Its global id: the one that `employee(id:)`, `ownerId` and `nextApproverId` take.', false),
    name: seatField('String', 'Name of the person.'),
    organization: seatField('Organization', 'The organization of the seat.'),
  });
  declareEmployee(door);
  declareDepartment(door);
  door.query(queries);
}

const seatField = (type: string, description: string, nullable = true): FieldSpec => ({
  type,
  nullable,
  description,
  rule: organization.read,
  structural: true,
});

function declareEmployee(door: SchemaDoor): void {
  door.entity('Employee', {
    table: employees,
    description: 'A member of the organization. Contacts see of one no more than a PortalEmployee.',
    interfaces: ['Seat'],
    roles: employeeRoles,
    listedFor: [COLLEAGUE],
    orders: { NAME: { column: 'name', rule: directory.read, description: 'By name.' } },
    filters: { name: { compares: 'text', column: 'name', rule: directory.read, description: 'By name.' } },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: directory.read }),
      name: t.column('name', { description: 'Real name.', rule: directory.read }),
      position: t.column('position', { description: 'What the employee does.', rule: directory.read }),
      organization: t.one(
        'Organization',
        organizations,
        { on: (row, target) => sql`${target.organization_id} = ${row.organization_id}` },
        { description: 'The organization.', rule: directory.read },
      ),
      phone: t.column('phone', { type: 'PhoneNumber', description: 'Phone number, E.164.', rule: directory.personal }),
      staffNumber: t.column('staff_number', { description: 'Number in the organization’s own lists.', rule: directory.personal }),
      leftAt: t.column('left_at', { description: 'When the employee left; null while employed.', rule: directory.read }),
      departments: t.list(
        'Department',
        departments,
        {
          through: { membership: departmentMembers },
          on: (row, target, { membership }) => sql`${membership.employee_id} = ${row.id} and ${target.id} = ${membership.department_id}`,
        },
        { description: 'Departments that the employee is in.', rule: directory.read, atMost: 20 },
      ),
      mainDepartment: t.one(
        'Department',
        departments,
        {
          through: { membership: departmentMembers },
          on: (row, target, { membership }) =>
            sql`${membership.employee_id} = ${row.id} and ${membership.is_main} and ${target.id} = ${membership.department_id}`,
        },
        { description: 'The department that the employee mainly belongs to.', rule: directory.read },
      ),
      supervisors: t.list(
        'Employee',
        employees,
        { on: (row, target) => supervises(target, row) },
        { description: 'Supervisors of the employee’s departments and of those above.', rule: directory.read, atMost: 20 },
      ),
    }),
  });
  door.entity('PortalEmployee', {
    table: employees,
    description: 'An employee as contacts see one. The id is not that of the Employee.',
    idColumn: 'portal_id',
    roles: [heldToward(EXTERNAL, [])],
    listedFor: [EXTERNAL],
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: directory.portal }),
      name: t.column('name', { description: 'Name.', rule: directory.portal }),
    }),
  });
}

/** Nobody supervises themself (spec 2.2). The people are found first, by indexes, and then read. */
function supervises(target: { readonly id: Sql; readonly left_at: Sql }, row: { readonly id: Sql; readonly organization_id: Sql }): Sql {
  return sql`${target.left_at} is null and ${target.id} <> ${row.id} and ${target.id} in (
    select lead.employee_id from department_members own
      join department_closure tree on tree.organization_id = own.organization_id and tree.descendant_id = own.department_id
      join department_members lead on lead.organization_id = own.organization_id and lead.department_id = tree.ancestor_id and lead.is_supervisor
    where own.organization_id = ${row.organization_id} and own.employee_id = ${row.id})`;
}

function declareDepartment(door: SchemaDoor): void {
  door.entity('Department', {
    table: departments,
    description: 'A node of the organization’s tree of departments.',
    roles: [colleagues],
    listedFor: [COLLEAGUE],
    orders: { NAME: { column: 'name', rule: directory.read, description: 'By name.' } },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: directory.read }),
      name: t.column('name', { description: 'Name.', rule: directory.read }),
      parent: t.relation('Department', 'parent_id', { description: 'The department above.', rule: directory.read }),
      supervisors: t.list(
        'Employee',
        employees,
        {
          through: { lead: departmentMembers },
          on: (row, target, { lead }) =>
            sql`${lead.department_id} = ${row.id} and ${lead.is_supervisor} and ${target.id} = ${lead.employee_id} and ${target.left_at} is null`,
        },
        { description: 'Its own supervisors.', rule: directory.read, atMost: 20 },
      ),
      members: t.connection(
        'Employee',
        employees,
        {
          through: { membership: departmentMembers },
          on: (row, target, { membership }) =>
            sql`${membership.department_id} = ${row.id} and ${target.id} = ${membership.employee_id} and ${target.left_at} is null`,
        },
        { description: 'Its members, without those of departments below and those who left.', rule: directory.read },
      ),
    }),
  });
}

const queries = (t: RootFields) => ({
  viewer: t.any('Seat', {
    description: 'Your own seat: an Employee or a Contact. Null when nobody is signed in.',
    rule: publicRule,
    which: ({ seat }) => ({ type: seat.kind === 'EMPLOYEE' ? 'Employee' : 'Contact', uuid: seat.id }),
  }),
  employee: t.one('Employee', employees, {
    description: 'One employee.',
    rule: directory.read,
    args: { id: input.id('Employee', 'Its global id.') },
    where: (row, { id }) => sql`${row.id} = ${id('id', 'Employee')}`,
  }),
  employees: t.connection('Employee', employees, {
    description: 'Employees of the organization, without those who left.',
    rule: directory.read,
    listedBy: () => [COLLEAGUE],
    where: (row) => sql`${row.left_at} is null`,
  }),
  departments: t.connection('Department', departments, {
    description: 'Departments of the organization.',
    rule: directory.read,
    listedBy: () => [COLLEAGUE],
  }),
});
