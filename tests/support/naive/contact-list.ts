import { lookedFor } from '../../../src/domains/contacts/contact-search.rules.ts';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { type Compared, comparing, comparingLinks, comparingMoment, truthOf } from './filter.ts';
import { page } from './page.ts';
import type { NaiveRow, Rows } from './rows.ts';
import { type Args, INSIDERS, idOf as id, refuse, type World } from './world.ts';

type Contact = NaiveRow<'contacts'>;

const LISTS: Readonly<Record<string, readonly string[]>> = {
  MINE: ['OWNER'],
  SHARED_WITH_ME: ['SHAREE'],
  MY_TEAM: ['OWNERS_SUPERVISOR'],
  VISIBLE: INSIDERS,
  DUE: ['OWNER'],
};

const BIN_MILLISECONDS = 30 * 86_400_000;
const isInBin = ({ deleted_at }: Contact, now: Date): boolean =>
  deleted_at !== null && now.getTime() - deleted_at.getTime() < BIN_MILLISECONDS;

const dayIn = ({ now, rows }: World): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: rows.organizations[0]!.time_zone }).format(now);

/** `Query.contacts` (spec 3.6). */
export function contactList(world: World, args: Args): object {
  const list = String(args.list ?? 'VISIBLE');
  const ofTheWhole = !LISTS[list];
  if (ofTheWhole && !world.toward.holdsWhole('CONTACTS')) throw refuse('FORBIDDEN');
  const rows = world.rows.contacts.filter((row) => {
    const roles = world.rolesToward('Contact', row);
    if (!ofTheWhole && !LISTS[list]!.some((role) => roles.has(role))) return false;
    if (list === 'UNOWNED' && row.owner_id !== null) return false;
    if (list === 'DUE' && (row.follow_up_on === null || row.follow_up_on > dayIn(world))) return false;
    if (list === 'BIN' ? !isInBin(row, world.now) : row.deleted_at !== null) return false;
    return isFound(world, row, args.search) && truthOf(args.where as Args, comparisonsOf(world, row, roles)) === true;
  });
  const [asked] = (args.orderBy ?? []) as { readonly value?: string | null; readonly direction: string }[];
  const orders = {
    NAME: (row: Contact) => row.sort_name,
    FOLLOW_UP: (row: Contact) => row.follow_up_order,
    VALUE: (row: Contact) => valuePlace(world.rows, row.id, String(asked!.value), asked!.direction),
  };
  return page(world, { type: 'Contact', rows, key: id, orders, absentToo: true }, args);
}

/** What a contact stands by in an order by values: its first term, or what is behind all others. */
export function valuePlace(
  { contactFieldTerms }: Pick<Rows, 'contactFieldTerms'>,
  contactId: string,
  field: string,
  direction: string,
): string {
  const first = contactFieldTerms.find((one) => one.contact_id === contactId && one.field === field && one.nth === 0);
  return first?.term ?? (direction === 'ASC' ? '\u{10ffff}' : '');
}

function isFound(world: World, row: Contact, search: unknown): boolean {
  if (search == null) return true;
  const text = lookedFor(String(search));
  if (text === undefined) return true;
  const tagIds = world.rows.contactTags.filter((link) => link.contact_id === row.id).map((link) => link.tag_id);
  return (
    world.rows.contactSearchTerms.some((term) => term.contact_id === row.id && term.term.startsWith(text)) ||
    world.rows.tagSearchTerms.some((term) => tagIds.includes(term.tag_id) && term.term.startsWith(text))
  );
}

function comparisonsOf(world: World, row: Contact, roles: ReadonlySet<string>): Record<string, Compared | null> {
  if (!INSIDERS.some((role) => roles.has(role))) return {};
  const tagIds = world.rows.contactTags.filter((link) => link.contact_id === row.id).map((link) => encodeGlobalId('Tag', link.tag_id));
  return {
    tags: comparingLinks(tagIds),
    owner: comparing(row.owner_id && encodeGlobalId('Employee', row.owner_id)),
    company: comparing(row.company_id && encodeGlobalId('Company', row.company_id)),
    source: comparing(row.source),
    department: comparingLinks(departmentsAbove(world, row.owner_id).map((of) => encodeGlobalId('Department', of))),
    inWindow: comparing(world.rows.windowMembers.some((one) => one.contact_id === row.id)),
    leftWindow: comparing(world.rows.windowLeavings.some((one) => one.contact_id === row.id)),
    followUpOn: comparing(row.follow_up_on),
    createdAt: comparingMoment(row.created_at),
    lastInteractionAt: comparingMoment(row.last_interaction_at),
  };
}

/** Departments of an employee, and those above them. */
function departmentsAbove({ rows }: World, employeeId: string | null): string[] {
  const own = rows.departmentMembers.filter((member) => member.employee_id === employeeId).map((member) => member.department_id);
  return [...new Set(rows.departmentClosure.filter((tree) => own.includes(tree.descendant_id)).map((tree) => tree.ancestor_id))];
}
