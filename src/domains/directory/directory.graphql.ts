import { AdminRightName, COLLEAGUE, type GuichetBuilder, publicRule, sql, types } from '../../sdk/index.ts';
import { Organization, organization } from '../organization/index.ts';
import { departmentTypes } from './department.graphql.ts';
import { Department, Employee } from './directory.refs.ts';
import { employeeTypes } from './employee.graphql.ts';
import { EmployeeStandingName, employeeCondition } from './employee.lists.ts';
import { directory } from './permissions.ts';

export function directoryTypes(builder: GuichetBuilder): void {
  builder.words(EmployeeStandingName);
  declareSeat(builder);
  employeeTypes(builder);
  departmentTypes(builder);
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
      description:
        'Employees of the organization. `search`: a part of the name or nickname, their pinyin in full or by initials, and the beginning of the staff number of those whose number you may read.',
      rule,
      args: {
        standing: t.arg.choice(EmployeeStandingName, {
          description: 'Whether they are employed.',
          required: false,
          defaultValue: 'EMPLOYED',
        }),
        departmentId: t.arg.globalId(Department, { description: 'In this department, or in one below it.', required: false }),
        right: t.arg.choice(AdminRightName, {
          description: 'Who hold this right, however far it goes, of those whose rights you may read.',
          required: false,
        }),
      },
      listedBy: () => [COLLEAGUE],
      where: employeeCondition,
    }),
    departments: t.entityPages(Department, {
      description: 'Departments of the organization.',
      rule,
      listedBy: () => [COLLEAGUE],
    }),
  }));
}
