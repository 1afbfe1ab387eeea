import { invalid, type UseCase } from '@guichet/sdk';
import { isThin, type MarginLine } from './margin.rules.ts';
import { OrderLine } from './order.entity.ts';
import type { ChangedOrderLine } from './order-change.rules.ts';
import { ordering } from './permissions.ts';
import { Product } from './product.entity.ts';
import { settingsOf } from './settings.ts';

/**
 * An order that leaves too little is not approved as the last by its owner alone: they hand it on. What goods cost, and how much is left, they
 * are not told. @throws ValidationFailed
 */
export async function refuseThinMargin(use: UseCase, formId: string): Promise<void> {
  const lines = await use.em.find(OrderLine, { formId });
  const sold = lines.map(({ variantId, product, quantity, totalMinor, unitPriceMinor, taxMinor, currency }) => ({
    ...{ variantId: variantId ?? product.id, quantity, taxMinor, currency },
    totalMinor: totalMinor ?? unitPriceMinor * quantity,
  }));
  if (await leavesTooLittle(use, formId, sold)) throw thin();
}

/** A change of what was approved is approved by nobody once more: whoever could not approve it as the last does not propose it. @throws ValidationFailed */
export async function refuseThinChange(
  use: UseCase,
  { formId, currency }: { readonly formId: string; readonly currency: string },
  lines: readonly (ChangedOrderLine & { readonly variantId: string })[],
): Promise<void> {
  const sold = lines.map(({ variantId, quantity, totalMinor, taxMinor }) => ({ variantId, quantity, totalMinor, taxMinor, currency }));
  if (await leavesTooLittle(use, formId, sold)) throw thinChange();
}

interface SoldLine extends Omit<MarginLine, 'costMinor'> {
  readonly variantId: string;
  readonly currency: string;
}
/** Less than the settings say, for a seat that may not let that be. */
async function leavesTooLittle(use: UseCase, formId: string, lines: readonly SoldLine[]): Promise<boolean> {
  const { leastMargin } = await settingsOf(use);
  if (leastMargin === null || (await mayGoBelow(use, formId))) return false;
  const goods = await use.em.find(Product, { id: lines.map(({ variantId }) => variantId) });
  const costs = new Map(goods.map(({ id, costMinor, currency }) => [id, { costMinor, currency }]));
  const priced = lines.map(({ variantId, currency, ...line }) => {
    const cost = costs.get(variantId)!;
    return { ...line, costMinor: cost.currency === currency ? (cost.costMinor ?? null) : null };
  });
  return isThin(priced, leastMargin);
}
const mayGoBelow = async (use: UseCase, formId: string): Promise<boolean> =>
  use.seat.rights.get('ORDERING_PRICE') === 'ALL' || use.may('OrderAccount', formId, ordering.belowMargin);
const thin = () =>
  invalid(['input', 'taskId'], 'MARGIN', {
    en: 'Too little is left of this order: hand it on to a supervisor, or to whoever keeps prices, who approves it last.',
    'zh-CN': '该订单毛利过低，须转交主管或价格管理员作最终审批。',
  });
const thinChange = () =>
  invalid(['input', 'lines'], 'MARGIN', {
    en: 'Too little would be left of this order: let a supervisor propose it, or whoever keeps prices.',
    'zh-CN': '修改后该订单毛利过低，须由主管或价格管理员提出。',
  });
