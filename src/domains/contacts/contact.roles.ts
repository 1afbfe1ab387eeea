import {
  ADMIN,
  allOf,
  COLLEAGUE,
  type EntityRole,
  EXTERNAL,
  heldByAll,
  heldToward,
  OWNER,
  OWNERS_SUPERVISOR,
  type RowHandle,
  type Seat,
  type SeatSql,
  SHAREE,
  type Sql,
  sql,
  type Table,
  valueFrom,
  way,
  wayAmong,
} from '../../sdk/index.ts';
import {
  departmentClosure,
  departmentMembers,
  departments,
  employees,
  isEmployee,
  LISTS_IN_ORDER,
  SEARCHES_IN_ORDER,
  SUPERVISES_MOST,
  SUPERVISOR,
} from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactShares } from './contact-share.entity.ts';

type ContactRow = RowHandle<typeof contacts>;
type Share = { readonly share: RowHandle<typeof contactShares>; readonly seat: SeatSql };

// Each role is written once, as conditions over a contact; toward contacts themselves and toward what hangs on them.

const led = { member: departmentMembers, tree: departmentClosure, led: departmentMembers };
type Led = { readonly [Name in 'led' | 'member']: RowHandle<typeof departmentMembers> } & {
  readonly tree: RowHandle<typeof departmentClosure>;
  readonly seat: SeatSql;
};
/** `tree` leads to a department that the seat supervises. */
const leads = ({ seat, led, tree }: Omit<Led, 'member'>): Sql =>
  sql`${led.employee_id} = ${seat.me} and ${led.is_supervisor} and ${tree.ancestor_id} = ${led.department_id}`;
/** Nobody supervises themself (spec 2.2). */
const isOther = ({ seat, member }: Pick<Led, 'seat' | 'member'>): Sql => sql`${member.employee_id} <> ${seat.me}`;
/** `member` is one of the people whom the seat supervises. */
const isLed = (all: Led): Sql => allOf([leads(all), sql`${all.member.department_id} = ${all.tree.descendant_id}`, isOther(all)]);

const covered = { member: departmentMembers, tree: departmentClosure };
/** `member` sits in a department that the seat's right reaches (spec 2.3b). */
const isCovered = ({ seat, tree, member }: Omit<Led, 'led'>): Sql =>
  sql`${tree.ancestor_id} = any(${seat.scope('CONTACTS')}) and ${member.department_id} = ${tree.descendant_id}`;

const lasts = ({ share, seat }: Share): Sql => sql`(${share.until} is null or ${share.until} > ${seat.now})`;
const inPerson = (handles: Share, row: ContactRow): Sql =>
  sql`${handles.share.contact_id} = ${row.id} and ${handles.share.employee_id} = ${handles.seat.me} and ${lasts(handles)}`;

const throughDepartment = { share: contactShares, tree: departmentClosure, mine: departmentMembers };
type ThroughDepartment = Share & { readonly tree: RowHandle<typeof departmentClosure>; readonly mine: RowHandle<typeof departmentMembers> };
const byDepartment = (handles: ThroughDepartment, row: ContactRow): Sql => {
  const { share, tree, mine, seat } = handles;
  return sql`${mine.employee_id} = ${seat.me} and ${tree.descendant_id} = ${mine.department_id} and ${share.department_id} = ${tree.ancestor_id} and ${share.contact_id} = ${row.id} and ${lasts(handles)}`;
};
const departmentOf = (share: RowHandle<typeof contactShares>): Sql =>
  valueFrom(share, { shared: departments }, ({ shared }) => ({ value: shared.name, where: sql`${shared.id} = ${share.department_id}` }));

const isSupervisor = (seat: Seat): boolean => isEmployee(seat) && seat.traits.has(SUPERVISOR);
const adminHeld: EntityRole['held'] = ({ rights }) => (rights.get('CONTACTS') === 'ALL' ? 'ALL' : rights.has('CONTACTS') ? 'SOME' : 'NONE');

