import { everyMove, type TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type OrderState, orderMoves } from '../order.moves.ts';
import { type RequestState, requestMoves } from '../order-request.moves.ts';
import { ordering } from '../permissions.ts';
import { type ReturnState, returnMoves } from '../return.moves.ts';
import { type ShipmentState, shipmentMoves } from '../shipment.moves.ts';
import { gather } from './company.ts';
import { inEachState } from './in-each-state.ts';
import { Orders } from './orders.ts';

let orders: Orders;
let made: Readonly<Record<OrderState, () => Promise<string>>>;
beforeAll(async () => {
  orders = await Orders.open();
  made = inEachState(orders, SITE);
  await gather(orders);
  const site = { contactId: people().unowned.id, role: 'VIEWER', site: SITE };
  await orders.act(people().supervisor, 'setOrderingBuyer', site, 'buyer { id }', '');
});
const SITE = 'Hall 2';
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;

const firstLine = async (orderId: string): Promise<string> => (await orders.read(orderId)).lines[0].id;
const shipped = async (orderId: string): Promise<string> => (await orders.read(orderId)).shipments[0]?.lines[0].id ?? orderId;
const can = async (seat: TestSeat, id: string): Promise<string[]> => {
  const { viewerCan } = await orders.read(id, seat, `viewerCan { ${Object.keys(orderMoves.moves).join(' ')} }`);
  return Object.entries(viewerCan).flatMap(([name, may]) => (may ? [name] : []));
};

describe('every move of an order by every actor (spec 8.5)', () => {
  it.each(
    everyMove(orderMoves, {
      actors: {
        shipper: { seat: () => people().colleague, may: [ordering.fulfil] },
        owner: { seat: () => people().owner, may: [ordering.propose, ordering.settle] },
        admin: { seat: () => people().formsAdmin, may: [ordering.propose, ordering.settle] },
        customer: { seat: () => people().customer, may: [ordering.receive, ordering.answer], isContact: true },
        site: { seat: () => people().unowned, may: [ordering.receive], isContact: true },
        stranger: { seat: () => people().stranger, may: [], isBlind: true },
      },
      make: (state) => made[state](),
      stateOf: async (id) => (await orders.read(id)).state,
      can,
      moves: {
        proposeChange: {
          mutation: 'proposeOrderChange',
          input: async (orderId) => ({
            orderId,
            lines: [{ lineId: await firstLine(orderId), quantity: 3 }],
            validUntil: new Date(orders.now + 86_400_000).toISOString(),
          }),
        },
        answerChange: { mutation: 'answerOrderChange', input: (orderId) => ({ orderId, change: 1, answer: 'ACCEPT' }) },
        withdrawChange: { mutation: 'withdrawOrderChange', input: (orderId) => ({ orderId }) },
        pack: { mutation: 'createShipment', input: (orderId) => ({ orderId, pack: true }) },
        ship: { mutation: 'createShipment', input: (orderId) => ({ orderId }) },
        confirmReceipt: { mutation: 'confirmReceipt', input: (orderId) => ({ orderId }) },
        disputeReceipt: {
          mutation: 'disputeReceipt',
          input: async (orderId) => ({ orderId, lines: [{ lineId: await shipped(orderId), quantity: 1 }], reason: 'Broken.' }),
        },
        settleDispute: { mutation: 'settleDispute', input: (orderId) => ({ orderId, shipAnew: true }) },
        cancel: { mutation: 'cancelOrder', input: (orderId) => ({ orderId, reason: 'Sold out.' }) },
      },
    }),
  )('in $state: $move by $actor is $outcome', ({ play }) => play());
});

