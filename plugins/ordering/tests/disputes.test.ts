import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_DISPUTES } from '../dispute.service.ts';
import { gather } from './company.ts';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await gather(orders);
  const site = { contactId: people().rival.id, role: 'VIEWER', site: 'Hall 2' };
  await orders.act(people().supervisor, 'setOrderingBuyer', site, 'buyer { id }', '');
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const UPLOAD =
  'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on CreateUploadSuccess { upload { id url method headers { name value } } } } }';
async function sent(seat: TestSeat): Promise<string> {
  const input = { name: 'box.png', size: PNG.length, mimeType: 'image/png', purpose: 'ORDERING_DISPUTE_PHOTO' };
  const { upload } = await seat.does(UPLOAD, { input });
  const headers = upload.headers.map((one: { name: string; value: string }) => [one.name, one.value]);
  const { ok } = await fetch(upload.url, { method: upload.method, headers, body: PNG });
  expect(ok).toBe(true);
  return upload.id;
}

/** An order to the site whose goods are on their way, and the line of its shipment. */
async function onItsWay(quantity: number) {
  const made = await orders.confirmed(quantity, 'Hall 2');
  await orders.ship(made.orderId);
  const { shipments } = await orders.read(made.orderId);
  return { ...made, lines: [{ lineId: shipments[0].lines[0].id as string, quantity: 2 }] };
}
const disputes = (orderId: string, lines: readonly object[], photoIds: readonly string[] = [], seat = people().customer) =>
  orders.act(seat, 'disputeReceipt', { orderId, lines, reason: 'Broken.', photoIds });
const settles = (orderId: string, shipAnew: boolean) => orders.act(people().owner, 'settleDispute', { orderId, shipAnew });
const DISPUTE = 'state reason settledAt lines { name unit quantity } photos { id file { id name } }';
const OPEN = `{ orderDisputes(first: 100, where: { state: { equals: OPEN } }) { nodes { ${DISPUTE} raisedBy order { id } } } }`;
type Found = { order: { id: string }; photos: { id: string; file: { id: string } }[] };
const openOf = async (seat: TestSeat, orderId: string): Promise<Found[]> =>
  (await seat.query(OPEN)).orderDisputes.nodes.filter(({ order }: Found) => order.id === orderId);
const toldOf = async (orderId: string, seat: TestSeat) => (await orders.read(orderId, seat, `disputes { ${DISPUTE} }`)).disputes;

