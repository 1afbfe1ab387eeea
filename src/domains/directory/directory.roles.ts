import {
  ADMIN,
  anyOf,
  COLLEAGUE,
  type EntityRole,
  exists,
  heldByAll,
  heldToward,
  type RowHandle,
  SELF,
  type SeatSql,
  type Sql,
  sql,
  type Table,
  type Way,
  way,
} from '../../sdk/index.ts';
import { adminRights, departmentClosure, departmentMembers, departments, employees } from './directory.entity.ts';
import { directoryConflicts } from './directory-conflict.entity.ts';
import { DIRECTORY_CONTACT_ADMIN, directory } from './permissions.ts';

export const isEmployee = ({ kind }: { kind: string }): boolean => kind === 'EMPLOYEE';

/** Every employee toward what belongs to the organization as a whole. */
export const colleagues: EntityRole = heldByAll(COLLEAGUE, isEmployee);

/** An admin whose right covers the whole organization; for rows that hang on nobody's department. */
export const adminsOf = (right: string): EntityRole => heldByAll(ADMIN, ({ rights }) => rights.get(right) === 'ALL');

const adminHeld: EntityRole['held'] = ({ rights }) =>
  rights.get('DIRECTORY') === 'ALL' ? 'ALL' : rights.has('DIRECTORY') ? 'SOME' : 'NONE';

/**
 * Admins with DIRECTORY toward what hangs on an employee: where their right covers every department of the employee. Somebody who sits in one of
 * another admin's departments too is not theirs alone: who they are, and whether they go, reaches into that one (docs/decisions/whose-seat.md).
 */
export const adminsOver = <T extends Table>(table: T, employee: (row: RowHandle<T>) => Sql): EntityRole => ({
  role: ADMIN,
  held: adminHeld,
  ways: [
    way(
      table,
      { member: departmentMembers },
      ({ row, seat, member }) => sql`${member.employee_id} = ${employee(row)} and not ${sitsOutside(member, seat)}`,
    ),
  ],
});

/** Whether a member of a department is also in one that the seat's right does not cover. */
const sitsOutside = (member: RowHandle<typeof departmentMembers>, seat: SeatSql): Sql =>
  exists(
    member,
    { seated: departmentMembers },
    ({ seated }) =>
      sql`${seated.employee_id} = ${member.employee_id} and not ${exists(
        seated,
        { above: departmentClosure },
        ({ above }) => sql`${above.ancestor_id} = any(${seat.scope('DIRECTORY')}) and ${above.descendant_id} = ${seated.department_id}`,
      )}`,
  );

export const employeeRoles: readonly EntityRole[] = [
  colleagues,
  heldToward(SELF, [way(employees, {}, ({ row, seat }) => sql`${row.id} = ${seat.me}`)]),
  adminsOver(employees, ({ id }) => id),
];

/** Whether the seat may read what `directory.personal` guards of an employee: the same ways by which it holds that rule's roles. */
export const readsPersonal = (row: RowHandle<typeof employees>, seat: SeatSql): Sql =>
  anyOf([
    sql`'DIRECTORY' = any(${seat.wholeRights})`,
    ...employeeRoles
      .filter(({ role }) => directory.personal.roles.includes(role))
      .flatMap(({ ways }) => ways.map((one) => holds(one, row, seat))),
  ]);
const holds = ({ through, where }: Way, row: RowHandle<typeof employees>, seat: SeatSql): Sql =>
  Object.keys(through).length === 0
    ? where({ row, seat } as never)
    : exists(row, through, (rows) => where({ row, seat, ...rows } as never));

/** An admin of departments is one of those below them too. */
export const departmentRoles: readonly EntityRole[] = [
  colleagues,
  {
    role: ADMIN,
    held: adminHeld,
    ways: [
      way(
        departments,
        { tree: departmentClosure },
        ({ row, seat, tree }) => sql`${tree.ancestor_id} = any(${seat.scope('DIRECTORY')}) and ${tree.descendant_id} = ${row.id}`,
      ),
    ],
  },
];

/** Toward the rights of an employee: as toward the employee. */
export const rightRoles: readonly EntityRole[] = [
  heldToward(SELF, [way(adminRights, {}, ({ row, seat }) => sql`${row.employee_id} = ${seat.me}`)]),
  adminsOver(adminRights, ({ employee_id }) => employee_id),
];

/** Toward a conflict of phones: by who takes part in it. */
const takesPart = (kind: 'EMPLOYEE' | 'CONTACT') =>
  way(directoryConflicts, {}, ({ row }) =>
    kind === 'EMPLOYEE'
      ? sql`(${row.seat_kind} = 'EMPLOYEE' or ${row.holder_kind} = 'EMPLOYEE')`
      : sql`(${row.seat_kind} = 'CONTACT' or ${row.holder_kind} = 'CONTACT')`,
  );
export const conflictRoles: readonly EntityRole[] = [
  heldToward(ADMIN, [takesPart('EMPLOYEE')], ({ rights }) => rights.get('DIRECTORY') === 'ALL'),
  heldToward(DIRECTORY_CONTACT_ADMIN, [takesPart('CONTACT')], ({ rights }) => rights.get('CONTACTS') === 'ALL'),
];
