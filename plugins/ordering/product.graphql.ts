import {
  ADMIN,
  COLLEAGUE,
  EXTERNAL,
  heldByAll,
  input,
  type RootFields,
  type SchemaDoor,
  sql,
  type UseCase,
  versionConflict,
  WINDOW_MEMBER,
} from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { products } from './product.entity.ts';
import { addProduct, holdProduct, updateProduct, withdrawProduct } from './product.service.ts';
import { availabilityOf } from './stock-source.ts';

const rule = ordering.catalogue;

export function productSchema(door: SchemaDoor): void {
  door.entity('Product', {
    table: products,
    description: 'Something that the organization sells.',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(EXTERNAL, ({ traits }) => traits.has(WINDOW_MEMBER)),
      heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL'),
    ],
    listedFor: [COLLEAGUE, EXTERNAL],
    orders: { NAME: { column: 'name', rule, description: 'By name.' } },
    filters: { name: { compares: 'text', column: 'name', rule, description: 'By name.' } },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change.', rule }),
      name: t.column('name', { description: 'Name.', rule }),
      description: t.column('description', { description: 'What it is.', rule }),
      unit: t.column('unit', { description: 'What a quantity of one is, such as a box.', rule }),
      price: t.money('price_minor', 'currency', {
        description: 'Price of one unit today; an order keeps the price of its day.',
        rule,
        nullable: false,
      }),
      stock: t.column('stock', { description: 'How many there are; below zero: on backorder.', rule: ordering.manage }),
      availability: t.computed('Int53', {
        description: 'How many can be delivered from stock; null where that is not known.',
        rule,
        needs: ['id'],
        resolve: ({ id }: { id: string }, context: Parameters<typeof availabilityOf>[0]) => availabilityOf(context, id),
      }),
      withdrawnAt: t.column('withdrawn_at', { description: 'Since when it is not offered any more.', rule }),
    }),
  });
  door.query((t) => ({
    products: t.connection('Product', products, {
      description: 'The catalogue: what is offered, newest first.',
      rule,
      listedBy: () => [COLLEAGUE, EXTERNAL],
      where: (row) => sql`${row.withdrawn_at} is null`,
    }),
  }));
  declareManaging(door);
}

const details = {
  name: input.text('Name.', { max: 200 }),
  unit: input.text('What a quantity of one is, such as a box.', { max: 40 }),
  price: input.money('Price of one unit.', { least: 1, most: 1_000_000_000 }),
  stock: input.integer('How many there are.', { min: 0, max: 1_000_000_000 }),
};
const describing = (empty: string, min: number) => input.optional(input.text(`What it is.${empty}`, { min, max: 2_000 }));
const productId = input.id('Product', 'The product.');
const success = (t: RootFields) => ({ product: t.fromSource('Product', 'product', { description: 'The product as it is now.', rule }) });

function declareManaging(door: SchemaDoor): void {
  door.mutation('addProduct', {
    description: 'Adds a product to the catalogue.',
    rule: ordering.manage,
    doesOnce: true,
    input: { ...details, description: describing('', 1) },
    success,
    run: async (use: UseCase, given) => ({ product: await addProduct(use, given) }),
  });
  door.mutation('updateProduct', {
    description: 'Changes a product; orders keep what they were placed with. What is left out stays as it is.',
    rule: ordering.manage,
    input: {
      productId,
      expectedVersion: input.integer('The `version` that you read.'),
      name: input.optional(details.name),
      unit: input.optional(details.unit),
      price: input.optional(details.price),
      stock: input.optional(details.stock),
      description: describing(' An empty text takes it away.', 0),
    },
    success,
    refusals: [versionConflict],
    guard: (use: UseCase, given) => holdProduct(use, given),
    run: async (use, { productId: product, expectedVersion: _, ...changes }) => {
      await updateProduct(use, product, changes);
      return { product };
    },
  });
  door.mutation('withdrawProduct', {
    description: 'Takes a product out of the catalogue; orders keep their lines.',
    rule: ordering.manage,
    input: { productId },
    success,
    guard: (use: UseCase, { productId: product }) => use.authorize('Product', product, ordering.manage, { path: ['input', 'productId'] }),
    run: async (use, { productId: product }) => {
      await withdrawProduct(use, product);
      return { product };
    },
  });
}
