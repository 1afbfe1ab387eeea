import {
  type FindSeatFacts,
  forbidden,
  type Transaction,
  type UseCase,
  WINDOW_MEMBER,
  WINDOW_SUSPENDED,
  windowSuspended,
} from '../../sdk/index.ts';
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

/**
 * Lets a contact act at the window.
 * @throws FORBIDDEN where there is no window or the seat is not its member; WindowSuspended (spec 5.1, 5.2).
 */
export async function enterWindow(use: UseCase): Promise<void> {
  if (use.seat.kind !== 'CONTACT') throw forbidden();
  const found = await standingOf(use.transaction, use.seat.id);
  if (!found) throw forbidden();
  if (found.certification !== 'ADVANCED') throw windowSuspended({});
}
