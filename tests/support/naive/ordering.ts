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
const detailOf = (world: World, formId: string) => world.rows.orders.find((one) => one.form_id === formId)!;

/** What the kind `Order` adds to a form. */
export const orderFields: NaiveFields<NaiveRow<'businessForms'>> = {
  note: order((row, { world }) => detailOf(world, row.id).note),
  total: order((row, { world }) => money(detailOf(world, row.id).total_minor, detailOf(world, row.id).currency)),
  receivedAt: order((row, { world }) => (row.customer_state === 'COMPLETED' ? detailOf(world, row.id).received_at : null)),
  lines: order((row, { world }) =>
    world.rows.orderLines
      .filter((line) => line.form_id === row.id)
      .sort((a, b) => a.position - b.position)
      .map((line) => world.object('OrderLine', line)),
  ),
};

/** `Query.products`. */
export function productList(world: World, args: Args): object {
  if (world.isOff(plugin)) throw refuse('PLUGIN_DISABLED');
  if (world.toward.window === 'SUSPENDED') throw refuse('WINDOW_SUSPENDED');
  const rows = world.rows.products.filter(
    (row) => row.withdrawn_at === null && truthOf(args.where as Args, { name: comparing(row.name) }) === true,
  );
  return page(world, { type: 'Product', rows, key: id, orders: { NAME: ({ sort_name }) => sort_name } }, args);
}

export const orderingTypes: Readonly<Record<string, NaiveEntity>> = {
  Product: entity<'products'>({
    table: 'products',
    reachableFor: ['COLLEAGUE', 'EXTERNAL'],
    id,
    roles: (toward) => toward.product(),
    fields: {
      id: catalogue((row) => encodeGlobalId('Product', row.id)),
      name: catalogue(({ name }) => name),
      description: catalogue(({ description }) => description),
      version: catalogue(({ version }) => version),
      unit: catalogue(({ unit }) => unit),
      stock: { roles: ['ADMIN'], plugin, get: ({ stock }) => stock },
      price: catalogue((row) => money(row.price_minor, row.currency)),
      availability: catalogue(({ stock }, { world }) => (world.toward.isEmployee ? Math.max(stock, 0) : Math.min(Math.max(stock, 0), 10))),
      withdrawnAt: catalogue((row) => row.withdrawn_at),
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
    },
  }),
};