/** Roles of a seat toward contacts (spec 2.2). */
export const contactRoles: readonly EntityRole[] = [
  {
    role: ADMIN,
    held: adminHeld,
    ways: [wayAmong(contacts, 'owner_id', covered, { key: ({ member }) => member.employee_id, where: isCovered })],
  },
  heldToward(OWNER, [way(contacts, {}, ({ row, seat }) => sql`${row.owner_id} = ${seat.me}`)]),
  heldToward(
    OWNERS_SUPERVISOR,
    [
      wayAmong(contacts, 'owner_id', led, {
        key: ({ member }) => member.employee_id,
        where: isLed,
        vast: {
          is: ({ traits }) => traits.has(SUPERVISES_MOST),
          near: 'member',
          tie: { from: ({ member }) => member.department_id, to: ({ tree }) => tree.descendant_id },
          where: { near: isOther, gathered: leads },
        },
      }),
    ],
    isSupervisor,
    ({ traits }, searched) => traits.has(searched ? SEARCHES_IN_ORDER : LISTS_IN_ORDER),
  ),
  heldToward(SHAREE, [
    way(
      contacts,
      { share: contactShares },
      (handles) => inPerson(handles, handles.row),
      ({ share }) => ({ since: share.since, until: share.until }),
    ),
    way(
      contacts,
      throughDepartment,
      (handles) => byDepartment(handles, handles.row),
      ({ share }) => ({ through: departmentOf(share), since: share.since, until: share.until }),
    ),
  ]),
  heldByAll(COLLEAGUE, isEmployee),
  heldToward(EXTERNAL, [way(contacts, {}, ({ row, seat }) => sql`${row.id} = ${seat.me}`)]),
];

/**
 * Roles toward rows of a table that hang on a contact: the contact's own (spec 2.3b), COLLEAGUE apart.
 * @param belongs the condition that ties a row to its contact.
 */
export function rolesThroughContact<T extends Table>(
  table: T,
  belongs: (row: RowHandle<T>, contact: ContactRow) => Sql,
): readonly EntityRole[] {
  const through = { contact: contacts };
  const tied = ({ row, contact }: { row: RowHandle<T>; contact: ContactRow }): Sql =>
    sql`${belongs(row, contact)} and ${contact.deleted_at} is null`;
  const owned = (contact: ContactRow, { employee_id }: RowHandle<typeof departmentMembers>): Sql =>
    sql`${contact.owner_id} = ${employee_id}`;
  return [
    {
      role: ADMIN,
      held: adminHeld,
      ways: [way(table, { ...through, ...covered }, (all) => allOf([tied(all), isCovered(all), owned(all.contact, all.member)]))],
    },
    heldToward(OWNER, [way(table, through, (all) => sql`${tied(all)} and ${all.contact.owner_id} = ${all.seat.me}`)]),
    heldToward(
      OWNERS_SUPERVISOR,
      [way(table, { ...through, ...led }, (all) => allOf([tied(all), isLed(all), owned(all.contact, all.member)]))],
      isSupervisor,
    ),
    heldToward(SHAREE, [
      way(table, { ...through, share: contactShares }, (all) => allOf([tied(all), inPerson(all, all.contact)])),
      way(table, { ...through, ...throughDepartment }, (all) => allOf([tied(all), byDepartment(all, all.contact)])),
    ]),
    heldToward(EXTERNAL, [way(table, through, (all) => sql`${tied(all)} and ${all.contact.id} = ${all.seat.me}`)]),
  ];
}

/** Toward an employee: the contacts whom they answer for (spec 2.3). */
export const ownedBy: EntityRole = heldToward(EXTERNAL, [
  way(
    employees,
    { mine: contacts },
    ({ row, seat, mine }) => sql`${mine.id} = ${seat.me} and ${mine.owner_id} = ${row.id} and ${mine.deleted_at} is null`,
  ),
]);
