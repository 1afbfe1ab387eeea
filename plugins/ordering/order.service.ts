import { type FormKind, formsService, type GivenValue, type Issue, type SubmittedForm, type UseCase, validationFailed } from '@guichet/sdk';
import { consumeCart, linesOfCart } from './cart.service.ts';
import { chargeNew, customerOf } from './credit.service.ts';
import { refuseThinMargin } from './margin.service.ts';
import { findNamed, offeredTo } from './offer.service.ts';
import { Order, OrderLine } from './order.entity.ts';
import { moveByItself } from './order.moves.ts';
import { orderingPriceChanged } from './order.refusals.ts';
import {
  type AskedLine,
  changedLines,
  type FrozenLine,
  faultsOf,
  freeze,
  type OfferedProduct,
  taxOf,
  totalOf,
  variantOf,
} from './order.rules.ts';
import { refuseProposed } from './order-change-answer.service.ts';
import { completeOrder, endOrder, rejectOrder, reopenOrder } from './order-ending.service.ts';
import { emitOrder } from './order-live.service.ts';
import { settingsOf } from './settings.ts';
import { refuseUnknownSite } from './site.service.ts';
import { type Kept, keepForGood, lockProducts, reserve, takeStock } from './stock.service.ts';

export const ORDER = 'ORDER';

/** What is ordered: lines, or what the cart holds in some version. */
export interface AskedOrder {
  readonly lines?: readonly AskedLine[];
  readonly cartVersion?: number;
  readonly contactId?: string;
  readonly note?: string;
  readonly delivery?: Delivery;
  /** Of the template's own fields. */
  readonly values?: readonly GivenValue[];
}
/** Where the goods go. */
export interface Delivery {
  readonly recipient: string;
  readonly phone?: string | null;
  readonly address: string;
  readonly site?: string | null;
}
/** What the guard has found: the lines, and what they order with its prices. */
export interface FoundOrder {
  readonly lines: readonly AskedLine[];
  readonly products: ReadonlyMap<string, OfferedProduct>;
}

/**
 * Finds what the lines name, and holds it until the order is there: who changes or withdraws a product comes before or after.
 * @throws FORBIDDEN, WindowSuspended, NotFound, VersionConflict where the cart is not the one that was seen
 */
export async function findProducts(use: UseCase, { lines: given, cartVersion, contactId }: AskedOrder): Promise<FoundOrder> {
  await use.service(formsService).enterWindow(use, contactId);
  const lines = given ?? (cartVersion === undefined ? [] : await linesOfCart(use, cartVersion));
  if (lines.length === 0) return { lines, products: new Map() };
  await findNamed(use, lines);
  await lockProducts(use, lines.map(variantOf));
  return { lines, products: await offeredTo(use, contactId ?? ownId(use), lines) };
}
const ownId = ({ seat }: UseCase): string | undefined => (seat.kind === 'CONTACT' ? seat.id : undefined);

/** Hands an order in as a form, with its lines frozen and its stock taken; all of it or nothing. @throws ValidationFailed, OrderingPriceChanged, OrderingCreditExceeded, OrderingApprovalNeeded */
export async function placeOrder(use: UseCase, asked: AskedOrder, found: FoundOrder): Promise<{ formId: string }> {
  return { formId: await submitOrder(use, asked, { frozen: await freezeOrder(use, asked, found), isApproved: false }) };
}

/** Lines with name, unit and price as they are now. @throws ValidationFailed, OrderingPriceChanged where the customer has seen other prices */
export async function freezeOrder(use: UseCase, asked: AskedOrder, { lines, products }: FoundOrder): Promise<FrozenLine[]> {
  const issues = [...faultsOfAsking(asked, lines), ...faultsOf(lines, products)];
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  const { pricesIncludeTax } = await settingsOf(use);
  const frozen = freeze(lines, products, pricesIncludeTax);
  refuseChanged(lines, frozen);
  return frozen;
}

