import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { comparing, truthOf } from './filter.ts';
import { page } from './page.ts';
import type { NaiveRow } from './rows.ts';
import { type Args, entity, idOf as id, type NaiveEntity, type NaiveField, type NaiveFields, refuse, type World } from './world.ts';

const ORDER = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'PARTICIPANT', 'EXTERNAL'];
const plugin = 'ordering';
const order = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ORDER, plugin, get });
const catalogue = (get: NaiveField<NaiveRow<'products'>>['get']): NaiveField<NaiveRow<'products'>> => ({
  roles: ['COLLEAGUE', 'EXTERNAL'],
  plugin,
  get,
});
const money = (amount: number, currency: string) => ({ amount, currency });
const perhaps = (amount: number | null, currency: string | null) => (amount === null ? null : { amount, currency });
const managed = (get: NaiveField<NaiveRow<'products'>>['get']): NaiveField<NaiveRow<'products'>> => ({ roles: ['ADMIN'], plugin, get });
const available = ({ stock }: NaiveRow<'products'>, { world }: { readonly world: World }): number =>
  world.toward.isEmployee ? Math.max(stock, 0) : Math.min(Math.max(stock, 0), 10);
const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
const carted = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['EXTERNAL'], plugin, get });
const variantById = (world: World, id: string | null) =>
  world.object(
    'ProductVariant',
    world.rows.products.find((one) => one.id === id),
  );
const detailOf = (world: World, formId: string) => world.rows.orders.find((one) => one.form_id === formId)!;

const shipping = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: [...ORDER, 'ORDERING_SHIPPER'], plugin, get });
const shippingOf = (world: World, formId: string) =>
  world.object(
    'OrderShipping',
    world.rows.orders.find((one) => one.form_id === formId),
  );

const CASHIER = 'ORDERING_CASHIER';
const paid = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: [...ORDER, CASHIER], plugin, get });
const returned = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: [...ORDER, CASHIER, 'ORDERING_SHIPPER'], plugin, get });
const returnsOf = (world: World, formId: string) =>
  byId(world.rows.returns.filter((one) => one.form_id === formId)).map((one) => world.object('OrderReturn', one));
const ANSWERABLE = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR'];
/** What can be done with an order where it stands, and by whom. */
const movesOf = (state: string, roles: ReadonlySet<string>) => {
  const isOnItsWay = state === 'PART_SHIPPED' || state === 'SHIPPED';
  const [answers, buys] = [ANSWERABLE.some((role) => roles.has(role)), roles.has('EXTERNAL')];
  const proposes = answers || roles.has('PARTICIPANT');
  return {
    pack: roles.has('ORDERING_SHIPPER') && (state === 'CONFIRMED' || state === 'PART_SHIPPED'),
    ship: roles.has('ORDERING_SHIPPER') && (state === 'CONFIRMED' || state === 'PART_SHIPPED'),
    confirmReceipt: buys && isOnItsWay,
    disputeReceipt: buys && isOnItsWay,
    settleDispute: answers && isOnItsWay,
    cancel: answers && ['IN_APPROVAL', 'EXPIRED', 'CHANGE_PROPOSED', 'NEEDS_CORRECTION', 'CONFIRMED'].includes(state),
    proposeChange: proposes && ['IN_APPROVAL', 'EXPIRED', 'NEEDS_CORRECTION', 'CONFIRMED'].includes(state),
    answerChange: buys && state === 'CHANGE_PROPOSED',
    withdrawChange: proposes && ['CHANGE_PROPOSED', 'NEEDS_CORRECTION'].includes(state),
  };
};

