import type { Clock, UseCase } from '@guichet/sdk';
import { Reservation } from './order.entity.ts';
import { moveByItself } from './order.moves.ts';
import { endReservations } from './stock.service.ts';

const BATCH = 20;

/** An order that nobody decides about does not keep goods from others for ever: its approval takes them anew, or is refused. */
export const reservationsThatEnd: Clock = {
  name: 'ordering.endReservations',
  description: 'Gives back the stock of orders whose reservation has run out.',
  cron: '*/15 * * * *',
  run: async (work) => {
    for (let ended = BATCH; ended === BATCH; ) ended = await work.perform((use) => endSome(use));
    return undefined;
  },
};

/** Reservations are given back order by order. @returns how many orders were found */
async function endSome(use: UseCase): Promise<number> {
  const due = await use
    .on(Reservation)
    .selectFrom('plg_ordering.reservations')
    .select('form_id')
    .distinct()
    .where('until', '<=', use.now)
    .orderBy('form_id')
    .limit(BATCH)
    .execute();
  for (const { form_id } of due) if (await endReservations(use, form_id, 'BACK', use.now)) await moveByItself(use, form_id, 'expire');
  return due.length;
}