export interface Placing {
  readonly frozen: readonly FrozenLine[];
  /** Somebody of the company has approved it. */
  readonly isApproved: boolean;
}
/** Takes the stock and the credit, and hands the form in. @returns its id */
export async function submitOrder(use: UseCase, asked: AskedOrder, { frozen, isApproved }: Placing): Promise<string> {
  const { note, contactId, delivery, values } = asked;
  const customer = await customerOf(use, contactId ?? use.seat.id);
  await refuseUnknownSite(use, customer.companyId, delivery?.site);
  const kept = await takeStock(use, frozen, { mayWait: use.seat.kind === 'CONTACT' });
  const path = ['input', asked.cartVersion === undefined ? 'lines' : 'cartVersion'];
  await chargeNew(use, customer, { amountMinor: totalOf(frozen), currency: frozen[0]!.currency, isApproved, path });
  if (!asked.lines) await consumeCart(use);
  await ensureTemplate(use);
  const attach = (form: SubmittedForm) => writeOrder(use, form, { lines: frozen, kept }, { note, delivery, companyId: customer.companyId });
  const { formId } = await use.service(formsService).submit(use, { kind: ORDER, contactId, values, attach });
  return formId;
}

/** Lines, or a cart: one of the two. */
function faultsOfAsking({ lines: given, cartVersion }: AskedOrder, lines: readonly AskedLine[]): Issue[] {
  const path = ['input', cartVersion === undefined ? 'lines' : 'cartVersion'];
  if ((given === undefined) === (cartVersion === undefined))
    return [
      { path, code: 'ONE_OF_THEM', message: { en: 'Say what to order: lines, or a cart.', 'zh-CN': '请提供订单明细或购物车，二选一。' } },
    ];
  return lines.length ? [] : [{ path, code: 'TOO_FEW', message: { en: 'There is nothing to order.', 'zh-CN': '没有可下单的商品。' } }];
}

function refuseChanged(lines: readonly AskedLine[], frozen: readonly FrozenLine[]): void {
  const changed = changedLines(lines, frozen);
  if (changed.length) throw orderingPriceChanged({ lines: changed }, ['input', 'lines']);
}

/** The template that an organization has until it publishes one of its own. */
export const ensureTemplate = (use: UseCase): Promise<void> =>
  use.service(formsService).ensureTemplate(use, { kind: ORDER, name: 'Order', withConfirmation: true, fields: [] });

async function writeOrder(
  use: UseCase,
  { formId, number, contactId }: SubmittedForm,
  { lines, kept }: { readonly lines: readonly FrozenLine[]; readonly kept: readonly Kept[] },
  { note, delivery, companyId }: Pick<AskedOrder, 'note' | 'delivery'> & { readonly companyId: string | null },
): Promise<void> {
  const { currency } = lines[0]!;
  const { shipping: ships } = await settingsOf(use);
  const sums = { totalMinor: totalOf(lines), taxMinor: taxOf(lines), currency };
  const to = {
    ...{ recipient: delivery?.recipient ?? null, recipientPhone: delivery?.phone ?? null },
    ...{ address: delivery?.address ?? null, site: delivery?.site ?? null },
  };
  const owed = { companyId, chargedMinor: companyId ? sums.totalMinor : 0 };
  use.em.create(Order, { formId, number, contactId, note: note ?? null, ...sums, ...to, ...owed, reserves: true, ships });
  for (const [position, { productId, list, ...line }] of lines.entries()) {
    const ofList = { priceListId: list?.id ?? null, priceListVersion: list?.version ?? null };
    use.em.create(OrderLine, { formId, position, product: productId, ...line, ...ofList });
  }
  await reserve(use, formId, kept);
  if (ships) emitOrder(use, 'IN_APPROVAL', { formId, contactId, companyId, site: to.site });
}

/** Orders as a kind of business form; the hooks run in the transaction of the core's step. */
export const orderKind: FormKind = {
  kind: ORDER,
  type: 'Order',
  numberPrefix: 'SO',
  hasOwnMutation: true,
  takesValues: true,
  onApproved: async (use, { formId }) => {
    await refuseProposed(use, formId);
    await refuseThinMargin(use, formId);
    await keepForGood(use, formId);
    await moveByItself(use, formId, 'approve');
  },
  onReopened: (use, { formId }) => reopenOrder(use, formId),
  onRejected: (use, { formId }) => rejectOrder(use, formId),
  onEnded: (use, { formId, wasApproved }) => endOrder(use, formId, wasApproved),
  onCompleted: (use, { formId }) => completeOrder(use, formId),
};
