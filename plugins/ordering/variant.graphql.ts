import { type GuichetBuilder, type InputMaker, type PayloadFields, versionConflict } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { type PriceStep as PriceStepShown, pricesOf } from './price-source.ts';
import { catalogueRoles, MOST } from './product.graphql.ts';
import { Product, ProductVariant } from './refs.ts';
import { availabilityOf } from './stock-source.ts';
import { addVariant, holdVariant, updateVariant, withdrawVariant } from './variant.service.ts';

const rule = ordering.catalogue;

export function variantTypes(builder: GuichetBuilder): void {
  const PriceStep = builder.objectRef<PriceStepShown>('OrderingPriceStep').implement({
    description: 'What one unit costs from some quantity on.',
    fields: (t) => ({
      fromQuantity: t.exposeInt('fromQuantity', { description: 'From so many units of one line on.', rule }),
      price: t.field({ type: 'Money' as never, description: 'What one unit costs then.', rule, resolve: ({ price }) => price as never }),
    }),
  });
  builder.entity(ProductVariant, {
    description: 'What a line of an order names: a product itself, which is its own first variant, or a further variant of it.',
    roles: catalogueRoles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', {
        surface: 'staff',
        description: 'Raised by every change, also by orders, which change the stock.',
        rule,
      }),
      sku: t.column('sku', { description: 'The seller’s own number of it, of which there is one in an organization.', rule }),
      name: t.column('name', { description: 'What stands on orders.', rule }),
      unit: t.column('unit', { description: 'What a quantity of one is, such as a box.', rule }),
      packMultiple: t.column('pack_multiple', { description: 'Quantities are multiples of this.', rule }),
      minimum: t.column('minimum', { description: 'The least that is sold in one line.', rule }),
      taxRate: t.column('tax_rate', { description: 'Tax in basis points: 1300 are 13 %.', rule }),
      prices: t.field({
        type: [PriceStep],
        description:
          'What you pay by quantity today, tiers included; an employee is told what everybody pays. None: it has no price for you.',
        rule,
        needs: ['id'],
        resolve: ({ id }, _, context) => pricesOf(context, id),
      }),
      price: t.money('price_minor', 'currency', {
        description: 'Price of one unit for all, outside of price lists.',
        rule: ordering.manage,
      }),
      cost: t.money('cost_minor', 'currency', { description: 'What one unit costs the seller.', rule: ordering.manage }),
      stock: t.column('stock', { description: 'How many can still be promised; below zero: on backorder.', rule: ordering.manage }),
      reserved: t.column('reserved', { description: 'How many are promised to orders and have not gone out.', rule: ordering.manage }),
      lowStock: t.column('low_stock', { description: 'The stock is low at this many.', rule: ordering.manage }),
      availability: t.field({
        type: 'Int53',
        nullable: true,
        description: 'How many can be delivered from stock; customers are told up to 10. Null where it is not known.',
        rule,
        needs: ['id'],
        resolve: ({ id }, _, context) => availabilityOf(context, id),
      }),
      withdrawnAt: t.column('withdrawn_at', { description: 'Since when it is not offered any more.', rule }),
    }),
  });
  declareManaging(builder);
}

const details = <Required extends boolean>(t: InputMaker, required: Required) => ({
  name: t.name({ description: 'What stands on orders, such as the product’s name and the size.', max: 200, required }),
  unit: t.name({ description: 'What a quantity of one is, such as a box.', max: 40, required }),
  stock: t.integer({ description: 'How many can still be promised.', min: 0, max: MOST, required }),
});
const others = (t: InputMaker) => ({
  sku: t.name({ description: 'The seller’s own number.', max: 64, required: false }),
  price: t.money({
    description: 'Price of one unit for all; without one, price lists alone have prices.',
    least: 1,
    most: MOST,
    required: false,
  }),
  cost: t.money({ description: 'What one unit costs the seller, in the currency of its price.', least: 0, most: MOST, required: false }),
  packMultiple: t.integer({
    description: 'Quantities are multiples of this; 1 unless it is said.',
    min: 1,
    max: 1_000_000,
    required: false,
  }),
  minimum: t.integer({ description: 'The least that is sold in one line; 1 unless it is said.', min: 1, max: 1_000_000, required: false }),
  taxRate: t.integer({ description: 'Tax in basis points: 1300 are 13 %; none unless it is said.', min: 0, max: 10_000, required: false }),
  lowStock: t.integer({ description: 'The stock is low at this many.', min: 0, max: MOST, required: false }),
});
const success = (t: PayloadFields<{ variant: string }>) => ({
  variant: t.loaded(ProductVariant, 'variant', { description: 'The variant as it is now.', rule }),
});
const variantId = (t: InputMaker) => t.globalId(ProductVariant, { description: 'The variant.' });

function declareManaging(builder: GuichetBuilder): void {
  builder.useCase('addVariant', {
    description: 'Adds a further variant to a product, such as another size.',
    rule: ordering.manage,
    doesOnce: true,
    input: (t) => ({ productId: t.globalId(Product, { description: 'The product.' }), ...details(t, true), ...others(t) }),
    guard: (use, { productId }) => use.authorize('Product', productId, ordering.manage, { path: ['input', 'productId'] }),
    run: async (use, given) => ({ variant: await addVariant(use, given) }),
    success,
  });
  builder.useCase('updateVariant', {
    description:
      'Changes a variant, the first one of a product too; orders keep what they were placed with. What is left out stays as it is.',
    rule: ordering.manage,
    input: (t) => ({
      variantId: variantId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      ...details(t, false),
      ...others(t),
    }),
    refusals: [versionConflict],
    guard: (use, given) => holdVariant(use, given),
    run: async (use, { variantId: variant, expectedVersion: _, ...changes }) => {
      await updateVariant(use, variant, changes);
      return { variant };
    },
    success,
  });
  builder.useCase('withdrawVariant', {
    description: 'Takes a variant out of the catalogue; carts tell it, orders keep their lines. With the first one the whole product goes.',
    rule: ordering.manage,
    input: (t) => ({ variantId: variantId(t) }),
    guard: (use, { variantId: variant }) => use.authorize('ProductVariant', variant, ordering.manage, { path: ['input', 'variantId'] }),
    run: async (use, { variantId: variant }) => {
      await withdrawVariant(use, variant);
      return { variant };
    },
    success,
  });
}
