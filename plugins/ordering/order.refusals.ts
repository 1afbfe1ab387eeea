import { refusalType } from '@guichet/sdk';
import type { ChangedLine } from './order.rules.ts';

/** What was seen is not what it costs now: nothing was ordered. */
export const orderingPriceChanged = refusalType<{ lines: readonly ChangedLine[] }>('OrderingPriceChanged', {
  description: 'Prices are not those that you have seen; nothing was ordered. Look at the lines, and order again with the new prices.',
  message: { en: 'Some prices have changed since you saw them.', 'zh-CN': '部分价格已变动，请确认后重新下单。' },
  fields: { lines: { type: '[OrderingChangedPrice]', description: 'Each line whose price has changed.' } },
});
