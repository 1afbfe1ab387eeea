import { expectServing, forbidden, type Issue, invalid, notFound, sumOfMinor, type UseCase, validationFailed } from '@guichet/sdk';
import { readingOf } from './catalogue-reading.ts';
import { refuseThinChange } from './margin.service.ts';
import { offers } from './offer.service.ts';
import { Order, OrderLine } from './order.entity.ts';
import { OrderChange, OrderChangeLine } from './order-change.entity.ts';
import { changeProposed } from './order-change.events.ts';
import {
  type AskedChange,
  type ChangedOrderLine,
  changedLine,
  faultOfChange,
  isPayableLine,
  type OrderedLine,
} from './order-change.rules.ts';
import { tellOrder } from './order-live.service.ts';
import { unpackAll } from './packing.service.ts';
import { ordering } from './permissions.ts';

/** Proposals of an order at the most: as many as are shown with it. */
export const MOST_CHANGES = 20;
const at = (line: number, field: string): string[] => ['input', 'lines', String(line), field];

export interface ProposedLine {
  readonly lineId: string;
  readonly quantity?: number | null;
  readonly unitPrice?: { readonly amount: number; readonly currency: string } | null;
}
export interface ProposedChange {
  readonly orderId: string;
  readonly lines: readonly ProposedLine[];
  readonly reason?: string;
  readonly validUntil: Date;
}
type Line = OrderedLine & { readonly formId: string; readonly position: number; readonly name: string; readonly unit: string };

/** Prices are said by whoever keeps prices alone. @throws FORBIDDEN */
export function refusePrices({ seat }: UseCase, lines: readonly ProposedLine[]): void {
  if (lines.some(({ unitPrice }) => unitPrice) && seat.rights.get('ORDERING_PRICE') !== 'ALL') throw forbidden(ordering.price);
}

/** Proposes something else in the place of an order, which is held. @throws NotFound, ValidationFailed */
export async function proposeChange(use: UseCase, given: ProposedChange): Promise<{ order: string; change: string }> {
  const { orderId: formId, lines: asked, reason, validUntil } = given;
  if (validUntil <= use.now) throw past();
  await expectServing(use);
  const order = await use.em.findOneOrFail(Order, formId);
  const lines = await orderedLines(use, formId);
  const changed = await changedOf(use, order, lines, asked);
  const changedFrom = order.changedFrom ?? (order.state === 'CONFIRMED' ? 'CONFIRMED' : 'IN_APPROVAL');
  if (changedFrom === 'CONFIRMED')
    await refuseThinChange(
      use,
      order,
      changed.map((line, i) => ({ ...line, variantId: lines[i]!.variantId })),
    );
  const number = (await use.em.count(OrderChange, { formId })) + 1;
  if (number > MOST_CHANGES) throw tooManyChanges();
  const sums = { totalMinor: sumOf(changed, 'totalMinor'), taxMinor: sumOf(changed, 'taxMinor'), currency: order.currency };
  const change = use.em.create(OrderChange, { formId, number, reason: reason ?? null, validUntil, proposedBy: use.seat.id, ...sums });
  for (const [i, line] of changed.entries()) writeLine(use, change.id, lines[i]!, line, order.currency);
  use.em.assign(order, { state: 'CHANGE_PROPOSED', changedFrom });
  await unpackAll(use, formId);
  await tellOrder(use, 'CHANGE_PROPOSED', formId);
  if (order.contactId) await use.announce(changeProposed({ formId, contactId: order.contactId }));
  return { order: formId, change: change.id };
}
const past = () =>
  invalid(['input', 'validUntil'], 'PAST', { en: 'This moment is over: name a later one.', 'zh-CN': '该时间已过，请指定更晚的时间。' });
const tooManyChanges = () =>
  invalid(['input', 'orderId'], 'TOO_MANY', {
    en: `An order is changed at most ${MOST_CHANGES} times: cancel it, and let it be placed anew.`,
    'zh-CN': `一张订单最多修改 ${MOST_CHANGES} 次，请取消后重新下单。`,
  });
const sumOf = <Name extends 'totalMinor' | 'taxMinor'>(lines: readonly ChangedOrderLine[], name: Name): number =>
  sumOfMinor(lines.map((line) => line[name]));

