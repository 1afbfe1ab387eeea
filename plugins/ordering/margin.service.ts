import { invalid, type UseCase } from '@guichet/sdk';
import { isThin } from './margin.rules.ts';
import { OrderLine } from './order.entity.ts';
import { ordering } from './permissions.ts';
import { Product } from './product.entity.ts';
import { settingsOf } from './settings.ts';

/**
 * An order that leaves too little is not approved as the last by its owner alone: they hand it on. What goods cost, and how much is left, they
 * are not told. @throws ValidationFailed
 */
export async function refuseThinMargin(use: UseCase, formId: string): Promise<void> {
  const { leastMargin } = await settingsOf(use);
  if (leastMargin === null || (await mayGoBelow(use, formId))) return;
  const lines = await use.em.find(OrderLine, { formId });
  const ids = lines.map(({ variantId, product }) => variantId ?? product.id);
  const costs = new Map((await use.em.find(Product, { id: ids })).map(({ id, costMinor, currency }) => [id, { costMinor, currency }]));
  const priced = lines.map(({ quantity, totalMinor, unitPriceMinor, taxMinor, currency }, i) => {
    const cost = costs.get(ids[i]!)!;
    const costMinor = cost.currency === currency ? (cost.costMinor ?? null) : null;
    return { quantity, totalMinor: totalMinor ?? unitPriceMinor * quantity, taxMinor, costMinor };
  });
  if (isThin(priced, leastMargin)) throw thin();
}
const mayGoBelow = async (use: UseCase, formId: string): Promise<boolean> =>
  use.seat.rights.get('ORDERING_PRICE') === 'ALL' || use.may('OrderAccount', formId, ordering.belowMargin);
const thin = () =>
  invalid(['input', 'taskId'], 'MARGIN', {
    en: 'Too little is left of this order: hand it on to a supervisor, or to whoever keeps prices, who approves it last.',
    'zh-CN': '该订单毛利过低，须转交主管或价格管理员作最终审批。',
  });
