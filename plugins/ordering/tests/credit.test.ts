import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather, moveTo } from './company.ts';
import { Orders } from './orders.ts';

let orders: Orders;
let companyId: string;
const people = () => orders.shop.plugin;
const cny = (amount: number) => ({ amount, currency: 'CNY' });
const LEFT = '... on OrderingCreditExceeded { left { amount currency } }';
const ABOVE = '... on OrderingApprovalNeeded { above { amount currency } }';
const ACCOUNT = 'version limit { amount } used { amount } left { amount } approvalAbove { amount }';
const REQUEST = `request { id state buyerName total { amount } note address reason lines { name quantity unitPrice { amount } total { amount } }
  order { id } viewerCan { approve refuse takeBack } }`;

beforeAll(async () => {
  orders = await Orders.open();
  companyId = await gather(orders);
});
afterAll(() => orders?.close());

const accounts = async (seat: TestSeat = people().supervisor, what = ACCOUNT) =>
  (await seat.query(`{ creditAccounts { nodes { ${what} } } }`)).creditAccounts.nodes;
const account = async () =>
  (await accounts(people().supervisor, `${ACCOUNT} used { currency }`)).find(
    ({ used }: { used: { currency: string } }) => used.currency === 'CNY',
  );
const used = async (): Promise<number> => (await account()).used.amount;
/** Says anew what the company may owe: what is left out is not limited. */
async function limits(
  given: { limit?: number; approvalAbove?: number; currency?: string; expectedVersion?: number },
  seat = people().supervisor,
) {
  const input = { companyId, currency: 'CNY', expectedVersion: (await account())?.version ?? 0, ...given };
  return orders.act(seat, 'setCreditLine', input, `account { ${ACCOUNT} }`, '... on VersionConflict { current { id } }');
}
const place = (productId: string, quantity: number, seat = people().customer, more: object = {}) =>
  orders.act(seat, 'placeOrder', { lines: [{ productId, quantity }], ...more }, 'order { id }', `${LEFT} ${ABOVE}`);