async function orderedLines(use: UseCase, formId: string): Promise<Line[]> {
  const rows = await use.em.find(OrderLine, { formId }, { orderBy: { position: 'asc' } });
  return rows.map((row) => ({
    ...{ id: row.id, formId, position: row.position, name: row.name, unit: row.unit, quantity: row.quantity },
    ...{ unitPriceMinor: row.unitPriceMinor, taxRate: row.taxRate, taxMinor: row.taxMinor, totalMinor: row.totalMinor ?? null },
    variantId: row.variantId ?? row.product.id,
    list: row.priceListId ? { id: row.priceListId, version: row.priceListVersion! } : null,
  }));
}

/** All lines as they are to be. @throws NotFound for a line of another order or one that is named twice, ValidationFailed */
async function changedOf(
  use: UseCase,
  { contactId, currency }: { readonly contactId?: string | null; readonly currency: string },
  lines: readonly Line[],
  proposed: readonly ProposedLine[],
): Promise<ChangedOrderLine[]> {
  const asked = new Map<string, { readonly i: number; readonly change: AskedChange }>();
  for (const [i, { lineId, quantity, unitPrice }] of proposed.entries()) {
    if (asked.has(lineId) || !lines.some(({ id }) => id === lineId)) throw notFound({}, at(i, 'lineId'));
    if (unitPrice && unitPrice.currency !== currency) throw otherCurrency(i);
    asked.set(lineId, { i, change: { quantity: quantity ?? undefined, unitPriceMinor: unitPrice?.amount } });
  }
  const ids = lines.map(({ variantId }) => variantId);
  const products = await offers(readingOf(use), contactId ?? undefined, ids);
  const issues = lines.flatMap((line): Issue[] => {
    const of = asked.get(line.id);
    if (!of) return [];
    const product = products.get(line.variantId)!;
    const fault = faultOfChange(line, of.change, product, currency) ?? (isPayableLine(line, of.change, product) ? undefined : TOO_MUCH);
    return fault ? [{ path: at(of.i, 'quantity'), ...fault }] : [];
  });
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  const changed = lines.map((line) => changedLine(line, asked.get(line.id)?.change ?? {}, products.get(line.variantId)!));
  refuseIdle(lines, changed);
  return changed;
}
const TOO_MUCH = { code: 'OUT_OF_RANGE', message: { en: 'This is too much for one order.', 'zh-CN': '一张订单放不下这么多。' } } as const;
const otherCurrency = (line: number) =>
  invalid(at(line, 'unitPrice'), 'ONE_CURRENCY', { en: 'An order has one currency.', 'zh-CN': '一张订单只能使用一种货币。' });

function refuseIdle(lines: readonly Line[], changed: readonly ChangedOrderLine[]): void {
  if (changed.every(({ quantity }) => quantity === 0))
    throw invalid(['input', 'lines'], 'NOTHING_LEFT', {
      en: 'Nothing would be left: cancel the order.',
      'zh-CN': '订单将没有商品，请改为取消订单。',
    });
  const isSame = changed.every(({ quantity, unitPriceMinor }, i) => {
    const { quantity: was, unitPriceMinor: cost } = lines[i]!;
    return quantity === was && unitPriceMinor === cost;
  });
  if (isSame) throw invalid(['input', 'lines'], 'NOTHING_CHANGED', { en: 'Nothing would change.', 'zh-CN': '没有任何变更。' });
}

function writeLine(
  use: UseCase,
  change: string,
  { id: lineId, position, name, unit, ...was }: Line,
  line: ChangedOrderLine,
  currency: string,
): void {
  const { quantity, unitPriceMinor, taxMinor, totalMinor, list } = line;
  const from = { fromQuantity: was.quantity, fromUnitPriceMinor: was.unitPriceMinor };
  const ofList = { priceListId: list?.id ?? null, priceListVersion: list?.version ?? null };
  use.em.create(OrderChangeLine, {
    ...{ formId: was.formId, change, lineId, position, name, unit, currency },
    ...from,
    ...{ quantity, unitPriceMinor, taxMinor, totalMinor },
    ...ofList,
  });
}
