import { fieldValues, type GuichetBuilder, type InputMaker, submitRefusals, types, versionConflict } from '@guichet/sdk';
import { orderingApprovalNeeded, orderingCreditExceeded, orderingPriceChanged } from './order.refusals.ts';
import { type ChangedLine, MOST_LINES, MOST_UNITS } from './order.rules.ts';
import { findProducts, placeOrder } from './order.service.ts';
import { requestApproval } from './order-request.service.ts';
import { ordering } from './permissions.ts';
import { Order, OrderRequest, Product, ProductVariant } from './refs.ts';

/** What an order is asked by: for a contact itself, for one on its behalf, and to be approved first. */
export function placingTypes(builder: GuichetBuilder): void {
  declareChangedPrice(builder);
  const asked = orderInputs(builder);
  builder.useCase('placeOrder', {
    description:
      'Places an order; employees on behalf of a contact. It goes to the contact’s owner, or to the admins where there is none. It is owed by the contact’s company, within its limit.',
    rule: ordering.place,
    doesOnce: true,
    input: (t) => ({
      ...asked(t),
      contactId: t.globalId(types.Contact, {
        description: 'For whom it is, where you order on behalf of a contact; a contact leaves it out.',
        required: false,
      }),
      values: t.parsed(fieldValues('Values of the fields that the organization’s template of orders asks besides, each once.'), {
        required: false,
      }),
    }),
    refusals: [...submitRefusals, versionConflict, orderingPriceChanged, orderingCreditExceeded, orderingApprovalNeeded],
    guard: (use, given) => findProducts(use, given),
    run: (use, given, products) => placeOrder(use, given, products),
    success: (t) => ({ order: t.loaded(Order, 'formId', { description: 'The order as it is now.', rule: ordering.order }) }),
  });
  builder.useCase('requestOrderApproval', {
    surface: 'portal',
    description:
      'Asks those who approve in your company for an order; with their yes it is placed for you, at the prices that you see now. Until then nothing is kept for you. It is placed without values, so it is refused where the template of orders has a field that must be filled in, at that field.',
    rule: ordering.ask,
    doesOnce: true,
    input: (t) => asked(t),
    refusals: [...submitRefusals, versionConflict, orderingPriceChanged],
    guard: (use, given) => findProducts(use, given),
    run: (use, given, products) => requestApproval(use, given, products),
    success: (t) => ({ request: t.loaded(OrderRequest, 'request', { description: 'What waits for a yes.', rule: ordering.request }) }),
  });
  builder.useCase('requestCustomerApproval', {
    surface: 'staff',
    description:
      'The same on behalf of a contact, whose company approves such orders first: those who approve in it are asked, and with their yes it is placed for the contact.',
    rule: ordering.place,
    doesOnce: true,
    input: (t) => ({ ...asked(t), contactId: t.globalId(types.Contact, { description: 'For whom it is.' }) }),
    refusals: [...submitRefusals, orderingPriceChanged],
    guard: (use, given) => findProducts(use, given),
    run: async (use, given, products) => {
      await requestApproval(use, given, products);
      return { contactId: given.contactId };
    },
    success: (t) => ({ contact: t.loaded(types.Contact, 'contactId', { description: 'For whom it waits.', rule: ordering.place }) }),
  });
}

function declareChangedPrice(builder: GuichetBuilder): void {
  builder.objectRef<ChangedLine>('OrderingChangedPrice').implement({
    description: 'A line whose price is not the one that was seen.',
    fields: (t) => ({
      line: t.exposeInt('line', { description: 'Which line it is, from 0.', rule: ordering.place }),
      name: t.exposeString('name', { description: 'What it orders.', rule: ordering.place }),
      from: t.field({ type: 'Money' as never, description: 'What was seen.', rule: ordering.place, resolve: ({ from }) => from as never }),
      to: t.field({ type: 'Money' as never, description: 'What it costs now.', rule: ordering.place, resolve: ({ to }) => to as never }),
    }),
  });
}

function orderInputs(builder: GuichetBuilder) {
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
      site: t.name({
        description: 'Which site of the customer’s company that is, as those who look on there were named: they say what has come too.',
        max: 100,
        required: false,
      }),
    }),
  });
  return (t: InputMaker) => ({
    lines: t.listOf(OrderLineInput, { description: 'What to order, at most 100 lines.', least: 1, most: MOST_LINES, required: false }),
    cartVersion: t.integer({ description: 'Orders what your cart holds in this version, and empties it.', required: false }),
    note: t.text({ description: 'What the company should know.', required: false, max: 2_000 }),
    delivery: t.objectOf(OrderDeliveryInput, { description: 'Where the goods go, for whoever ships them.', required: false }),
  });
}
