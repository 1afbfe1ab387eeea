import { type GuichetBuilder, refs, sql, submitRefusals, types, valueFrom } from '@guichet/sdk';
import { orderLines } from './order.entity.ts';
import { findProducts, ORDER, placeOrder } from './order.service.ts';
import { ordering } from './permissions.ts';
import { Order, OrderLine, Product } from './refs.ts';

const rule = ordering.order;
const MOST_LINES = 100;

export function orderTypes(builder: GuichetBuilder): void {
  builder.entity(OrderLine, {
    description: 'One line of an order. Name, unit and price are those of the day of the order.',
    roles: builder.rolesThrough(types.BusinessForm, orderLines, 'form_id', rule.roles),
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the customer’s order.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      product: t.relation(Product, 'product_id', { description: 'The product as it is today.', rule }),
      name: t.column('name', { description: 'Name of the product on that day.', rule }),
      unit: t.column('unit', { description: 'Unit on that day.', rule }),
      unitPrice: t.money('unit_price_minor', 'currency', { description: 'Price of one unit on that day.', rule, nullable: false }),
      quantity: t.column('quantity', { description: 'How many units.', rule }),
    }),
  });
  builder.entityKind(Order, types.BusinessForm, {
    value: ORDER,
    joinedBy: 'form_id',
    description: 'An order of a customer, as a business form.',
    fields: (t) => ({
      note: t.column('note', { description: 'What the customer wrote beside it.', rule }),
      total: t.money('total_minor', 'currency', { description: 'Sum of the lines.', rule, nullable: false }),
      receivedAt: t.expression(
        'DateTime',
        (order) =>
          valueFrom(order, { form: refs.BusinessForm }, ({ form }) => ({
            value: order.received_at,
            where: sql`${form.id} = ${order.form_id} and ${form.customer_state} = 'COMPLETED'`,
          })),
        { description: 'When the customer confirmed receipt.', rule },
      ),
      lines: t.list(OrderLine, {
        on: (order, line) => sql`${line.form_id} = ${order.form_id}`,
        description: 'What was ordered, in the customer’s order.',
        rule,
        atMost: MOST_LINES,
        order: { by: 'POSITION', direction: 'ASC' },
        proves: rule.roles,
      }),
    }),
  });

  const OrderLineInput = builder.inputType('OrderLineInput', {
    description: 'One line of an order.',
    fields: (t) => ({
      productId: t.globalId(Product, { description: 'The product.' }),
      quantity: t.integer({ description: 'How many units.', min: 1, max: 1_000_000 }),
    }),
  });
  builder.useCase('placeOrder', {
    description: 'Places an order; employees on behalf of a contact. It goes to the contact’s owner, or to the admins where there is none.',
    rule: ordering.place,
    doesOnce: true,
    input: (t) => ({
      lines: t.listOf(OrderLineInput, { description: 'What to order, at most 100 lines.', least: 1, most: MOST_LINES }),
      contactId: t.globalId(types.Contact, {
        description: 'For whom it is, where you order on behalf of a contact; a contact leaves it out.',
        required: false,
      }),
      note: t.text({ description: 'What the company should know.', required: false, max: 2_000 }),
    }),
    refusals: submitRefusals,
    guard: (use, given) => findProducts(use, given),
    run: (use, given, products) => placeOrder(use, given, products),
    success: (t) => ({ order: t.loaded(Order, 'formId', { description: 'The order as it is now.', rule }) }),
  });
}
