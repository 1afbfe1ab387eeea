import { contactAudience, formsService, invalid, Refusal, refs, type UseCase, validationFailed } from '@guichet/sdk';
import { consumeCart, putIntoCart } from './cart.service.ts';
import { Buyer } from './credit.entity.ts';
import { customerOf, looksOn } from './credit.service.ts';
import { offeredTo } from './offer.service.ts';
import { type AskedLine, totalOf } from './order.rules.ts';
import { type AskedOrder, ensureTemplate, type FoundOrder, freezeOrder, ORDER, submitOrder } from './order.service.ts';
import { OrderRequest } from './order-request.entity.ts';
import { approvalAsked, requestDecided } from './order-request.events.ts';
import { refuseUnknownSite } from './site.service.ts';
import { lockProducts } from './stock.service.ts';

const path = ['input', 'requestId'];

/** Asks those who approve in the company, for the contact or on its behalf. Nothing is kept from others, or owed, until they do. @throws what `placeOrder` throws; ValidationFailed where nobody could approve it */
export async function requestApproval(use: UseCase, asked: AskedOrder, found: FoundOrder): Promise<{ request: string }> {
  const contactId = asked.contactId ?? use.seat.id;
  const frozen = await freezeOrder(use, asked, found);
  await ensureTemplate(use);
  await use.service(formsService).refuseIncomplete(use, { kind: ORDER }); // what is asked for is placed without values
  const { companyId, name } = await customerOf(use, contactId);
  if (!companyId || !(await hasApprover(use, companyId, contactId))) throw nobody();
  await refuseUnknownSite(use, companyId, asked.delivery?.site);
  const lines = frozen.map(({ productId, variantId, name, unit, quantity, unitPriceMinor, totalMinor }) => ({
    ...{ productId, variantId, name, unit, quantity },
    ...{ unitPriceMinor, totalMinor },
  }));
  const { id: requestId } = use.em.create(OrderRequest, {
    ...{ contactId, companyId, buyerName: name, lines, totalMinor: totalOf(frozen), currency: frozen[0]!.currency },
    ...{ note: asked.note ?? null, recipient: asked.delivery?.recipient ?? null },
    ...{ recipientPhone: asked.delivery?.phone ?? null, address: asked.delivery?.address ?? null },
    ...{ site: asked.delivery?.site ?? null, requestedAt: use.now },
  });
  if (!asked.lines) await consumeCart(use);
  await use.announce(approvalAsked({ requestId, companyId }));
  return { request: requestId };
}
/** Whoever was named and belongs to the company still, other than who asks. */
async function hasApprover(use: UseCase, companyId: string, askerId: string): Promise<boolean> {
  const found = await use
    .on(Buyer, refs.Contact)
    .selectFrom('plg_ordering.buyers as named')
    .innerJoin('contacts as of', 'of.id', 'named.contact_id')
    .select('named.contact_id')
    .where('named.company_id', '=', companyId)
    .where('named.role', '=', 'APPROVER')
    .where('named.contact_id', '!=', askerId)
    .where('of.company_id', '=', companyId)
    .where('of.deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
const nobody = () =>
  invalid(['input'], 'NO_APPROVER', { en: 'Nobody else of your company can approve it.', 'zh-CN': '贵公司没有其他人可以审批。' });

type Request = InstanceType<typeof OrderRequest.class>;
const requestOf = (use: UseCase, id: string): Promise<Request> => use.em.findOneOrFail(OrderRequest, id);

/**
 * Places the order for whoever asked, at the prices that were seen. It is held.
 * @throws OrderingPriceChanged, OrderingCreditExceeded; ValidationFailed where it cannot be ordered any more, or who asked has left the company
 */
export async function approveRequest(use: UseCase, id: string): Promise<{ request: string; formId: string }> {
  const request = await requestOf(use, id);
  const { contactId, companyId } = request;
  if ((await use.service(contactAudience).factsOf(use, contactId)).companyId !== companyId) throw gone();
  if (await looksOn(use, contactId, companyId)) throw looking();
  const asked = { ...askedIn(request), contactId };
  const found = await offered(use, contactId, asked.lines);
  const formId = await atRequest(async () => submitOrder(use, asked, { frozen: await freezeOrder(use, asked, found), isApproved: true }));
  use.em.assign(request, { state: 'APPROVED', decidedAt: use.now, formId });
  await use.announce(requestDecided({ requestId: id, contactId, isApproved: true }));
  return { request: id, formId };
}
const gone = () =>
  invalid(path, 'BUYER_LEFT', { en: 'Who asked for it does not belong to your company any more.', 'zh-CN': '申请人已不属于贵公司。' });

const looking = () =>
  invalid(path, 'BUYER_LOOKS_ON', {
    en: 'Who asked for it does not order for your company any more.',
    'zh-CN': '申请人已无权为贵公司下单。',
  });

async function offered(use: UseCase, contactId: string, lines: readonly AskedLine[]): Promise<FoundOrder> {
  await lockProducts(
    use,
    lines.map(({ variantId }) => variantId!),
  );
  return { lines, products: await offeredTo(use, contactId, lines) };
}

const askedIn = ({ lines, currency, note, recipient, recipientPhone: phone, address, site }: Request) => ({
  lines: lines.map(
    ({ productId, variantId, quantity, unitPriceMinor: amount }): AskedLine => ({
      ...{ productId, variantId, quantity },
      unitPrice: { amount, currency },
    }),
  ),
  note: note ?? undefined,
  delivery: recipient && address ? { recipient, phone, address, site } : undefined,
});

/** What is wrong with a line of the request has no place in this input: all of it is the request's. */
async function atRequest<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const issues = error.facts.issues as readonly { readonly path: readonly string[] }[] | undefined;
    if (issues) throw validationFailed({ issues: issues.map((issue) => ({ ...issue, path })) as never }, path);
    throw new Refusal(error.type, error.facts, path);
  }
}

export async function refuseRequest(use: UseCase, id: string, reason: string): Promise<{ request: string }> {
  const request = await requestOf(use, id);
  use.em.assign(request, { state: 'REFUSED', decidedAt: use.now, reason });
  await use.announce(requestDecided({ requestId: id, contactId: request.contactId, isApproved: false }));
  return { request: id };
}

/** Its lines go into the cart, beside what is in it, at today's prices. It is held. @throws ValidationFailed where the cart would have too much */
export async function takeBackRequest(use: UseCase, id: string): Promise<{ request: string; cart: string }> {
  const request = await requestOf(use, id);
  await use.takeTurn(`ordering.cart.${use.seat.id}`);
  const cart = await putIntoCart(use, request.lines, 'requestId');
  use.em.assign(request, { state: 'TAKEN_BACK', decidedAt: request.decidedAt ?? use.now });
  return { request: id, ...cart };
}
