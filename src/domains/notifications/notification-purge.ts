import type { Clock, UseCase } from '../../sdk/index.ts';
import { Notification } from './notification.entity.ts';

/** Days that what was read is kept, and what was not. */
export const KEPT_READ_DAYS = 30;
export const KEPT_UNREAD_DAYS = 180;
const BATCH = 1_000;
const DAY = 86_400_000;

/** Inboxes are no archive: what happened stands in the objects' own histories. */
export const purgeOfInboxes: Clock = {
  name: 'notifications.purge',
  description: `Deletes notifications that were read and are older than ${KEPT_READ_DAYS} days, and all that are older than ${KEPT_UNREAD_DAYS}.`,
  cron: '40 3 * * *',
  run: async (work) => {
    for (let gone = BATCH; gone === BATCH; ) gone = await work.perform((use) => purgeSome(use));
    return undefined;
  },
};

/** Some at a time: nobody waits for the rest. @returns how many */
async function purgeSome(use: UseCase): Promise<number> {
  const before = (days: number): Date => new Date(use.now.getTime() - days * DAY);
  const { numDeletedRows } = await use
    .on(Notification)
    .deleteFrom('notifications')
    .where('id', 'in', (of) =>
      of
        .selectFrom('notifications')
        .select('id')
        .where((one) =>
          one.or([
            one('at', '<', before(KEPT_UNREAD_DAYS)),
            one.and([one('at', '<', before(KEPT_READ_DAYS)), one('read_at', 'is not', null)]),
          ]),
        )
        .limit(BATCH),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
