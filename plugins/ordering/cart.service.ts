import { formsService, invalid, notFound, type UseCase, versionConflict } from '@guichet/sdk';
import { Cart, CartLine } from './cart.entity.ts';
import { readingOf } from './catalogue-reading.ts';
import { Buyer } from './credit.entity.ts';
import { Dispute } from './dispute.entity.ts';
import { offers } from './offer.service.ts';
import { Order, OrderLine } from './order.entity.ts';
import { type AskedLine, faultOf, freeze, MOST_LINES, MOST_UNITS, type OfferedProduct } from './order.rules.ts';
import { OrderRequest } from './order-request.entity.ts';
import { Product } from './product.entity.ts';
import { settingsOf } from './settings.ts';
import { isToldShort } from './stock-source.ts';

const linesIn = (use: UseCase) => use.em.find(CartLine, { contactId: use.seat.id }, { orderBy: { id: 'asc' } });

/** Whoever changes a contact's cart waits for whoever does already, in another window of the same customer. */
export async function holdCart(use: UseCase): Promise<void> {
  await use.service(formsService).enterWindow(use);
  await use.takeTurn(`ordering.cart.${use.seat.id}`);
}

/** @param quantity of all that is to be of the variant; 0 takes the line away. @param by more of it instead */
export async function setLine(
  use: UseCase,
  { variantId, quantity, by }: { readonly variantId: string; readonly quantity?: number; readonly by?: number },
): Promise<{ cart: string }> {
  const contactId = use.seat.id;
  const line = await use.em.findOne(CartLine, { contactId, variantId });
  const wanted = quantity ?? (line?.quantity ?? 0) + by!;
  if (wanted > MOST_UNITS) throw tooMuch('quantity');
  if (!line && wanted && (await use.em.count(CartLine, { contactId })) === MOST_LINES) throw tooMuch('variantId');
  if (!line && wanted) use.em.create(CartLine, { contactId, variantId, quantity: wanted });
  if (line && wanted) line.quantity = wanted;
  if (line && !wanted) use.em.remove(line);
  return priceCart(use);
}
const tooMuch = (field: string) =>
  invalid(['input', field], 'OUT_OF_RANGE', {
    en: `A cart has at most ${MOST_LINES} lines, of ${MOST_UNITS} units each.`,
    'zh-CN': `购物车最多 ${MOST_LINES} 行，每行最多 ${MOST_UNITS} 件。`,
  });

/** Writes down what each line costs now: what the customer has seen when the order comes. */
export async function priceCart(use: UseCase): Promise<{ cart: string }> {
  const contactId = use.seat.id;
  const lines = await linesIn(use);
  const { pricesIncludeTax, allowBackorder } = await settingsOf(use);
  const products = await offers(
    readingOf(use),
    contactId,
    lines.map(({ variantId }) => variantId),
  );
  const asked = lines.map(({ variantId, quantity }): AskedLine => ({ productId: variantId, quantity }));
  const priced = asked.map((line) => {
    const { stock } = products.get(line.productId)!;
    const fault =
      faultOf(line, products, asked[0]!)?.code ?? (isToldShort(stock, line.quantity) && !allowBackorder ? ('OUT_OF_STOCK' as const) : null);
    return { fault, frozen: priceOf(line, products, pricesIncludeTax, fault) };
  });
  for (const [i, { fault, frozen }] of priced.entries()) {
    const { unitPriceMinor = null, totalMinor = null, currency = null } = frozen ?? {};
    use.em.assign(lines[i]!, { fault, unitPriceMinor, totalMinor, currency });
  }
  const whole = priced.every(({ fault }) => fault === null) ? priced.flatMap(({ frozen }) => frozen ?? []) : [];
  const sums = whole.length
    ? { totalMinor: sum(whole, 'totalMinor'), taxMinor: sum(whole, 'taxMinor'), currency: whole[0]!.currency }
    : { totalMinor: null, taxMinor: null, currency: null };
  const cart = await use.em.findOne(Cart, contactId);
  if (cart) use.em.assign(cart, { ...sums, version: cart.version + 1, pricedAt: use.now });
  else use.em.create(Cart, { contactId, ...sums, pricedAt: use.now });
  return { cart: contactId };
}
const sum = <Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): number =>
  rows.reduce((all, row) => all + row[name], 0);

