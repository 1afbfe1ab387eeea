import { contactLeftWindow, type UseCase } from '../../sdk/index.ts';
import { windowLeavings, windowMembers } from './service-window.entity.ts';
import { enterWindow } from './window-access.ts';

/**
 * A contact takes the window off its own list (spec 5.4). Whatever it does at the window at this moment comes before: its acts take turns.
 * @throws FORBIDDEN, WindowSuspended
 */
export async function leaveWindow(use: UseCase): Promise<{ left: boolean }> {
  await enterWindow(use);
  const contactId = use.seat.id;
  const db = use.on(windowMembers, windowLeavings);
  await db.deleteFrom('window_members').where('contact_id', '=', contactId).execute();
  await db
    .insertInto('window_leavings')
    .values({ organization_id: use.organizationId, contact_id: contactId, left_at: use.now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'contact_id']).doUpdateSet({ left_at: use.now }))
    .execute();
  await use.announce(contactLeftWindow({ contactId }));
  return { left: true };
}
