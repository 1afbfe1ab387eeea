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
  WINDOW_MEMBER,
} from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { products } from './product.entity.ts';
import { addProduct, withdrawProduct } from './product.service.ts';
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
      name: t.column('name', { description: 'Name.', rule }),
      description: t.column('description', { description: 'What it is.', rule }),
      unit: t.column('unit', { description: 'What a quantity of one is, such as a box.', rule }),
      price: t.value(
        'Money',
        (row) => ({ amount: { sql: row.price_minor, form: 'number' }, currency: { sql: row.currency, form: 'text' } }),
        {
          description: 'Price of one unit today; an order keeps the price of its day.',
          rule,
          nullable: false,
        },
      ),
      availability: t.computed('Int', {
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

function declareManaging(door: SchemaDoor): void {
  const success = (t: RootFields) => ({ product: t.fromSource('Product', 'product', { description: 'The product as it is now.', rule }) });
  door.mutation('addProduct', {
    description: 'Adds a product to the catalogue.',
    rule: ordering.manage,
    doesOnce: true,
    input: {
      name: input.text('Name.', { max: 200 }),
      description: input.optional(input.text('What it is.', { max: 2_000 })),
      unit: input.text('What a quantity of one is, such as a box.', { max: 40 }),
      price: input.money('Price of one unit.', { least: 1, most: 1_000_000_000 }),
      stock: input.integer('How many there are.', { min: 0, max: 1_000_000_000 }),
    },
    success,
    run: async (use: UseCase, given) => ({ product: await addProduct(use, given) }),
  });
  door.mutation('withdrawProduct', {
    description: 'Takes a product out of the catalogue; orders keep their lines.',
    rule: ordering.manage,
    input: { productId: input.id('Product', 'The product.') },
    success,
    guard: (use: UseCase, { productId }) => use.authorize('Product', productId, ordering.manage),
    run: async (use, { productId }) => {
      await withdrawProduct(use, productId);
      return { product: productId };
    },
  });
}
