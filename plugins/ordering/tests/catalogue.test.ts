import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from './shop.ts';

const LIST =
  '{ products(first: 100, orderBy: [{ field: NAME, direction: ASC }]) { totalCount nodes { id name unit price { amount currency } } } }';
const READ = 'query ($id: ID!) { node(id: $id) { ... on Product { name description withdrawnAt } } }';
const STOCK = 'query ($id: ID!) { node(id: $id) { ... on Product { name stock } } }';
const ADD = `mutation ($input: AddProductInput!) { addProduct(input: $input) {
  __typename ... on AddProductSuccess { product { id name description version } } ... on ValidationFailed { issues { path code } } } }`;
const UPDATE = `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { __typename
  ... on UpdateProductSuccess { product { version } } ... on ValidationFailed { issues { path code } }
  ... on VersionConflict { current { id ... on Product { version } } } } }`;
const WITHDRAW =
  'mutation ($input: WithdrawProductInput!) { withdrawProduct(input: $input) { __typename ... on WithdrawProductSuccess { product { withdrawnAt } } } }';

const NEW = { name: 'Saw', unit: 'piece', price: { amount: 1_250, currency: 'CNY' }, stock: 10 };
const FORBIDDEN = { extensions: { code: 'FORBIDDEN' } };
let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop?.close());

type Key = 'admin' | 'owner' | 'colleague' | 'formsAdmin' | 'customer';
const seat = (name: Key): TestSeat => shop.plugin[name];
const named = async (of: TestSeat, name: string): Promise<unknown[]> =>
  (await of.query(LIST)).products.nodes.filter((one: { name: string }) => one.name === name);

