import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gather, moveTo } from './company.ts';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await gather(orders);
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const named = (seat: TestSeat, role: string, site?: string) =>
  orders.act(people().supervisor, 'setOrderingBuyer', { contactId: seat.id, role, site }, 'buyer { role site }', '');
beforeEach(async () => {
  await moveTo(orders, people().rival, 'Riverside');
  await named(people().rival, 'VIEWER', 'Hall 2');
});

/** An order to the site whose goods are on their way, and the line of its shipment. */
async function onItsWay(quantity: number, site = 'Hall 2') {
  const made = await orders.confirmed(quantity, site);
  await orders.ship(made.orderId);
  const { shipments } = await orders.read(made.orderId);
  return { ...made, shippedLine: shipments[0].lines[0].id as string };
}
const ids = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query('{ orders(first: 100) { nodes { id } } }')).orders.nodes.map(({ id }: { id: string }) => id);

describe('who looks on at the site that an order goes to (spec 8.5)', () => {
  it('reads what comes and says that it has come, and the last of it completes the order', async () => {
    const { orderId, formId, shippedLine } = await onItsWay(3);
    expect(await ids(people().rival)).toContain(orderId);
    const can = 'viewerCan { confirmReceipt disputeReceipt settleDispute answerChange cancel ship }';
    expect(await orders.read(orderId, people().rival, `site address ${can}`)).toMatchObject({
      ...{ site: 'Hall 2', address: '1 Quay', lines: [{ name: 'Saw' }], shipments: [{ lines: [{ quantity: 3 }] }] },
      viewerCan: {
        ...{ confirmReceipt: true, disputeReceipt: true },
        ...{ settleDispute: false, answerChange: false, cancel: false, ship: false },
      },
    });
    expect((await orders.receive(orderId, [{ lineId: shippedLine, quantity: 1 }], people().rival)).order).toMatchObject({
      lines: [{ received: 1 }],
    });
    expect((await orders.receive(orderId, undefined, people().rival)).order.state).toBe('RECEIVED');
    expect(await orders.customerState(formId)).toBe('COMPLETED');
  });
  it('disputes what has not come as it should, and whoever answers for the customer is told', async () => {
    const { orderId, shippedLine } = await onItsWay(3);
    expect((await orders.dispute(orderId, shippedLine, 2, people().rival)).__typename).toBe('DisputeReceiptSuccess');
    const { shipments } = await orders.read(orderId, people().owner, 'shipments { lines { disputed } }');
    expect(shipments[0].lines).toMatchObject([{ disputed: 2 }]);
  });
  it('reads neither the form of the order nor what it costs, and gives nothing back', async () => {
    const { orderId, formId, lineId } = await onItsWay(2);
    await orders.receive(orderId);
    const form = 'query ($id: ID!) { businessForm(id: $id) { id } }';
    expect((await people().rival.query(form, { id: formId })).businessForm).toBeNull();
    const account = await people().customer.query('query ($id: ID!) { businessForm(id: $id) { ... on Order { account { id } } } }', {
      id: formId,
    });
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await people().rival.query(node, { id: account.businessForm.account.id })).node).toBeNull();
    const back = { orderId, lines: [{ lineId, quantity: 1 }], reason: 'Too many.' };
    expect((await orders.act(people().rival, 'requestReturn', back, 'order { id }', '')).__typename).toBe('FORBIDDEN');
    expect((await orders.act(people().customer, 'requestReturn', back, 'order { id }', '')).__typename).toBe('RequestReturnSuccess');
  });
  it('reads what becomes of it live, in the order in which it does, and nothing of its money', async () => {
    const live = people().rival.follow('subscription { orderChanged { kind orderId order { state } } }');
    const own = people().customer.follow('subscription { orderChanged { kind } }');
    await Promise.all([live.opened, own.opened]);
    const { formId } = await orders.confirmed(1); // to no site
    const { formId: ofSite, orderId, shippedLine } = await onItsWay(2);
    await orders.receive(orderId, [{ lineId: shippedLine, quantity: 1 }]);
    const account = 'query ($id: ID!) { businessForm(id: $id) { ... on Order { account { id } } } }';
    for (const id of [formId, ofSite]) await orders.pay((await people().customer.query(account, { id })).businessForm.account.id, 1);
    await orders.dispute(orderId, shippedLine, 1);
    for (const kind of ['IN_APPROVAL', 'CONFIRMED', 'SHIPPED', 'RECEIVED', 'DISPUTED'])
      expect(await live.next()).toMatchObject({ kind, orderId, order: { state: expect.any(String) } });
    const kinds = ['IN_APPROVAL', 'CONFIRMED', 'IN_APPROVAL', 'CONFIRMED', 'SHIPPED', 'RECEIVED', 'PAYMENT', 'PAYMENT', 'DISPUTED'];
    for (const kind of kinds) expect(await own.next()).toMatchObject({ kind });
    await Promise.all([live.stop(), own.stop()]);
  });
  it('does not read what the company owes, as others do who were named for it', async () => {
    const accounts = async () => (await people().rival.query('{ creditAccounts { nodes { id used { amount } } } }')).creditAccounts.nodes;
    await onItsWay(1);
    expect(await accounts()).toEqual([]);
    await named(people().rival, 'VIEWER');
    const [{ id }] = await accounts();
    await named(people().rival, 'VIEWER', 'Hall 2');
    expect((await people().rival.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  });
  it.each<[string, () => Promise<unknown>]>([
    ['was named for another site', () => named(people().rival, 'VIEWER', 'Hall 3')],
    ['was named for no site', () => named(people().rival, 'VIEWER')],
    ['does not look on, but buys', () => named(people().rival, 'BUYER')],
    ['has left the company', () => moveTo(orders, people().rival, 'Hillside')],
  ])('not who %s', async (_, becomes) => {
    const { orderId } = await onItsWay(1);
    expect(await ids(people().rival)).toContain(orderId);
    await becomes();
    expect(await ids(people().rival)).not.toContain(orderId);
    expect((await orders.receive(orderId, undefined, people().rival)).__typename).toBe('NotFound');
    expect((await orders.read(orderId)).state).toBe('SHIPPED');
  });
  it('not of an order that goes to no site', async () => {
    const { orderId } = await orders.confirmed(1);
    expect(await ids(people().rival)).not.toContain(orderId);
  });
});

