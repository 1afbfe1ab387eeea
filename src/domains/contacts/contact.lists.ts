import {
  ADMIN,
  type ConditionInputs,
  forbidden,
  OWNER,
  OWNERS_SUPERVISOR,
  type Role,
  type RowHandle,
  type Seat,
  type SeatSql,
  SHAREE,
  type Sql,
  sql,
  valueFrom,
} from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import type { contacts } from './contact.entity.ts';
import { contact, insiders } from './permissions.ts';

/** Lists of contacts (spec 3.6). */
export const CONTACT_LISTS = {
  MINE: 'Contacts that you own.',
  SHARED_WITH_ME: 'Contacts that are shared with you, in person or through a department.',
  MY_TEAM: 'Contacts of owners whom you supervise.',
  DUE: 'Contacts that you own whose next follow-up is today or was before.',
  VISIBLE: 'All contacts that you may see.',
  ORGANIZATION: 'All contacts of the organization: for admins with the right CONTACTS for the whole of it.',
  UNOWNED: 'Contacts that nobody answers for: for the same admins.',
  BIN: 'Deleted contacts, which can be restored for 30 days: for the same admins.',
} as const;
export type ContactList = keyof typeof CONTACT_LISTS;
const FOUND_BY: Readonly<Record<ContactList, readonly Role[]>> = {
  MINE: [OWNER],
  SHARED_WITH_ME: [SHAREE],
  MY_TEAM: [OWNERS_SUPERVISOR],
  DUE: [OWNER],
  VISIBLE: insiders,
  ORGANIZATION: [ADMIN],
  UNOWNED: [ADMIN],
  BIN: [ADMIN],
};
const OF_THE_WHOLE: readonly string[] = ['ORGANIZATION', 'UNOWNED', 'BIN'];

export const foundBy = (argument: (name: string) => string): readonly Role[] => FOUND_BY[argument('list') as ContactList];
export const withDeleted = (argument: (name: string) => string): boolean => argument('list') === 'BIN';

/** Each list has an index of its own, so its condition stands in the statement as it is. */
type ListInputs = { word(name: 'list'): string } & Pick<ConditionInputs, 'seat'>;
export function listCondition(row: RowHandle<typeof contacts>, { word, seat }: ListInputs): Sql {
  const list = word('list');
  if (list === 'UNOWNED') return sql`${row.owner_id} is null`;
  if (list === 'DUE') return sql`${row.follow_up_on} <= ${todayOf(seat)}`;
  if (list !== 'BIN') return sql`true`;
  // BIN_DAYS in hours: where clocks are changed, a day of PostgreSQL has 23 or 25 of them
  return sql`${row.deleted_at} is not null and ${row.deleted_at} > ${seat.now} - interval '720 hours'`;
}

/** The day that it is in the organization. */
const todayOf = (seat: SeatSql): Sql =>
  valueFrom({ organization_id: seat.organization }, { tenant: organizations }, ({ tenant }) => ({
    value: sql`(${seat.now} at time zone ${tenant.time_zone})::date`,
    where: sql`true`,
  }));

/** @throws FORBIDDEN for a list of the whole organization that is not the seat's to use (spec 2.3, 2.3b). */
export function mayUseList(seat: Seat, { list }: Readonly<Record<string, unknown>>): void {
  if (OF_THE_WHOLE.includes(String(list)) && seat.rights.get('CONTACTS') !== 'ALL') throw forbidden(contact.lists);
}
