import { type FindSeatFacts, forbidden, refusalType, type UseCase } from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import { serviceWindows, windowMembers } from './service-window.entity.ts';

/** The contact is a member of the organization's window. */
export const WINDOW_MEMBER = 'WINDOW_MEMBER';

export const windowSuspended = refusalType('WindowSuspended', {
  description: 'The service window is suspended: nothing can be submitted until the organization is certified again (spec 5.2).',
  message: { en: 'The service window is suspended for now.', 'zh-CN': '企业服务窗暂停服务。' },
});

export const memberFacts: FindSeatFacts = async (transaction, { id, kind }) => {
  if (kind !== 'CONTACT') return {};
  const found = await transaction.on({ window_members: windowMembers }).selectFrom('window_members').select('contact_id').where('contact_id', '=', id).executeTakeFirst();
  return { traits: found ? [WINDOW_MEMBER] : [] };
};

/**
 * Lets a contact act at the window.
 * @throws FORBIDDEN where there is no window or the seat is not its member; WindowSuspended (spec 5.1, 5.2).
 */
export async function enterWindow(use: UseCase): Promise<void> {
  if (use.seat.kind !== 'CONTACT') throw forbidden();
  const found = await use
    .on({ service_windows: serviceWindows, window_members: windowMembers, organizations })
    .selectFrom('service_windows')
    .innerJoin('window_members', 'window_members.organization_id', 'service_windows.organization_id')
    .innerJoin('organizations', 'organizations.organization_id', 'service_windows.organization_id')
    .select('organizations.certification')
    .where('window_members.contact_id', '=', use.seat.id)
    .executeTakeFirst();
  if (!found) throw forbidden();
  if (found.certification !== 'ADVANCED') throw windowSuspended({});
}