describe('the catalogue (spec 5.7, 8.5)', () => {
  it.each<Key>(['admin', 'colleague', 'customer'])('is read by the %s', async (name) => {
    const id = await shop.offer({ name: `For the ${name}` });
    expect(await named(seat(name), `For the ${name}`)).toEqual([
      { id, name: `For the ${name}`, unit: 'piece', price: { amount: 1_250, currency: 'CNY' } },
    ]);
  });
  it('is not there for anybody who is not signed in, nor for another organization', async () => {
    const id = await shop.offer({ name: 'Ours' });
    const { nobody, stranger, other } = shop.plugin;
    expect(await nobody.ask('{ products { nodes { id } } }')).toMatchObject({
      data: { products: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    for (const one of [stranger, other.customer]) {
      expect(await named(one, 'Ours')).toEqual([]);
      expect(await one.ask(READ, { id })).toEqual({ data: { node: null }, errors: [] });
    }
  });
  it('has pages by name, and a filter by name', async () => {
    await shop.offer({ name: 'AA first' });
    await shop.offer({ name: 'AB second' });
    const page = `query ($after: Cursor) { products(first: 1, after: $after, where: { name: { startsWith: "A" } }, orderBy: [{ field: NAME, direction: ASC }]) {
      nodes { name } pageInfo { endCursor hasNextPage } } }`;
    const first = (await shop.plugin.customer.query(page)).products;
    const second = (await shop.plugin.customer.query(page, { after: first.pageInfo.endCursor })).products;
    expect([...first.nodes, ...second.nodes]).toEqual([{ name: 'AA first' }, { name: 'AB second' }]);
  });
  it('tells the stock to the admin of plugins alone', async () => {
    const id = await shop.offer({ stock: 7 });
    expect((await seat('admin').query(STOCK, { id })).node).toEqual({ name: 'Saw', stock: 7 });
    for (const name of ['owner', 'formsAdmin'] as const)
      expect(await seat(name).ask(STOCK, { id })).toMatchObject({ data: { node: { name: 'Saw', stock: null } }, errors: [FORBIDDEN] });
    expect((await seat('customer').ask(STOCK, { id })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]); // not on the portal
  });
});

describe('a product', () => {
  it('is added once for one key', async () => {
    const input = { ...NEW, name: 'Once', description: 'A good saw.', idempotencyKey: 'once' };
    const first = await seat('admin').does(ADD, { input });
    expect(first.product).toMatchObject({ name: 'Once', description: 'A good saw.', version: 1 });
    expect((await seat('admin').does(ADD, { input })).product).toEqual(first.product);
    expect(await named(seat('customer'), 'Once')).toHaveLength(1);
  });
  it.each<[string, Record<string, unknown>, string[], string]>([
    ['no name', { name: '  ' }, ['name'], 'TOO_SHORT'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['name'], 'TOO_LONG'],
    ['a price of nothing', { price: { amount: 0, currency: 'CNY' } }, ['price', 'amount'], 'OUT_OF_RANGE'],
    ['a price below nothing', { price: { amount: -1, currency: 'CNY' } }, ['price', 'amount'], 'OUT_OF_RANGE'],
    ['a price above ten million', { price: { amount: 1_000_000_001, currency: 'CNY' } }, ['price', 'amount'], 'OUT_OF_RANGE'],
    ['a currency that is none', { price: { amount: 1, currency: 'XYZ' } }, ['price', 'currency'], 'NOT_A_CURRENCY'],
    ['a currency in small letters', { price: { amount: 1, currency: 'cny' } }, ['price', 'currency'], 'NOT_A_CURRENCY'],
    ['stock below nothing', { stock: -1 }, ['stock'], 'OUT_OF_RANGE'],
  ])('is not added with %s', async (_, faulty, path, code) => {
    const { addProduct } = await seat('admin').query(ADD, { input: { ...NEW, ...faulty } });
    expect(addProduct).toEqual({ __typename: 'ValidationFailed', issues: [{ path: ['input', ...path], code }] });
  });
  it('is changed by what is given, and the rest stays', async () => {
    const id = await shop.offer({ name: 'Plain', description: 'Plain.' });
    expect(await shop.change(id, { price: { amount: 900, currency: 'EUR' }, stock: 3 })).toEqual({
      id,
      version: 2,
      name: 'Plain',
      description: 'Plain.',
      unit: 'piece',
      price: { amount: 900, currency: 'EUR' },
      stock: 3,
    });
    expect(await shop.change(id, { name: 'Fancy', unit: 'box', description: '' })).toMatchObject({
      version: 3,
      name: 'Fancy',
      unit: 'box',
      description: null,
      stock: 3,
    });
  });
  it('is not changed by what does not fit', async () => {
    const productId = await shop.offer();
    const input = { productId, expectedVersion: 1, name: '', price: { amount: 0, currency: 'CNY' } };
    const { updateProduct } = await seat('admin').query(UPDATE, { input });
    expect(updateProduct.issues.map(({ path }: { path: string[] }) => path.join('.')).sort()).toEqual(['input.name', 'input.price.amount']);
    expect(await shop.product(productId)).toMatchObject({ version: 1 });
  });
  it('that has changed since is not changed: of two at once, one is told', async () => {
    const productId = await shop.offer();
    const change = (name: string) => seat('admin').query(UPDATE, { input: { productId, expectedVersion: 1, name } });
    const outcomes = (await Promise.all([change('One'), change('Two')])).map(({ updateProduct }) => updateProduct);
    expect(outcomes).toContainEqual({ __typename: 'UpdateProductSuccess', product: { version: 2 } });
    expect(outcomes).toContainEqual({ __typename: 'VersionConflict', current: { id: productId, version: 2 } });
  });
  it('that is withdrawn is not offered, and keeps the date of the first time', async () => {
    const productId = await shop.offer({ name: 'Old' });
    const { product } = await seat('admin').does(WITHDRAW, { input: { productId } });
    expect(product.withdrawnAt).toEqual(expect.any(String));
    expect((await seat('admin').does(WITHDRAW, { input: { productId } })).product).toEqual(product);
    expect(await named(seat('customer'), 'Old')).toEqual([]);
    expect((await seat('customer').query(READ, { id: productId })).node).toMatchObject({ name: 'Old', withdrawnAt: product.withdrawnAt });
  });
});

describe('whoever is no admin of plugins', () => {
  it.each<Key>(['owner', 'colleague', 'formsAdmin', 'customer'])('cannot manage products: the %s', async (name) => {
    const productId = await shop.offer();
    const acts: [string, string, Record<string, unknown>][] = [
      ['addProduct', ADD, NEW],
      ['updateProduct', UPDATE, { productId, expectedVersion: 1, name: 'Mine' }],
      ['withdrawProduct', WITHDRAW, { productId }],
    ];
    for (const [field, act, input] of acts) {
      const { data, errors } = await seat(name).ask(act, { input });
      if (name === 'customer')
        expect([data, errors[0]!.extensions.code]).toEqual([null, 'BAD_REQUEST']); // the portal has no such mutation
      else expect({ data, errors }).toMatchObject({ data: { [field]: null }, errors: [FORBIDDEN] });
    }
    expect(await shop.product(productId)).toMatchObject({ version: 1 });
  });
  it('finds nothing of another organization', async () => {
    const productId = await shop.offer();
    const { stranger } = shop.plugin;
    const changed = await stranger.query(UPDATE, { input: { productId, expectedVersion: 1, name: 'Theirs' } });
    const withdrawn = await stranger.query(WITHDRAW, { input: { productId } });
    expect([changed.updateProduct.__typename, withdrawn.withdrawProduct.__typename]).toEqual(['NotFound', 'NotFound']);
  });
});
