import {
  ADMIN,
  encodeGlobalId,
  type GuichetBuilder,
  heldByAll,
  type InputMaker,
  type PayloadFields,
  sql,
  types,
  versionConflict,
  words,
} from '@guichet/sdk';
import { ordering } from './permissions.ts';
import {
  addPriceList,
  expectVersion,
  findAudience,
  findVariants,
  holdPriceList,
  setListPrices,
  updatePriceList,
} from './price-list.service.ts';
import { MOST } from './product.graphql.ts';
import { ListPrice, PriceList, PriceListAudience, ProductVariant } from './refs.ts';

const rule = ordering.price;
const roles = [heldByAll(ADMIN, ({ rights }) => rights.get('ORDERING_PRICE') === 'ALL')];
const MOST_SUBJECTS = 250;
const MOST_PRICES = 500;
const TYPES = { TAG: 'Tag', COMPANY: 'Company', CONTACT: 'Contact' } as const;
const AudienceKind = words('PriceListAudienceKind', 'What names an audience of a price list.', {
  TAG: 'Contacts with a tag.',
  COMPANY: 'Contacts of an outside company.',
  CONTACT: 'One contact.',
});

export function priceListTypes(builder: GuichetBuilder): void {
  builder.words(AudienceKind);
  builder.entity(PriceList, {
    description:
      'Prices for some customers, or for all, in a period. The nearest list counts: of a contact before the company’s, a tag’s, all.',
    roles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change of it or its prices; order lines keep it.', rule }),
      name: t.column('name', { description: 'Name.', rule }),
      isForAll: t.column('is_for_all', { description: 'It is for every customer.', rule }),
      audience: t.list(PriceListAudience, {
        on: (list, named) => sql`${named.price_list_id} = ${list.id}`,
        description: 'For whom it is, where it is not for all; nobody: for nobody.',
        rule,
        atMost: 100,
      }),
      startsAt: t.column('starts_at', { description: 'From when on it counts; null: always did.', rule }),
      endsAt: t.column('ends_at', { description: 'Until when it counts; null: without an end.', rule }),
      prices: t.pages(ListPrice, {
        on: (list, price) => sql`${price.price_list_id} = ${list.id}`,
        description: 'Its prices, the newest first.',
        rule,
      }),
    }),
  });
  builder.entity(PriceListAudience, {
    description: 'One that a price list is for.',
    roles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { type: AudienceKind, description: 'What it is.', rule }),
      subjectId: t.field({
        type: 'ID',
        description: 'Id of the tag, the company or the contact.',
        rule,
        needs: ['kind', 'subject_id'],
        resolve: ({ kind, subject_id }) => encodeGlobalId(TYPES[kind], subject_id),
      }),
    }),
  });
  builder.entity(ListPrice, {
    description: 'What a variant costs in a price list from some quantity on.',
    roles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      variant: t.relation(ProductVariant, 'variant_id', { description: 'The variant.', rule }),
      fromQuantity: t.column('from_quantity', { description: 'From so many units of one line on.', rule }),
      price: t.money('price_minor', 'currency', { description: 'What one unit costs then.', rule, nullable: false }),
    }),
  });
  builder.queryField('priceLists', (t) =>
    t.entityPages(PriceList, { description: 'Price lists, the newest first.', rule, listedBy: () => rule.roles }),
  );
  declareManaging(builder);
}

const audience = (t: InputMaker) => ({
  isForAll: t.flag({ description: 'It is for every customer.', required: false }),
  tagIds: t.globalIds(types.Tag, {
    description: 'For contacts with one of these tags; the whole list of them.',
    required: false,
    most: MOST_SUBJECTS,
  }),
  companyIds: t.globalIds(types.Company, {
    description: 'For contacts of these companies; all of them.',
    required: false,
    most: MOST_SUBJECTS,
  }),
  contactIds: t.globalIds(types.Contact, { description: 'For these contacts; all of them.', required: false, most: MOST_SUBJECTS }),
  startsAt: t.instant({ description: 'From when on it counts.', required: false }),
  endsAt: t.instant({ description: 'Until when it counts; a moment that is past ends it.', required: false }),
});
const success = (t: PayloadFields<{ priceList: string }>) => ({
  priceList: t.loaded(PriceList, 'priceList', { description: 'The list as it is now.', rule }),
});
const held = (t: InputMaker) => ({
  priceListId: t.globalId(PriceList, { description: 'The list.' }),
  expectedVersion: t.integer({ description: 'The `version` that you read.' }),
});

function declareManaging(builder: GuichetBuilder): void {
  builder.useCase('addPriceList', {
    description: 'Adds a price list. Without an audience it is for nobody.',
    rule,
    doesOnce: true,
    input: (t) => ({ name: t.name({ description: 'Name.', max: 100 }), ...audience(t) }),
    guard: (use, given) => findAudience(use, given),
    run: async (use, given) => ({ priceList: await addPriceList(use, given) }),
    success,
  });
  builder.useCase('updatePriceList', {
    description:
      'Changes for whom a price list is and when it counts. What is left out stays as it is; carts and orders of before keep theirs.',
    rule,
    input: (t) => ({ ...held(t), name: t.name({ description: 'Name.', max: 100, required: false }), ...audience(t) }),
    refusals: [versionConflict],
    guard: async (use, given) => {
      await holdPriceList(use, given);
      await findAudience(use, given);
      await expectVersion(use, given);
    },
    run: (use, given) => updatePriceList(use, given),
    success,
  });
  const ListPriceInput = builder.inputType('ListPriceInput', {
    description: 'A price of a variant from some quantity on.',
    fields: (t) => ({
      variantId: t.globalId(ProductVariant, { description: 'The variant.' }),
      fromQuantity: t.integer({
        description: 'From so many units on; from the first unless it is said.',
        min: 1,
        max: 1_000_000,
        required: false,
      }),
      price: t.money({
        description: 'What one unit costs then, in the variant’s currency; without one the step goes.',
        least: 1,
        most: MOST,
        required: false,
      }),
    }),
  });
  builder.useCase('setListPrices', {
    description: 'Sets prices of a list, or takes them away; others stay. All of them or none.',
    rule,
    input: (t) => ({ ...held(t), prices: t.listOf(ListPriceInput, { description: 'The prices.', least: 1, most: MOST_PRICES }) }),
    refusals: [versionConflict],
    guard: async (use, given) => {
      await holdPriceList(use, given);
      await findVariants(use, given.prices);
      await expectVersion(use, given);
    },
    run: (use, given) => setListPrices(use, given),
    success,
  });
}
