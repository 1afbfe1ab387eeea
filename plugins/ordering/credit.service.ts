import { contactAudience, forbidden, invalid, type UseCase } from '@guichet/sdk';
import { Buyer, CreditAccount } from './credit.entity.ts';
import { owedOf } from './credit.rules.ts';
import { Order } from './order.entity.ts';
import { orderingApprovalNeeded, orderingCreditExceeded } from './order.refusals.ts';
import { ordering } from './permissions.ts';

type OrderRow = InstanceType<typeof Order.class>;
interface Charge {
  readonly companyId: string;
  readonly currency: string;
  readonly amountMinor: number;
}

/**
 * Adds to what a company owes, more than nothing. Two orders that come at once for the last of its credit take turns in the statement itself, so one of them is
 * refused; where no limit is set none is but what no account can say.
 * @throws OrderingCreditExceeded, ValidationFailed
 */
async function charge(use: UseCase, { companyId, currency, amountMinor }: Charge, path: readonly string[]) {
  const charged = await use
    .on(CreditAccount)
    .insertInto('plg_ordering.credit_accounts')
    .values({
      ...{ organization_id: use.organizationId, id: use.newId(), version: 1 },
      ...{ company_id: companyId, currency, used_minor: amountMinor },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'company_id', 'currency'])
        .doUpdateSet((of) => ({ used_minor: of('plg_ordering.credit_accounts.used_minor', '+', amountMinor) }))
        .where((of) =>
          of(
            of('plg_ordering.credit_accounts.used_minor', '+', amountMinor),
            '<=',
            of.fn.coalesce('plg_ordering.credit_accounts.limit_minor', of.val(MOST_OWED)),
          ),
        ),
    )
    .returning(['approval_above_minor'])
    .executeTakeFirst();
  if (!charged) throw await exceeded(use, companyId, currency, path);
  return charged;
}
async function exceeded(use: UseCase, companyId: string, currency: string, path: readonly string[]): Promise<Error> {
  const { usedMinor, limitMinor } = await use.em.findOneOrFail(CreditAccount, { companyId, currency }, { refresh: true });
  if (limitMinor == null) return beyondMoney(path);
  return orderingCreditExceeded(readsCredit(use) ? { left: { amount: Math.max(limitMinor - usedMinor, 0), currency } } : {}, path);
}
/** What `Money` can say, in minor units: an account owes no more. */
const MOST_OWED = Number.MAX_SAFE_INTEGER;
const beyondMoney = (path: readonly string[]) =>
  invalid(path, 'OUT_OF_RANGE', {
    en: 'The company would owe more than an account can say: something is to be paid first.',
    'zh-CN': '该公司的应付总额将超出账户可记录的范围，请先付款。',
  });
/** What a company may owe is told to its contacts, and inside to whoever keeps credit or writes payments down: as `ordering.credit` says. */
const readsCredit = (use: UseCase): boolean =>
  use.seat.kind === 'CONTACT' || holdsAll(use, 'ORDERING_CREDIT') || holdsAll(use, 'ORDERING_PAYMENT');
const holdsAll = ({ seat }: UseCase, right: 'ORDERING_CREDIT' | 'ORDERING_PAYMENT'): boolean => seat.rights.get(right) === 'ALL';

/** What a company owes is another amount by now, whatever its limit: what has happened is not refused, but what no account can say. @throws ValidationFailed */
async function settle(use: UseCase, { companyId, currency, amountMinor }: Charge): Promise<void> {
  const { numUpdatedRows: settled } = await use
    .on(CreditAccount)
    .updateTable('plg_ordering.credit_accounts')
    .set((of) => ({ used_minor: of('used_minor', '+', amountMinor) }))
    .where('company_id', '=', companyId)
    .where('currency', '=', currency)
    .$if(amountMinor > 0, (query) => query.where((of) => of(of('used_minor', '+', amountMinor), '<=', MOST_OWED)))
    .executeTakeFirstOrThrow();
  if (settled === 0n) throw beyondMoney(['input', 'orderId']);
}

/** For whom an order is, as far as it decides who may place it and what it is charged to. */
export interface Customer {
  readonly contactId: string;
  readonly companyId: string | null;
  readonly name: string;
}
/** Whether a contact only looks on in the orders of a company. */
export const looksOn = async (use: UseCase, contactId: string, companyId: string): Promise<boolean> =>
  (await use.em.count(Buyer, { contactId, companyId, role: 'VIEWER' })) > 0;

