import type { TestSeat } from '@guichet/sdk/testing';
import type { Orders } from './orders.ts';

/** A contact comes to another company. */
export async function moveTo({ shop }: Orders, seat: TestSeat, company: string): Promise<void> {
  const { admin } = shop.plugin;
  const { contact } = await admin.query('query ($id: ID!) { contact(id: $id) { version } }', { id: seat.id });
  await shop.act(admin, 'updateContact', { contactId: seat.id, expectedVersion: contact.version, company });
}

/**
 * The rival and the one without an owner come to the customer's company: three who are named to buy for it. `supervisor` keeps credit, `sharee`
 * writes payments down.
 * @returns the company's id
 */
export async function gather(orders: Orders): Promise<string> {
  const { admin, rival, unowned, customer, supervisor, sharee } = orders.shop.plugin;
  for (const seat of [rival, unowned]) await moveTo(orders, seat, 'Riverside');
  await orders.shop.grant(supervisor, 'ORDERING_CREDIT');
  await orders.shop.grant(sharee, 'ORDERING_PAYMENT');
  for (const { id: contactId } of [customer, rival, unowned])
    await orders.act(supervisor, 'setOrderingBuyer', { contactId, role: 'BUYER' }, 'buyer { role }', '');
  return (await admin.query('query ($id: ID!) { contact(id: $id) { company { id } } }', { id: customer.id })).contact.company.id;
}
