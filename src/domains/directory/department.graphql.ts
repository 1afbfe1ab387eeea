import { COLLEAGUE, type DepartmentUse, type GuichetBuilder, sql } from '../../sdk/index.ts';
import { departmentMembers } from './directory.entity.ts';
import { Department, DepartmentViewerCan, Employee } from './directory.refs.ts';
import { departmentRoles } from './directory.roles.ts';
import { directory } from './permissions.ts';

export function departmentTypes(builder: GuichetBuilder): void {
  builder.entityPart(DepartmentViewerCan, {
    description: 'What your seat may do with the department: from the same rules that decide it (spec 2.6).',
    fields: (t) => ({
      edit: t.permission(directory.manage, {
        description: 'Rename it, move it within what your right covers, remove it, name its supervisors, add departments below it.',
        rule: directory.read,
      }),
    }),
  });
  declareDepartment(builder);
  declareUse(builder);
}

function declareUse(builder: GuichetBuilder): void {
  const rule = directory.manage;
  builder.objectRef<Omit<DepartmentUse, 'message'> & { message: string }>('DepartmentUse').implement({
    description: 'What stands on a department, and would reach nobody without it.',
    fields: (t) => ({
      what: t.exposeString('what', { description: 'For programs: `WINDOW_LINKS`, `FORM_TEMPLATES`; plugins may have more.', rule }),
      count: t.exposeInt('count', { description: 'How many there are.', rule }),
      message: t.exposeString('message', {
        description: 'What there is and what ends it, for people, in the language of the request.',
        rule,
      }),
    }),
  });
}

function declareDepartment(builder: GuichetBuilder): void {
  const rule = directory.read;
  builder.entity(Department, {
    description: 'A node of the organization’s tree of departments.',
    roles: departmentRoles,
    listedFor: [COLLEAGUE],
    orders: { NAME: { column: 'sort_name', rule, description: 'By name; Chinese names as they sound.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', {
        description: 'Raised by every edit and move: `updateDepartment` asks for it.',
        rule: directory.manage,
      }),
      name: t.column('name', { description: 'Name.', rule }),
      viewerCan: t.sameRow(DepartmentViewerCan, { description: 'What your seat may do with the department.', rule }),
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
