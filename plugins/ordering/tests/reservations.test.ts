import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Shop } from './shop.ts';

const DAY = 86_400_000;
let now = Date.parse('2026-06-01T08:00:00Z');
let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open(undefined, () => new Date(now));
  await shop.strike();
});
afterAll(() => shop?.close());
beforeEach(() => shop.set({ allowBackorder: false, reservationDays: 1 }));

const STOCK = 'query ($id: ID!) { node(id: $id) { ... on Product { variants { stock reserved } } } }';
const stockOf = async (id: string) => (await shop.plugin.admin.query(STOCK, { id })).node.variants[0];
const TASKS = '{ myTasks(first: 100) { nodes { id form { id } } } }';
/** @returns what an approval is answered. */
async function approve(formId: string) {
  const { owner } = shop.plugin;
  const { myTasks } = await owner.query(TASKS);
  const { id: taskId } = myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === formId);
  return shop.act(owner, 'approveFormTask', { taskId });
}
async function days(count: number): Promise<void> {
  now += count * DAY;
  await shop.strike();
}

describe('goods that an order keeps (spec 8.5)', () => {
  it('are reserved, and given back to all once the days are over', async () => {
    const productId = await shop.offer({ stock: 5 });
    const { id } = await shop.order({ productId, quantity: 2 }, { productId, quantity: 2 });
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 4 });
    await days(0.5);
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 4 });
    await days(0.5);
    expect(await stockOf(productId)).toEqual({ stock: 5, reserved: 0 });
    await days(1);
    expect(await stockOf(productId)).toEqual({ stock: 5, reserved: 0 });
    await shop.decide(id, 'reject');
    expect(await stockOf(productId)).toEqual({ stock: 5, reserved: 0 }); // once
  });
  it('are taken anew by an approval that comes late, and kept until they go out', async () => {
    const productId = await shop.offer({ stock: 5 });
    const { id } = await shop.order({ productId, quantity: 4 });
    await days(1);
    expect((await approve(id)).__typename).toBe('ApproveFormTaskSuccess');
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 4 });
    await days(3);
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 4 });
    await shop.confirm(id);
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 0 });
  });
  it('are kept where the app was off meanwhile, or taken anew', async () => {
    const productId = await shop.offer({ stock: 5 });
    const { id } = await shop.order({ productId, quantity: 4 });
    await shop.plugin.switch(false);
    now += 61_000;
    expect(await shop.ask([{ productId, quantity: 1 }])).toMatchObject({ __typename: 'PluginDisabled' });
    await days(2);
    await shop.plugin.switch(true);
    now += 61_000;
    expect((await approve(id)).__typename).toBe('ApproveFormTaskSuccess');
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 4 });
    await shop.confirm(id);
    expect(await stockOf(productId)).toEqual({ stock: 1, reserved: 0 });
  });
  it('may have gone to others by then: the approval is refused, and can be made when there are some again', async () => {
    const productId = await shop.offer({ stock: 1 });
    const { id } = await shop.order({ productId, quantity: 1 });
    await days(1);
    const other = await shop.ask([{ productId, quantity: 1 }], {}, shop.plugin.rival);
    expect(other.__typename).toBe('PlaceOrderSuccess');
    expect(await approve(id)).toMatchObject({ __typename: 'ValidationFailed', issues: [{ code: 'OUT_OF_STOCK' }] });
    expect(await stockOf(productId)).toEqual({ stock: 0, reserved: 1 });
    await shop.change(productId, { stock: 3 });
    expect((await approve(id)).__typename).toBe('ApproveFormTaskSuccess');
    expect(await stockOf(productId)).toEqual({ stock: 2, reserved: 2 });
  });
  it('are kept while the window is suspended, and for what was left of their time behind it', async () => {
    const productId = await shop.offer({ stock: 5 });
    await shop.order({ productId, quantity: 2 });
    now += 0.5 * DAY;
    await shop.plugin.certify('BASIC');
    await days(5);
    expect(await stockOf(productId)).toEqual({ stock: 3, reserved: 2 });
    await shop.plugin.certify('ADVANCED');
    await days(0.4);
    expect(await stockOf(productId)).toEqual({ stock: 3, reserved: 2 });
    await days(0.1);
    expect(await stockOf(productId)).toEqual({ stock: 5, reserved: 0 });
  });
  it('have no end where no days are set', async () => {
    await shop.set({ reservationDays: null });
    const productId = await shop.offer({ stock: 5 });
    await shop.order({ productId, quantity: 2 });
    await days(3);
    expect(await stockOf(productId)).toEqual({ stock: 3, reserved: 2 });
  });
  it('come to one of a hundred buyers where there is one unit', async () => {
    const productId = await shop.offer({ stock: 1 });
    const { customer, unowned, rival } = shop.plugin;
    const buyers = Array.from({ length: 100 }, (_, i) => [customer, unowned, rival][i % 3]!);
    const answers = await Promise.all(buyers.map((buyer) => shop.ask([{ productId, quantity: 1 }], {}, buyer)));
    expect(answers.filter(({ __typename }) => __typename === 'PlaceOrderSuccess')).toHaveLength(1);
    expect(await stockOf(productId)).toEqual({ stock: 0, reserved: 1 });
  });
});

describe('tax', () => {
  it('is in the prices, or on top of them, by line', async () => {
    const productId = await shop.offer({ stock: 500, price: { amount: 99, currency: 'CNY' } });
    const [{ id: variantId, version }] = (
      await shop.plugin.admin.query('query ($id: ID!) { node(id: $id) { ... on Product { variants { id version } } } }', { id: productId })
    ).node.variants;
    await shop.act(shop.plugin.admin, 'updateVariant', { variantId, expectedVersion: version, taxRate: 1_300 });
    const sums = async () => {
      const { id } = await shop.order({ productId, quantity: 1 }, { productId, quantity: 1 });
      const read =
        'query ($id: ID!) { businessForm(id: $id) { ... on Order { total { amount } tax { amount } lines { tax { amount } total { amount } } } } }';
      const { businessForm } = await shop.plugin.customer.query(read, { id });
      const { total, tax, lines } = businessForm;
      return [
        total.amount,
        tax.amount,
        ...lines.map((line: { tax: { amount: number }; total: { amount: number } }) => [line.tax.amount, line.total.amount]),
      ];
    };
    expect(await sums()).toEqual([198, 22, [11, 99], [11, 99]]);
    await shop.set({ pricesIncludeTax: false });
    expect(await sums()).toEqual([224, 26, [13, 112], [13, 112]]);
  });
});
