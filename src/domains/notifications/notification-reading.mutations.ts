import { type GuichetBuilder, invalid, notFound, type UseCase, windowSuspended } from '../../sdk/index.ts';
import { guardInbox } from './inbox-guard.ts';
import { Notification as NotificationEntity } from './notification.entity.ts';
import { Notification } from './notification.refs.ts';
import { notificationTopic, streamOf } from './notification-stream.ts';
import { unreadNow } from './notification-unread.ts';
import { notification } from './permissions.ts';

interface Which {
  readonly ids?: readonly string[];
  readonly upTo?: Date;
}

export function readingMutations(builder: GuichetBuilder): void {
  builder.useCase('markNotificationsRead', {
    description: 'Marks notifications of yours as read: some, or all up to a moment. What is read stays read.',
    rule: notification.read,
    input: (t) => ({
      ids: t.globalIds(Notification, { description: 'These.', required: false, least: 1, most: 250 }),
      upTo: t.instant({ description: 'All that happened up to this moment; give `at` of the newest that was shown.', required: false }),
    }),
    refusals: [notFound, windowSuspended],
    guard: async (use, { ids = [] }) => {
      await guardInbox(use);
      await use.findAll('Notification', ids, (at) => ['input', 'ids', String(at)]);
    },
    run: (use, which) => markRead(use, which),
    success: (t) => ({
      marked: t.int({ description: 'How many were unread until now.', rule: notification.read, resolve: ({ marked }) => marked }),
      unread: t.int({ description: 'How many still are, counted up to 1,000.', rule: notification.read, resolve: ({ unread }) => unread }),
    }),
  });
}

/** @throws ValidationFailed unless one of both is given */
async function markRead(use: UseCase, { ids, upTo }: Which): Promise<{ readonly marked: number; readonly unread: number }> {
  if ((ids === undefined) === (upTo === undefined))
    throw invalid(['input'], 'ONE_OF', { en: 'Name notifications, or a moment.', 'zh-CN': '请指定通知，或指定一个时间点。' });
  const rows = await use
    .on(NotificationEntity)
    .updateTable('notifications')
    .set({ read_at: use.now })
    .where('seat_id', '=', use.seat.id)
    .where('read_at', 'is', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids as string[]))
    .$if(upTo !== undefined, (query) => query.where('at', '<=', upTo as Date))
    .returning('id')
    .execute();
  const [newest] = rows
    .map(({ id }) => id)
    .sort()
    .reverse();
  if (newest) {
    const { id: seatId } = use.seat;
    use.emit({ stream: streamOf(seatId), topic: notificationTopic, kind: 'READ', seatId, subjectId: newest });
  }
  return { marked: rows.length, unread: await unreadNow(use) };
}
