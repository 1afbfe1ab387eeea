import { quoted, Sql } from '../../sdk/core.ts';
import {
  ADMIN_RIGHTS,
  AdminRightName,
  adminRightWords,
  COLLEAGUE,
  EXTERNAL,
  exists,
  type GuichetBuilder,
  heldToward,
  isAmong,
  type RowHandle,
  sql,
} from '../../sdk/index.ts';
import { Organization } from '../organization/index.ts';
import { adminRights, departmentClosure, departmentMembers } from './directory.entity.ts';
import { Department, Employee, EmployeeAdminRight, EmployeeViewerCan, PortalEmployee } from './directory.refs.ts';
import { employeeRoles, rightRoles } from './directory.roles.ts';
import { employeeSearchTerms, STAFF_NUMBER } from './employee-search.entity.ts';
import { lookedFor } from './employee-search.service.ts';
import { directory } from './permissions.ts';

export function employeeTypes(builder: GuichetBuilder): void {
  declareCan(builder);
  declareEmployee(builder);
  declareRight(builder);
  declarePortalEmployee(builder);
}

function declareCan(builder: GuichetBuilder): void {
  builder.entityPart(EmployeeViewerCan, {
    description: 'What your seat may do with the employee: from the same rules that decide it (spec 2.6).',
    fields: (t) => ({
      edit: t.permission(directory.manage, { description: 'Edit them, and say where they sit.', rule: directory.read }),
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
    search: {
      table: employeeSearchTerms,
      key: 'employee_id',
      rule,
      guarded: { kind: STAFF_NUMBER, rule: directory.personal },
      normalize: lookedFor,
    },
    filters: { name: { compares: 'text', column: 'name', rule, description: 'By name.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateEmployee` asks for it.', rule: directory.personal }),
      name: t.column('name', { description: 'Real name.', rule }),
      nameVerified: t.column('name_verified', { description: 'Whether somebody has looked that the real name is right.', rule }),
      nickname: t.column('nickname', { description: 'What colleagues call them.', rule }),
      position: t.column('position', { description: 'What the employee does.', rule }),
      organization: t.one(Organization, {
        on: (row, target) => sql`${target.organization_id} = ${row.organization_id}`,
        description: 'The organization.',
        rule,
      }),
      phone: t.column('phone', { type: 'PhoneNumber', description: 'Phone number, E.164.', rule: directory.personal }),
      staffNumber: t.column('staff_number', { description: 'Number in the organization’s own lists.', rule: directory.personal }),
      seniorSince: t.column('seniority_date', {
        description:
          'From when on seniority counts. A day to come is taken, as of who is to begin: until then, too, whoever has an earlier one goes first.',
        rule: directory.personal,
      }),
      adminRights: t.list(EmployeeAdminRight, {
        on: (row, right) => sql`${right.employee_id} = ${row.id} and ${isFirstOf(right)}`,
        description: 'Rights as an admin, each once.',
        rule: directory.personal,
        proves: directory.personal.roles,
        atMost: 20,
      }),
      viewerCan: t.sameRow(EmployeeViewerCan, { description: 'What your seat may do with the employee.', rule }),
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

type RightRow = RowHandle<typeof adminRights>;
/** A right for several departments is several rows: the first of them stands for all. */
const isFirstOf = (right: RightRow): Sql =>
  sql`not ${exists(right, { other: adminRights }, ({ other }) => sql`${sameRight(other, right)} and ${other.id} < ${right.id}`)}`;
const sameRight = (one: RightRow, other: RightRow): Sql =>
  sql`${one.employee_id} = ${other.employee_id} and ${one.admin_right} = ${other.admin_right}`;
const isWhole = (right: RightRow): Sql =>
  exists(right, { whole: adminRights }, ({ whole }) => sql`${sameRight(whole, right)} and ${whole.department_id} is null`);

/** A right whose module is gone stays with whoever holds it, and is not there until the module is back. */
const isDeclared = (words: readonly string[]): ((right: RightRow) => Sql) => {
  const known = new Sql([...Object.keys(ADMIN_RIGHTS), ...words].map(quoted).join(', '));
  return (right) => sql`${right.admin_right} in (${known})`;
};

function declareRight(builder: GuichetBuilder): void {
  const rule = directory.personal;
  builder.entity(EmployeeAdminRight, {
    description: 'A right that an employee holds as an admin (spec 2.3b).',
    roles: rightRoles,
    listedFor: rule.roles,
    present: isDeclared(builder.registered(adminRightWords)),
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      right: t.column('admin_right', { type: AdminRightName, description: 'The right.', rule }),
      isWhole: t.expression('Boolean', isWhole, { description: 'Whether it is for the whole organization.', rule, nullable: false }),
      departments: t.list(Department, {
        through: { held: adminRights },
        on: (right, target, { held }) => sql`${sameRight(held, right)} and ${target.id} = ${held.department_id} and not ${isWhole(right)}`,
        description: 'Departments that it is for, with those below them; none where it is for the whole organization.',
        rule,
        atMost: 20,
      }),
    }),
  });
}
