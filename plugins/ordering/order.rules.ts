import type { Issue } from '@guichet/sdk';

export interface OfferedProduct {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly withdrawnAt?: Date | null;
}
export interface AskedLine {
  readonly productId: string;
  readonly quantity: number;
}
/** A line with name, unit and price as they are at this moment. */
export interface FrozenLine extends AskedLine {
  readonly name: string;
  readonly unit: string;
  readonly unitPriceMinor: number;
  readonly currency: string;
}
/** @param products by id; every line's is among them. */
export const freeze = (lines: readonly AskedLine[], products: ReadonlyMap<string, OfferedProduct>): FrozenLine[] =>
  lines.map(({ productId, quantity }) => {
    const { name, unit, priceMinor, currency } = products.get(productId)!;
    return { productId, quantity, name, unit, unitPriceMinor: priceMinor, currency };
  });

/** What keeps lines from being ordered, each with its place in the input. */
export function faultsOf(lines: readonly AskedLine[], products: ReadonlyMap<string, OfferedProduct>): Issue[] {
  const faults = faultsOfLines(lines, products);
  if (faults.length || totalOf(freeze(lines, products)) <= Number.MAX_SAFE_INTEGER) return faults;
  return [
    {
      path: ['input', 'lines'],
      code: 'OUT_OF_RANGE',
      message: { en: 'This is too much for one order: divide it.', 'zh-CN': '一张订单放不下这么多，请拆分。' },
    },
  ];
}

function faultsOfLines(lines: readonly AskedLine[], products: ReadonlyMap<string, OfferedProduct>): Issue[] {
  const currency = products.get(lines[0]?.productId ?? '')?.currency;
  return lines.flatMap(({ productId }, i) => {
    const product = products.get(productId)!;
    const path = ['input', 'lines', String(i), 'productId'];
    if (product.withdrawnAt)
      return [
        { path, code: 'WITHDRAWN', message: { en: `${product.name} is not offered any more.`, 'zh-CN': `${product.name} 已下架。` } },
      ];
    if (product.currency !== currency)
      return [
        {
          path,
          code: 'ONE_CURRENCY',
          message: { en: 'An order has one currency: order this one apart.', 'zh-CN': '一张订单只能使用一种货币，请分开下单。' },
        },
      ];
    return [];
  });
}

/** In minor units. */
export const totalOf = (lines: readonly FrozenLine[]): number =>
  lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0);
