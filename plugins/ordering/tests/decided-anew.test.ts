import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from './company.ts';
import { Orders } from './orders.ts';

let orders: Orders;
let companyId: string;
beforeAll(async () => {
  orders = await Orders.open();
  companyId = await gather(orders);
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;

const onForm = (seat: keyof typeof roles, name: string, input: object) => orders.act(roles[seat](), name, input, 'form { id }', '');
const roles = {
  customer: () => people().customer,
  admin: () => people().formsAdmin,
};
const disputesForm = (formId: string) => onForm('customer', 'disputeForm', { formId, reason: 'Broken.' });
const jumps = (formId: string) => onForm('admin', 'jumpForm', { formId, employeeId: people().owner.id, reason: 'Look at it once more.' });
const ends = (formId: string) => onForm('admin', 'endForm', { formId, reason: 'A mistake.' });
async function rejects(formId: string) {
  const { myTasks } = await people().owner.query('{ myTasks(first: 100) { nodes { id form { id } } } }');
  const task = myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === formId);
  return orders.act(people().owner, 'rejectFormTask', { taskId: task.id, comment: 'No.' }, 'task { id }', '');
}
const owes = async (): Promise<number> => {
  const { creditAccounts } = await people().supervisor.query(
    'query ($id: ID!) { creditAccounts(where: { company: { equals: $id } }) { nodes { used { amount } } } }',
    { id: companyId },
  );
  return creditAccounts.nodes[0].used.amount;
};
const WHERE = 'shipments { state lines { disputed } } disputes { state }';

describe('an order that is shipped is decided about once more (spec 6.2, 8.5)', () => {
  it('not because its customer disputes all of it: they dispute goods, before and after some have gone out', async () => {
    const { orderId, formId, lineId } = await orders.confirmed(3);
    const refused = { issues: [{ path: ['input', 'formId'], code: 'DISPUTED_BY_LINE' }] };
    expect(await disputesForm(formId)).toMatchObject(refused);
    await orders.ship(orderId, [{ lineId, quantity: 1 }]);
    expect(await disputesForm(formId)).toMatchObject(refused);
    expect(await orders.customerState(formId)).toBe('AWAITING_YOUR_CONFIRMATION');
    const { shipments } = await orders.read(orderId);
    expect((await orders.dispute(orderId, shipments[0].lines[0].id, 1)).__typename).toBe('DisputeReceiptSuccess');
  });
  it('not by an admin once goods have gone out', async () => {
    const { orderId, formId, lineId } = await orders.confirmed(3);
    await orders.ship(orderId, [{ lineId, quantity: 1 }]);
    expect(await jumps(formId)).toMatchObject({ issues: [{ path: ['input', 'formId'], code: 'SHIPPED' }] });
    expect((await orders.ship(orderId)).order.state).toBe('SHIPPED');
    expect((await orders.receive(orderId)).order.state).toBe('RECEIVED');
  });
  it('by an admin before: nothing goes out until it is approved again, and what was packed is unpacked', async () => {
    const { orderId, formId, productId } = await orders.confirmed(3);
    const { id } = await orders.pack(orderId);
    expect((await jumps(formId)).__typename).toBe('JumpFormSuccess');
    expect(await orders.read(orderId, undefined, WHERE)).toMatchObject({ state: 'IN_APPROVAL', shipments: [] });
    expect((await orders.shipment(id)).state).toBe('UNPACKED');
    expect(await orders.ship(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'IN_APPROVAL' });
    expect((await orders.approve(formId)).__typename).toBe('ApproveFormTaskSuccess');
    expect(await orders.stock(productId)).toEqual({ stock: 17, reserved: 3 });
    expect((await orders.ship(orderId)).order.state).toBe('SHIPPED');
  });
  it('by an admin while a change is proposed: what the customer takes is approved again', async () => {
    const { orderId, formId, lineId } = await orders.confirmed(3);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    await jumps(formId);
    expect((await orders.answer(orderId, 1, 'ACCEPT')).order.state).toBe('IN_APPROVAL');
    await orders.approve(formId);
    expect((await orders.read(orderId)).state).toBe('CONFIRMED');
  });
  it('and rejected then: it owes nothing, and its goods are back', async () => {
    const before = await owes();
    const { orderId, formId, productId } = await orders.confirmed(3);
    await orders.pack(orderId);
    await jumps(formId);
    expect((await rejects(formId)).__typename).toBe('RejectFormTaskSuccess');
    expect((await orders.read(orderId)).state).toBe('REJECTED');
    expect([await owes(), await orders.stock(productId)]).toEqual([before, { stock: 20, reserved: 0 }]);
    for (const answer of [await orders.ship(orderId), await orders.receive(orderId)])
      expect(answer).toMatchObject({ __typename: 'InvalidTransition', state: 'REJECTED' });
  });
});

describe('an order that an admin ends behind goods that have gone out', () => {
  it('owes nothing, keeps nothing, and nothing of it is packed or disputed any more', async () => {
    const before = await owes();
    const { orderId, formId, lineId, productId } = await orders.confirmed(6);
    await orders.ship(orderId, [{ lineId, quantity: 2 }]);
    const { id } = await orders.pack(orderId);
    const [{ lines }] = (await orders.read(orderId)).shipments;
    await orders.dispute(orderId, lines[0].id, 1);
    expect((await ends(formId)).__typename).toBe('EndFormSuccess');
    expect(await orders.read(orderId, people().customer, WHERE)).toMatchObject({
      ...{ state: 'CANCELLED', disputes: [{ state: 'ENDED' }] },
      shipments: [{ state: 'SHIPPED', lines: [{ disputed: 0 }] }],
    });
    expect((await orders.shipment(id)).state).toBe('UNPACKED');
    expect([await owes(), await orders.stock(productId)]).toEqual([before, { stock: 18, reserved: 0 }]);
    expect((await orders.move(id, 'sendShipment')).__typename).toBe('InvalidTransition');
    for (const answer of [await orders.ship(orderId), await orders.receive(orderId), await orders.dispute(orderId, lines[0].id, 1)])
      expect(answer).toMatchObject({ __typename: 'InvalidTransition', state: 'CANCELLED' });
  });
});