/** A shipment of some of an order, packed first, and what is done with it. */
async function packed(...steps: ((of: { id: string; orderId: string; line: string }) => Promise<unknown>)[]): Promise<string> {
  const { orderId, lineId } = await orders.confirmed(6, SITE);
  const { id, lines } = await orders.pack(orderId, [{ lineId, quantity: 4 }]);
  for (const step of steps) await step({ id, orderId, line: lines[0]!.id });
  return id;
}
const sent = ({ id }: { id: string }) => orders.move(id, 'sendShipment');
const delivered = ({ id }: { id: string }) => orders.move(id, 'deliverShipment');
const SHIPMENTS: Readonly<Record<ShipmentState, () => Promise<string>>> = {
  PACKED: () => packed(),
  UNPACKED: () => packed(({ id }) => orders.move(id, 'unpackShipment')),
  SHIPPED: () => packed(sent),
  DELIVERED: () => packed(sent, delivered),
  DISPUTED: () => packed(sent, delivered, ({ orderId, line }) => orders.dispute(orderId, line, 1)),
  RECEIVED: () => packed(sent, ({ orderId }) => orders.receive(orderId)),
  REPLACED: () =>
    packed(
      sent,
      ({ orderId, line }) => orders.dispute(orderId, line, 4),
      ({ orderId }) => orders.act(people().owner, 'settleDispute', { orderId, shipAnew: true }),
    ),
};

describe('every move of a shipment by every actor (spec 8.5)', () => {
  it.each(
    everyMove(shipmentMoves, {
      actors: {
        shipper: { seat: () => people().colleague, may: [ordering.fulfil] },
        owner: { seat: () => people().owner, may: [] },
        customer: { seat: () => people().customer, may: [], isContact: true },
        site: { seat: () => people().unowned, may: [], isContact: true },
        rival: { seat: () => people().rival, may: [], isBlind: true, isContact: true },
        stranger: { seat: () => people().stranger, may: [], isBlind: true },
      },
      make: (state) => SHIPMENTS[state](),
      stateOf: async (id) => (await orders.shipment(id)).state,
      can: async (seat, id) => {
        const { viewerCan } = await orders.shipment(id, `viewerCan { ${Object.keys(shipmentMoves.moves).join(' ')} }`, seat);
        return Object.entries(viewerCan).flatMap(([name, may]) => (may ? [name] : []));
      },
      moves: {
        send: { mutation: 'sendShipment', input: (shipmentId) => ({ shipmentId }) },
        unpack: { mutation: 'unpackShipment', input: (shipmentId) => ({ shipmentId }) },
        deliver: { mutation: 'deliverShipment', input: (shipmentId) => ({ shipmentId }) },
      },
    }),
  )('in $state: $move by $actor is $outcome', ({ play }) => play());
});

async function givenBack(...steps: ((id: string) => Promise<unknown>)[]): Promise<string> {
  const { orderId, lineId } = await orders.received(2);
  const { return: of } = await orders.giveBack(orderId, lineId, 1);
  for (const step of steps) await step(of.id);
  return of.id;
}
const approved = (id: string) => orders.decide(id, 'APPROVE');
const arrived = (id: string) => orders.takeBack(id, true);
const RETURNS: Readonly<Record<ReturnState, () => Promise<string>>> = {
  REQUESTED: () => givenBack(),
  APPROVED: () => givenBack(approved),
  SENT: () => givenBack(approved, (id) => orders.sendBack(id)),
  ARRIVED: () => givenBack(approved, arrived),
  CREDITED: () => givenBack(approved, arrived, (id) => orders.credit(id)),
  REFUSED: () => givenBack((id) => orders.decide(id, 'REFUSE')),
};
const stateOfReturn = (id: string, seat: TestSeat, what = 'state') =>
  seat.query(`query ($id: ID!) { node(id: $id) { ... on OrderReturn { ${what} } } }`, { id });

