import {
  EXTERNAL,
  type GuichetBuilder,
  heldToward,
  type PayloadFields,
  type Seat,
  sql,
  submitRefusals,
  types,
  WINDOW_MEMBER,
  way,
  words,
} from '@guichet/sdk';
import { cartLines, carts } from './cart.entity.ts';
import { holdCart, priceCart, reorder, setLine } from './cart.service.ts';
import { MOST_LINES, MOST_UNITS } from './order.rules.ts';
import { ordering } from './permissions.ts';
import { Cart, CartLine, ProductVariant } from './refs.ts';

const rule = ordering.cart;
const isMember = ({ traits }: Pick<Seat, 'traits'>): boolean => traits.has(WINDOW_MEMBER);
const Fault = words('OrderingLineFault', 'Why a line cannot be ordered.', {
  WITHDRAWN: 'It is not offered any more.',
  NO_PRICE: 'It has no price for the customer.',
  ONE_CURRENCY: 'It has another currency than the first line.',
  BELOW_MINIMUM: 'It is fewer than are sold.',
  NOT_A_MULTIPLE: 'It is no multiple of what a pack has.',
  OUT_OF_STOCK: 'There are not as many left; told of fewer than 10, as `availability` tells them.',
});

export function cartTypes(builder: GuichetBuilder): void {
  builder.words(Fault);
  builder.entity(Cart, {
    description: 'What a customer has chosen and not ordered yet: one for all windows.',
    key: 'contact_id',
    roles: [heldToward(EXTERNAL, [way(carts, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`)], isMember)],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change; `placeOrder` takes it as `cartVersion`.', rule }),
      pricedAt: t.column('priced_at', { description: 'When its lines were priced last.', rule }),
      total: t.money('total_minor', 'currency', { description: 'Sum of the lines, with tax; null where a line cannot be ordered.', rule }),
      tax: t.money('tax_minor', 'currency', { description: 'Tax in it.', rule }),
      lines: t.list(CartLine, {
        on: (cart, line) => sql`${line.contact_id} = ${cart.contact_id}`,
        description: 'Its lines, as they came.',
        rule,
        atMost: MOST_LINES,
        order: { by: 'CREATED_AT', direction: 'ASC' },
      }),
    }),
  });
  builder.entity(CartLine, {
    description: 'One line of a cart, with the price that its customer has seen.',
    roles: [heldToward(EXTERNAL, [way(cartLines, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`)], isMember)],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      variant: t.relation(ProductVariant, 'variant_id', { description: 'What is to be ordered.', rule }),
      quantity: t.column('quantity', { description: 'How many units.', rule }),
      unitPrice: t.money('unit_price_minor', 'currency', {
        description: 'What one unit cost when it was priced last; null where it cannot be told.',
        rule,
      }),
      total: t.money('total_minor', 'currency', { description: 'What the line cost then, with tax.', rule }),
      fault: t.column('fault', { type: Fault, description: 'Why it could not be ordered then; null: it could.', rule }),
    }),
  });
  builder.queryField('cart', (t) =>
    t.entity(Cart, {
      description: 'Your cart; null before anything was put into it.',
      surface: 'portal',
      rule,
      where: (cart, { seat }) => sql`${cart.contact_id} = ${seat.me}`,
    }),
  );
  declareFilling(builder);
}
const success = (t: PayloadFields<{ cart: string }>) => ({
  cart: t.loaded(Cart, 'cart', { description: 'The cart, priced anew.', rule }),
});

function declareFilling(builder: GuichetBuilder): void {
  builder.useCase('addToCart', {
    surface: 'portal',
    description: 'Puts units of a variant into the cart, beside those that are in it. Prices of all its lines are looked up anew.',
    rule,
    doesOnce: true,
    input: (t) => ({
      variantId: t.globalId(ProductVariant, { description: 'The variant; of a product without further ones its first.' }),
      quantity: t.integer({ description: 'How many more.', min: 1, max: MOST_UNITS }),
    }),
    refusals: submitRefusals,
    guard: async (use, { variantId }) => {
      await holdCart(use);
      await use.find('ProductVariant', variantId, ['input', 'variantId']);
    },
    run: (use, { variantId, quantity }) => setLine(use, { variantId, by: quantity }),
    success,
  });
  builder.useCase('setCartLine', {
    surface: 'portal',
    description: 'Says how many units of a variant the cart has; none takes the line away. Prices of all its lines are looked up anew.',
    rule,
    input: (t) => ({
      variantId: t.globalId(ProductVariant, { description: 'The variant.' }),
      quantity: t.integer({ description: 'How many it has then.', min: 0, max: MOST_UNITS }),
    }),
    refusals: submitRefusals,
    guard: async (use, { variantId }) => {
      await holdCart(use);
      await use.find('ProductVariant', variantId, ['input', 'variantId']);
    },
    run: (use, { variantId, quantity }) => setLine(use, { variantId, quantity }),
    success,
  });
  builder.useCase('priceCart', {
    surface: 'portal',
    description: 'Looks the prices of the cart up anew, and tells what cannot be ordered. What it shows is what `placeOrder` asks.',
    rule,
    doesOnce: true,
    input: () => ({}),
    refusals: submitRefusals,
    guard: (use) => holdCart(use),
    run: (use) => priceCart(use),
    success,
  });
  builder.useCase('reorder', {
    surface: 'portal',
    description:
      'Puts what an order has into the cart, beside what is in it, at today’s prices. What cannot be had is in the cart too, with its `fault`.',
    rule,
    doesOnce: true,
    input: (t) => ({ orderId: t.globalId(types.BusinessForm, { description: 'The order, by the id of its form.' }) }),
    refusals: submitRefusals,
    guard: async (use, { orderId }) => {
      await use.find('BusinessForm', orderId, ['input', 'orderId']);
      await holdCart(use);
    },
    run: (use, { orderId }) => reorder(use, orderId),
    success,
  });
}
