import type { OrderState } from '../order.moves.ts';
import type { Orders } from './orders.ts';

/** What makes an order in a state; of six, for the customer. @param site where it goes to @returns its id */
export function inEachState(orders: Orders, site?: string): Readonly<Record<OrderState, () => Promise<string>>> {
  /** In which goods are on their way, one of them is disputed and others are open. */
  const onItsWay = async (quantity: number): Promise<string> => {
    const { orderId, lineId } = await orders.confirmed(6, site);
    await orders.ship(orderId, [{ lineId, quantity }]);
    const { shipments } = await orders.read(orderId);
    await orders.dispute(orderId, shipments[0].lines[0].id, 1);
    return orderId;
  };
  const proposed = async (): Promise<string> => {
    const { orderId, lineId } = await orders.placed(6, site);
    await orders.propose(orderId, [{ lineId, quantity: 4 }]);
    return orderId;
  };
  return {
    IN_APPROVAL: async () => (await orders.placed(6, site)).orderId,
    EXPIRED: async () => {
      await orders.shop.set({ reservationDays: 1 });
      const { orderId } = await orders.placed(6, site);
      await orders.shop.set({ reservationDays: null });
      await orders.days(1);
      return orderId;
    },
    CHANGE_PROPOSED: proposed,
    NEEDS_CORRECTION: async () => {
      const orderId = await proposed();
      await orders.answer(orderId, 1, 'REFUSE');
      return orderId;
    },
    CONFIRMED: async () => (await orders.confirmed(6, site)).orderId,
    PART_SHIPPED: () => onItsWay(4),
    SHIPPED: () => onItsWay(6),
    RECEIVED: async () => {
      const { orderId } = await orders.confirmed(6, site);
      await orders.ship(orderId);
      await orders.receive(orderId);
      return orderId;
    },
    REJECTED: async () => {
      const { orderId, formId } = await orders.placed(6, site);
      await orders.shop.decide(formId, 'reject');
      return orderId;
    },
    CANCELLED: async () => {
      const { orderId } = await orders.placed(6, site);
      await orders.act(orders.shop.plugin.owner, 'cancelOrder', { orderId, reason: 'Sold out.' });
      return orderId;
    },
  };
}