describe('every move of a return by every actor (spec 8.5)', () => {
  it.each(
    everyMove(returnMoves, {
      actors: {
        shipper: { seat: () => people().colleague, may: [ordering.fulfil] },
        cashier: { seat: () => people().sharee, may: [ordering.payment] },
        owner: { seat: () => people().owner, may: [ordering.settle] },
        customer: { seat: () => people().customer, may: [ordering.giveBack], isContact: true },
        rival: { seat: () => people().rival, may: [], isBlind: true, isContact: true },
        stranger: { seat: () => people().stranger, may: [], isBlind: true },
      },
      make: (state) => RETURNS[state](),
      stateOf: async (id) => (await stateOfReturn(id, people().owner)).node.state,
      can: async (seat, id) => {
        const { node } = await stateOfReturn(id, seat, `viewerCan { ${Object.keys(returnMoves.moves).join(' ')} }`);
        return Object.entries(node.viewerCan).flatMap(([name, may]) => (may ? [name] : []));
      },
      moves: {
        approve: { mutation: 'decideReturn', input: (returnId) => ({ returnId, decision: 'APPROVE' }) },
        refuse: { mutation: 'decideReturn', input: (returnId) => ({ returnId, decision: 'REFUSE' }) },
        send: { mutation: 'sendReturn', input: (returnId) => ({ returnId }) },
        receive: { mutation: 'receiveReturn', input: (returnId) => ({ returnId, restock: false }) },
        credit: { mutation: 'creditReturn', input: (returnId) => ({ returnId }) },
      },
    }),
  )('in $state: $move by $actor is $outcome', ({ play }) => play());
});

/** Of the customer's company: `rival` approves, `unowned` orders too. */
async function asked(...steps: ((requestId: string) => Promise<unknown>)[]): Promise<string> {
  const productId = await orders.shop.offer();
  const { request } = await orders.act(
    people().customer,
    'requestOrderApproval',
    { lines: [{ productId, quantity: 1 }] },
    'request { id }',
    '',
  );
  for (const step of steps) await step(request.id);
  return request.id;
}
const decides =
  (what: string, seat: TestSeat, more: object = {}) =>
  (requestId: string) =>
    orders.act(seat, `${what}OrderRequest`, { requestId, ...more }, 'request { id }', '');
const REQUESTS: Readonly<Record<RequestState, () => Promise<string>>> = {
  WAITING: () => asked(),
  APPROVED: () => asked(decides('approve', people().rival)),
  REFUSED: () => asked(decides('refuse', people().rival, { reason: 'No.' })),
  TAKEN_BACK: () => asked(decides('takeBack', people().customer)),
};
const requestOf = async (id: string, seat: TestSeat, what: string) =>
  (await seat.query(`query ($id: ID!) { node(id: $id) { ... on OrderRequest { ${what} } } }`, { id })).node;

describe('every move of an order that is to be approved by every actor (spec 8.5)', () => {
  beforeAll(async () => {
    await gather(orders);
    await orders.act(people().supervisor, 'setOrderingBuyer', { contactId: people().rival.id, role: 'APPROVER' }, 'buyer { id }', '');
  });
  it.each(
    everyMove(requestMoves, {
      actors: {
        approver: { seat: () => people().rival, may: [ordering.approve], isContact: true },
        buyer: { seat: () => people().customer, may: [ordering.ask], isContact: true },
        colleague: { seat: () => people().unowned, may: [], isBlind: true, isContact: true },
      },
      make: (state) => REQUESTS[state](),
      stateOf: async (id) => (await requestOf(id, people().customer, 'state')).state,
      can: async (seat, id) => {
        const { viewerCan } = await requestOf(id, seat, `viewerCan { ${Object.keys(requestMoves.moves).join(' ')} }`);
        return Object.entries(viewerCan).flatMap(([name, may]) => (may ? [name] : []));
      },
      moves: {
        approve: { mutation: 'approveOrderRequest', input: (requestId) => ({ requestId }) },
        refuse: { mutation: 'refuseOrderRequest', input: (requestId) => ({ requestId, reason: 'Next year.' }) },
        takeBack: { mutation: 'takeBackOrderRequest', input: (requestId) => ({ requestId }) },
      },
    }),
  )('in $state: $move by $actor is $outcome', ({ play }) => play());
});
