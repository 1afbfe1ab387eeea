import { topic, type UseCase } from '@guichet/sdk';
import { Order } from './order.entity.ts';

export const orderTopic = topic('ORDERING_ORDER', 'OrderShipping');
export const stockTopic = topic('ORDERING_STOCK', 'ProductVariant');

interface Told {
  readonly formId: string;
  readonly contactId?: string | null;
}
/** Something has happened to an order that is shipped: told to those inside who see it, and on the customer's own stream to the customer. */
export function emitOrder(use: UseCase, kind: string, { formId, contactId }: Told): void {
  use.emit({ stream: use.organizationId, topic: orderTopic, kind, subjectId: formId });
  if (contactId) use.emit({ stream: contactId, topic: orderTopic, kind, seatId: contactId, subjectId: formId });
}
/** The same of an order that is to be found; of one that is not shipped nothing is told. */
export async function tellOrder(use: UseCase, kind: string, formId: string): Promise<void> {
  const { ships, contactId } = await use.em.findOneOrFail(Order, formId);
  if (ships) emitOrder(use, kind, { formId, contactId });
}