/** @throws FORBIDDEN where a contact orders that only looks on in its company; ValidationFailed where somebody else orders for it */
export async function customerOf(use: UseCase, contactId: string): Promise<Customer> {
  const { companyId, name } = await use.service(contactAudience).factsOf(use, contactId);
  if (companyId && (await looksOn(use, contactId, companyId))) throw use.seat.id === contactId ? forbidden(ordering.place) : looking();
  return { contactId, companyId, name: name ?? '' };
}

const looking = () =>
  invalid(['input', 'contactId'], 'BUYER_LOOKS_ON', {
    en: 'The contact only looks on in the orders of its company.',
    'zh-CN': '该联系人在其公司仅可查看订单。',
  });

/**
 * To which company a contact belongs its owner writes down, so that alone spends nobody's credit, the contact's own orders neither: whoever keeps
 * credit has named who orders for the company, or orders; or somebody who was named to approve has.
 * @throws ValidationFailed
 */
async function refuseUnnamed(
  use: UseCase,
  { contactId, companyId }: Pick<Customer, 'contactId' | 'companyId'>,
  { currency, path, isApproved }: Omit<NewCharge, 'amountMinor'>,
): Promise<void> {
  if (isApproved || holdsAll(use, 'ORDERING_CREDIT')) return;
  const line = await use.em.findOne(CreditAccount, { companyId: companyId!, currency });
  if (line?.limitMinor == null && line?.approvalAboveMinor == null) return;
  if (await use.em.count(Buyer, { contactId, companyId: companyId!, role: { $in: ['BUYER', 'APPROVER'] } })) return;
  throw use.seat.kind === 'CONTACT' ? notNamed(path) : unnamed();
}
const notNamed = (path: readonly string[]) =>
  invalid(path, 'NOT_NAMED', {
    en: 'Your company orders on credit, and you were not named as one who orders for it: ask us, or somebody who was.',
    'zh-CN': '贵公司使用信用额度下单，而您尚未被指定为下单人，请联系我们或贵公司的下单人。',
  });
const unnamed = () =>
  invalid(['input', 'contactId'], 'NOT_NAMED', {
    en: 'The company has a credit line, and nobody who keeps credit has said that the contact orders for it.',
    'zh-CN': '该公司设有信用额度，但尚未有信用管理员指定该联系人为下单人。',
  });

export interface NewCharge {
  readonly amountMinor: number;
  readonly currency: string;
  readonly isApproved: boolean;
  /** Where the lines stand in the input. */
  readonly path: readonly string[];
}
/** Charges a new order to the company. @throws ValidationFailed where its credit is not this order’s to take or would be more than an account can say, OrderingCreditExceeded, OrderingApprovalNeeded where somebody else is to approve it first */
export async function chargeNew(use: UseCase, customer: Customer, order: NewCharge): Promise<void> {
  const { companyId } = customer;
  if (!companyId) return;
  await refuseUnnamed(use, customer, order);
  const { approval_above_minor: above } = await charge(use, { companyId, ...order }, order.path);
  if (above != null && order.amountMinor > above && !order.isApproved)
    throw orderingApprovalNeeded(readsCredit(use) ? { above: { amount: above, currency: order.currency } } : {}, order.path);
}

/**
 * Brings what a company owes to what its order owes by now. The form is held.
 * @param isLimited more is to be ordered; otherwise money has come or gone, which is no less true beyond the limit
 * @throws OrderingCreditExceeded where it would be too much
 */
export async function chargeAgain(use: UseCase, order: OrderRow, isLimited: boolean): Promise<void> {
  const { companyId, currency, chargedMinor } = order;
  const amountMinor = owedOf(order) - chargedMinor;
  if (!companyId || amountMinor === 0) return;
  const more = { companyId, currency, amountMinor };
  if (isLimited && amountMinor > 0) {
    const path = ['input', 'orderId'];
    await refuseUnnamed(use, { contactId: order.contactId!, companyId }, { currency, path, isApproved: false });
    await charge(use, more, path);
  } else await settle(use, more);
  order.chargedMinor += amountMinor;
}

/** Nothing is owed any more for an order that has come to nothing. It is held, and what was changed of it is written. */
export async function releaseCredit(use: UseCase, formId: string): Promise<void> {
  const rows = use.on(Order);
  const found = await rows
    .selectFrom('plg_ordering.orders')
    .select(['company_id', 'currency', 'charged_minor'])
    .where('form_id', '=', formId)
    .where('charged_minor', '>', 0)
    .executeTakeFirst();
  if (!found?.company_id) return;
  await rows.updateTable('plg_ordering.orders').set({ charged_minor: 0 }).where('form_id', '=', formId).execute();
  await settle(use, { companyId: found.company_id, currency: found.currency, amountMinor: -found.charged_minor });
}