/** What the kind `Order` adds to a form. */
export const orderFields: NaiveFields<NaiveRow<'businessForms'>> = {
  note: order((row, { world }) => detailOf(world, row.id).note),
  total: order((row, { world }) => money(detailOf(world, row.id).total_minor, detailOf(world, row.id).currency)),
  tax: order((row, { world }) => money(detailOf(world, row.id).tax_minor, detailOf(world, row.id).currency)),
  receivedAt: order((row, { world }) => (row.customer_state === 'COMPLETED' ? detailOf(world, row.id).received_at : null)),
  isShort: {
    roles: [...ANSWERABLE, 'PARTICIPANT'],
    plugin,
    get: (row, { world }) => world.rows.reservations.some((kept) => kept.form_id === row.id && Number(kept.quantity) === 0),
  },
  shipping: order((row, { world }) => shippingOf(world, row.id)),
  account: order((row, { world }) => world.object('OrderAccount', detailOf(world, row.id))),
  changes: order((row, { world }) =>
    world.rows.orderChanges
      .filter((change) => change.form_id === row.id)
      .sort((a, b) => a.number - b.number)
      .map((change) => world.object('OrderChange', change)),
  ),
  lines: order((row, { world }) =>
    world.rows.orderLines
      .filter((line) => line.form_id === row.id)
      .sort((a, b) => a.position - b.position)
      .map((line) => world.object('OrderLine', line)),
  ),
};

/** `Query.cart`. */
export function ownCart(world: World): object | null {
  if (world.toward.isEmployee) throw refuse('FORBIDDEN');
  if (world.isOff(plugin)) throw refuse('PLUGIN_DISABLED');
  return world.object(
    'Cart',
    world.rows.carts.find(({ contact_id }) => contact_id === world.seat.id),
  );
}

/** `Query.products`. */
export function productList(world: World, args: Args): object {
  if (world.isOff(plugin)) throw refuse('PLUGIN_DISABLED');
  if (world.toward.window === 'SUSPENDED') throw refuse('WINDOW_SUSPENDED');
  const rows = world.rows.products.filter(
    (row) => row.withdrawn_at === null && row.variant_of_id === null && truthOf(args.where as Args, { name: comparing(row.name) }) === true,
  );
  return page(world, { type: 'Product', rows, key: id, orders: { NAME: ({ sort_name }) => sort_name } }, args);
}