describe('a company’s credit (spec 8.5)', () => {
  it('knows what was ordered before there was a limit, and refuses nothing without one', async () => {
    const saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
    expect((await place(saw, 5)).__typename).toBe('PlaceOrderSuccess');
    expect(await accounts()).toEqual([{ version: 1, limit: null, used: { amount: 500 }, left: null, approvalAbove: null }]);
    expect(await limits({ limit: 1_200 })).toMatchObject({ account: { limit: { amount: 1_200 }, left: { amount: 700 } } });
    expect(await place(saw, 8)).toMatchObject({ __typename: 'OrderingCreditExceeded', path: ['input', 'lines'], left: cny(700) });
    expect((await orders.stock(saw)).stock).toBe(995); // nothing of it was done
    expect((await place(saw, 7, people().rival)).__typename).toBe('PlaceOrderSuccess'); // one credit for all of the company
    expect(await accounts(people().rival, 'left { amount }')).toEqual([{ left: { amount: 0 } }]);
  });
  it('is free again with what is paid, credited, rejected and cancelled, and with nothing else', async () => {
    await limits({ limit: 100_000 });
    const before = await used();
    const { formId, orderId, lineId, accountId } = await orders.confirmedAccount(4); // of 1,250 each
    expect(await used()).toBe(before + 5_000);
    await orders.pay(accountId, 2_000);
    expect(await used()).toBe(before + 3_000);
    await limits({ limit: before + 3_000 });
    await orders.pay(accountId, 500, 'REFUND'); // it has happened, also beyond the limit
    expect(await account()).toMatchObject({ used: { amount: before + 3_500 }, left: { amount: 0 } });
    await limits({ limit: 100_000 });
    await orders.ship(orderId);
    await orders.receive(orderId);
    expect(await used()).toBe(before + 3_500);
    const { return: back } = await orders.giveBack(orderId, lineId, 1);
    await orders.decide(back.id, 'APPROVE');
    await orders.takeBack(back.id, true);
    await orders.credit(back.id);
    expect(await used()).toBe(before + 2_250);
    expect(await orders.customerState(formId)).toBe('COMPLETED');
    const rejected = await orders.placed(2);
    const cancelled = await orders.confirmed(3);
    expect(await used()).toBe(before + 2_250 + 5 * 1_250);
    await orders.shop.decide(rejected.formId, 'reject');
    await orders.act(people().owner, 'cancelOrder', { orderId: cancelled.orderId, reason: 'Sold out.' });
    expect(await used()).toBe(before + 2_250);
  });
  it('holds for what is proposed in the place of an order: what is too much is not taken', async () => {
    const before = await used();
    const { orderId, lineId } = await orders.placed(4);
    await orders.propose(orderId, [{ lineId, quantity: 6 }]);
    expect(await used()).toBe(before + 5_000);
    await limits({ limit: before + 6_000 });
    const answer = (change: number, how: string) =>
      orders.act(people().customer, 'answerOrderChange', { orderId, change, answer: how }, 'order { state }', LEFT);
    expect(await answer(1, 'ACCEPT')).toMatchObject({ __typename: 'OrderingCreditExceeded', left: cny(1_000) });
    await limits({ limit: before + 7_500 });
    expect((await answer(1, 'ACCEPT')).order.state).toBe('IN_APPROVAL');
    expect(await used()).toBe(before + 7_500);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    expect((await answer(2, 'CANCEL')).order.state).toBe('CANCELLED');
    expect(await used()).toBe(before);
    await limits({});
  });
  it('is for one currency: orders in another are not touched', async () => {
    await limits({ limit: 0 });
    const dollars = await orders.shop.offer({ price: { amount: 100, currency: 'USD' } });
    expect((await place(dollars, 3)).__typename).toBe('PlaceOrderSuccess');
    expect((await accounts()).map(({ used }: { used: { amount: number } }) => used.amount)).toContain(300);
    await limits({});
  });
  it('its last part goes to one of two orders that come at once', async () => {
    const saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
    await limits({ limit: (await used()) + 1_000 });
    const placed = await Promise.all([people().customer, people().rival, people().unowned].map((seat) => place(saw, 6, seat)));
    expect(placed.map(({ __typename }) => __typename).sort()).toEqual([
      'OrderingCreditExceeded',
      'OrderingCreditExceeded',
      'PlaceOrderSuccess',
    ]);
    await limits({});
  });
  it('is kept by somebody who sees no contact: they find companies, and nobody in them', async () => {
    const keeper = people().formsAdmin;
    await orders.shop.grant(keeper, 'ORDERING_CREDIT');
    const FOUND = `query ($name: String!) { orderingCompanies(where: { name: { equals: $name } }) { nodes { companyId name accounts { used { currency } } } } }`;
    const found = async (name: string, seat = keeper) => (await seat.ask(FOUND, { name })).data?.orderingCompanies?.nodes ?? [];
    await expect.poll(() => found('Riverside')).toMatchObject([{ companyId, name: 'Riverside', accounts: expect.any(Array) }]);
    expect(await found('Eastgate')).toEqual([]); // nobody is of it, and it owes nothing
    expect((await limits({ limit: 5_000_000 }, keeper)).__typename).toBe('SetCreditLineSuccess');
    await limits({}, keeper);
    for (const seat of [people().owner, people().sharee]) expect(await found('Riverside', seat)).toEqual([]);
    const { data } = await keeper.ask('query ($id: ID!) { contact(id: $id) { phone } }', { id: people().customer.id });
    expect(data?.contact?.phone ?? null).toBeNull();
    expect(
      (
        await orders.act(
          keeper,
          'setCreditLine',
          { companyId: people().other.id, currency: 'CNY', expectedVersion: 0 },
          'account { id }',
          '',
        )
      ).__typename,
    ).toBe('NotFound');
  });
  it('is said by whoever keeps it, in a currency that there is, as it was read', async () => {
    expect((await limits({ limit: 1 }, people().sharee)).__typename).toBe('FORBIDDEN');
    expect((await limits({ limit: 1 }, people().owner)).__typename).toBe('FORBIDDEN');
    expect((await limits({ limit: 1 }, people().stranger)).__typename).toBe('FORBIDDEN');
    expect(await limits({ currency: 'XX1', expectedVersion: 0 })).toMatchObject({ issues: [{ code: 'INVALID_CURRENCY' }] });
    expect(await limits({ expectedVersion: 1 })).toMatchObject({ __typename: 'VersionConflict', path: ['input', 'expectedVersion'] });
    expect(await limits({ limit: -1 })).toMatchObject({ issues: [{ path: ['input', 'limit'], code: 'OUT_OF_RANGE' }] });
  });
  it('is read by the company, the keeper and the cashier, and by nobody else', async () => {
    const company = 'company { name }';
    expect((await accounts(people().supervisor, company))[0]).toEqual({ company: { name: 'Riverside' } });
    for (const seat of [people().customer, people().sharee]) expect((await accounts(seat, 'used { amount }')).length).toBeGreaterThan(0);
    for (const seat of [people().owner, people().colleague, people().stranger])
      expect((await seat.ask('{ creditAccounts { nodes { id } } }')).data?.creditAccounts?.nodes ?? []).toEqual([]);
  });
});

