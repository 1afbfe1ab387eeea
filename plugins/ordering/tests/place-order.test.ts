import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Line, PLACE, Shop } from './shop.ts';

const READ = `query ($id: ID!) { businessForm(id: $id) { number kind state ... on Order { total { amount } note receivedAt lines { name } } } }`;
const OWN = `query ($id: ID!) { businessForm(id: $id) { number kind customerState ... on Order { total { amount } note lines { name } } } }`;
const MINE = '{ myForms(first: 100) { nodes { id } } }';

let shop: Shop;
let saw: string;
let bolts: string;
beforeAll(async () => {
  shop = await Shop.open();
  saw = await shop.offer();
  bolts = await shop.offer({ name: 'Bolts', unit: 'box of 100', price: { amount: 450, currency: 'CNY' }, stock: 1_000 });
});
afterAll(() => shop?.close());

const refused = (...issues: [path: string, code: string][]) => ({
  __typename: 'ValidationFailed',
  path: issues[0]![0].split('.'),
  issues: issues.map(([path, code]) => ({ path: path.split('.'), code })),
});
const ordersOf = async (customer: TestSeat): Promise<number> => (await customer.query(MINE)).myForms.nodes.length;

describe('an order (spec 8.5)', () => {
  it('has its lines in the customer’s order, and their sum', async () => {
    const order = await shop.order({ productId: bolts, quantity: 3 }, { productId: saw, quantity: 2 }, { productId: bolts, quantity: 1 });
    const cny = (amount: number) => ({ amount, currency: 'CNY' });
    expect(order).toMatchObject({
      number: expect.stringMatching(/^SO-\d{4}-[0-9A-HJKMNP-TV-Z]{6}$/),
      customerState: 'RECEIVED',
      receivedAt: null,
    });
    expect(order.total).toEqual(cny(3 * 450 + 2 * 1_250 + 450));
    expect(order.lines).toEqual([
      { name: 'Bolts', unit: 'box of 100', quantity: 3, unitPrice: cny(450), product: { id: bolts, name: 'Bolts' } },
      { name: 'Saw', unit: 'piece', quantity: 2, unitPrice: cny(1_250), product: { id: saw, name: 'Saw' } },
      { name: 'Bolts', unit: 'box of 100', quantity: 1, unitPrice: cny(450), product: { id: bolts, name: 'Bolts' } },
    ]);
  });
  it('keeps name, unit and price of its day, whatever becomes of the product', async () => {
    const productId = await shop.offer({ name: 'Drill', price: { amount: 80_000, currency: 'CNY' } });
    const before = await shop.order({ productId, quantity: 2 });
    await shop.change(productId, { name: 'Better drill', unit: 'set', price: { amount: 99_000, currency: 'USD' } });
    const { businessForm } = await shop.plugin.owner.query(
      'query ($id: ID!) { businessForm(id: $id) { ... on Order { total { amount currency } lines { name unit unitPrice { amount currency } product { name } } } } }',
      { id: before.id },
    );
    expect(businessForm).toEqual({
      total: { amount: 160_000, currency: 'CNY' },
      lines: [{ name: 'Drill', unit: 'piece', unitPrice: { amount: 80_000, currency: 'CNY' }, product: { name: 'Better drill' } }],
    });
    const after = await shop.order({ productId, quantity: 1 });
    expect(after.total).toEqual({ amount: 99_000, currency: 'USD' });
  });
  it('of the greatest quantity is exact', async () => {
    const productId = await shop.offer({ price: { amount: 1_000_000_000, currency: 'CNY' } });
    expect((await shop.order({ productId, quantity: 1_000_000 })).total.amount).toBe(1_000_000_000_000_000);
    const lines = Array.from({ length: 10 }, () => ({ productId, quantity: 1_000_000 }));
    expect(await shop.ask(lines)).toMatchObject(refused(['input.lines', 'OUT_OF_RANGE']));
  });
  it('carries the customer’s note', async () => {
    expect((await shop.ask([{ productId: saw, quantity: 1 }], { note: ' In the morning. ' })).order.note).toBe('In the morning.');
  });
  it('has the moment of receipt once the customer has confirmed it', async () => {
    const { id } = await shop.order({ productId: saw, quantity: 1 });
    await shop.decide(id, 'approve');
    expect((await shop.plugin.owner.query(READ, { id })).businessForm).toMatchObject({ state: 'AWAITING_CONFIRMATION', receivedAt: null });
    await shop.confirm(id);
    const { businessForm } = await shop.plugin.owner.query(READ, { id });
    expect(businessForm).toMatchObject({ state: 'COMPLETED', receivedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  });
});

describe('what cannot be ordered', () => {
  const one = (quantity: number): Line[] => [{ productId: saw, quantity }];
  it.each<[string, () => Line[], [string, string][]]>([
    ['nothing at all', () => [], [['input.lines', 'TOO_FEW']]],
    ['no piece', () => one(0), [['input.lines.0.quantity', 'OUT_OF_RANGE']]],
    ['less than nothing', () => one(-1), [['input.lines.0.quantity', 'OUT_OF_RANGE']]],
    ['more than a million', () => one(1_000_001), [['input.lines.0.quantity', 'OUT_OF_RANGE']]],
    ['101 lines', () => Array.from({ length: 101 }, () => one(1)[0]!), [['input.lines', 'TOO_MANY']]],
    [
      'several faults at once',
      () => [...one(0), ...one(1), ...one(1_000_001)],
      [
        ['input.lines.0.quantity', 'OUT_OF_RANGE'],
        ['input.lines.2.quantity', 'OUT_OF_RANGE'],
      ],
    ],
  ])('%s is told with its place', async (_, lines, issues) => {
    const before = await ordersOf(shop.plugin.customer);
    expect(await shop.ask(lines())).toMatchObject(refused(...issues));
    expect(await ordersOf(shop.plugin.customer)).toBe(before);
  });
  it('more than 250 lines are no request', async () => {
    const lines = Array.from({ length: 251 }, () => one(1)[0]!);
    const { data, errors } = await shop.plugin.customer.ask(PLACE, { input: { lines } });
    expect({ data, errors }).toMatchObject({ data: null, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
  it('a product that was withdrawn is told', async () => {
    const productId = await shop.offer({ name: 'Old' });
    await shop.plugin.admin.does('mutation ($input: WithdrawProductInput!) { withdrawProduct(input: $input) { __typename } }', {
      input: { productId },
    });
    expect(await shop.ask([...one(1), { productId, quantity: 1 }])).toMatchObject(refused(['input.lines.1.productId', 'WITHDRAWN']));
  });
  it('two currencies in one order are told', async () => {
    const productId = await shop.offer({ price: { amount: 100, currency: 'USD' } });
    expect(await shop.ask([...one(1), { productId, quantity: 1 }])).toMatchObject(refused(['input.lines.1.productId', 'ONE_CURRENCY']));
  });
  it('products that are unknown, foreign or no products are alike', async () => {
    const foreign = await shop.offer({ name: 'Theirs' }, shop.plugin.stranger);
    const gone = { __typename: 'NotFound', code: 'NOT_FOUND' };
    for (const productId of ['never issued', foreign, shop.plugin.customer.id])
      expect(await shop.ask([...one(1), { productId, quantity: 1 }])).toMatchObject(gone);
  });
});

describe('an order that is sent again', () => {
  const send = (input: Record<string, unknown>) => shop.plugin.customer.query(PLACE, { input });
  it('with its key is the same order', async () => {
    const input = { lines: [{ productId: saw, quantity: 1 }], idempotencyKey: 'again' };
    const before = await ordersOf(shop.plugin.customer);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(input)));
    expect(new Set(answers.map(({ placeOrder }) => placeOrder.order.id)).size).toBe(1);
    expect(await ordersOf(shop.plugin.customer)).toBe(before + 1);
  });
  it('with its key and something else in it is refused', async () => {
    const input = { lines: [{ productId: saw, quantity: 1 }], idempotencyKey: 'other' };
    await send(input);
    for (const other of [{ lines: [{ productId: saw, quantity: 2 }] }, { note: 'Quickly.' }])
      expect((await send({ ...input, ...other })).placeOrder).toMatchObject({
        __typename: 'IdempotencyMismatch',
        path: ['input', 'idempotencyKey'],
      });
  });
});

describe('who may order', () => {
  it.each(['owner', 'admin', 'colleague'] as const)('no employee: the %s', async (name) => {
    const { data, errors } = await shop.plugin[name].ask(PLACE, { input: { lines: [{ productId: saw, quantity: 1 }] } });
    expect({ data, errors }).toMatchObject({ data: { placeOrder: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
  it('nobody who is not signed in', async () => {
    const { errors } = await shop.plugin.nobody.ask(PLACE, { input: { lines: [{ productId: saw, quantity: 1 }] } });
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('who reads an order', () => {
  let id: string;
  beforeAll(async () => {
    id = (await shop.ask([{ productId: saw, quantity: 1 }], { note: 'For Monday.' })).order.id;
  });
  const whole = { total: { amount: 1_250 }, note: 'For Monday.', lines: [{ name: 'Saw' }] };

  it.each(['owner', 'supervisor', 'admin', 'formsAdmin'] as const)('all of it: the %s', async (name) => {
    expect((await shop.plugin[name].query(READ, { id })).businessForm).toMatchObject({ kind: 'ORDER', state: 'IN_REVIEW', ...whole });
  });
  it('all of it, but for what happens inside: the customer', async () => {
    expect((await shop.plugin.customer.query(OWN, { id })).businessForm).toMatchObject({
      kind: 'ORDER',
      customerState: 'RECEIVED',
      ...whole,
    });
  });
  it('number, kind and state, not what was ordered: the sharee', async () => {
    const { data, errors } = await shop.plugin.sharee.ask(READ, { id });
    const none = { total: null, note: null, receivedAt: null, lines: null };
    expect(data.businessForm).toEqual({ number: expect.stringMatching(/^SO-/), kind: 'ORDER', state: 'IN_REVIEW', ...none });
    expect(errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort()).toEqual(
      Object.keys(none)
        .sort()
        .map((field) => `businessForm.${field} FORBIDDEN`),
    );
  });
  it.each(['colleague', 'stranger'] as const)('nothing: the %s', async (name) => {
    expect(await shop.plugin[name].ask(READ, { id })).toEqual({ data: { businessForm: null }, errors: [] });
  });
  it.each(['rival', 'unowned'] as const)('nothing: another customer, %s', async (name) => {
    expect(await shop.plugin[name].ask(OWN, { id })).toEqual({ data: { businessForm: null }, errors: [] });
  });
  it('no more of its lines by their own ids', async () => {
    const { businessForm } = await shop.plugin.owner.query('query ($id: ID!) { businessForm(id: $id) { ... on Order { lines { id } } } }', {
      id,
    });
    const [line] = businessForm.lines;
    const read = (seat: TestSeat) => seat.ask('query ($id: ID!) { node(id: $id) { ... on OrderLine { name } } }', { id: line.id });
    expect((await read(shop.plugin.owner)).data).toEqual({ node: { name: 'Saw' } });
    expect((await read(shop.plugin.customer)).data).toEqual({ node: { name: 'Saw' } });
    for (const name of ['sharee', 'colleague', 'stranger', 'rival'] as const)
      expect(await read(shop.plugin[name])).toEqual({ data: { node: null }, errors: [] });
  });
});
