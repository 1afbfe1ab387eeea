import { type Clock, formsService, refs, type UseCase } from '@guichet/sdk';
import { Order } from './order.entity.ts';
import { endOrder } from './order-ending.service.ts';

const BATCH = 20;
const ENDED = ['REJECTED', 'WITHDRAWN', 'ENDED'];
/** All of it has gone out, or nothing more will: what is out can still be received, and given back. */
const STAY = ['SHIPPED', 'RECEIVED', 'REJECTED', 'CANCELLED'] as const;

/**
 * An order ends with its form in the same transaction, where the app hears of it. Earlier servers let a form be rejected whose goods had gone
 * out in part, and while the app is not installed nobody hears of anything: then nothing was kept for an order that could still be shipped.
 */
export const ordersOfEndedForms: Clock = {
  name: 'ordering.endWithForms',
  description: 'Ends orders whose form has ended without them, of which something is still to go out.',
  cron: '50 * * * *',
  run: async (work) => {
    for (let ended = BATCH; ended === BATCH; ) ended = await work.perform((use) => endSome(use));
    return undefined;
  },
};

async function endSome(use: UseCase): Promise<number> {
  const left = await use
    .on(Order, refs.BusinessForm)
    .selectFrom('plg_ordering.orders as of')
    .innerJoin('business_forms as form', 'form.id', 'of.form_id')
    .select('of.form_id')
    .where('of.ships', '=', true)
    .where('of.state', 'not in', STAY)
    .where('form.customer_state', 'in', ENDED)
    .orderBy('of.form_id')
    .limit(BATCH)
    .execute();
  for (const { form_id: formId } of left) {
    await use.service(formsService).hold(use, formId);
    await endOrder(use, formId, true);
  }
  return left.length;
}
