import { isExact, taxedLine, timesQuantity } from '@guichet/sdk';
import { faultOf, type LineFault, MOST_LINES, type OfferedProduct } from './order.rules.ts';
import { type Price, priceFor } from './price.rules.ts';

/** A line as it stands in an order. */
export interface OrderedLine {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly taxRate: number;
  readonly taxMinor: number;
  /** Null in lines of 0.1: quantity times price. */
  readonly totalMinor: number | null;
  readonly list: Price['list'];
}
/** What a line is to be. */
export interface AskedChange {
  readonly quantity?: number;
  /** In minor units of the order's currency; otherwise what it costs at this quantity today. */
  readonly unitPriceMinor?: number;
}
/** A line with what it costs then. */
export type ChangedOrderLine = Omit<OrderedLine, 'taxRate' | 'totalMinor'> & { readonly totalMinor: number };

const wholeOf = ({ totalMinor, unitPriceMinor, quantity }: Pick<OrderedLine, 'totalMinor' | 'unitPriceMinor' | 'quantity'>): number =>
  totalMinor ?? timesQuantity(unitPriceMinor, quantity);

/** What a unit of a changed line costs: anew where its quantity changes, unless a price is said; fewer of what is offered no more keep theirs. */
function priceOf(line: OrderedLine, { quantity = line.quantity, unitPriceMinor }: AskedChange, product: OfferedProduct): Price {
  if (unitPriceMinor !== undefined) return { priceMinor: unitPriceMinor, list: null };
  const kept: Price = { priceMinor: line.unitPriceMinor, list: line.list };
  if (quantity === line.quantity || (product.withdrawnAt && quantity < line.quantity)) return kept;
  return priceFor(product, quantity) ?? kept;
}

/** A line as it is to be. @param product what it orders, as it is offered to the customer today */
export function changedLine(line: OrderedLine, asked: AskedChange, product: OfferedProduct): ChangedOrderLine {
  const { quantity = line.quantity } = asked;
  const price = priceOf(line, asked, product);
  const minor = timesQuantity(price.priceMinor, quantity);
  const isIncluded = wholeOf(line) === timesQuantity(line.unitPriceMinor, line.quantity);
  const { taxMinor, grossMinor: totalMinor } = taxedLine({ minor, rate: line.taxRate, isIncluded });
  const { id, variantId } = line;
  return { id, variantId, quantity, unitPriceMinor: price.priceMinor, list: price.list, taxMinor, totalMinor };
}
/** Whether a number holds what a line costs exactly, also where tax is added to it: twice the amount at the most. */
export const isPayableLine = (line: OrderedLine, asked: AskedChange, product: OfferedProduct): boolean =>
  isExact(2n * BigInt(asked.quantity ?? line.quantity) * BigInt(priceOf(line, asked, product).priceMinor) * BigInt(MOST_LINES));

/** Why a line cannot be changed so; a line that goes has no fault. @param currency of the order */
export function faultOfChange(
  { variantId, quantity: was }: OrderedLine,
  { quantity = was, unitPriceMinor }: AskedChange,
  product: OfferedProduct,
  currency: string,
): Pick<LineFault, 'code' | 'message'> | undefined {
  if (quantity === 0 || quantity === was) return undefined;
  const asked = { productId: variantId, quantity };
  const fault = faultOf(asked, new Map([[variantId, { ...product, currency }]]), asked);
  if (fault?.code === 'WITHDRAWN' && quantity < was) return undefined;
  if (fault?.code === 'NO_PRICE' && (unitPriceMinor !== undefined || quantity < was)) return undefined;
  if (!fault && product.currency !== currency && unitPriceMinor === undefined)
    return {
      code: 'ONE_CURRENCY',
      message: { en: `${product.name} is sold in another currency by now.`, 'zh-CN': `${product.name} 现以其他货币销售。` },
    };
  return fault;
}
