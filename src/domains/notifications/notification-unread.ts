import { knownQuery, type Transaction, type UseCase } from '../../sdk/index.ts';
import { notifications } from './notification.entity.ts';

const MOST_COUNTED = 1_000;
const unread = knownQuery({ notifications }, (db, given: { seatId: string }) =>
  db.selectFrom('notifications').select('id').where('seat_id', '=', given.seatId).where('read_at', 'is', null).limit(MOST_COUNTED),
);

export const countUnread = async (transaction: Pick<Transaction, 'ask'>, seatId: string): Promise<number> =>
  (await transaction.ask(unread, { seatId })).length;
export const unreadNow = async (use: UseCase): Promise<number> => (await use.on(notifications).ask(unread, { seatId: use.seat.id })).length;
