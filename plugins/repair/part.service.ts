import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { refuseOtherCurrency } from './charge.service.ts';
import { MOST, refusePast } from './most.rules.ts';
import { RepairPart, RepairPartUse } from './part.entity.ts';

interface Taken {
  readonly visitId: string;
  readonly partId: string;
  readonly quantity: number;
  readonly chargeable: boolean;
}
/** Takes a part out of the stock for a visit. The update itself refuses what is not there, however many want the last one. @throws ValidationFailed */
export async function addPart(use: UseCase, { visitId, partId, quantity, chargeable }: Taken): Promise<string> {
  refusePast(MOST.parts, await use.em.count(RepairPartUse, { visit: visitId }), 'visitId');
  use.refuseTaken('part_uses_once', () =>
    invalid(['input', 'partId'], 'TAKEN', { en: 'The visit has this part already.', 'zh-CN': '本次上门已登记该配件。' }),
  );
  const taken = await use
    .on(RepairPart)
    .updateTable('plg_repair.parts')
    .set((of) => ({ stock: of('stock', '-', quantity), version: of('version', '+', 1) }))
    .where('id', '=', partId)
    .where('stock', '>=', quantity)
    .returning(['sku', 'name', 'price_minor', 'currency'])
    .executeTakeFirst();
  if (!taken)
    throw invalid(['input', 'quantity'], 'OUT_OF_STOCK', { en: 'There are not as many of these left.', 'zh-CN': '该配件库存不足。' });
  const { sku, name, price_minor: unitPriceMinor, currency } = taken;
  if (chargeable) await refuseOtherCurrency(use, visitId, currency, ['input', 'isChargeable']);
  return use.em.create(RepairPartUse, {
    visit: visitId,
    part: partId,
    quantity,
    chargeable,
    sku,
    name,
    unitPriceMinor,
    currency,
    state: 'RESERVED',
    at: use.now,
  }).id;
}

/** What a visit has reserved and not built in goes back into the stock, parts in the order of their ids. */
export async function giveBackParts(use: UseCase, visitId: string): Promise<void> {
  const uses = await use.em.find(RepairPartUse, { visit: visitId, state: 'RESERVED' });
  for (const one of [...uses].sort((a, b) => (a.part.id < b.part.id ? -1 : 1))) {
    one.state = 'RETURNED';
    await putBack(use, one.part.id, one.quantity);
  }
}
const putBack = (use: UseCase, partId: string, quantity: number): Promise<unknown> =>
  use
    .on(RepairPart)
    .updateTable('plg_repair.parts')
    .set((of) => ({ stock: of('stock', '+', quantity), version: of('version', '+', 1) }))
    .where('id', '=', partId)
    .execute();

/** What is reserved was built in. */
export async function useUpParts(use: UseCase, visitId: string): Promise<void> {
  for (const one of await use.em.find(RepairPartUse, { visit: visitId, state: 'RESERVED' })) one.state = 'USED';
}

/** @throws NotFound unless it is a part of this visit that is still reserved */
export async function returnPart(use: UseCase, visitId: string, partUseId: string): Promise<void> {
  const found = await use.em.findOne(RepairPartUse, { id: partUseId, visit: visitId, state: 'RESERVED' });
  if (!found) throw notFound({}, ['input', 'partUseId']);
  found.state = 'RETURNED';
  await putBack(use, found.part.id, found.quantity);
}
