import { type Clock, formsService, listen, type UseCase, whileWindowServes, windowReturned } from '@guichet/sdk';
import { moveByItself } from './order.moves.ts';
import { OrderChange } from './order-change.entity.ts';
import { changeAnswered } from './order-change.events.ts';
import { closeChange } from './order-change-answer.service.ts';

const BATCH = 20;

/** A customer who does not answer in time has not taken what was proposed. */
export const changesThatLapse: Clock = {
  name: 'ordering.lapseChanges',
  description: 'Ends proposed changes that nobody has answered in time.',
  cron: '*/15 * * * *',
  run: whileWindowServes(async (work) => {
    for (let ended = BATCH; ended === BATCH; ) ended = await work.perform((use) => lapseSome(use));
    return undefined;
  }),
};
/** A customer who could not answer has the time that was left. */
export const puttingOffChanges = listen(windowReturned, async (use, rest) => {
  const open = use.on(OrderChange).selectFrom('plg_ordering.order_changes').select(['id', 'valid_until']).where('state', '=', 'PROPOSED');
  for (const { id, valid_until } of await open.orderBy('id').forNoKeyUpdate().execute())
    use.on(OrderChange).change({ id }, { valid_until: rest.putOff(valid_until) });
});

async function lapseSome(use: UseCase): Promise<number> {
  const due = await use
    .on(OrderChange)
    .selectFrom('plg_ordering.order_changes')
    .select(['form_id', 'number', 'proposed_by'])
    .where('state', '=', 'PROPOSED')
    .where('valid_until', '<=', use.now)
    .orderBy('form_id')
    .limit(BATCH)
    .execute();
  for (const { form_id: formId, number, proposed_by: proposedBy } of due) {
    await use.service(formsService).hold(use, formId);
    if (!(await use.em.count(OrderChange, { formId, number, state: 'PROPOSED' }))) continue; // answered meanwhile
    await closeChange(use, formId, 'LAPSED');
    await moveByItself(use, formId, 'lapse');
    await use.announce(changeAnswered({ formId, proposedBy, answer: 'LAPSED' }));
  }
  return due.length;
}
