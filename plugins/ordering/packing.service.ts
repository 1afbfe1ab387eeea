import type { UseCase } from '@guichet/sdk';
import { Shipment, ShipmentLine } from './shipment.entity.ts';

/** How many of each line of an order are packed and have not gone out. By the line's UUID. */
export async function packedOf(use: UseCase, formId: string): Promise<ReadonlyMap<string, number>> {
  const packed = new Set((await use.em.find(Shipment, { formId, state: 'PACKED' })).map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const { shipment, orderLine, quantity } of await use.em.find(ShipmentLine, { formId }))
    if (packed.has(shipment.id)) counts.set(orderLine.id, (counts.get(orderLine.id) ?? 0) + quantity);
  return counts;
}

/** What was packed for an order is packed for it no more: what is packed stands on orders alone that can be shipped. The order is held. */
export const unpackAll = (use: UseCase, formId: string): Promise<unknown> =>
  use
    .on(Shipment)
    .updateTable('plg_ordering.shipments')
    .set({ state: 'UNPACKED' })
    .where('form_id', '=', formId)
    .where('state', '=', 'PACKED')
    .execute();
