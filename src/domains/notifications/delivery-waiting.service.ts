import type { UseCase } from '../../sdk/index.ts';
import { NotificationDelivery } from './delivery.entity.ts';
import { notifications } from './notification.entity.ts';

/** Until the window is asked again whether it serves. */
const REST_MINUTES = 15;
/** What came before so many days is of no use outside any more: the inbox has it all the same. */
const WAITING_DAYS = 30;

/**
 * All that is due to contacts waits while the window is suspended (spec 5.2), for the whole organization at once. No attempt is counted, and
 * nothing waits for ever.
 */
export async function waitForWindow(use: UseCase): Promise<void> {
  const before = new Date(use.now.getTime() - WAITING_DAYS * 86_400_000);
  const rest = new Date(use.now.getTime() + REST_MINUTES * 60_000);
  const db = use.on(NotificationDelivery, notifications);
  const due = () =>
    db
      .selectFrom('notification_deliveries')
      .select('id')
      .where('seat_kind', '=', 'CONTACT')
      .where('due_at', '<=', use.now)
      .where((one) => one.or([one('claimed_until', 'is', null), one('claimed_until', '<=', use.now)]))
      .orderBy('id')
      .forUpdate()
      .skipLocked();
  await db
    .deleteFrom('notification_deliveries')
    .where('id', 'in', due)
    .where('notification_id', 'in', () => db.selectFrom('notifications').select('id').where('at', '<', before))
    .execute();
  await db.updateTable('notification_deliveries').set({ due_at: rest, claimed_until: null }).where('id', 'in', due).execute();
}
