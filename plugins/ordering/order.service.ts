import { type FormKind, formsService, invalid, type UseCase, validationFailed } from '@guichet/sdk';
import { Order, OrderLine } from './order.entity.ts';
import { type AskedLine, type FrozenLine, faultsOf, freeze, type OfferedProduct, totalOf } from './order.rules.ts';
import { Product } from './product.entity.ts';
import { settingsOf } from './settings.ts';

export const ORDER = 'ORDER';

/**
 * Finds what the lines name, and holds it until the order is there: who changes or withdraws a product comes before or after.
 * @throws FORBIDDEN, WindowSuspended, NotFound
 */
export async function findProducts(
  use: UseCase,
  { lines, contactId }: { readonly lines: readonly AskedLine[]; readonly contactId?: string },
): Promise<ReadonlyMap<string, OfferedProduct>> {
  await use.service(formsService).enterWindow(use, contactId);
  const ids = lines.map(({ productId }) => productId);
  if (ids.length === 0) return new Map();
  await use.findAll('Product', ids, (line) => ['input', 'lines', String(line), 'productId']);
  await lockProducts(use, ids);
  const found = await use.em.find(Product, { id: ids });
  return new Map(found.map((product) => [product.id, product]));
}

/** Everybody locks products in the order of their ids, so that no two acts wait for each other. */
const lockProducts = (use: UseCase, ids: readonly string[]): Promise<unknown> =>
  use.on(Product).selectFrom('plg_ordering.products').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();

/** Hands an order in as a form, with its lines frozen and its stock taken; all of it or nothing. @throws ValidationFailed */
export async function placeOrder(
  use: UseCase,
  { lines, note, contactId }: { readonly lines: readonly AskedLine[]; readonly note?: string; readonly contactId?: string },
  products: ReadonlyMap<string, OfferedProduct>,
): Promise<{ formId: string }> {
  const issues = faultsOf(lines, products);
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  const frozen = freeze(lines, products);
  await takeStock(use, frozen);
  await ensureTemplate(use);
  const { formId } = await use
    .service(formsService)
    .submit(use, { kind: ORDER, contactId, attach: (form) => writeOrder(use, form.formId, frozen, note) });
  return { formId };
}

/** The template that an organization has until it publishes one of its own. */
export const ensureTemplate = (use: UseCase): Promise<void> =>
  use.service(formsService).ensureTemplate(use, { kind: ORDER, name: 'Order', withConfirmation: true, fields: [] });

async function writeOrder(use: UseCase, formId: string, lines: readonly FrozenLine[], note: string | undefined): Promise<void> {
  use.em.create(Order, { formId, note: note ?? null, totalMinor: totalOf(lines), currency: lines[0]!.currency });
  for (const [position, { productId, quantity, name, unit, unitPriceMinor, currency }] of lines.entries())
    use.em.create(OrderLine, { formId, position, product: productId, quantity, name, unit, unitPriceMinor, currency });
}

/**
 * The last unit goes to one order, however many come at once: whoever finds too little is refused by the update itself. Somebody may be about
 * to overwrite the stock that they have read, so it raises the version.
 */
async function takeStock(use: UseCase, lines: readonly FrozenLine[]): Promise<void> {
  const { allowBackorder } = await settingsOf(use);
  for (const [i, { productId, quantity, name }] of lines.entries()) {
    const { numUpdatedRows: taken } = await use
      .on(Product)
      .updateTable('plg_ordering.products')
      .set((of) => ({ stock: of('stock', '-', quantity), version: of('version', '+', 1) }))
      .where('id', '=', productId)
      .$if(!allowBackorder, (query) => query.where('stock', '>=', quantity))
      .executeTakeFirst();
    if (!taken)
      throw invalid(['input', 'lines', String(i), 'quantity'], 'OUT_OF_STOCK', {
        en: `There is not as much of ${name} left.`,
        'zh-CN': `${name} 库存不足。`,
      });
  }
}

async function giveStockBack(use: UseCase, formId: string): Promise<void> {
  const lines = await use.em.find(OrderLine, { formId });
  await lockProducts(
    use,
    lines.map(({ product }) => product.id),
  );
  for (const { product, quantity } of lines)
    await use
      .on(Product)
      .updateTable('plg_ordering.products')
      .set((of) => ({ stock: of('stock', '+', quantity), version: of('version', '+', 1) }))
      .where('id', '=', product.id)
      .execute();
}

async function noteReceipt(use: UseCase, formId: string): Promise<void> {
  use.em.getReference(Order, formId).receivedAt = use.now;
}

/** Orders as a kind of business form; the hooks run in the transaction of the core's step. */
export const orderKind: FormKind = {
  kind: ORDER,
  type: 'Order',
  numberPrefix: 'SO',
  hasOwnMutation: true,
  onRejected: (use, { formId }) => giveStockBack(use, formId),
  onEnded: async (use, { formId, wasApproved }) => {
    if (!wasApproved) await giveStockBack(use, formId); // what was approved is on its way
  },
  onCompleted: async (use, { formId }) => {
    if (use.seat.kind === 'CONTACT') await noteReceipt(use, formId); // without a confirmation nobody has said that it came
  },
};
