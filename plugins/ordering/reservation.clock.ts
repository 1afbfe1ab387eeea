import { type Clock, listen, type UseCase, whileWindowServes, windowReturned } from '@guichet/sdk';
import { Reservation } from './order.entity.ts';
import { moveByItself } from './order.moves.ts';
import { endReservations } from './stock.service.ts';

const BATCH = 20;

/** An order that nobody decides about does not keep goods from others for ever: its approval takes them anew, or is refused. */
export const reservationsThatEnd: Clock = {
  name: 'ordering.endReservations',
  description: 'Gives back the stock of orders whose reservation has run out.',
  cron: '*/15 * * * *',
  run: whileWindowServes(async (work) => {
    for (let ended = BATCH; ended === BATCH; ) ended = await work.perform((use) => endSome(use));
    return undefined;
  }),
};
/** An order in flight waits while the window is suspended, and keeps its goods. */
export const puttingOffReservations = listen(windowReturned, async (use, rest) => {
  const open = use.on(Reservation).selectFrom('plg_ordering.reservations').select(['id', 'until']).where('until', '>', rest.suspendedAt);
  for (const { id, until } of await open.orderBy('id').forNoKeyUpdate().execute())
    use.on(Reservation).change({ id }, { until: until && rest.putOff(until) });
});

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
