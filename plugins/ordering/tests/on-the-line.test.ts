import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather, moveTo } from './company.ts';
import { Orders } from './orders.ts';

let orders: Orders;
let companyId: string;
beforeAll(async () => {
  orders = await Orders.open();
  companyId = await gather(orders);
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const cny = (amount: number) => ({ amount, currency: 'CNY' });
const named = (seat: TestSeat, role: string) =>
  orders.act(people().supervisor, 'setOrderingBuyer', { contactId: seat.id, role }, 'buyer { role }', '');
async function line(given: { limit?: number; approvalAbove?: number }): Promise<void> {
  const { creditAccounts } = await people().supervisor.query(
    'query ($id: ID!) { creditAccounts(where: { company: { equals: $id } }) { nodes { version } } }',
    { id: companyId },
  );
  const input = { companyId, currency: 'CNY', expectedVersion: creditAccounts.nodes[0]?.version ?? 0, ...given };
  const said = await orders.act(people().supervisor, 'setCreditLine', input, 'account { limit { amount } }', '');
  expect(said.__typename).toBe('SetCreditLineSuccess');
}
const LEFT = '... on OrderingCreditExceeded { left { amount } } ... on OrderingApprovalNeeded { above { amount } }';
const place = (seat: TestSeat, productId: string, quantity: number, more: object = {}) =>
  orders.act(seat, 'placeOrder', { lines: [{ productId, quantity }], ...more }, 'order { id }', LEFT);
const onBehalf = (productId: string, quantity: number, of = people().customer, seat = people().owner) =>
  place(seat, productId, quantity, { contactId: of.id });
const asks = (seat: TestSeat, productId: string, quantity: number) =>
  orders.act(seat, 'requestOrderApproval', { lines: [{ productId, quantity }] }, 'request { id }', '');
const approves = (seat: TestSeat, requestId: string) =>
  orders.act(seat, 'approveOrderRequest', { requestId }, 'request { state }', '... on OrderingCreditExceeded { left { amount } }');

describe('who decides for the customer’s company (spec 8.5)', () => {
  it('is told why, where whoever asked only looks on by now', async () => {
    const saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
    await line({ approvalAbove: 1_000 });
    await named(people().rival, 'APPROVER');
    const { request } = await asks(people().unowned, saw, 11);
    await named(people().unowned, 'VIEWER');
    expect(await approves(people().rival, request.id)).toMatchObject({
      issues: [{ path: ['input', 'requestId'], code: 'BUYER_LOOKS_ON' }],
    });
    expect(await onBehalf(saw, 1, people().unowned, people().admin)).toMatchObject({
      issues: [{ path: ['input', 'contactId'], code: 'BUYER_LOOKS_ON' }],
    });
    await named(people().unowned, 'BUYER');
    expect((await approves(people().rival, request.id)).request.state).toBe('APPROVED');
    await line({});
  });
  it('does not answer a change who only looks on by now, also of what they ordered', async () => {
    const { orderId, lineId } = await orders.placed(4);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    const answer = () =>
      orders.act(people().customer, 'answerOrderChange', { orderId, change: 1, answer: 'ACCEPT' }, 'order { state }', '');
    const can = async () =>
      (
        await people().customer.query('query ($id: ID!) { node(id: $id) { ... on OrderShipping { viewerCan { answerChange } } } }', {
          id: orderId,
        })
      ).node.viewerCan.answerChange;
    await named(people().customer, 'VIEWER');
    expect([await can(), (await answer()).__typename]).toEqual([false, 'FORBIDDEN']);
    await named(people().customer, 'BUYER');
    expect([await can(), (await answer()).__typename]).toEqual([true, 'AnswerOrderChangeSuccess']);
  });
});

describe('a company’s credit, on behalf of a contact (spec 6.12, 8.5)', () => {
  let saw: string;
  beforeAll(async () => {
    saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
  });
  it('is not told to an owner who does not keep it, and is to whoever does', async () => {
    await named(people().customer, 'BUYER');
    await line({ limit: 0 });
    expect(await onBehalf(saw, 1)).toMatchObject({ __typename: 'OrderingCreditExceeded', left: null });
    expect(await onBehalf(saw, 1, people().customer, people().supervisor)).toMatchObject({
      __typename: 'OrderingCreditExceeded',
      left: cny0(),
    });
    expect(await place(people().customer, saw, 1)).toMatchObject({ __typename: 'OrderingCreditExceeded', left: cny0() });
    await line({ approvalAbove: 1_000 });
    expect(await onBehalf(saw, 11)).toMatchObject({ __typename: 'OrderingApprovalNeeded', above: null });
    await line({});
  });
  const cny0 = () => ({ amount: 0 });
  it('is asked for inside the company, where an order is above what needs a yes', async () => {
    await line({ approvalAbove: 1_000 });
    const input = { lines: [{ productId: saw, quantity: 11 }], contactId: people().customer.id };
    const more = (seat: TestSeat) => orders.act(seat, 'requestCustomerApproval', input, 'contact { id }', '');
    expect((await more(people().colleague)).__typename).toBe('FORBIDDEN');
    expect((await more(people().stranger)).__typename).toBe('NotFound');
    expect(await more(people().owner)).toMatchObject({ contact: { id: people().customer.id } });
    const { orderRequests } = await people().rival.query('{ orderRequests(first: 1) { nodes { id buyerName viewerCan { approve } } } }');
    expect(orderRequests.nodes).toMatchObject([{ buyerName: 'The customer', viewerCan: { approve: true } }]);
    expect((await approves(people().rival, orderRequests.nodes[0].id)).request.state).toBe('APPROVED');
    const { myForms } = await people().customer.query('{ myForms(first: 1) { nodes { ... on Order { lines { quantity } } } } }');
    expect(myForms.nodes).toEqual([{ lines: [{ quantity: 11 }] }]);
    await line({});
  });
  it('is not an owner’s to spend by writing another company down: the keeper has named who orders for it', async () => {
    await line({ limit: 100_000 });
    await moveTo(orders, people().customer, 'Elsewhere');
    await named(people().customer, 'BUYER'); // there
    await moveTo(orders, people().customer, 'Riverside');
    const refused = { issues: [{ path: ['input', 'contactId'], code: 'NOT_NAMED' }] };
    expect(await onBehalf(saw, 1)).toMatchObject(refused);
    expect((await onBehalf(saw, 1, people().customer, people().supervisor)).__typename).toBe('PlaceOrderSuccess');
    await named(people().customer, 'BUYER');
    expect((await onBehalf(saw, 1)).__typename).toBe('PlaceOrderSuccess');
    await line({});
    await moveTo(orders, people().customer, 'Elsewhere'); // there is no line
    expect((await onBehalf(saw, 1)).__typename).toBe('PlaceOrderSuccess');
    await moveTo(orders, people().customer, 'Riverside');
  });
  it('is not a contact’s own to spend, or to read, who was only written down as one of the company', async () => {
    const read = async () =>
      (await people().customer.query('{ creditAccounts { nodes { used { amount } } } }')).creditAccounts.nodes.length;
    const { orderId, lineId } = await orders.placed(4);
    await orders.propose(orderId, [{ lineId, quantity: 6 }]);
    await line({ limit: 100_000 });
    expect(await read()).toBeGreaterThan(0);
    await moveTo(orders, people().customer, 'Elsewhere');
    await named(people().customer, 'BUYER'); // there
    await moveTo(orders, people().customer, 'Riverside');
    expect(await read()).toBe(0);
    expect(await place(people().customer, saw, 1)).toMatchObject({ issues: [{ path: ['input', 'lines'], code: 'NOT_NAMED' }] });
    const more = () => orders.act(people().customer, 'answerOrderChange', { orderId, change: 1, answer: 'ACCEPT' }, 'order { state }', '');
    expect(await more()).toMatchObject({ issues: [{ path: ['input', 'orderId'], code: 'NOT_NAMED' }] });
    await named(people().rival, 'APPROVER');
    const { request } = await asks(people().customer, saw, 1); // somebody who was named answers for it
    expect((await approves(people().rival, request.id)).request.state).toBe('APPROVED');
    await named(people().customer, 'BUYER');
    expect((await more()).__typename).toBe('AnswerOrderChangeSuccess');
    expect((await place(people().customer, saw, 1)).__typename).toBe('PlaceOrderSuccess');
    await line({});
  });
  it('has room for what large companies owe', async () => {
    const large = 9_000_000_000_000;
    await line({ limit: large, approvalAbove: large });
    const { creditAccounts } = await people().customer.query('{ creditAccounts { nodes { limit { amount } approvalAbove { amount } } } }');
    expect(creditAccounts.nodes[0]).toEqual({ limit: { amount: large }, approvalAbove: { amount: large } });
    await line({});
  });
});

describe('who approves for a company (spec 8.5)', () => {
  it('is nobody who has left it: whoever asks is told so', async () => {
    const saw = await orders.shop.offer({ stock: 1_000, price: cny(100) });
    await line({ approvalAbove: 1_000 });
    await named(people().rival, 'APPROVER');
    expect((await asks(people().customer, saw, 11)).__typename).toBe('RequestOrderApprovalSuccess');
    await moveTo(orders, people().rival, 'Elsewhere');
    expect(await asks(people().customer, saw, 11)).toMatchObject({ issues: [{ code: 'NO_APPROVER' }] });
    await moveTo(orders, people().rival, 'Riverside');
    const BIN = 'mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }';
    await people().admin.does(BIN, { input: { contactIds: [people().rival.id] } });
    expect(await asks(people().customer, saw, 11)).toMatchObject({ issues: [{ code: 'NO_APPROVER' }] });
  });
});
