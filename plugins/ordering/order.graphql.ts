import { type GuichetBuilder, refs, sql, submitRefusals, types, valueFrom, versionConflict } from '@guichet/sdk';
import { orderLines } from './order.entity.ts';
import { orderingPriceChanged } from './order.refusals.ts';
import { type ChangedLine, MOST_LINES, MOST_UNITS } from './order.rules.ts';
import { findProducts, ORDER, placeOrder } from './order.service.ts';
import { MOST_CHANGES } from './order-change.service.ts';
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

  builder.objectRef<ChangedLine>('OrderingChangedPrice').implement({
    description: 'A line whose price is not the one that was seen.',
    fields: (t) => ({
      line: t.exposeInt('line', { description: 'Which line it is, from 0.', rule: ordering.place }),
      name: t.exposeString('name', { description: 'What it orders.', rule: ordering.place }),
      from: t.field({ type: 'Money' as never, description: 'What was seen.', rule: ordering.place, resolve: ({ from }) => from as never }),
      to: t.field({ type: 'Money' as never, description: 'What it costs now.', rule: ordering.place, resolve: ({ to }) => to as never }),
    }),
  });
  const OrderLineInput = builder.inputType('OrderLineInput', {
    description: 'One line of an order.',
    fields: (t) => ({
      productId: t.globalId(Product, { description: 'The product.' }),
      variantId: t.globalId(ProductVariant, { description: 'Which variant; the product itself unless it is said.', required: false }),
      quantity: t.integer({ description: 'How many units.', min: 1, max: MOST_UNITS }),
      unitPrice: t.money({
        description: 'What you have seen that one unit costs: where it costs something else now, nothing is ordered.',
        required: false,
      }),
    }),
  });
  const OrderDeliveryInput = builder.inputType('OrderDeliveryInput', {
    description: 'Where goods go.',
    fields: (t) => ({
      recipient: t.name({ description: 'Who is to have them.', max: 100 }),
      phone: t.name({ description: 'Where they are called.', max: 40, required: false }),
      address: t.text({ description: 'Where they go.', max: 500 }),
    }),
  });
  builder.useCase('placeOrder', {
    description: 'Places an order; employees on behalf of a contact. It goes to the contact’s owner, or to the admins where there is none.',
    rule: ordering.place,
    doesOnce: true,
    input: (t) => ({
      lines: t.listOf(OrderLineInput, { description: 'What to order, at most 100 lines.', least: 1, most: MOST_LINES, required: false }),
      cartVersion: t.integer({ description: 'Orders what your cart holds in this version, and empties it.', required: false }),
      contactId: t.globalId(types.Contact, {
        description: 'For whom it is, where you order on behalf of a contact; a contact leaves it out.',
        required: false,
      }),
      note: t.text({ description: 'What the company should know.', required: false, max: 2_000 }),
      delivery: t.objectOf(OrderDeliveryInput, { description: 'Where the goods go, for whoever ships them.', required: false }),
    }),
    refusals: [...submitRefusals, versionConflict, orderingPriceChanged],
    guard: (use, given) => findProducts(use, given),
    run: (use, given, products) => placeOrder(use, given, products),
    success: (t) => ({ order: t.loaded(Order, 'formId', { description: 'The order as it is now.', rule }) }),
  });
}
