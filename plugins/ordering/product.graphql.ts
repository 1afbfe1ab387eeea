import {
  ADMIN,
  COLLEAGUE,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  type InputMaker,
  type PayloadFields,
  refuseSuspended,
  sql,
  versionConflict,
  WINDOW_MEMBER,
} from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { addProduct, holdProduct, updateProduct } from './product.service.ts';
import { Product, ProductVariant } from './refs.ts';
import { availabilityOf } from './stock-source.ts';
import { MOST_VARIANTS, withdrawVariant } from './variant.service.ts';

const rule = ordering.catalogue;

/** Who is what toward everything in the catalogue: it hangs on the seat alone. */
export const catalogueRoles = [
  heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
  heldByAll(EXTERNAL, ({ traits }) => traits.has(WINDOW_MEMBER)),
  heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL'),
];

export function productTypes(builder: GuichetBuilder): void {
  builder.entity(Product, {
    description: 'Something that the organization sells.',
    roles: catalogueRoles,
    listedFor: [COLLEAGUE, EXTERNAL],
    present: (product) => sql`${product.variant_of_id} is null`,
    orders: { NAME: { column: 'sort_name', rule, description: 'By name; Chinese names as they sound.' } },
    filters: { name: { compares: 'text', column: 'name', rule, description: 'By name.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', {
        surface: 'staff',
        description: 'Raised by every change, also by orders and rejections, which change the stock.',
        rule,
      }),
      name: t.column('name', { description: 'Name.', rule }),
      description: t.column('description', { description: 'What it is.', rule }),
      unit: t.column('unit', { description: 'What a quantity of one is, such as a box.', rule }),
      price: t.money('price_minor', 'currency', {
        description: 'Price of one unit today; an order keeps the price of its day.',
        rule,
        nullable: false,
      }),
      stock: t.column('stock', { description: 'How many can still be promised; below zero: on backorder.', rule: ordering.manage }),
      availability: t.field({
        type: 'Int53',
        nullable: true,
        description:
          'How many can be delivered from stock; customers are told up to 10, which stands for 10 or more. Null where it is not known.',
        rule,
        needs: ['id'],
        resolve: ({ id }, _, context) => availabilityOf(context, id),
      }),
      variants: t.list(ProductVariant, {
        on: (product, variant) =>
          sql`(${variant.id} = ${product.id} or ${variant.variant_of_id} = ${product.id}) and ${variant.withdrawn_at} is null`,
        description: 'What of it can be ordered: the product itself first, then its further variants, as they were added.',
        rule,
        atMost: MOST_VARIANTS,
        order: { by: 'CREATED_AT', direction: 'ASC' },
      }),
      withdrawnAt: t.column('withdrawn_at', { description: 'Since when it is not offered any more.', rule }),
    }),
  });
  builder.queryField('products', (t) =>
    t.entityPages(Product, {
      description: 'The catalogue: what is offered, newest first.',
      rule,
      listedBy: () => [COLLEAGUE, EXTERNAL],
      check: refuseSuspended,
      where: (product) => sql`${product.withdrawn_at} is null`,
    }),
  );
  declareManaging(builder);
}

export const MOST = 1_000_000_000;
const details = <Required extends boolean>(t: InputMaker, required: Required) => ({
  name: t.name({ description: 'Name.', max: 200, required }),
  unit: t.name({ description: 'What a quantity of one is, such as a box.', max: 40, required }),
  price: t.money({ description: 'Price of one unit.', least: 1, most: MOST, required }),
  stock: t.integer({ description: 'How many there are.', min: 0, max: MOST, required }),
});
const describing = (t: InputMaker, empty: string, min: number) =>
  t.text({ description: `What it is.${empty}`, min, max: 2_000, required: false });
const productId = (t: InputMaker) => t.globalId(Product, { description: 'The product.' });
const success = (t: PayloadFields<{ product: string }>) => ({
  product: t.loaded(Product, 'product', { description: 'The product as it is now.', rule }),
});

function declareManaging(builder: GuichetBuilder): void {
  builder.useCase('addProduct', {
    description: 'Adds a product to the catalogue.',
    rule: ordering.manage,
    doesOnce: true,
    input: (t) => ({ ...details(t, true), description: describing(t, '', 1) }),
    run: async (use, given) => ({ product: await addProduct(use, given) }),
    success,
  });
  builder.useCase('updateProduct', {
    description: 'Changes a product; orders keep what they were placed with. What is left out stays as it is.',
    rule: ordering.manage,
    input: (t) => ({
      productId: productId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      ...details(t, false),
      description: describing(t, ' An empty text takes it away.', 0),
    }),
    refusals: [versionConflict],
    guard: (use, given) => holdProduct(use, given),
    run: async (use, { productId: product, expectedVersion: _, ...changes }) => {
      await updateProduct(use, product, changes);
      return { product };
    },
    success,
  });
  builder.useCase('withdrawProduct', {
    description: 'Takes a product out of the catalogue with its variants; orders keep their lines.',
    rule: ordering.manage,
    input: (t) => ({ productId: productId(t) }),
    guard: (use, { productId: product }) => use.authorize('Product', product, ordering.manage, { path: ['input', 'productId'] }),
    run: async (use, { productId: product }) => {
      await withdrawVariant(use, product);
      return { product };
    },
    success,
  });
}