describe('what somebody else of the company approves (spec 8.5)', () => {
  let saw: string;
  const named = (seat: TestSeat, role: string) =>
    orders.act(people().supervisor, 'setOrderingBuyer', { contactId: seat.id, role }, 'buyer { role company { name } }', '');
  const asks = (quantity: number, seat = people().customer, more: object = {}) =>
    orders.act(seat, 'requestOrderApproval', { lines: [{ productId: saw, quantity }], ...more }, REQUEST, '');
  const decides = (what: string, requestId: string, seat = people().rival, more: object = {}) =>
    orders.act(
      seat,
      `${what}OrderRequest`,
      { requestId, ...more },
      REQUEST,
      `... on InvalidTransition { state allowed } ${what === 'approve' ? LEFT : ''}`,
    );
  beforeAll(async () => {
    saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
    await limits({ approvalAbove: 1_000 });
  });

  it('is told where nobody could approve it', async () => {
    expect(await place(saw, 11)).toMatchObject({ __typename: 'OrderingApprovalNeeded', above: cny(1_000) });
    expect(await asks(11)).toMatchObject({ issues: [{ code: 'NO_APPROVER' }] });
    expect(await named(people().rival, 'APPROVER')).toMatchObject({ buyer: { role: 'APPROVER', company: { name: 'Riverside' } } });
    expect(await asks(11, people().rival)).toMatchObject({ issues: [{ code: 'NO_APPROVER' }] }); // not by themself
  });
  it('is placed for whoever asked once another approves it', async () => {
    expect((await place(saw, 10)).__typename).toBe('PlaceOrderSuccess'); // what is not above needs nobody
    const [before, { stock }] = [await used(), await orders.stock(saw)];
    const { request } = await asks(11, people().customer, { note: 'For the roof.', delivery: { recipient: 'Gate 4', address: '1 Quay' } });
    expect(request).toMatchObject({
      ...{ state: 'WAITING', buyerName: 'The customer', total: { amount: 1_100 }, note: 'For the roof.', address: '1 Quay', order: null },
      lines: [{ name: 'Saw', quantity: 11, unitPrice: { amount: 100 }, total: { amount: 1_100 } }],
      viewerCan: { approve: false, refuse: false, takeBack: true },
    });
    expect([await used(), (await orders.stock(saw)).stock]).toEqual([before, stock]); // nothing is kept until then
    await expect
      .poll(async () => (await people().rival.query('{ notifications { nodes { kind orderRequest { id } } } }')).notifications.nodes)
      .toContainEqual({
        kind: 'ORDERING_APPROVAL_ASKED',
        orderRequest: { id: request.id },
      });
    expect((await decides('approve', request.id, people().customer)).__typename).toBe('FORBIDDEN');
    expect((await decides('approve', request.id, people().unowned)).__typename).toBe('NotFound');
    expect((await people().owner.ask('query ($id: ID!) { node(id: $id) { id } }', { id: request.id })).data).toEqual({ node: null });
    const { request: done } = await decides('approve', request.id);
    expect(done).toMatchObject({ state: 'APPROVED', order: null }); // the order is whose it is
    const own = await people().customer.query(
      '{ orderRequests { nodes { state order { id } } } myForms(first: 1) { nodes { id ... on Order { note } } } }',
    );
    const [form] = own.myForms.nodes;
    expect(own.orderRequests.nodes[0]).toEqual({ state: 'APPROVED', order: { id: form.id } });
    expect(form.note).toBe('For the roof.');
    expect([await used(), (await orders.stock(saw)).stock]).toEqual([before + 1_100, stock - 11]);
    await orders.approve(form.id);
    expect(await decides('refuse', request.id, people().rival, { reason: 'Too late.' })).toMatchObject({
      __typename: 'InvalidTransition',
      state: 'APPROVED',
      allowed: [],
    });
  });
  it('is taken back into the cart when it was refused, and by nobody but whoever asked', async () => {
    const { request } = await asks(12);
    expect((await decides('refuse', request.id, people().rival, { reason: 'Next year.' })).request).toMatchObject({
      state: 'REFUSED',
      reason: 'Next year.',
    });
    expect((await decides('takeBack', request.id)).__typename).toBe('FORBIDDEN');
    expect((await decides('takeBack', request.id, people().customer)).request.state).toBe('TAKEN_BACK');
    const { cart } = await people().customer.query('{ cart { version lines { quantity } } }');
    expect(cart.lines).toEqual([{ quantity: 12 }]);
    const input = { lines: undefined, cartVersion: cart.version };
    expect((await asks(1, people().customer, input)).request.lines).toMatchObject([{ quantity: 12 }]);
    expect((await people().customer.query('{ cart { lines { quantity } } }')).cart.lines).toEqual([]);
  });
  it('is decided once by two who decide at once, and either taken back or decided', async () => {
    await named(people().unowned, 'APPROVER');
    const { request } = await asks(11);
    const answers = await Promise.all([
      decides('approve', request.id),
      decides('approve', request.id, people().unowned),
      decides('takeBack', request.id, people().customer),
    ]);
    expect(answers.filter(({ __typename }) => __typename.endsWith('Success'))).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === 'InvalidTransition')).toHaveLength(2);
  });
  it('is never decided by whoever asked, who may approve what others ask', async () => {
    const { request } = await asks(11, people().rival);
    expect(request.viewerCan).toMatchObject({ approve: false, takeBack: true });
    expect((await decides('approve', request.id)).__typename).toBe('FORBIDDEN');
    expect((await decides('approve', request.id, people().unowned)).request.state).toBe('APPROVED');
  });
  it('is refused where prices have moved since, the credit is gone, or there is not enough', async () => {
    const { request } = await asks(11);
    await orders.shop.change(saw, { price: cny(101) });
    expect(await decides('approve', request.id)).toMatchObject({ __typename: 'OrderingPriceChanged', path: ['input', 'requestId'] });
    await orders.shop.change(saw, { price: cny(100) });
    await limits({ approvalAbove: 1_000, limit: 0 });
    expect(await decides('approve', request.id)).toMatchObject({ __typename: 'OrderingCreditExceeded', left: cny(0) });
    await limits({ approvalAbove: 1_000 });
    await orders.shop.change(saw, { stock: 3 });
    expect(await decides('approve', request.id)).toMatchObject({ issues: [{ path: ['input', 'requestId'], code: 'OUT_OF_STOCK' }] });
    await orders.shop.change(saw, { stock: 1_000 });
    await orders.withdrawProduct(saw);
    expect(await decides('approve', request.id)).toMatchObject({ issues: [{ path: ['input', 'requestId'], code: 'WITHDRAWN' }] });
    saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
  });
  it('cannot be asked for, or ordered, by whoever looks on', async () => {
    await named(people().unowned, 'VIEWER');
    for (const quantity of [1, 11]) expect((await place(saw, quantity, people().unowned)).__typename).toBe('FORBIDDEN');
    expect((await asks(11, people().unowned)).__typename).toBe('FORBIDDEN');
    await named(people().unowned, 'BUYER');
    expect((await place(saw, 1, people().unowned)).__typename).toBe('PlaceOrderSuccess');
  });
  it('is nobody’s any more to decide who has left the company, nor anybody’s who left after asking', async () => {
    const move = (seat: TestSeat, company: string) => moveTo(orders, seat, company);
    const { request } = await asks(11);
    await move(people().customer, 'Elsewhere');
    expect(await decides('approve', request.id)).toMatchObject({ issues: [{ path: ['input', 'requestId'], code: 'BUYER_LEFT' }] });
    expect(await accounts(people().customer, 'id')).toEqual([]);
    await move(people().customer, 'Riverside');
    await move(people().rival, 'Elsewhere');
    expect((await decides('approve', request.id)).__typename).toBe('NotFound');
    await move(people().rival, 'Riverside');
    expect((await decides('approve', request.id)).__typename).toBe('ApproveOrderRequestSuccess');
  });
  it('an employee is told of, who orders on behalf of the contact', async () => {
    expect(await place(saw, 11, people().owner, { contactId: people().customer.id })).toMatchObject({
      __typename: 'OrderingApprovalNeeded',
      above: null,
    });
    expect((await named(people().customer, 'CHIEF')).__typename).toBe('BAD_REQUEST');
    expect(
      (await orders.act(people().owner, 'setOrderingBuyer', { contactId: people().customer.id, role: 'VIEWER' }, 'buyer { id }', ''))
        .__typename,
    ).toBe('FORBIDDEN');
  });
});
