import { exists, type GuichetBuilder, refs, sql, types, valueFrom } from '@guichet/sdk';
import { orderLines, reservations } from './order.entity.ts';
import { MOST_LINES } from './order.rules.ts';
import { ORDER } from './order.service.ts';
import { MOST_CHANGES } from './order-change.service.ts';
import { placingTypes } from './order-placing.graphql.ts';
import { ordering } from './permissions.ts';
import { Order, OrderAccount, OrderChange, OrderLine, OrderShipping, Product, ProductVariant } from './refs.ts';

const rule = ordering.order;

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
      variant: t.relation(ProductVariant, 'variant_id', {
        description: 'What of the product it is; null in orders of 0.1: the product itself.',
        rule,
      }),
      sku: t.column('sku', { description: 'The seller’s own number on that day.', rule }),
      taxRate: t.column('tax_rate', { description: 'Tax on that day, in basis points.', rule }),
      tax: t.money('tax_minor', 'currency', { description: 'Tax of the line.', rule, nullable: false }),
      total: t.money('total_minor', 'currency', { description: 'What the line costs, with tax; null in orders of 0.1.', rule }),
      priceListVersion: t.column('price_list_version', {
        description: 'Version of the price list that it was priced by; null: the price for all.',
        rule,
      }),
    }),
  });
  builder.entityKind(Order, types.BusinessForm, {
    value: ORDER,
    joinedBy: 'form_id',
    description: 'An order of a customer, as a business form.',
    fields: (t) => ({
      note: t.column('note', { description: 'What the customer wrote beside it.', rule }),
      total: t.money('total_minor', 'currency', { description: 'Sum of the lines, with tax.', rule, nullable: false }),
      tax: t.money('tax_minor', 'currency', { description: 'Sum of the taxes of the lines.', rule, nullable: false }),
      receivedAt: t.expression(
        'DateTime',
        (order) =>
          valueFrom(order, { form: refs.BusinessForm }, ({ form }) => ({
            value: order.received_at,
            where: sql`${form.id} = ${order.form_id} and ${form.customer_state} = 'COMPLETED'`,
          })),
        { description: 'When the customer confirmed receipt.', rule },
      ),
      isShort: t.expression(
        'Boolean',
        (order) => exists(order, { kept: reservations }, ({ kept }) => sql`${kept.form_id} = ${order.form_id} and ${kept.quantity} = 0`),
        {
          description:
            'Whether it wants more of something than there is: nothing of that is kept for it, and its approval takes it or is refused. The customer is not told.',
          rule: ordering.propose,
          nullable: false,
        },
      ),
      shipping: t.one(OrderShipping, {
        on: (order, shipping) => sql`${shipping.form_id} = ${order.form_id}`,
        description: 'What becomes of its goods; null where orders are not shipped.',
        rule,
        proves: rule.roles,
      }),
      account: t.one(OrderAccount, {
        on: (order, account) => sql`${account.form_id} = ${order.form_id}`,
        description: 'What it costs, and what has been paid.',
        rule,
        proves: rule.roles,
      }),
      changes: t.list(OrderChange, {
        on: (order, change) => sql`${change.form_id} = ${order.form_id}`,
        description: 'What was proposed in its place, the oldest first.',
        rule,
        atMost: MOST_CHANGES,
        order: { by: 'NUMBER', direction: 'ASC' },
        proves: rule.roles,
      }),
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
  placingTypes(builder);
}