const priceOf = (line: AskedLine, products: ReadonlyMap<string, OfferedProduct>, isTaxIncluded: boolean, fault: string | null) =>
  fault === null || fault === 'OUT_OF_STOCK' ? freeze([line], products, isTaxIncluded)[0] : undefined;

/** Adds what an order has; prices say what of it cannot be had any more. @throws NotFound for a form that is none, ValidationFailed where the cart would have too much */
export async function reorder(use: UseCase, formId: string): Promise<{ cart: string }> {
  if (!(await use.em.findOne(Order, formId))) throw notFound({}, ['input', 'orderId']);
  const lines = await use.em.find(OrderLine, { formId }, { orderBy: { position: 'asc' } });
  return putIntoCart(
    use,
    lines.map(({ variantId, product, quantity }) => ({ variantId: variantId ?? product.id, quantity })),
    'orderId',
  );
}

interface WantedLine {
  readonly variantId: string;
  readonly quantity: number;
}
/** Puts lines into the seat's own cart, which is held, beside what is in it. @param field to blame where that is too much. @throws ValidationFailed */
export async function putIntoCart(use: UseCase, more: readonly WantedLine[], field: string): Promise<{ cart: string }> {
  const contactId = use.seat.id;
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of more) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  const lines = new Map((await linesIn(use)).map((line) => [line.variantId, line]));
  if (new Set([...lines.keys(), ...wanted.keys()]).size > MOST_LINES) throw tooMuch(field);
  for (const [variantId, units] of wanted) {
    const line = lines.get(variantId);
    const quantity = (line?.quantity ?? 0) + units;
    if (quantity > MOST_UNITS) throw tooMuch(field);
    if (line) line.quantity = quantity;
    else use.em.create(CartLine, { contactId, variantId, quantity });
  }
  return priceCart(use);
}

/** What an order of the cart orders, at the prices that were seen. @throws VersionConflict where another window has changed it */
export async function linesOfCart(use: UseCase, version: number): Promise<AskedLine[]> {
  if (use.seat.kind !== 'CONTACT') return [];
  await use.takeTurn(`ordering.cart.${use.seat.id}`);
  const cart = await use.em.findOne(Cart, use.seat.id);
  if (!cart) return [];
  if (cart.version !== version) throw versionConflict({ current: { type: 'Cart', uuid: use.seat.id } }, ['input', 'cartVersion']);
  const lines = await linesIn(use);
  const variants = new Map((await use.em.find(Product, { id: lines.map(({ variantId }) => variantId) })).map((one) => [one.id, one]));
  return lines.map(({ variantId, quantity, unitPriceMinor, currency }) => ({
    productId: variants.get(variantId)!.variantOfId ?? variantId,
    variantId,
    quantity,
    ...(unitPriceMinor == null ? {} : { unitPrice: { amount: unitPriceMinor, currency: currency! } }),
  }));
}

/** The order has what was in it: a second window that sends the same finds another version. */
export async function consumeCart(use: UseCase): Promise<void> {
  const cart = await use.em.findOneOrFail(Cart, use.seat.id);
  for (const line of await linesIn(use)) use.em.remove(line);
  use.em.assign(cart, { version: cart.version + 1, totalMinor: null, taxMinor: null, currency: null });
}

/** Nothing is left of what a person had chosen, or said of themselves, who is purged. */
export async function forgetCustomer(use: UseCase, contactId: string): Promise<void> {
  await use.on(CartLine).deleteFrom('plg_ordering.cart_lines').where('contact_id', '=', contactId).execute();
  await use.on(Cart).deleteFrom('plg_ordering.carts').where('contact_id', '=', contactId).execute();
  await use.on(OrderRequest).deleteFrom('plg_ordering.order_requests').where('contact_id', '=', contactId).execute();
  await use.on(Buyer).deleteFrom('plg_ordering.buyers').where('contact_id', '=', contactId).execute();
  await use.on(Dispute).updateTable('plg_ordering.disputes').set({ raised_by: null }).where('contact_id', '=', contactId).execute();
  const nowhere = { recipient: null, recipient_phone: null, address: null };
  await use.on(Order).updateTable('plg_ordering.orders').set(nowhere).where('contact_id', '=', contactId).execute();
}