export const orderingTypes: Readonly<Record<string, NaiveEntity>> = {
  Product: entity<'products'>({
    table: 'products',
    reachableFor: ['COLLEAGUE', 'EXTERNAL'],
    id,
    isPresent: ({ variant_of_id }) => variant_of_id === null,
    roles: (toward) => toward.product(),
    fields: {
      id: catalogue((row) => encodeGlobalId('Product', row.id)),
      name: catalogue(({ name }) => name),
      description: catalogue(({ description }) => description),
      version: catalogue(({ version }) => version),
      unit: catalogue(({ unit }) => unit),
      stock: { roles: ['ADMIN'], plugin, get: ({ stock }) => stock },
      price: catalogue((row) => money(row.price_minor!, row.currency)),
      availability: catalogue(available),
      variants: catalogue((row, { world }) =>
        byId(world.rows.products.filter((one) => (one.id === row.id || one.variant_of_id === row.id) && one.withdrawn_at === null)).map(
          (one) => world.object('ProductVariant', one),
        ),
      ),
      withdrawnAt: catalogue((row) => row.withdrawn_at),
    },
  }),
  ProductVariant: entity<'products'>({
    table: 'products',
    reachableFor: ['COLLEAGUE', 'EXTERNAL'],
    id,
    roles: (toward) => toward.product(),
    fields: {
      id: catalogue((row) => encodeGlobalId('ProductVariant', row.id)),
      version: catalogue(({ version }) => version),
      sku: catalogue(({ sku }) => sku),
      name: catalogue(({ name }) => name),
      unit: catalogue(({ unit }) => unit),
      packMultiple: catalogue(({ pack_multiple }) => pack_multiple),
      minimum: catalogue(({ minimum }) => minimum),
      taxRate: catalogue(({ tax_rate }) => tax_rate),
      prices: catalogue((row) => (row.price_minor === null ? [] : [{ fromQuantity: 1, price: money(row.price_minor, row.currency) }])),
      price: managed((row) => perhaps(row.price_minor, row.currency)),
      cost: managed((row) => perhaps(row.cost_minor, row.currency)),
      stock: managed(({ stock }) => stock),
      reserved: managed(({ reserved }) => reserved),
      lowStock: managed(({ low_stock }) => low_stock),
      availability: catalogue(available),
      withdrawnAt: catalogue((row) => row.withdrawn_at),
    },
  }),
  Cart: entity<'carts'>({
    table: 'carts',
    reachableFor: ['EXTERNAL'],
    id: ({ contact_id }) => contact_id,
    roles: (toward, row) => toward.cart(row),
    fields: {
      id: carted((row) => encodeGlobalId('Cart', row.contact_id)),
      version: carted(({ version }) => version),
      pricedAt: carted((row) => row.priced_at),
      total: carted((row) => perhaps(row.total_minor, row.currency)),
      tax: carted((row) => perhaps(row.tax_minor, row.currency)),
      lines: carted((row, { world }) =>
        byId(world.rows.cartLines.filter((line) => line.contact_id === row.contact_id)).map((line) => world.object('CartLine', line)),
      ),
    },
  }),
  CartLine: entity<'cartLines'>({
    table: 'cartLines',
    reachableFor: ['EXTERNAL'],
    id,
    roles: (toward, row) => toward.cart(row),
    fields: {
      id: carted((row) => encodeGlobalId('CartLine', row.id)),
      variant: carted((row, { world }) => variantById(world, row.variant_id)),
      quantity: carted(({ quantity }) => quantity),
      unitPrice: carted((row) => perhaps(row.unit_price_minor, row.currency)),
      total: carted((row) => perhaps(row.total_minor, row.currency)),
      fault: carted(({ fault }) => fault),
    },
  }),
  OrderShipping: entity<'orders'>({
    table: 'orders',
    reachableFor: [...ORDER, 'ORDERING_SHIPPER'],
    id: ({ form_id }) => form_id,
    isPresent: ({ ships }) => ships,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: shipping((row) => encodeGlobalId('OrderShipping', row.form_id)),
      number: shipping(({ number }) => number),
      state: shipping(({ state }) => state),
      recipient: shipping(({ recipient }) => recipient),
      recipientPhone: shipping((row) => row.recipient_phone),
      address: shipping(({ address }) => address),
      site: shipping(({ site }) => site),
      cancelReason: shipping((row) => row.cancel_reason),
      lines: shipping((row, { world }) =>
        world.rows.orderLines
          .filter((line) => line.form_id === row.form_id)
          .sort((a, b) => a.position - b.position)
          .map((line) => world.object('ShippingLine', line)),
      ),
      shipments: shipping((row, { world }) =>
        byId(world.rows.shipments.filter((one) => one.form_id === row.form_id && one.state !== 'UNPACKED')).map((one) =>
          world.object('Shipment', one),
        ),
      ),
      returns: shipping((row, { world }) => returnsOf(world, row.form_id)),
      disputes: shipping((row, { world }) =>
        byId(world.rows.disputes.filter((one) => one.form_id === row.form_id)).map((one) => world.object('OrderDispute', one)),
      ),
      viewerCan: shipping(({ state }, { roles }) => movesOf(state, roles)),
    },
  }),
  ShippingLine: entity<'orderLines'>({
    table: 'orderLines',
    reachableFor: [...ORDER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: shipping((row) => encodeGlobalId('ShippingLine', row.id)),
      name: shipping(({ name }) => name),
      sku: shipping(({ sku }) => sku),
      unit: shipping(({ unit }) => unit),
      quantity: shipping(({ quantity }) => quantity),
      shipped: shipping(({ shipped }) => shipped),
      received: shipping(({ received }) => received),
    },
  }),
  Shipment: entity<'shipments'>({
    table: 'shipments',
    reachableFor: [...ORDER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: shipping((row) => encodeGlobalId('Shipment', row.id)),
      carrier: shipping(({ carrier }) => carrier),
      tracking: shipping(({ tracking }) => tracking),
      state: shipping(({ state }) => state),
      packedAt: shipping((row) => row.packed_at),
      shippedAt: shipping((row) => row.shipped_at),
      deliveredAt: shipping((row) => row.delivered_at),
      receivedAt: shipping((row) => row.received_at),
      receivedItself: shipping((row) => row.received_itself),
      lines: shipping((row, { world }) =>
        byId(world.rows.shipmentLines.filter((line) => line.shipment_id === row.id)).map((line) => world.object('ShipmentLine', line)),
      ),
      viewerCan: shipping(({ state }, { roles }) => {
        const ships = roles.has('ORDERING_SHIPPER');
        return { send: ships && state === 'PACKED', unpack: ships && state === 'PACKED', deliver: ships && state === 'SHIPPED' };
      }),
    },
  }),
  ShipmentLine: entity<'shipmentLines'>({
    table: 'shipmentLines',
    reachableFor: [...ORDER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: shipping((row) => encodeGlobalId('ShipmentLine', row.id)),
      line: shipping((row, { world }) =>
        world.object(
          'ShippingLine',
          world.rows.orderLines.find((one) => one.id === row.order_line_id),
        ),
      ),
      quantity: shipping(({ quantity }) => quantity),
      received: shipping(({ received }) => received),
      disputed: shipping(({ disputed }) => disputed),
      reason: shipping(({ reason }) => reason),
    },
  }),
  OrderDispute: entity<'disputes'>({
    table: 'disputes',
    reachableFor: [...ORDER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: shipping((row) => encodeGlobalId('OrderDispute', row.id)),
      state: shipping(({ state }) => state),
      reason: shipping(({ reason }) => reason),
      raisedAt: shipping((row) => row.raised_at),
      raisedBy: order((row) => row.raised_by),
      settledAt: shipping((row) => row.settled_at),
      lines: shipping(({ lines }) => lines),
      photos: shipping((row, { world }) =>
        byId(world.rows.disputePhotos.filter((one) => one.dispute_id === row.id)).map((one) => world.object('OrderDisputePhoto', one)),
      ),
      order: shipping((row, { world }) => shippingOf(world, row.form_id)),
    },
  }),
  OrderDisputePhoto: entity<'disputePhotos'>({
    table: 'disputePhotos',
    reachableFor: [...ORDER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: { id: shipping((row) => encodeGlobalId('OrderDisputePhoto', row.id)), file: shipping(() => null) },
  }),
  OrderReturn: entity<'returns'>({
    table: 'returns',
    reachableFor: [...ORDER, CASHIER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: returned((row) => encodeGlobalId('OrderReturn', row.id)),
      state: returned(({ state }) => state),
      reason: returned(({ reason }) => reason),
      requestedAt: returned((row) => row.requested_at),
      comment: returned(({ comment }) => comment),
      carrier: returned(({ carrier }) => carrier),
      tracking: returned(({ tracking }) => tracking),
      arrivedAt: returned((row) => row.arrived_at),
      creditedAt: returned((row) => row.credited_at),
      credited: paid((row) => perhaps(row.credited_minor, row.currency)),
      lines: returned((row, { world }) =>
        byId(world.rows.returnLines.filter((line) => line.return_id === row.id)).map((line) => world.object('OrderReturnLine', line)),
      ),
      viewerCan: returned(({ state }, { roles }) => {
        const answers = ANSWERABLE.some((role) => roles.has(role));
        return {
          approve: answers && state === 'REQUESTED',
          refuse: answers && (state === 'REQUESTED' || state === 'ARRIVED'),
          send: roles.has('EXTERNAL') && state === 'APPROVED',
          receive: roles.has('ORDERING_SHIPPER') && (state === 'APPROVED' || state === 'SENT'),
          credit: roles.has(CASHIER) && state === 'ARRIVED',
        };
      }),
    },
  }),
  OrderReturnLine: entity<'returnLines'>({
    table: 'returnLines',
    reachableFor: [...ORDER, CASHIER, 'ORDERING_SHIPPER'],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: returned((row) => encodeGlobalId('OrderReturnLine', row.id)),
      name: returned(({ name }) => name),
      quantity: returned(({ quantity }) => quantity),
    },
  }),
  OrderAccount: entity<'orders'>({
    table: 'orders',
    reachableFor: [...ORDER, CASHIER],
    id: ({ form_id }) => form_id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: paid((row) => encodeGlobalId('OrderAccount', row.form_id)),
      number: paid(({ number }) => number),
      state: paid((row) => row.payment_state),
      total: paid((row) => money(row.total_minor, row.currency)),
      credited: paid((row) => money(row.credited_minor, row.currency)),
      paid: paid((row) => money(row.paid_minor, row.currency)),
      payments: paid((row, { world }) =>
        byId(world.rows.payments.filter((one) => one.form_id === row.form_id)).map((one) => world.object('OrderPayment', one)),
      ),
      returns: paid((row, { world }) => returnsOf(world, row.form_id)),
    },
  }),
  OrderPayment: entity<'payments'>({
    table: 'payments',
    reachableFor: [...ORDER, CASHIER],
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: paid((row) => encodeGlobalId('OrderPayment', row.id)),
      kind: paid(({ kind }) => kind),
      amount: paid((row) => money(row.amount_minor, row.currency)),
      reference: paid(({ reference }) => reference),
      recordedAt: paid((row) => row.recorded_at),
    },
  }),
  OrderChange: entity<'orderChanges'>({
    table: 'orderChanges',
    reachableFor: ORDER,
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: order((row) => encodeGlobalId('OrderChange', row.id)),
      number: order(({ number }) => number),
      state: order(({ state }) => state),
      reason: order(({ reason }) => reason),
      validUntil: order((row) => row.valid_until),
      answeredAt: order((row) => row.answered_at),
      answer: order(({ answer }) => answer),
      total: order((row) => money(row.total_minor, row.currency)),
      tax: order((row) => money(row.tax_minor, row.currency)),
      lines: order((row, { world }) =>
        world.rows.orderChangeLines
          .filter((line) => line.change_id === row.id)
          .sort((a, b) => a.position - b.position)
          .map((line) => world.object('OrderChangeLine', line)),
      ),
    },
  }),
  OrderChangeLine: entity<'orderChangeLines'>({
    table: 'orderChangeLines',
    reachableFor: ORDER,
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: order((row) => encodeGlobalId('OrderChangeLine', row.id)),
      name: order(({ name }) => name),
      unit: order(({ unit }) => unit),
      fromQuantity: order((row) => row.from_quantity),
      fromUnitPrice: order((row) => money(row.from_unit_price_minor, row.currency)),
      quantity: order(({ quantity }) => quantity),
      unitPrice: order((row) => money(row.unit_price_minor, row.currency)),
      total: order((row) => money(row.total_minor, row.currency)),
    },
  }),
  OrderLine: entity<'orderLines'>({
    table: 'orderLines',
    reachableFor: ORDER,
    id,
    roles: (toward, row) => toward.orderLine(row),
    fields: {
      id: order((row) => encodeGlobalId('OrderLine', row.id)),
      product: order((row, { world }) =>
        world.object(
          'Product',
          world.rows.products.find((one) => one.id === row.product_id),
        ),
      ),
      name: order(({ name }) => name),
      unit: order(({ unit }) => unit),
      unitPrice: order((row) => money(row.unit_price_minor, row.currency)),
      quantity: order(({ quantity }) => quantity),
      variant: order((row, { world }) => variantById(world, row.variant_id)),
      sku: order(({ sku }) => sku),
      taxRate: order(({ tax_rate }) => tax_rate),
      tax: order((row) => money(row.tax_minor, row.currency)),
      total: order((row) => perhaps(row.total_minor, row.currency)),
      priceListVersion: order((row) => row.price_list_version),
    },
  }),
};
