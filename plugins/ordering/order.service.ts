import { type FormKind, formsService, invalid, type Outcome, type UseCase, validationFailed } from '@guichet/sdk';
import { orderTables } from './order.entity.ts';
import { type AskedLine, type FrozenLine, faultsOf, freeze, type OfferedProduct, totalOf } from './order.rules.ts';
import { productTables } from './product.entity.ts';
import { settingsOf } from './settings.ts';

export const ORDER = 'ORDER';

/** Finds what the lines name. @throws FORBIDDEN, WindowSuspended, NotFound */
export async function findProducts(
  use: UseCase,
  { lines }: { readonly lines: readonly AskedLine[] },
): Promise<ReadonlyMap<string, OfferedProduct>> {
  await use.service(formsService).enterWindow(use);
  const ids = lines.map(({ productId }) => productId);
  if (ids.length === 0) return new Map();
  await use.findAll('Product', ids, (line) => ['input', 'lines', String(line), 'productId']);
  const found = await use
    .on(productTables)
    .selectFrom('plg_ordering.products')
    .select(['id', 'name', 'unit', 'price_minor', 'currency', 'withdrawn_at'])
    .where('id', 'in', ids)
    .execute();
  return new Map(found.map((product) => [product.id, product]));
}

/** Hands an order in as a form, with its lines frozen and its stock taken; all of it or nothing. @throws ValidationFailed */
export async function placeOrder(
  use: UseCase,
  { lines, note }: { readonly lines: readonly AskedLine[]; readonly note?: string },
  products: ReadonlyMap<string, OfferedProduct>,
): Promise<Outcome> {
  const issues = faultsOf(lines, products);
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  const frozen = freeze(lines, products);
  await takeStock(use, frozen);
  await ensureTemplate(use);
  const { formId } = await use
    .service(formsService)
    .submit(use, { kind: ORDER, values: {}, attach: (form) => writeOrder(use, form.formId, frozen, note) });
  return { formId };
}

/** The template that an organization has until it publishes one of its own. */
export const ensureTemplate = (use: UseCase): Promise<void> =>
  use.service(formsService).ensureTemplate(use, { kind: ORDER, name: 'Order', withConfirmation: true, fields: [] });

async function writeOrder(use: UseCase, formId: string, lines: readonly FrozenLine[], note: string | undefined): Promise<void> {
  const own = { organization_id: use.organizationId, form_id: formId };
  const db = use.on(orderTables);
  await db
    .insertInto('plg_ordering.orders')
    .values({ ...own, note: note ?? null, total_minor: totalOf(lines), currency: lines[0]!.currency })
    .execute();
  const rows = lines.map(({ productId, quantity, name, unit, unitPriceMinor, currency }, position) => {
    return { ...own, id: use.newId(), position, product_id: productId, quantity, name, unit, unit_price_minor: unitPriceMinor, currency };
  });
  await db.insertInto('plg_ordering.order_lines').values(rows).execute();
}

/** The last unit goes to one order, however many come at once: whoever finds too little is refused by the update itself. */
async function takeStock(use: UseCase, lines: readonly FrozenLine[]): Promise<void> {
  const { allowBackorder } = await settingsOf(use);
  const inOneOrder = [...lines.entries()].sort(([, a], [, b]) => (a.productId < b.productId ? -1 : 1)); // everybody locks alike
  for (const [i, { productId, quantity, name }] of inOneOrder) {
    const { numUpdatedRows } = await use
      .on(productTables)
      .updateTable('plg_ordering.products')
      .set((of) => ({ stock: of('stock', '-', quantity) }))
      .where('id', '=', productId)
      .$if(!allowBackorder, (query) => query.where('stock', '>=', quantity))
      .executeTakeFirst();
    if (!numUpdatedRows) throw invalid(['input', 'lines', String(i), 'quantity'], 'OUT_OF_STOCK', `There is not as much of ${name} left.`);
  }
}

async function giveStockBack(use: UseCase, formId: string): Promise<void> {
  const lines = await use
    .on(orderTables)
    .selectFrom('plg_ordering.order_lines')
    .select(['product_id', 'quantity'])
    .where('form_id', '=', formId)
    .orderBy('product_id')
    .execute();
  for (const { product_id, quantity } of lines) {
    await use
      .on(productTables)
      .updateTable('plg_ordering.products')
      .set((of) => ({ stock: of('stock', '+', quantity) }))
      .where('id', '=', product_id)
      .execute();
  }
}

const noteReceipt = (use: UseCase, formId: string): Promise<unknown> =>
  use.on(orderTables).updateTable('plg_ordering.orders').set({ received_at: use.now }).where('form_id', '=', formId).execute();

/** Orders as a kind of business form; the hooks run in the transaction of the core's step. */
export const orderKind: FormKind = {
  kind: ORDER,
  type: 'Order',
  numberPrefix: 'SO',
  hasOwnMutation: true,
  onRejected: (use, { formId }) => giveStockBack(use, formId),
  onCompleted: async (use, { formId }) => {
    await noteReceipt(use, formId);
  },
};