describe('a site of a company', () => {
  it('is one that somebody was named for', async () => {
    const productId = await orders.shop.offer();
    const to = (site: string) =>
      orders.shop.ask([{ productId, quantity: 1 }], { delivery: { recipient: 'Gate 4', address: '1 Quay', site } });
    expect(await to('Hal 2')).toMatchObject({ issues: [{ path: ['input', 'delivery', 'site'], code: 'UNKNOWN_SITE' }] });
    expect((await to('Hall 2')).__typename).toBe('PlaceOrderSuccess');
    await moveTo(orders, people().unowned, 'Hillside');
    await named(people().unowned, 'VIEWER', 'Dock 9');
    expect(await to('Dock 9')).toMatchObject({ issues: [{ code: 'UNKNOWN_SITE' }] }); // another company's
    await moveTo(orders, people().unowned, 'Riverside');
  });
  it('is not another company’s of the same name', async () => {
    await moveTo(orders, people().rival, 'Hillside');
    await named(people().rival, 'VIEWER', 'Hall 2');
    await named(people().unowned, 'VIEWER', 'Hall 2');
    const { orderId } = await onItsWay(1);
    expect(await ids(people().unowned)).toContain(orderId);
    expect(await ids(people().rival)).not.toContain(orderId);
  });
  it('goes along with an order that is approved first', async () => {
    await named(people().unowned, 'APPROVER');
    const productId = await orders.shop.offer();
    const delivery = (site: string) => ({ recipient: 'Gate 4', address: '1 Quay', site });
    const asked = (site: string) =>
      orders.act(
        people().customer,
        'requestOrderApproval',
        { lines: [{ productId, quantity: 1 }], delivery: delivery(site) },
        'request { id site }',
        '',
      );
    expect(await asked('Hal 2')).toMatchObject({ issues: [{ path: ['input', 'delivery', 'site'], code: 'UNKNOWN_SITE' }] });
    const { request } = await asked('Hall 2');
    expect(request.site).toBe('Hall 2');
    const before = await ids(people().rival);
    await orders.act(people().unowned, 'approveOrderRequest', { requestId: request.id }, 'request { id }', '');
    expect(await ids(people().rival)).toHaveLength(before.length + 1);
  });
  it('is for those who look on alone', async () => {
    expect(await named(people().rival, 'BUYER', 'Hall 2')).toMatchObject({ issues: [{ path: ['input', 'site'], code: 'LOOKS_ON_ALONE' }] });
    expect((await named(people().rival, 'VIEWER', 'Hall 2')).buyer).toEqual({ role: 'VIEWER', site: 'Hall 2' });
  });
});
