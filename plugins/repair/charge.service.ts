import { invalid, isExact, sumOfMinor, type UseCase } from '@guichet/sdk';
import { RepairLabour } from './labour.entity.ts';
import { RepairPartUse } from './part.entity.ts';
import { RepairVisit } from './visit.entity.ts';

/** Something that the customer pays for: so many of a part, or minutes of work. */
export interface Charged {
  readonly what: string | null;
  readonly quantity?: number;
  readonly minutes?: number;
  readonly priceMinor: number;
  readonly currency: string;
}
/** What the customer pays of a repair, parts before work, each as it came; whatever visit it was of. */
export async function chargedOf(use: UseCase, orderId: string): Promise<Charged[]> {
  const visit = (await use.em.find(RepairVisit, { order: orderId })).map(({ id }) => id);
  const of = { visit: { $in: visit }, chargeable: true };
  const uses = await use.em.find(RepairPartUse, of, { orderBy: { id: 'asc' } });
  const worked = await use.em.find(RepairLabour, of, { orderBy: { id: 'asc' } });
  return [
    ...uses.flatMap(({ name, quantity, unitPriceMinor, currency, state }) =>
      state === 'RETURNED' ? [] : [{ what: name, quantity, priceMinor: unitPriceMinor * quantity, currency }],
    ),
    ...worked.flatMap(({ text, minutes, priceMinor, currency }) =>
      priceMinor == null ? [] : [{ what: text ?? null, minutes, priceMinor, currency: currency! }],
    ),
  ];
}

/** A repair is charged in one currency: its sum can be said. The visit is held. @throws ValidationFailed */
export async function refuseOtherCurrency(use: UseCase, visitId: string, currency: string, path: readonly string[]): Promise<void> {
  const { order } = await use.em.findOneOrFail(RepairVisit, visitId);
  const [first] = await chargedOf(use, order.id);
  if (first && first.currency !== currency)
    throw invalid(path, 'ONE_CURRENCY', { en: 'A repair is charged in one currency.', 'zh-CN': '一张工单只能使用一种货币收费。' });
}

/** What the customer pays altogether; null where nothing is charged. @throws ValidationFailed where it is more than an amount can say */
export async function sumCharged(use: UseCase, orderId: string): Promise<{ chargedMinor: number | null; chargedCurrency: string | null }> {
  const charged = await chargedOf(use, orderId);
  const [first] = charged;
  if (!first) return { chargedMinor: null, chargedCurrency: null };
  const amounts = charged.map(({ priceMinor }) => priceMinor);
  if (!isExact(amounts.reduce((sum, minor) => sum + BigInt(minor), 0n))) throw tooMuch();
  return { chargedMinor: sumOfMinor(amounts), chargedCurrency: first.currency };
}
const tooMuch = () =>
  invalid(['input', 'visitId'], 'OUT_OF_RANGE', { en: 'This is more than one repair can cost.', 'zh-CN': '超出一张工单可收取的金额。' });
