import { COLLEAGUE, EXTERNAL, type GuichetBuilder, heldToward, isAmong, publicRule, type Sql, sql, types } from '../../sdk/index.ts';
import { Organization, organization } from '../organization/index.ts';
import { departmentClosure, departmentMembers } from './directory.entity.ts';
import { Department, Employee, PortalEmployee } from './directory.refs.ts';
import { colleagues, employeeRoles } from './directory.roles.ts';
import { directory } from './permissions.ts';

export function directoryTypes(builder: GuichetBuilder): void {
  declareSeat(builder);
  declareEmployee(builder);
  declarePortalEmployee(builder);
  declareDepartment(builder);
  declareQueries(builder);
}

function declareSeat(builder: GuichetBuilder): void {
  const rule = organization.read;
  builder.interfaceType('Seat', {
    description: 'What an account acts as in one organization: an Employee or a Contact.',
    fields: (t) => ({
      id: t.id({ description: 'Its global id: the one that `employee(id:)`, `ownerId` and `nextApproverId` take.', rule }),
      name: t.string({ nullable: true, description: 'Name of the person.', rule }),
      organization: t.field({ type: Organization, nullable: true, description: 'The organization of the seat.', rule }),
    }),
  });
}

function declareEmployee(builder: GuichetBuilder): void {
  const rule = directory.read;
  builder.entity(Employee, {
    description: 'A member of the organization. Contacts see of one no more than a PortalEmployee.',
    interfaces: ['Seat'],
    roles: employeeRoles,
    listedFor: [COLLEAGUE],
    orders: { NAME: { column: 'sort_name', rule, description: 'By name; Chinese names as they sound.' } },
    filters: { name: { compares: 'text', column: 'name', rule, description: 'By name.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Real name.', rule }),
      position: t.column('position', { description: 'What the employee does.', rule }),
      organization: t.one(Organization, {
        on: (row, target) => sql`${target.organization_id} = ${row.organization_id}`,
        description: 'The organization.',
        rule,
      }),
      phone: t.column('phone', { type: 'PhoneNumber', description: 'Phone number, E.164.', rule: directory.personal }),
      staffNumber: t.column('staff_number', { description: 'Number in the organization’s own lists.', rule: directory.personal }),
      leftAt: t.column('left_at', { description: 'When the employee left; null while employed.', rule }),
      departments: t.list(Department, {
        through: { membership: departmentMembers },
        on: (row, target, { membership }) => sql`${membership.employee_id} = ${row.id} and ${target.id} = ${membership.department_id}`,
        description: 'Departments that the employee is in.',
        rule,
        atMost: 20,
      }),
      mainDepartment: t.one(Department, {
        through: { membership: departmentMembers },
        on: (row, target, { membership }) =>
          sql`${membership.employee_id} = ${row.id} and ${membership.is_main} and ${target.id} = ${membership.department_id}`,
        description: 'The department that the employee mainly belongs to.',
        rule,
      }),
      supervisors: t.list(Employee, {
        on: (row, target) => supervises(target, row),
        description: 'Supervisors of the employee’s departments and of those above.',
        rule,
        atMost: 20,
      }),
    }),
  });
}

function declarePortalEmployee(builder: GuichetBuilder): void {
  const rule = directory.portal;
  builder.entity(PortalEmployee, {
    description: 'An employee as contacts see one. The id is not that of the Employee.',
    idColumn: 'portal_id',
    roles: [heldToward(EXTERNAL, [])],
    listedFor: [EXTERNAL],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Name.', rule }),
    }),
  });
}

/** Nobody supervises themself (spec 2.2). The people are found first, by indexes, and then read. */
function supervises(target: { readonly id: Sql; readonly left_at: Sql }, row: { readonly id: Sql; readonly organization_id: Sql }): Sql {
  const through = { own: departmentMembers, tree: departmentClosure, lead: departmentMembers };
  const leads = isAmong(target.id, row, through, ({ own, tree, lead }) => ({
    value: lead.employee_id,
    where: sql`${own.employee_id} = ${row.id} and ${tree.descendant_id} = ${own.department_id} and ${lead.department_id} = ${tree.ancestor_id} and ${lead.is_supervisor}`,
  }));
  return sql`${target.left_at} is null and ${target.id} <> ${row.id} and ${leads}`;
}

function declareDepartment(builder: GuichetBuilder): void {
  const rule = directory.read;
  builder.entity(Department, {
    description: 'A node of the organization’s tree of departments.',
    roles: [colleagues],
    listedFor: [COLLEAGUE],
    orders: { NAME: { column: 'sort_name', rule, description: 'By name; Chinese names as they sound.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Name.', rule }),
      parent: t.relation(Department, 'parent_id', { description: 'The department above.', rule }),
      supervisors: t.list(Employee, {
        through: { lead: departmentMembers },
        on: (row, target, { lead }) =>
          sql`${lead.department_id} = ${row.id} and ${lead.is_supervisor} and ${target.id} = ${lead.employee_id} and ${target.left_at} is null`,
        description: 'Its own supervisors.',
        rule,
        atMost: 20,
      }),
      members: t.pages(Employee, {
        through: { membership: departmentMembers },
        on: (row, target, { membership }) =>
          sql`${membership.department_id} = ${row.id} and ${target.id} = ${membership.employee_id} and ${target.left_at} is null`,
        description: 'Its members, without those of departments below and those who left.',
        rule,
      }),
    }),
  });
}

function declareQueries(builder: GuichetBuilder): void {
  const rule = directory.read;
  builder.queryFields((t) => ({
    viewer: t.anyEntity('Seat', {
      description: 'Your own seat: an Employee or a Contact. Null when nobody is signed in.',
      rule: publicRule,
      which: ({ seat }) => ({ type: seat.kind === 'EMPLOYEE' ? Employee : types.Contact, uuid: seat.id }),
    }),
    employee: t.entity(Employee, {
      description: 'One employee.',
      rule,
      args: { id: t.arg.globalId(Employee, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', Employee)}`,
    }),
    employees: t.entityPages(Employee, {
      description: 'Employees of the organization, without those who left.',
      rule,
      listedBy: () => [COLLEAGUE],
      where: (row) => sql`${row.left_at} is null`,
    }),
    departments: t.entityPages(Department, {
      description: 'Departments of the organization.',
      rule,
      listedBy: () => [COLLEAGUE],
    }),
  }));
}
