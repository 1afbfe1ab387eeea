import { input, type SchemaDoor, sql, submitRefusals, type UseCase } from '@guichet/sdk';
import { orderLines, orders } from './order.entity.ts';
import { findProducts, ORDER, placeOrder } from './order.service.ts';
import { ordering } from './permissions.ts';

const rule = ordering.order;
const MOST_LINES = 100;
const MOST_OF_ONE = 1_000_000;

export function orderSchema(door: SchemaDoor): void {
  declareLine(door);
  door.entityKind('Order', 'BusinessForm', {
    value: ORDER,
    table: orders,
    joinedBy: 'form_id',
    description: 'An order of a customer, as a business form.',
    fields: (t) => ({
      note: t.column('note', { description: 'What the customer wrote beside it.', rule }),
      total: t.money('total_minor', 'currency', { description: 'Sum of the lines.', rule, nullable: false }),
      receivedAt: t.column('received_at', { description: 'When the customer confirmed receipt.', rule }),
      lines: t.list(
        'OrderLine',
        orderLines,
        { on: (row, line) => sql`${line.form_id} = ${row.form_id}` },
        {
          description: 'What was ordered, in the customer’s order.',
          rule,
          atMost: MOST_LINES,
          order: { by: 'POSITION', direction: 'ASC' },
          proves: rule.roles,
        },
      ),
    }),
  });
  door.mutation('placeOrder', {
    description: 'Places an order. It goes to the contact’s owner, or to the admins where there is none.',
    rule: ordering.place,
    doesOnce: true,
    input: {
      lines: input.listOf(orderLineInput, 'What to order, at most 100 lines.', { least: 1, most: MOST_LINES }),
      note: input.optional(input.text('What the company should know.', { max: 2_000 })),
    },
    success: (t) => ({ order: t.fromSource('Order', 'formId', { description: 'The order as it is now.', rule: ordering.order }) }),
    refusals: submitRefusals,
    guard: (use: UseCase, given) => findProducts(use, given),
    run: (use, given, products) => placeOrder(use, given, products),
  });
}

const orderLineInput = input.inputObject('OrderLineInput', 'One line of an order.', {
  productId: input.id('Product', 'The product.'),
  quantity: input.integer('How many units.', { min: 1, max: MOST_OF_ONE }),
});

function declareLine(door: SchemaDoor): void {
  door.entity('OrderLine', {
    table: orderLines,
    description: 'One line of an order. Name, unit and price are those of the day of the order.',
    roles: door.rolesThrough('BusinessForm', 'form_id', rule.roles),
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the customer’s order.' } },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule }),
      product: t.relation('Product', 'product_id', { description: 'The product as it is today.', rule }),
      name: t.column('name', { description: 'Name of the product on that day.', rule }),
      unit: t.column('unit', { description: 'Unit on that day.', rule }),
      unitPrice: t.money('unit_price_minor', 'currency', { description: 'Price of one unit on that day.', rule, nullable: false }),
      quantity: t.column('quantity', { description: 'How many units.', rule }),
    }),
  });
}
