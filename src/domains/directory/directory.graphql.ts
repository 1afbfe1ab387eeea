import { COLLEAGUE, type GuichetBuilder, publicRule, sql, types } from '../../sdk/index.ts';
import { Organization, organization } from '../organization/index.ts';
import { departmentTypes } from './department.graphql.ts';
import { Department, Employee } from './directory.refs.ts';
import { employeeTypes } from './employee.graphql.ts';
import { directory } from './permissions.ts';

export function directoryTypes(builder: GuichetBuilder): void {
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
