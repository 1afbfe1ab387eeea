import { type Clock, formsService, listen, type UseCase, whileWindowServes, windowReturned, workingHours } from '@guichet/sdk';
import { RepairOrder } from './order.entity.ts';
import { RepairQuote } from './quote.entity.ts';
import { expireQuote } from './quote.service.ts';
import { confirmIfSilent } from './sign-off.service.ts';
import { lockOrder } from './visit.service.ts';

const BATCH = 20;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Each batch in a transaction of its own, in the order of ids. */
const inBatches = (batch: (use: UseCase, after: string) => Promise<string | undefined>): Clock['run'] =>
  whileWindowServes(async (work) => {
    for (let after: string | undefined = FIRST; after !== undefined; ) {
      const from: string = after;
      after = await work.perform((use) => batch(use, from));
    }
    return undefined;
  });

async function expireSome(use: UseCase, after: string): Promise<string | undefined> {
  const due = await use
    .on(RepairQuote)
    .selectFrom('plg_repair.quotes')
    .select(['id', 'order_id'])
    .where('state', '=', 'OPEN')
    .where('valid_until', '<=', use.now)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  for (const { id, order_id } of due) {
    await lockOrder(use, order_id);
    await expireQuote(use, id);
  }
  return due.length === BATCH ? due.at(-1)!.id : undefined;
}

/** The settings say after how many days: whoever is asked for less than one has not been silent. Where a signature is needed, silence is none. */
async function confirmSome(use: UseCase, after: string): Promise<string | undefined> {
  const silent = await use
    .on(RepairOrder)
    .selectFrom('plg_repair.orders')
    .select(['id', 'form_id'])
    .where('state', '=', 'WORK_DONE')
    .where('needs_signature', '=', false)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  for (const { id, form_id } of silent) {
    await use.service(formsService).hold(use, form_id);
    await lockOrder(use, id);
    await confirmIfSilent(use, id);
  }
  return silent.length === BATCH ? silent.at(-1)!.id : undefined;
}

export const clocks: readonly Clock[] = [
  {
    name: 'repair.expireQuotes',
    description: 'Ends quotes that were not answered in time.',
    cron: '*/15 * * * *',
    run: inBatches(expireSome),
  },
  {
    name: 'repair.confirmThemselves',
    description: 'Confirms work that is done and that the customer says nothing about, after the days of the settings.',
    cron: '40 * * * *',
    run: inBatches(confirmSome),
  },
];

/** Customers have the time that was left when the window was suspended: for quotes, for the guarantee, and deadlines in working hours. */
export const puttingOff = listen(windowReturned, async (use, rest) => {
  const quotes = use
    .on(RepairQuote)
    .selectFrom('plg_repair.quotes')
    .select(['id', 'valid_until', 'created_at'])
    .where('state', '=', 'OPEN');
  for (const { id, valid_until, created_at } of await quotes.orderBy('id').forNoKeyUpdate().execute())
    use.on(RepairQuote).change({ id }, { valid_until: rest.putOff(valid_until, created_at) });
  const later = await use.service(workingHours).puttingOff(use);
  const orders = use
    .on(RepairOrder)
    .selectFrom('plg_repair.orders')
    .select(['id', 'due_at', 'guarantee_until', 'confirmed_at'])
    .where((of) => of.or([of('due_at', '>', rest.suspendedAt), of('guarantee_until', '>', rest.suspendedAt)]));
  for (const { id, due_at, guarantee_until, confirmed_at } of await orders.orderBy('id').forNoKeyUpdate().execute())
    use.on(RepairOrder).change(
      { id },
      {
        due_at: due_at && later(due_at, rest.suspendedAt, rest.returnedAt),
        guarantee_until: guarantee_until && rest.putOff(guarantee_until, confirmed_at ?? undefined),
      },
    );
});
