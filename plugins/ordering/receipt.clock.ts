import { type Clock, type UseCase, windowTime } from '@guichet/sdk';
import { settingsOf } from './settings.ts';
import { Shipment } from './shipment.entity.ts';
import { receiveByItself } from './shipping.service.ts';

const DAY = 86_400_000;
const BATCH = 20;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** A customer who says nothing for the days of the setting has received what was shipped, but for what is disputed. */
export const receiptsByThemselves: Clock = {
  name: 'ordering.receiveByItself',
  description: 'Counts goods as received of which the customer has said nothing for as many days as the setting allows.',
  cron: '40 * * * *',
  run: async (work) => {
    for (let after: string | undefined = FIRST; after !== undefined; ) {
      const from: string = after;
      after = await work.perform((use) => receiveSome(use, from));
    }
    return undefined;
  },
};

/** @returns the last order that was looked at, where there may be more */
async function receiveSome(use: UseCase, after: string): Promise<string | undefined> {
  const { receiptDays } = await settingsOf(use);
  if (receiptDays === null) return undefined;
  const served = await use.service(windowTime).served(use);
  if (!served) return undefined;
  const before = served.ago(receiptDays * DAY);
  const found = await use
    .on(Shipment)
    .selectFrom('plg_ordering.shipments')
    .select('form_id')
    .distinct()
    .where('received_at', 'is', null)
    .where('state', '!=', 'REPLACED')
    .where('shipped_at', '<=', before)
    .where((of) => of.or([of('delivered_at', 'is', null), of('delivered_at', '<=', before)]))
    .where('form_id', '>', after)
    .orderBy('form_id')
    .limit(BATCH)
    .execute();
  for (const { form_id } of found) await receiveByItself(use, form_id, before);
  return found.length === BATCH ? found.at(-1)?.form_id : undefined;
}
