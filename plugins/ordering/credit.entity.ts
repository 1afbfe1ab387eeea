import { refs, tenantEntity } from '@guichet/sdk';

/**
 * What a customer's company owes in one currency: a row from its first order on, limited or not, so that a limit that is set later knows what
 * was ordered before.
 */
export const CreditAccount = tenantEntity(
  'plg_ordering.credit_accounts',
  (t) => ({
    version: t.version(),
    companyId: t.idOf(() => refs.Company),
    currency: t.text(),
    /** What may be owed at the most; null: nobody has said so. */
    limitMinor: t.bigint().nullable().check('limit_minor >= 0'),
    /** What orders owe that are on their way or done: their totals less what was credited and paid. */
    usedMinor: t.bigint().default(0).check('used_minor >= 0'),
    /** Above it somebody else of the company approves an order before it is placed; null: never. */
    approvalAboveMinor: t.bigint().nullable().check('approval_above_minor >= 0'),
  }),
  { indexes: { credit_accounts_company: { columns: ['companyId', 'currency'], unique: true } } },
);

export const BUYER_ROLES = ['BUYER', 'APPROVER', 'VIEWER'] as const;

/** What a contact does in its company's orders, where that is not to buy. It counts for as long as the contact belongs to that company. */
export const Buyer = tenantEntity(
  'plg_ordering.buyers',
  (t) => ({
    contactId: t.idOf(() => refs.Contact).primary(),
    companyId: t.idOf(() => refs.Company),
    role: t.oneOf(...BUYER_ROLES),
    /** Of a viewer: the site of the company at which it says what has come; null: it reads no orders of others. */
    site: t.text().nullable().check("site is null or role = 'VIEWER'"),
  }),
  { indexes: { buyers_company: { columns: ['companyId', 'role', 'contactId'] } } },
);

export const creditAccounts = CreditAccount.table;
export const buyers = Buyer.table;
