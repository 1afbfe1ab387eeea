import { shared, topic, type UseCase } from '@guichet/sdk';
import { Buyer } from './credit.entity.ts';
import { Order } from './order.entity.ts';

export const orderTopic = topic('ORDERING_ORDER', 'OrderShipping');
export const stockTopic = topic('ORDERING_STOCK', 'ProductVariant');

interface Told {
  readonly formId: string;
  readonly contactId?: string | null;
}
interface ToldAtSite extends Told {
  readonly companyId?: string | null;
  readonly site?: string | null;
}
/** Its money has moved: told to those inside who see the order, and on the customer's own stream to the customer. */
export function emitPayment(use: UseCase, kind: string, { formId, contactId }: Told): void {
  use.emit({ stream: use.organizationId, topic: orderTopic, kind, subjectId: formId });
  if (contactId) tellContact(use, kind, formId, contactId);
}
/** Something has happened to an order that is shipped: the same, and whoever looks on at its site is told on streams of their own. */
export function emitOrder(use: UseCase, kind: string, { companyId, site, ...of }: ToldAtSite): void {
  emitPayment(use, kind, of);
  if (companyId && site) use.last(siteTelling, { companyId, site, kind, ...of });
}
const tellContact = (use: UseCase, kind: string, formId: string, contactId: string): void =>
  use.emit({ stream: contactId, topic: orderTopic, kind, seatId: contactId, subjectId: formId });

/** Whether they still belong to the company is asked when they are told, as of everybody. */
const siteTelling = shared<Told & { readonly companyId: string; readonly site: string; readonly kind: string }>(
  'ordering.site-telling',
  async (use, told) => {
    const sites = [...new Map(told.map(({ companyId, site }) => [`${companyId} ${site}`, { companyId, site }])).values()];
    const named = await use.em.find(Buyer, { role: 'VIEWER', $or: sites }, { orderBy: { contactId: 'asc' } });
    for (const { companyId, site, kind, formId, contactId: customer } of told)
      for (const { contactId, ...at } of named)
        if (at.companyId === companyId && at.site === site && contactId !== customer) tellContact(use, kind, formId, contactId);
  },
);

/** The same of an order that is to be found; of one that is not shipped nothing is told. */
export async function tellOrder(use: UseCase, kind: string, formId: string): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  if (order.ships) emitOrder(use, kind, order);
}
