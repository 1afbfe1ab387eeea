import { type Issue, isExact, type Message, sumOfMinor, taxedLine, timesQuantity } from '@guichet/sdk';
import type { LINE_FAULTS } from './cart.entity.ts';
import { type Price, type Priced, priceFor } from './price.rules.ts';

/** Lines of an order at the most, and units of a line. */
export const MOST_LINES = 100;
export const MOST_UNITS = 1_000_000;

/** What a line names: a product, or a further variant of one. */
export interface OfferedProduct extends Priced {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly sku?: string | null;
  readonly packMultiple?: number;
  readonly minimum?: number;
  /** In basis points. */
  readonly taxRate?: number;
  readonly withdrawnAt?: Date | null;
}
export interface AskedLine {
  readonly productId: string;
  readonly variantId?: string | null;
  readonly quantity: number;
  /** What the customer has seen that one unit costs. */
  readonly unitPrice?: { readonly amount: number; readonly currency: string } | null;
}
/** A line with name, unit and price as they are at this moment. */
export interface FrozenLine extends Pick<AskedLine, 'productId' | 'quantity'> {
  readonly variantId: string;
  readonly name: string;
  readonly unit: string;
  readonly sku: string | null;
  readonly unitPriceMinor: number;
  readonly currency: string;
  readonly taxRate: number;
  readonly taxMinor: number;
  /** With tax. */
  readonly totalMinor: number;
  readonly list: Price['list'];
}
/** The row that a line orders. */
export const variantOf = ({ productId, variantId }: AskedLine): string => variantId ?? productId;

/** @param products by the ids of what lines order; none of the lines has a fault. @param isTaxIncluded in prices */
export const freeze = (lines: readonly AskedLine[], products: ReadonlyMap<string, OfferedProduct>, isTaxIncluded = true): FrozenLine[] =>
  lines.map(({ productId, quantity, ...line }) => {
    const variantId = variantOf({ productId, quantity, ...line });
    const { name, unit, sku = null, currency, taxRate = 0, ...product } = products.get(variantId)!;
    const { priceMinor: unitPriceMinor, list } = priceFor({ ...product, currency }, quantity)!;
    const minor = timesQuantity(unitPriceMinor, quantity);
    const { taxMinor, grossMinor: totalMinor } = taxedLine({ minor, rate: taxRate, isIncluded: isTaxIncluded });
    return { productId, variantId, quantity, name, unit, sku, unitPriceMinor, currency, taxRate, taxMinor, totalMinor, list };
  });

/** What keeps lines from being ordered, each with its place in the input. */
export function faultsOf(lines: readonly AskedLine[], products: ReadonlyMap<string, OfferedProduct>): Issue[] {
  const faults = lines.flatMap((line, i) => {
    const fault = faultOf(line, products, lines[0]!);
    return fault ? [{ path: ['input', 'lines', String(i), fault.of], code: fault.code, message: fault.message }] : [];
  });
  return faults.length || isPayable(lines, products) ? faults : [TOO_MUCH];
}
const TOO_MUCH: Issue = {
  path: ['input', 'lines'],
  code: 'OUT_OF_RANGE',
  message: { en: 'This is too much for one order: divide it.', 'zh-CN': '一张订单放不下这么多，请拆分。' },
};
/** Whether a number holds the total exactly, also where tax is added to it: twice the amount at the most. */
const isPayable = (lines: readonly AskedLine[], products: ReadonlyMap<string, OfferedProduct>): boolean =>
  isExact(
    lines.reduce((sum, line) => {
      const product = products.get(variantOf(line))!;
      const minor = BigInt(priceFor(product, line.quantity)!.priceMinor) * BigInt(line.quantity);
      return sum + minor + (minor * BigInt(product.taxRate ?? 0)) / 10_000n;
    }, 0n),
  );

export interface LineFault {
  readonly of: 'productId' | 'quantity';
  readonly code: (typeof LINE_FAULTS)[number];
  readonly message: Message;
}
/** What keeps one line from being ordered. @param first line of the order, whose currency is the order's */
export function faultOf(line: AskedLine, products: ReadonlyMap<string, OfferedProduct>, first: AskedLine): LineFault | undefined {
  const product = products.get(variantOf(line))!;
  if (product.withdrawnAt) return ofProduct('WITHDRAWN', `${product.name} is not offered any more.`, `${product.name} 已下架。`);
  if (!priceFor(product, line.quantity))
    return ofProduct('NO_PRICE', `${product.name} has no price for you: ask for one.`, `${product.name} 暂无适用价格，请询价。`);
  if (product.currency !== products.get(variantOf(first))!.currency)
    return ofProduct('ONE_CURRENCY', 'An order has one currency: order this one apart.', '一张订单只能使用一种货币，请分开下单。');
  return faultOfQuantity(line.quantity, product);
}
const ofProduct = (code: LineFault['code'], en: string, zh: string): LineFault => ({ of: 'productId', code, message: { en, 'zh-CN': zh } });
const ofQuantity = (code: LineFault['code'], en: string, zh: string): LineFault => ({ of: 'quantity', code, message: { en, 'zh-CN': zh } });

function faultOfQuantity(quantity: number, { name, minimum = 1, packMultiple = 1 }: OfferedProduct): LineFault | undefined {
  if (quantity < minimum) return ofQuantity('BELOW_MINIMUM', `Of ${name} at least ${minimum} are sold.`, `${name} 起订量为 ${minimum}。`);
  if (quantity % packMultiple)
    return ofQuantity('NOT_A_MULTIPLE', `${name} is sold in multiples of ${packMultiple}.`, `${name} 须按 ${packMultiple} 的倍数订购。`);
  return undefined;
}

/** In minor units, with tax. */
export const totalOf = (lines: readonly FrozenLine[]): number => sumOfMinor(lines.map(({ totalMinor }) => totalMinor));
export const taxOf = (lines: readonly FrozenLine[]): number => sumOfMinor(lines.map(({ taxMinor }) => taxMinor));

/** A line whose price is not the one that its customer has seen. */
export interface ChangedLine {
  readonly line: number;
  readonly name: string;
  readonly from: { readonly amount: number; readonly currency: string };
  readonly to: { readonly amount: number; readonly currency: string };
}
/** Lines that cost something else by now than what was seen. */
export const changedLines = (lines: readonly AskedLine[], frozen: readonly FrozenLine[]): ChangedLine[] =>
  lines.flatMap(({ unitPrice: from }, line) => {
    const { unitPriceMinor: amount, currency, name } = frozen[line]!;
    return from && (from.amount !== amount || from.currency !== currency) ? [{ line, name, from, to: { amount, currency } }] : [];
  });