describe('what has not come as it should (spec 8.5)', () => {
  it('is for the owner to settle, with photos, until it is settled', async () => {
    const { orderId, lines } = await onItsWay(3);
    expect(await openOf(people().owner, orderId)).toEqual([]);
    await disputes(orderId, lines, [await sent(people().customer), await sent(people().customer)]);
    const told = {
      ...{ state: 'OPEN', reason: 'Broken.', settledAt: null, raisedBy: 'The customer', order: { id: orderId } },
      ...{ lines: [{ name: 'Saw', unit: 'piece', quantity: 2 }] },
      photos: [1, 2].map(() => ({ id: expect.any(String), file: { id: expect.any(String), name: 'box.png' } })),
    };
    for (const seat of [people().owner, people().supervisor]) expect(await openOf(seat, orderId)).toEqual([told]);
    expect((await settles(orderId, false)).__typename).toBe('SettleDisputeSuccess');
    expect(await openOf(people().owner, orderId)).toEqual([]);
    expect(await toldOf(orderId, people().customer)).toMatchObject([{ state: 'LET_BE', settledAt: expect.any(String) }]);
  });
  it('has not come: where nothing else is open, there is nothing to confirm', async () => {
    const { orderId, lines } = await onItsWay(2);
    await disputes(orderId, lines);
    const refused = { issues: [{ path: ['input', 'orderId'], code: 'NOTHING_OPEN' }] };
    for (const seat of [people().customer, people().rival]) expect(await orders.receive(orderId, undefined, seat)).toMatchObject(refused);
  });
  it('shipped once more, is settled too', async () => {
    const { orderId, lines } = await onItsWay(3);
    await disputes(orderId, lines);
    await settles(orderId, true);
    expect(await openOf(people().owner, orderId)).toEqual([]);
    expect(await toldOf(orderId, people().customer)).toMatchObject([{ state: 'SHIPPED_ANEW', photos: [] }]);
  });
  it('keeps how it was settled when there is another, and what is shipped anew is kept beside what had not gone', async () => {
    const { orderId, productId, lineId } = await orders.confirmed(6, 'Hall 2');
    await orders.ship(orderId, [{ lineId, quantity: 4 }]);
    const [{ lines }] = (await orders.read(orderId)).shipments;
    const one = [{ lineId: lines[0].id, quantity: 1 }];
    await disputes(orderId, one);
    await settles(orderId, false);
    await disputes(orderId, one);
    expect((await settles(orderId, true)).order).toMatchObject({ state: 'PART_SHIPPED', lines: [{ shipped: 3, received: 1 }] });
    expect((await toldOf(orderId, people().customer)).map(({ state }: { state: string }) => state)).toEqual(['LET_BE', 'SHIPPED_ANEW']);
    expect(await orders.stock(productId)).toEqual({ stock: 13, reserved: 3 });
    expect((await orders.ship(orderId)).order).toMatchObject({ state: 'SHIPPED', lines: [{ shipped: 6 }] });
    expect(await orders.stock(productId)).toEqual({ stock: 13, reserved: 0 });
  });
  it('of all that had gone out, shipped once more, leaves the order as if nothing had', async () => {
    const { orderId, productId, lines } = await onItsWay(2);
    await disputes(orderId, lines);
    expect((await settles(orderId, true)).order).toMatchObject({ state: 'CONFIRMED', lines: [{ shipped: 0, received: 0 }] });
    expect(await orders.stock(productId)).toEqual({ stock: 16, reserved: 2 });
    expect((await orders.ship(orderId)).order).toMatchObject({ state: 'SHIPPED', lines: [{ shipped: 2 }] });
    expect((await orders.read(orderId, people().customer, 'shipments { state receivedAt lines { quantity } }')).shipments).toMatchObject([
      { state: 'REPLACED', lines: [], receivedAt: null },
      { state: 'SHIPPED', lines: [{ quantity: 2 }], receivedAt: null },
    ]);
  });
  it('ends with its order', async () => {
    const { orderId, formId, lines } = await onItsWay(3);
    await disputes(orderId, lines);
    await orders.act(people().formsAdmin, 'endForm', { formId, reason: 'A mistake.' }, 'form { id }', '');
    expect(await openOf(people().owner, orderId)).toEqual([]);
    expect(await toldOf(orderId, people().customer)).toMatchObject([{ state: 'ENDED' }]);
  });
  it('is shown, photos too, to those who read what becomes of the order, and listed for those who settle it', async () => {
    const { orderId, lines } = await onItsWay(3);
    await disputes(orderId, lines, [await sent(people().rival)], people().rival);
    const [{ photos }] = (await openOf(people().owner, orderId)) as [Found];
    const seen = async (seat: TestSeat) =>
      (await seat.query('query ($id: ID!) { node(id: $id) { ... on OrderDisputePhoto { file { id } } } }', { id: photos[0]!.id })).node;
    const { owner, supervisor, customer, rival, colleague, unowned, stranger, sharee } = people();
    for (const seat of [owner, supervisor, customer, rival, colleague]) expect((await seen(seat)).file.id, seat.name).toBeDefined();
    for (const seat of [unowned, stranger]) expect(await seen(seat), seat.name).toBeNull();
    for (const seat of [colleague, sharee]) expect(await openOf(seat, orderId), seat.name).toEqual([]);
    expect((await customer.ask(OPEN)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
  it('is told of as often as is shown with an order, and no more', async () => {
    const productId = await orders.shop.offer({ stock: MOST_DISPUTES + 1 });
    const { orderId, formId } = await orders.placedOf([{ productId, quantity: MOST_DISPUTES + 1 }]);
    await orders.approve(formId);
    await orders.ship(orderId);
    const [{ lines }] = (await orders.read(orderId)).shipments;
    const one = () => disputes(orderId, [{ lineId: lines[0].id, quantity: 1 }]);
    for (let said = 0; said < MOST_DISPUTES; said++) await one();
    expect(await one()).toMatchObject({ issues: [{ path: ['input', 'orderId'], code: 'TOO_MANY' }] });
    expect(await toldOf(orderId, people().customer)).toHaveLength(MOST_DISPUTES);
  });
  it('has photos of whoever says so alone, each of them once', async () => {
    const { orderId, lines } = await onItsWay(3);
    const photo = await sent(people().customer);
    const missing = { __typename: 'NotFound', path: ['input', 'photoIds', '0'] };
    expect(await disputes(orderId, lines, [photo], people().rival)).toMatchObject(missing);
    expect((await disputes(orderId, [{ ...lines[0], quantity: 1 }], [photo])).__typename).toBe('DisputeReceiptSuccess');
    expect(await disputes(orderId, [{ ...lines[0], quantity: 1 }], [photo])).toMatchObject(missing);
    expect(await toldOf(orderId, people().customer)).toHaveLength(1);
  });
});
