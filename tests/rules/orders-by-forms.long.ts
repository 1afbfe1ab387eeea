import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ordering from '../../plugins/ordering/index.ts';
import { type OrderMove, type OrderState, orderMoves } from '../../plugins/ordering/order.moves.ts';
import { gather } from '../../plugins/ordering/tests/company.ts';
import { inEachState } from '../../plugins/ordering/tests/in-each-state.ts';
import { Orders } from '../../plugins/ordering/tests/orders.ts';
import { FORM_STATES } from '../../src/domains/forms/engine/flow.words.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestPlugin } from '../../src/testing/test-plugin.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { asOwner } from './rows.fixture.ts';

// An order stands beside its form. Whatever brought the two apart (an earlier server, an app that was away), nobody is answered INTERNAL.

let server: TestServer;
let orders: Orders;
let companyId: string;
let made: Readonly<Record<OrderState, () => Promise<string>>>;
beforeAll(async () => {
  orders = await Orders.open(async (now) => {
    server = await startTestServer({ plugins: [ordering], now });
    const [own, other] = [await server.organization(), await server.organization({ name: 'Other Works' })];
    return { ...own, other, stranger: other.admin, strike: server.strike, stop: () => server.stop() } as TestPlugin;
  });
  companyId = await gather(orders);
  made = inEachState(orders);
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;

const FORMS = FORM_STATES.filter((state) => state !== 'DRAFT');
const OVER = ['REJECTED', 'WITHDRAWN', 'ENDED'] as const;
const STATES = Object.keys(orderMoves.states) as OrderState[];

/** The form of an order comes to a state without it; where it has ended nothing is kept for the order any more. */
async function formComesTo(orderId: string, state: string, isPaused = false): Promise<void> {
  const id = decodeGlobalId('OrderShipping', orderId);
  const customer = {
    IN_REVIEW: 'IN_PROGRESS',
    AWAITING_CONFIRMATION: 'AWAITING_YOUR_CONFIRMATION',
    NEEDS_CORRECTION: 'NEEDS_YOUR_CORRECTION',
  };
  const told = (customer as Record<string, string>)[state] ?? state;
  const paused = isPaused ? "'CONTACT_DELETED'" : 'null';
  await asOwner(
    server,
    `update business_forms set state = '${state}', customer_state = '${told}', paused_reason = ${paused} where id = '${id}'`,
  );
  if (OVER.some((over) => over === state)) await asOwner(server, `delete from plg_ordering.reservations where form_id = '${id}'`);
}

const MOVES: Readonly<Record<OrderMove, (orderId: string) => Promise<{ readonly __typename: string }>>> = {
  proposeChange: async (orderId) => orders.propose(orderId, [{ lineId: (await orders.read(orderId)).lines[0].id, quantity: 3 }]),
  answerChange: (orderId) => orders.answer(orderId, 1, 'ACCEPT'),
  withdrawChange: (orderId) => orders.withdraw(orderId),
  pack: (orderId) => orders.act(people().colleague, 'createShipment', { orderId, pack: true }),
  ship: (orderId) => orders.ship(orderId),
  confirmReceipt: (orderId) => orders.receive(orderId),
  disputeReceipt: async (orderId) => orders.dispute(orderId, (await orders.read(orderId)).shipments[0]?.lines[0].id ?? orderId, 1),
  settleDispute: (orderId) => orders.act(people().owner, 'settleDispute', { orderId, shipAnew: true }),
  cancel: (orderId) => orders.act(people().owner, 'cancelOrder', { orderId, reason: 'Sold out.' }),
};
const ANSWERS = /(Success|^InvalidTransition|^ValidationFailed)$/;

describe('an order in every state, its form in every state (spec 6.2, 8.5)', () => {
  const cases = STATES.flatMap((state) => [
    ...FORMS.map((form) => ({ state, form, isPaused: false })),
    { state, form: 'IN_REVIEW', isPaused: true },
  ]);
  it.each(cases)(
    '$state beside $form (rests: $isPaused): every move works or is refused by its name',
    async ({ state, form, isPaused }) => {
      const fresh = async (): Promise<string> => {
        const id = await made[state]();
        await formComesTo(id, form, isPaused);
        return id;
      };
      let orderId = await fresh();
      for (const [move, play] of Object.entries(MOVES)) {
        const { __typename: answer } = await play(orderId);
        expect([move, answer]).toEqual([move, expect.stringMatching(ANSWERS)]);
        if (orderMoves.moves[move as OrderMove].from.includes(state)) orderId = await fresh();
      }
    },
  );
});

describe('what is packed, where nothing is kept for its order any more', () => {
  it('cannot be shipped, and whoever ships is told so beforehand', async () => {
    const { colleague } = people();
    const can = async (orderId: string) => (await orders.read(orderId, colleague, 'viewerCan { ship }')).viewerCan.ship;
    for (const goes of [0, 2]) {
      const { orderId, lineId } = await orders.confirmed(6);
      if (goes) await orders.ship(orderId, [{ lineId, quantity: goes }]);
      expect(await can(orderId)).toBe(true);
      await formComesTo(orderId, 'REJECTED');
      expect([await can(orderId), await orders.ship(orderId)]).toMatchObject([false, { issues: [{ code: 'NOT_KEPT' }] }]);
    }
  });
  it('does not go out', async () => {
    const { orderId } = await orders.confirmed(6);
    const { id } = await orders.pack(orderId);
    await formComesTo(orderId, 'REJECTED');
    expect(await orders.move(id, 'sendShipment')).toMatchObject({ __typename: 'ValidationFailed', issues: [{ code: 'NOT_KEPT' }] });
    expect((await orders.shipment(id)).state).toBe('PACKED');
  });
});

const owes = async (): Promise<number> => {
  const { creditAccounts } = await people().supervisor.query(
    'query ($id: ID!) { creditAccounts(where: { company: { equals: $id } }) { nodes { used { amount } } } }',
    { id: companyId },
  );
  return creditAccounts.nodes[0].used.amount;
};

describe('an order whose form has ended without it', () => {
  it.each(OVER)('ends by the clock: %s', async (form) => {
    await orders.days(1); // those of other tests end first
    const owed = await owes();
    const { orderId, lineId, productId } = await orders.confirmed(6);
    await orders.ship(orderId, [{ lineId, quantity: 2 }]);
    const [shipment] = (await orders.read(orderId)).shipments;
    await orders.dispute(orderId, shipment.lines[0].id, 1);
    await orders.pack(orderId, [{ lineId, quantity: 1 }]);
    expect(await orders.stock(productId)).toEqual({ stock: 14, reserved: 4 });
    const id = decodeGlobalId('OrderShipping', orderId);
    await asOwner(server, `update business_forms set state = '${form}', customer_state = '${form}' where id = '${id}'`);

    await orders.days(1);
    const where = 'shipments { state lines { disputed } } disputes { state }';
    expect(await orders.read(orderId, people().owner, where)).toMatchObject({
      state: 'CANCELLED',
      shipments: [{ state: 'SHIPPED', lines: [{ disputed: 0 }] }],
      disputes: [{ state: 'ENDED' }],
    });
    expect(await orders.stock(productId)).toEqual({ stock: 18, reserved: 0 });
    expect(await owes()).toBe(owed);
    expect(await orders.ship(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'CANCELLED' });
  });
  it.each(OVER)('stays, once all of it has gone out, and comes, and is given back: %s', async (form) => {
    const { orderId, lineId } = await orders.confirmed(6);
    await orders.ship(orderId);
    await formComesTo(orderId, form);
    await orders.days(1);
    expect(await orders.receive(orderId)).toMatchObject({ order: { state: 'RECEIVED', lines: [{ received: 6 }] } });
    expect(await orders.giveBack(orderId, lineId, 2)).toMatchObject({ return: { state: 'REQUESTED' } });
  });
  it('and none whose form goes on, or is complete', async () => {
    const onTheWay = await orders.confirmed(6);
    const complete = await orders.confirmed(6);
    await formComesTo(complete.orderId, 'COMPLETED');
    await orders.days(1);
    for (const { orderId } of [onTheWay, complete]) expect(await orders.read(orderId)).toMatchObject({ state: 'CONFIRMED' });
  });
});
