import {
  type FindSeatFacts,
  forbidden,
  invalid,
  knownQuery,
  type Transaction,
  type UseCase,
  WINDOW_MEMBER,
  WINDOW_SUSPENDED,
  windowSuspended,
} from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { organizations } from '../organization/index.ts';
import { serviceWindows, windowMembers } from './service-window.entity.ts';

/** A contact's standing at the window (spec 5.1, 5.2). */
const standingOf = ({ on }: Pick<Transaction, 'on'>, contactId: string) =>
  on({ service_windows: serviceWindows, window_members: windowMembers, organizations })
    .selectFrom('service_windows')
    .innerJoin('window_members', 'window_members.organization_id', 'service_windows.organization_id')
    .innerJoin('organizations', 'organizations.organization_id', 'service_windows.organization_id')
    .select('organizations.certification')
    .where('window_members.contact_id', '=', contactId)
    .executeTakeFirst();

export const memberFacts: FindSeatFacts = async (transaction, { id, kind }) => {
  const found = kind === 'CONTACT' ? await standingOf(transaction, id) : undefined;
  if (!found) return {};
  return { traits: [found.certification === 'ADVANCED' ? WINDOW_MEMBER : WINDOW_SUSPENDED] };
};

/** What holds for as long as a contact acts at the window. */
export interface Entrance {
  readonly contactId: string;
  /** UUID of the employee who answers for the contact; null for nobody. */
  readonly ownerId: string | null;
}
const entrances = new WeakMap<UseCase, Entrance>();

/**
 * Lets a contact act at the window. The contact, its membership and the certification stay as they are until the use case ends: who deletes
 * or transfers the contact, takes it off the window or suspends that, comes before or after. Call it before anything else is locked.
 * @throws FORBIDDEN where there is no window or the seat is not its member; WindowSuspended (spec 5.1, 5.2).
 */
export async function enterWindow(use: UseCase): Promise<Entrance> {
  const known = entrances.get(use);
  if (known) return known;
  if (use.seat.kind !== 'CONTACT') throw forbidden();
  return enter(use, use.seat.id, forbidden);
}

/**
 * Lets an employee act at the window on behalf of a contact, whose standing stays as it is until the use case ends, for all that follows in
 * it. Whether the employee may, the caller has asked.
 * @param path of the input field that names the contact
 * @throws WindowSuspended; ValidationFailed where the contact is no member of the window
 */
export const enterWindowFor = (use: UseCase, contactId: string, path: readonly string[]): Promise<Entrance> =>
  enter(use, contactId, () => invalid(path, 'NOT_AT_WINDOW', NOT_AT_WINDOW));
const NOT_AT_WINDOW = {
  en: 'The contact is not a member of the service window: invite it first.',
  'zh-CN': '该联系人不是服务窗成员，请先邀请。',
};

async function enter(use: UseCase, contactId: string, notLetIn: () => Error): Promise<Entrance> {
  const [found] = await use.on(serviceWindows).ask(standingUnderLock, { contactId });
  if (!found) throw notLetIn();
  if (found.certification !== 'ADVANCED') throw windowSuspended({});
  const entrance = { contactId, ownerId: found.owner_id };
  entrances.set(use, entrance);
  return entrance;
}
/** Where the use case has entered the window. */
export const entranceOf = (use: UseCase): Entrance | undefined => entrances.get(use);

/**
 * For acts that are not the window's own and rest while it is suspended: employees pass, and contacts without a window. The standing stays
 * as it is until the use case ends.
 * @throws WindowSuspended
 */
export async function restWhileSuspended(use: UseCase): Promise<void> {
  if (use.seat.kind !== 'CONTACT') return;
  const [found] = await use.on(serviceWindows).ask(certificationUnderLock, { contactId: use.seat.id });
  if (found && found.certification !== 'ADVANCED') throw windowSuspended({});
}

const certificationUnderLock = knownQuery(
  { service_windows: serviceWindows, window_members: windowMembers, organizations },
  (db, given: { contactId: string }) =>
    db
      .selectFrom('window_members')
      .innerJoin('service_windows', 'service_windows.organization_id', 'window_members.organization_id')
      .innerJoin('organizations', 'organizations.organization_id', 'window_members.organization_id')
      .select('organizations.certification')
      .where('window_members.contact_id', '=', given.contactId)
      .forShare(['window_members', 'organizations']),
);

/** Acts of one contact take turns; those of several pass each other. */
const standingUnderLock = knownQuery(
  { service_windows: serviceWindows, window_members: windowMembers, organizations, contacts },
  (db, given: { contactId: string }) =>
    db
      .selectFrom('contacts')
      .innerJoin('window_members', 'window_members.contact_id', 'contacts.id')
      .innerJoin('service_windows', 'service_windows.organization_id', 'window_members.organization_id')
      .innerJoin('organizations', 'organizations.organization_id', 'window_members.organization_id')
      .select(['organizations.certification', 'contacts.owner_id'])
      .where('contacts.id', '=', given.contactId)
      .where('contacts.deleted_at', 'is', null)
      .forNoKeyUpdate('contacts')
      .forShare(['window_members', 'organizations']),
);
